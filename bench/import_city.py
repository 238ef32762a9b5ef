"""A file of labelled city complaints becomes tickets with handlers: how long reading and how long the workers take.

    .venv/bin/python bench/import_city.py FILE.jsonl
"""
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import measure
from bench.stand import ALL, Stand, standing

READ, ROUTED = re.compile(r"read in ([\d.]+) s"), re.compile(r"routed in ([\d.]+) s")
HOW = ("--map", "leaf=label", "--default", "desired=explanation", "--wait")
COUNTS = """SELECT count(*), count(assignee_id), count(DISTINCT assignee_id),
                   (SELECT count(*) FROM intake_record WHERE state <> 'done'), (SELECT count(*) FROM failed_job) FROM ticket"""


def main(file: Path) -> None:
    """Load the city pack, import, wait for the workers; then once more, which must change nothing."""
    with standing() as stand, stand.running(*ALL):
        stand.flask("load-pack", "packs/city")
        stand.flask("import-staff", "packs/city/staff.csv")
        said = _import(stand, file)
        again = time.monotonic()
        before = _counts(stand)
        _import(stand, file)
        tickets, given, handlers, waiting, failed = _counts(stand)
        measure.tell("import: city complaints", read_s=float(READ.search(said)[1]), routed_s=float(ROUTED.search(said)[1]), tickets=tickets,
                     with_a_handler=given, handlers=handlers, waiting=waiting, failed_jobs=failed, workers=2,
                     second_import={"seconds": round(time.monotonic() - again, 1), "changed": before != _counts(stand)})


def _import(stand: Stand, file: Path) -> str:
    return stand.flask("import-complaints", str(file.resolve()), *HOW)


def _counts(stand: Stand) -> tuple:
    with stand.connect() as rows:
        return rows.execute(COUNTS).fetchone()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
