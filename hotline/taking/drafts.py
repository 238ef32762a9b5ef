"""What is typed during a call, kept as it is typed; two windows never overwrite each other unseen."""
from flask_babel import lazy_gettext as _l

from core import clock
from core.actor import Actor
from core.errors import DomainError
from hotline.models import Call

LONGEST = 5000
CONFLICT = "changed_elsewhere"
CHANGED = _l("This call was written on in another window or by a colleague. Nothing was overwritten: look at both, then keep the right one.")
FILED = _l("This call is filed already. Open its ticket to add something.")


def keep(call: Call, actor: Actor, fields: dict, version: int) -> int:
    """Keep what was typed on top of `version`, the state that the writer saw; returns the new version.

    The caller holds the lock of the row. Raises DomainError CONFLICT or `filed`; the same words again are no conflict.
    """
    fields = {name: value[:LONGEST] if isinstance(value, str) else value for name, value in fields.items() if value not in (None, "", False)}
    if call.filed_as is not None:
        raise DomainError("filed", FILED)
    if fields == fields_of(call):
        return version_of(call)
    if version != version_of(call):
        raise DomainError(CONFLICT, CHANGED)
    call.draft = {"version": version + 1, "by": actor.id, "fields": fields}
    call.draft_at = clock.now()
    return version + 1


def fields_of(call: Call) -> dict:
    """What is typed so far, by the names of the form."""
    return call.draft.get("fields", {})


def version_of(call: Call) -> int:
    """Grows with every change; 0 for an empty form."""
    return call.draft.get("version", 0)
