"""The source as the architecture tests read it: files, their package, what they import."""
import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEVELS = (
    ("core",), ("gateways",), ("accounts",), ("catalog",), ("retailers", "answers"), ("tickets",),
    ("intake", "triage", "routing", "notifications"), ("satisfaction",), ("hotline",), ("reporting",), ("portal", "desk"),
    ("app", "pipeline", "schedule", "worker", "launch", "config", "commands"),
)
APART = "simulator"  # a process of its own: it shares no code with the product
LEVEL = {package: number for number, packages in enumerate(LEVELS) for package in packages}
PURE = (
    "accounts/permissions.py", "answers/fit.py", "answers/lint.py", "answers/placeholders.py", "answers/segments.py", "catalog/coverage.py",
    "core/business_time.py",
    "core/latin_names.py", "core/meant.py", "core/named.py", "core/names.py", "core/numerals.py", "core/phone.py", "core/sounds.py", "core/spelling.py",
    "core/transitions.py", "gateways/http_carrier.py", "gateways/http_fields.py", "gateways/http_proof.py",
    "gateways/knock.py", "gateways/line.py", "gateways/routed.py", "gateways/twilio_codes.py", "gateways/twilio_fields.py",
    "gateways/twilio_signature.py", "hotline/calls/menu.py", "hotline/calls/numbers.py", "hotline/calls/states.py", "hotline/taking/day.py",
    "hotline/taking/lines.py", "hotline/texts/belonging.py", "hotline/texts/keywords.py", "hotline/texts/language.py", "hotline/texts/plain.py",
    "hotline/texts/stitching.py", "hotline/transcripts/amounts.py", "hotline/transcripts/confirming.py", "hotline/transcripts/dictionary.py",
    "hotline/transcripts/encoding.py", "hotline/transcripts/entries.py", "hotline/transcripts/figures.py", "hotline/transcripts/marks.py",
    "hotline/transcripts/negations.py", "hotline/transcripts/plain.py", "hotline/transcripts/providers.py",
    "hotline/transcripts/reading.py", "hotline/transcripts/speakers.py", "hotline/transcripts/subtitles.py", "hotline/transcripts/turns.py",
    "intake/submission.py", "notifications/manners.py", "notifications/reports.py", "reporting/effect.py", "reporting/hot/episodes.py", "reporting/hot/judging.py", "reporting/hot/scope.py", "reporting/hot/rhythm.py", "reporting/hot/surprise.py",
    "reporting/improvement/lifecycle.py",
    "reporting/improvement/weeks.py", "reporting/intervals.py", "reporting/rates.py", "reporting/tally.py", "reporting/trends/chart.py",
    "reporting/trends/evidence.py", "reporting/trends/rules.py", "reporting/trends/signals.py", "reporting/trends/t_chart.py",
    "reporting/trends/u_chart.py", "reporting/weeks.py", "reporting/worked.py", "retailers/stopping.py", "routing/choose.py", "routing/conflict.py",
    "routing/experience.py", "routing/kept.py", "routing/spoken_of.py", "routing/why.py", "routing/window.py",
    "satisfaction/numbers_said.py", "satisfaction/reading.py", "satisfaction/remarks.py",
    "satisfaction/timing.py", "satisfaction/words_said.py", "tickets/access.py", "tickets/case_number.py", "tickets/closing_rule.py",
    "tickets/fitting.py", "tickets/half_days.py", "tickets/haste.py", "triage/duplicates/common.py", "triage/duplicates/cues.py", "triage/duplicates/day_words.py",
    "triage/duplicates/days.py", "triage/duplicates/likeness.py",
    "triage/duplicates/names.py", "triage/duplicates/sounds.py", "triage/duplicates/subjects.py", "triage/duplicates/swapped.py", "triage/duplicates/told.py",
    "triage/duplicates/vocabulary.py", "triage/duplicates/weights.py",
    "tickets/lifecycle.py", "tickets/sla.py", "tickets/suspicion.py", "triage/classifier.py", "triage/clauses.py", "triage/cues.py", "triage/facts.py",
    "triage/features.py", "triage/hard.py", "triage/reader.py", "triage/scores.py", "triage/several.py", "triage/threshold.py", "triage/views.py", "triage/waiting.py")


@cache
def files() -> tuple[Path, ...]:
    """Every product file, without tests, migrations and benchmarks."""
    found = [path for package in (*LEVEL, APART) for path in ROOT.glob(f"{package}/**/*.py")]
    return tuple(sorted(found + [path for path in ROOT.glob("*.py") if path.stem in LEVEL]))


def unit(path: Path) -> str:
    """The top-level package or root file that a file belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path):
    """(module, line, top level?) of every import."""
    top = set(tree(path).body)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno, node in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno, node in top
            yield from ((f"{node.module}.{alias.name}", node.lineno, node in top) for alias in node.names)


def name(path: Path) -> str:
    """The path as written in messages."""
    return path.relative_to(ROOT).as_posix()
