"""Who gets a simulated ticket (pure): routing with its stored reasons, signing, claiming, the manager's last word."""
from commands.demo.history import rows, thread
from commands.demo.history.case import Case
from commands.demo.history.moves import managers, move
from commands.demo.history.office import Office
from core.actor import SYSTEM, Actor
from core.audit import Did
from routing.experience import Weights
from tickets import access


def route(office: Office, case: Case) -> None:
    """Choose the eligible handler with the least on his desk, and keep why."""
    needed, weight = access.NEEDED_LEVEL[case.severity], Weights().of(case.severity)
    verdicts = [_verdict(office, case, person, level, needed, weight) for person, level in office.people.levels(case.leaf)
                if person.since <= office.now and (level or case.team_id in person.actor.teams and person.actor.has("handler"))]
    ranked = sorted(verdicts, key=lambda v: (bool(v["reasons"]), v["load"], office.idle.get(v["id"], 0), v["id"]))
    chosen = ranked[0]["id"] if ranked and not ranked[0]["reasons"] else None
    result = "handler" if chosen else "queue" if any(v["reasons"] == ["full"] for v in ranked) else "manager"
    office.add(rows.Decision(office.id("routing_decision"), case.id, office.now, result, chosen, needed,
                             [v | {"chosen": v["id"] == chosen} for v in ranked]))
    if chosen:
        office.idle[chosen] = office.now
    assign(office, case, chosen)
    trace = office.trace(SYSTEM, Did.TICKET_ROUTED.value, case, result=result, chosen=chosen)
    if not chosen:
        office.tell(managers(office, case), "nobody_fits", case, f"nobody_fits:{case.id}:{trace}")


def _verdict(office: Office, case: Case, person, level: int, needed: int, weight: float) -> dict:
    actor, load = person.actor, office.loads[person.actor.id]
    tests = (("not_a_handler", not actor.has("handler")), *((reason, True) for reason in conflicts(case, actor)),
             ("no_certificate", level == 0), ("level_too_low", 0 < level < needed), ("full", load + weight > person.cap))
    return {"id": actor.id, "name": actor.name, "level": level, "load": load, "cap": person.cap,
            "reasons": [reason for reason, holds in tests if holds]}


def conflicts(case: Case, actor: Actor) -> list[str]:
    """Why this person must not handle it, as far as the demo has facts for routing.conflict.CIRCLES."""
    serves = case.shop is not None and not case.anonymous and actor.id in case.shop.serving
    tests = (("named", actor.id in case.named_ids), ("near_the_named", not actor.near.isdisjoint(case.named_ids)), ("serves_this_shop", case.leaf.staff_conflict and serves),
             ("handled_before", actor.id in case.former_ids), ("entered_it", case.leaf.staff_conflict and actor.id == case.captured_by_id))
    return [code for code, holds in tests if holds]


def assign(office: Office, case: Case, number: int | None, actor: Actor = SYSTEM) -> None:
    """Put it on somebody's desk, or leave it in the queue."""
    case.assignee_id, case.awaits_routing = number, False
    trace = office.trace(actor, Did.TICKET_ASSIGNED.value, case, to=number)
    office.weigh(case)
    if number:
        office.tell([office.people.actors[number]], "assigned", case, f"assigned:{case.id}:{trace}")


def sign(office: Office, case: Case) -> None:
    """The handler signs; from the queue somebody of the team takes it, and what nobody may take the manager gives to somebody."""
    if not case.assignee_id:
        takes = _free(office, case, lambda actor: "eligible" in access.hats(actor, case) and not conflicts(case, actor))
        if takes:
            _claim(office, case, takes)
            return
        _decide(office, case)
    case.signed_at = office.now
    move(office, case, "sign", office.people.actors[case.assignee_id])


def _free(office: Office, case: Case, fits) -> Actor | None:
    """Whoever fits and has the least on his desk."""
    here = [person.actor for person in office.people.by_id.values()
            if person.since <= office.now and person.actor.has("handler") and fits(person.actor)]
    return min(here, key=lambda actor: (office.loads[actor.id], actor.id), default=None)


def _claim(office: Office, case: Case, takes: Actor) -> None:
    case.signed_at = case.signed_at or office.now
    move(office, case, "claim", takes)
    case.assignee_id = takes.id
    office.weigh(case)
    office.add(rows.Decision(office.id("routing_decision"), case.id, office.now, "claimed", takes.id, 1, []))
    office.idle[takes.id] = office.now


def _decide(office: Office, case: Case) -> None:
    """Everybody who is certified stands aside or has had it: the manager names one, though he had it before."""
    manager = office.people.manager(case, case.rng)
    scopes = case.leaf_code, case.leaf.group_code
    free = [lambda actor: actor.level(*scopes), lambda actor: case.team_id in actor.teams]  # without a certificate he learns it with this one
    chosen = next(filter(None, (_free(office, case, lambda actor, fits=fits: fits(actor) and set(conflicts(case, actor)) <= {"handled_before"})
                                for fits in free)))
    move(office, case, "reroute", manager)
    assign(office, case, chosen.id, manager)


def take_away(office: Office, case: Case) -> None:
    """Not signed for in time: to somebody else."""
    thread.system(office, case, "not_signed")
    case.former_ids = [*case.former_ids, case.assignee_id]
    move(office, case, "reroute", SYSTEM)
    case.assignee_id = None
    office.weigh(case)
    route(office, case)
