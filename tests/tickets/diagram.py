"""Draws the lifecycle table as docs/lifecycle.md. Run `python -m tests.tickets.diagram` after changing the table."""
from pathlib import Path

from tickets.lifecycle import TRANSITIONS

ROOT = Path(__file__).resolve().parents[2]
HEAD = """# The life of a ticket

Drawn from `tickets/lifecycle.py`; a test keeps the two the same. Who may cause an event is in the table beneath;
what each guard asks stands beside its name in the code.

```mermaid
stateDiagram-v2
    [*] --> received: intake
"""
TABLE = """```

| from | event | to | who | must hold | clocks stopped | clocks started |
|---|---|---|---|---|---|---|
"""


def lifecycle_page() -> str:
    """The whole page as text."""
    arrows = [f"    {source} --> {target}: {row.event}" for row in TRANSITIONS for source in row.sources
              for target in (row.target, *row.targets) if target]
    return HEAD + "\n".join(arrows) + "\n" + TABLE + "\n".join(_line(row) for row in TRANSITIONS) + "\n"


def _line(row) -> str:
    target = row.target or " or ".join(row.targets)
    starts = ", ".join(row.starts) + (" (all others pause)" if row.pauses else "") + (" (paused ones go on)" if row.resumes else "")
    stops = "all" if len(row.stops) > 5 else ", ".join(row.stops)
    cells = (", ".join(row.sources), row.event, target, ", ".join(sorted(row.who)), ", ".join(row.guards), stops, starts.strip())
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    (ROOT / "docs" / "lifecycle.md").write_text(lifecycle_page(), encoding="utf-8")
