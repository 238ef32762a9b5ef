"""The answer to a simulated ticket (pure): written in standard words, reviewed, sent."""
from datetime import datetime, time, timedelta

from commands.demo.history import rows, thread
from commands.demo.history.case import Case
from commands.demo.history.hours import stamp
from commands.demo.history.moves import move
from commands.demo.history.office import Office
from commands.demo.history.words import Filled
from core.actor import Actor
from core.audit import Did

YES = ("upheld", "partly")
END_OF_DAY = time(23, 59)
NEIGHBOUR = "ORD"


def handler(office: Office, case: Case) -> Actor:
    """Who has it."""
    return office.people.actors[case.assignee_id]


def write(office: Office, case: Case) -> Filled:
    """Tick the checklist, propose how it turned out, write the answer."""
    found = case.finding
    case.marks = [rows.Mark(case.id, item, case.assignee_id, office.now) for item in office.checklists.get(case.leaf_code, ())]
    case.outcome, case.root_cause, case.remedy = found["outcome"], found["cause"], found["remedy"]
    filled, values = compose(office, case)
    if case.reply is None or case.reply.state == "sent":
        case.reply = office.add(rows.Reply(office.id("reply"), case.id, case.round, case.assignee_id, filled.version_id, filled.language,
                                           values, filled.parts, filled.body, office.now))
    case.reply.at = office.now
    return filled


def compose(office: Office, case: Case) -> tuple[Filled, dict]:
    """The leaf's answer, and the values that the handler filled in."""
    last = case.finding["outcome"] not in YES or case.type == "praise"
    template = office.templates["answer", case.leaf_code, case.language][-1 if last else 0]
    values = {name: value for name, value in _values(office, case).items() if name in template.names}
    filled = template.fill(thread.known(office, case) | values, office.hours.tz)
    return filled, {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _values(office: Office, case: Case) -> dict:
    told, lang, today = office.organisation, case.language, office.local(office.now).date()
    found, remedy = case.finding[lang]
    group = case.leaf_code.split(".")[0]
    days = {name: _working_day(office, today, count) for name, count in told["days"].items()}
    numbers = {"quantity": case.spot.few, "amount": case.spot.amount}
    return told["words"][lang] | days | numbers | {"rule_ref": told["rules"][group if group in told["rules"] else NEIGHBOUR][lang],
                                                   "found": found, "remedy": remedy, "order_no": case.order_no or case.spot.order_no}


def _working_day(office: Office, day, count: int):
    """So many working days later: nobody promises a holiday."""
    while count:
        day += timedelta(days=1)
        count -= office.hours.works_on(day)
    return day


def submit(office: Office, case: Case) -> None:
    """Hand it to review."""
    move(office, case, "submit", handler(office, case), unchecked=[], body=case.reply.body)
    case.reply.state = "submitted"
    reviewers = office.people.reviewers(case, case.assignee_id)
    office.tell(reviewers, "submitted", case, f"submitted:{case.id}:{case.last_trace}")


def send_back(office: Office, case: Case, comment: str) -> None:
    """The reviewer wants it otherwise."""
    actor = case.rng.choice(office.people.reviewers(case, case.assignee_id))
    move(office, case, "send_back", actor, author_id=case.reply.author_id, reason=comment)
    case.reply.state, case.reply.comment = "draft", comment
    thread.note(office, case, actor, comment)
    office.tell([handler(office, case)], "sent_back", case, f"sent_back:{case.id}:{case.last_trace}")


def approve(office: Office, case: Case) -> None:
    """The reviewer lets it go out."""
    actor = case.rng.choice(office.people.reviewers(case, case.assignee_id))
    move(office, case, "approve", actor, author_id=case.reply.author_id)
    case.reply.reviewer_id = actor.id
    _out(office, case, actor)


def send(office: Office, case: Case) -> None:
    """A certified handler sends a light answer himself."""
    move(office, case, "send_reply", handler(office, case), unchecked=[], body=case.reply.body, answer_code=_source(office, case)[0])
    _out(office, case, handler(office, case))


def _source(office: Office, case: Case) -> tuple[str, int]:
    found = next(t for t in office.templates["answer", case.leaf_code, case.language] if t.version_id == case.reply.version_id)
    return found.code, found.version


def _out(office: Office, case: Case, actor: Actor) -> None:
    reply, (code, version) = case.reply, _source(office, case)
    reply.state = "sent"
    promise_of(office, case, actor)
    filled = Filled(code, version, reply.version_id, reply.language, reply.parts, reply.body)
    thread.say(office, case, actor, filled, "answer", f"answer:{case.id}:{case.round}")


def promise_of(office: Office, case: Case, actor: Actor) -> None:
    """A date in the answer becomes a promise where the leaf allows one."""
    day = case.reply.values.get("promise_date")
    if not day or not case.leaf.may_promise:
        return
    due = stamp(datetime.combine(datetime.fromisoformat(day).date(), END_OF_DAY, office.hours.tz))
    if any(promise.due_at == due for promise in case.promises):
        return
    what = case.reply.values.get("remedy") or case.subject
    case.promises.append(office.add(rows.Promise(office.id("promise"), case.id, what, due, case.assignee_id)))
    office.trace(actor, Did.PROMISE_MADE.value, case)


def answer_on_the_spot(office: Office, case: Case) -> None:
    """The hotline answers an easy matter itself."""
    actor = office.people.triager(case, case.rng)
    case.team_id, case.assignee_id = office.people.team_for(case), actor.id
    case.outcome, case.root_cause = "upheld", "communication.not_informed"  # what the manager corrects when closing
    filled, _values = compose(office, case)
    move(office, case, "answer_on_the_spot", actor, answer_code=filled.code)
    thread.say(office, case, actor, filled, "answer")
