"""Which of a sender's texts are one: computed anew with each that comes, and written down in their records."""
from collections.abc import Mapping
from datetime import timedelta

from core import events, settings
from core.db import db
from hotline.texts import language, pictures, queries, stitching, words
from hotline.texts.stitching import Group, Part, Rules
from intake.events import IntakeStored
from intake.models import IntakeRecord
from retailers import stopping

PART = "part"
LOOK_BACK = 4  # windows: a text is waited for during two at most, and a piece may come one later


def rules() -> Rules:
    """The settings and lists by which pieces are put together."""
    lists = words.current()
    return Rules(timedelta(seconds=settings.get("text_window_seconds")), timedelta(seconds=settings.get("text_settle_seconds")),
                 lambda text: stopping.stops(text) or stopping.starts(text) or lists.is_wish(text), lists.anew)


def put_together(record: IntakeRecord) -> None:
    """Compute anew what belongs together among what the sender of `record` wrote of late; nothing that was acted on is touched."""
    ours = rules()
    if not record.sender:
        _speak(record, stitching.gather([_part(record)], ours)[0])
        return
    near = LOOK_BACK * ours.window
    rows = queries.between(record.sender, record.received_at - near, record.received_at + near, lock=True)
    pending, acted = _split(rows)
    by_id = {row.id: row for row in pending}
    for group in stitching.gather([_part(row) for row in pending], ours):
        _join(by_id, group)
    if record.state == "stored" and not any(row.joined_to_id == record.id for row in pending):
        _look_at_the_last(record, acted, ours)


def _split(rows: list[IntakeRecord]) -> tuple[list[IntakeRecord], list[list[IntakeRecord]]]:
    """What still waits, with its parts, and what was acted on, each with its parts; the last one last."""
    waiting = {row.id for row in rows if row.state == "stored" and not row.meta.get("read", {}).get("facts")}
    pending = [row for row in rows if row.id in waiting or row.joined_to_id in waiting]
    heads = [row for row in rows if row.state == "done" and row.joined_to_id is None]
    return pending, [[head, *(row for row in rows if row.joined_to_id == head.id)] for head in heads]


def _join(by_id: dict[int, IntakeRecord], group: Group) -> None:
    head = by_id[group.first.id]
    head.joined_to_id, head.state, head.recognised_as = None, "stored", None
    _speak(head, group)
    for part in (*group.parts, *group.repeats):
        row = by_id[part.id]
        if row is not head:
            row.joined_to_id, row.state, row.recognised_as, row.not_before = head.id, "done", PART, None


def _speak(head: IntakeRecord, group: Group) -> None:
    """Let one record speak for its group, when nothing of it is waited for any more."""
    spoken = language.of(group.text, usual="") or queries.usual_language(head.sender)
    head.meta = head.meta | {"read": {"text": group.text or pictures.stands_for(head, spoken), "language": spoken}}
    if head.not_before != group.until:
        head.not_before = group.until
        events.emit(IntakeStored(head.id), group.until)
    db.session.flush()


def _look_at_the_last(record: IntakeRecord, acted: list[list[IntakeRecord]], ours: Rules) -> None:
    """A piece that comes too late goes where the others went; a mere repeat goes nowhere."""
    part = _part(record)
    for rows in reversed(acted):
        group = stitching.gather([_part(row) for row in rows], ours)[0]
        if rows is acted[-1] and stitching.repeats(part, group, ours):
            record.joined_to_id, record.ticket_id, record.sealed = rows[0].id, rows[0].ticket_id, rows[0].sealed
            record.state, record.recognised_as, record.not_before = "done", PART, None
            return
        if stitching.comes_late(part, group, ours):
            record.meta = record.meta | {"read": record.meta["read"] | {"facts": {"piece_of": rows[0].id}, "text": part.body}}
            return


def _part(row: IntakeRecord) -> Part:
    return Part(row.id, row.raw.get("text", ""), row.received_at, place(row.raw.get("fields", {})))


def place(fields: Mapping[str, str]) -> tuple[int, int] | None:
    """Which piece of how many a text is, if its carrier says so."""
    try:
        number, total = int(fields["Part"]), int(fields["Parts"])
    except (KeyError, ValueError):
        return None
    return (number, total) if 1 <= number <= total and total > 1 else None
