"""The words of the catalogue's pages: code lists, access classes, lengths of time."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

LISTS = {
    "outcome": _l("Outcomes"), "root_cause": _l("Root causes"), "remedy": _l("Remedies"), "desired_outcome": _l("What the retailer wants"),
    "redo_reason": _l("Reasons of a low score"), "return_reason": _l("Reasons to return a ticket"), "transfer_body": _l("Bodies to transfer to"),
    "kind": _l("Kinds of matter on the form"), "need_level": _l("Levels of need"), "product": _l("Products"),
}
CHOSEN = _l("What a ticket chooses from; an entry is switched off, never deleted")
USES = {"product": _l("Names by which two tickets are seen to speak of the same goods; an entry is switched off, never deleted")}
ACCESS = {"open": _l("Open to all"), "restricted": _l("Restricted"), "sealed": _l("Sealed")}
# The clocks whose time depends on the severity; the time to answer a question is a setting.
SLA_CLOCKS = ("ack", "pass_on", "triage", "sign", "contact", "update", "resolve", "fast", "callback")
HOUR = 60


def length(minutes: int, working: bool) -> str:
    """How long a clock may run, as people say it."""
    if minutes % HOUR:
        return (ngettext("%(num)s working minute", "%(num)s working minutes", minutes) if working
                else ngettext("%(num)s minute", "%(num)s minutes", minutes))
    hours = minutes // HOUR
    return _("%(count)s working h", count=hours) if working else _("%(count)s h", count=hours)


def tabs(current: str, urls: dict[str, str]) -> list[dict]:
    """The views of the catalogue as ui.tabs draws them; `urls` maps their names to addresses."""
    labels = {"catalog": _("Categories"), "sla": _("Times allowed"), "escalation": _("Escalation"), "codes": _("Lists"), "teams": _("Teams"),
              "cues": _("Words that count"), "text_words": _("Words in texts"), "dictionary": _("Dictionary"), "learning": _("What was learned")}
    return [{"label": label, "href": urls[name], "current": name == current} for name, label in labels.items()]
