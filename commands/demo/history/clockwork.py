"""The clocks of a simulated ticket (pure): what tickets.services.clocks does to rows, done to plain ones."""
from commands.demo.history import rows
from tickets import sla

SHORTLY = 29  # the watcher looks every half minute


def start(office, case, kind: str, at: int | None = None, span: sla.Span | None = None) -> None:
    """Start a clock unless it runs already; the first contact is asked for once a round."""
    span = span or office.span(case, kind)
    if span is None or case.running(kind) or kind == "contact" and case.contacted_at:
        return
    at = at or (case.received_at if kind in sla.FROM_RECEIPT else office.now)
    due = office.after(at, span.minutes, span.working)
    case.clocks.append(office.add(rows.Clock(
        office.id("clock"), case.id, kind, at, due, due, _share(office, at, span.minutes, span.working, 70),
        _share(office, at, span.minutes, span.working, 90), span.minutes, span.working)))


def _share(office, at: int, minutes: int, working: bool, percent: int) -> int:
    return office.after(at, minutes * percent // 100, working)


def stop(office, case, kinds) -> None:
    """Stop the running clocks of these kinds."""
    for clock in case.running():
        if clock.kind in kinds:
            clock.stopped_at, clock.paused_at = office.now, None


def pause(office, case) -> None:
    """What the retailer is waited for with stands still."""
    for clock in case.running():
        if clock.kind in sla.WAITS_FOR_THE_RETAILER and clock.paused_at is None:
            clock.paused_at = office.now


def resume(office, case) -> None:
    """Let paused clocks run on with what was left."""
    for clock in case.running():
        if clock.paused_at is not None:
            for column in ("at_70", "at_90", "due_at"):
                setattr(clock, column, office.resumed(getattr(clock, column), clock.paused_at, clock.working))
            clock.paused_at = None


def restart(office, case, kind: str) -> None:
    """Begin a clock anew."""
    stop(office, case, (kind,))
    start(office, case, kind)


def extend(office, case, new_due: int) -> None:
    """Move the end of the resolve clock; its warnings move in proportion."""
    for clock in case.running("resolve"):
        clock.minutes = max(1, office.between(clock.started_at, new_due, clock.working))
        clock.due_at = new_due
        clock.at_70 = max(office.now, _share(office, clock.started_at, clock.minutes, clock.working, 70))
        clock.at_90 = max(office.now, _share(office, clock.started_at, clock.minutes, clock.working, 90))


def rescale(office, case) -> None:
    """What it is was decided before dispatch: running clocks get its time from their own start; who is no longer late may be warned again."""
    for clock in case.running():
        span = office.span(case, clock.kind)
        if span is None:
            clock.stopped_at = office.now
            continue
        clock.minutes, clock.working = span.minutes, span.working
        clock.due_at = clock.original_due_at = office.after(clock.started_at, span.minutes, span.working)
        clock.at_70 = _share(office, clock.started_at, span.minutes, span.working, 70)
        clock.at_90 = _share(office, clock.started_at, span.minutes, span.working, 90)
        for mark, at in (("fired_70", clock.at_70), ("fired_90", clock.at_90), ("breached_at", clock.due_at)):
            if at > office.now:
                setattr(clock, mark, None)
        if clock.breached_at is not None:
            clock.breached_at = max(clock.breached_at, clock.due_at)


def settled_fast(case) -> bool:
    """Solved, as the retailer says, within the time of the fast lane, and at once."""
    kept = any(clock.kind == "fast" and clock.stopped_at and clock.stopped_at <= clock.due_at for clock in case.clocks)
    return kept and case.redos == 0 and sla.heard_enough(case.severity, case.support_needs, case.score, case.accepted)


def heard(office, case) -> None:
    """Where the retailer's own word is enough, nobody need call him any more."""
    if sla.heard_enough(case.severity, case.support_needs, case.score, case.accepted):
        stop(office, case, ("callback", "fast"))
        note_due(case)


def levels(office, case) -> list[tuple[rows.Clock, int, int]]:
    """(clock, level, instant) of each level to which a running clock has raised its ticket by now."""
    found = [(clock, level, office.after(clock.due_at, clock.minutes * (percent - 100) // 100, clock.working))
             for clock in case.running() if clock.breached_at and clock.paused_at is None
             for level, percent in office.rules.escalations.get(clock.kind, {}).items()]
    return sorted(((clock, level, max(at, clock.breached_at)) for clock, level, at in found if at <= office.now), key=lambda one: one[2])


def passed(office, case) -> list[tuple[rows.Clock, int, int]]:
    """Mark what was reached by now: (clock, level, instant) of each mark, as the watcher would have seen it."""
    return [found for clock in case.running() if clock.kind != "info" and clock.paused_at is None for found in _passed(office, case, clock)]


def _passed(office, case, clock: rows.Clock) -> list:
    found = []
    for level, mark, at in ((70, "fired_70", clock.at_70), (90, "fired_90", clock.at_90), (100, "breached_at", clock.due_at)):
        seen = max(at, case.rescaled_at) + case.rng.randrange(1, SHORTLY)
        if getattr(clock, mark) is None and seen <= office.now:
            setattr(clock, mark, seen)
            found.append((clock, level, seen))
    return found


def note_due(case) -> None:
    """Keep on the ticket what is due first."""
    first = min((clock for clock in case.running() if clock.paused_at is None and clock.kind not in sla.BY_ITSELF), key=lambda clock: clock.due_at, default=None)
    case.due_at, case.due_kind = (first.due_at, first.kind) if first else (None, None)
