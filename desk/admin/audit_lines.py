"""What an entry of the audit trail says, one line a value, in words where there are some."""
from collections.abc import Mapping

from desk.admin.audit_labels import label
from desk.admin.audit_values import BOOL, CHANGES, FIXED

# Some entries carry a whole letter; the ticket has it in full.
LONGEST = 160


def lines(detail: dict, action: str = "", words: Mapping[str, Mapping] = FIXED) -> list[tuple[str, str]]:
    """(name, value) of every detail; what changed stands as "before → after". `words` are those of audit_values.known."""
    before, after = detail.get("before"), detail.get("after")
    rest = [(label(key), _told(key, value, words)) for key, value in detail.items()
            if key not in ("before", "after") and value not in (None, "", [], {})]
    if "before" not in detail:
        return rest
    if isinstance(before, dict) or isinstance(after, dict):
        keys = list(dict.fromkeys([*(before or {}), *(after or {})]))
        return rest + [(label(key), _change(key, (before or {}).get(key), (after or {}).get(key), words)) for key in keys]
    return [*rest, ("", _change(CHANGES.get(action, ""), before, after, words))]


def _change(key: str, before, after, words: Mapping) -> str:
    return f"{_told(key, before, words)} → {_told(key, after, words)}"


def _told(key: str, value, words: Mapping) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{label(name)} {_told(name, item, words)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(_told(key, item, words) for item in value)
    if value is None or value == "":
        return "–"
    text = str(BOOL[value] if isinstance(value, bool) else words.get(key, {}).get(value, value))
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
