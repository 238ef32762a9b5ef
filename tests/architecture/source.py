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
    "core/business_time.py", "core/phone.py", "core/transitions.py", "tickets/lifecycle.py", "tickets/access.py", "tickets/sla.py", "tickets/closing_rule.py",
    "tickets/case_number.py", "tickets/suspicion.py", "routing/choose.py", "routing/experience.py", "routing/kept.py", "routing/why.py",
    "answers/placeholders.py", "answers/lint.py", "answers/segments.py", "answers/fit.py", "triage/facts.py", "triage/cues.py",
    "triage/classifier.py", "triage/threshold.py", "triage/waiting.py", "intake/submission.py", "accounts/permissions.py", "gateways/knock.py", "gateways/twilio_signature.py", "gateways/line.py",
    "reporting/trends/rules.py", "reporting/trends/chart.py", "reporting/trends/u_chart.py", "reporting/trends/t_chart.py",
    "reporting/trends/evidence.py", "reporting/trends/signals.py", "reporting/rates.py", "reporting/effect.py",
    "reporting/improvement/weeks.py", "reporting/improvement/lifecycle.py",
    "reporting/weeks.py", "reporting/intervals.py", "reporting/worked.py", "reporting/tally.py")


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
