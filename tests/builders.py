"""Staff, shops and tickets for tests: plain functions with keyword defaults, made by the real services."""
import itertools
from datetime import timedelta

from accounts import passwords, services
from accounts.models import User
from answers import queries as answer_queries
from answers.services import compose
from catalog import people
from catalog import queries as catalog
from catalog.models import Team
from core import clock
from core.actor import RETAILER, SYSTEM, Actor
from core.db import db
from intake import services as intake
from retailers.models import Retailer
from tickets import values
from tickets.lifecycle import STATES
from tickets.models import Ticket
from tickets.services import closing, handling, merging, replying, triaging

PASSWORD = "a quiet harbour"
PASSWORD_HASH = passwords.make_hash(PASSWORD)  # once a run: a hash costs a tenth of a second
numbers = itertools.count(1)


def team(code: str = "logistics") -> Team:
    """A team of the standard pack."""
    return db.session.scalar(db.select(Team).filter_by(code=code))


def staff(login: str | None = None, *, roles=("handler",), in_team: str | None = "logistics", certificates=None, leads: bool = False,
          cap: float = 100, **columns) -> User:
    """A member of staff who signs in with PASSWORD. `certificates` maps leaf or group codes to levels; a handler may do DLV by default."""
    number = next(numbers)
    facts = {"name": f"Person {number}", "email": f"p{number}@example.test", "roles": list(roles), "language": "en", "notify_by": "page"}
    made = services.invite(SYSTEM, login or f"staff{number}", **(facts | columns))
    made.password_hash = PASSWORD_HASH
    if in_team:
        people.put_in_team(SYSTEM, made, team(in_team), leads, cap)
    default = {"DLV": 3} if "handler" in roles else {}
    for scope, level in (default if certificates is None else certificates).items():
        people.certify(SYSTEM, made, scope, level)
    db.session.flush()
    return made


def who(user: User) -> Actor:
    """The person as an actor."""
    return catalog.actor_of(user)


def retailer(**columns) -> Retailer:
    """A shop that can be reached by text message."""
    number = next(numbers)
    row = Retailer(**({"licence_no": f"3301{number:08}", "shop_name": f"Corner Shop {number}", "owner_name": f"Owner {number}",
                       "phone": f"+861380013{number:04}", "area": "north", "service_class": "ordinary"} | columns))
    db.session.add(row)
    db.session.flush()
    return row


def opened(text: str = "The goods have not come.", *, shop: Retailer | None = None, channel: str = "web", **raw) -> Ticket:
    """A ticket in `received`, through the raw record as every channel makes it. `raw` goes into the record; anonymous=True needs nothing else."""
    anonymous = raw.get("anonymous", False)
    columns = {"pin_hash": "pin"} if anonymous else {}
    known = {} if anonymous else {"shop": (shop or retailer()).licence_no}
    record, _new = intake.store(channel, f"test-{next(numbers)}", {"text": text, "language": "en"} | known | raw,
                                sealed=bool(anonymous or raw.get("kind") == "report"), **columns)
    made = intake.advance(record)
    db.session.flush()
    return made


def ticket(state: str = "received", *, leaf: str = "DLV.LATE", severity: str = "S3", handler: User | None = None, reviewer: User | None = None,
           manager: User | None = None, desired: str = "explanation", **opening) -> Ticket:
    """A ticket walked to `state` by the real verbs. People who are needed and not given are made; `handler` False leaves it in the queue."""
    made = opened(**opening)
    walk(made, state, leaf=leaf, severity=severity, handler=handler, reviewer=reviewer, manager=manager, desired=desired)
    db.session.flush()
    return made


def walk(made: Ticket, state: str, *, leaf="DLV.LATE", severity="S3", handler=None, reviewer=None, manager=None, desired="explanation") -> Ticket:
    """Take a received ticket on to `state`."""
    assert state in STATES, state
    if state in FROM_RECEIVED:
        FROM_RECEIVED[state](made)
        return made
    classify(made, leaf, severity, desired)
    triaging.dispatch(made, SYSTEM)
    if handler is False:
        made.awaits_routing = False
        return made
    handler = handler or staff(certificates={leaf: 4}, in_team=made.team.code)
    handling.assign(made, handler)
    if state == "dispatched":
        return made
    handling.sign(made, who(handler))
    for step in ROAD[:ROAD.index(state) + 1] if state in ROAD else (state,):
        STEPS[step](made, handler, reviewer, manager)
    return made


def classify(made: Ticket, leaf: str = "DLV.LATE", severity: str = "S3", desired: str = "explanation") -> None:
    """Triage by machine: category, severity and what the retailer would like."""
    triaging.classify(made, SYSTEM, catalog.leaf(leaf), severity, desired_outcome=desired)
    db.session.flush()


def standard(made: Ticket, purpose: str = "answer", **more):
    """The first approved answer for the purpose, filled with sensible values."""
    day = (clock.now() + timedelta(days=2)).date()
    filled = {"found": "the van was late", "remedy": "it comes tomorrow", "rule_ref": "rule 3", "promise_date": day, "amount": 12, "quantity": 2,
              "item": "a box", "comparison": "last month", "papers": "the licence", "legal_due": day, "body_name": "another office",
              "passed_on": day, "answers": "yes", "questions": "Which day was it?", "reason": "not ours", "new_due": day, "reference": "R-1",
              "order_no": "12345678", "handler": "the team", "team": "Logistics"} | values.known(made, made.language) | more
    return compose(answer_queries.first(purpose, made.leaf_code), made.language, filled)


def write_answer(made: Ticket, handler: User, **more) -> None:
    """Everything that must be done before an answer may go out: checklist, proposal, the answer itself."""
    actor = who(handler)
    replying.check(made, actor, {item.id for item in catalog.checklist(made.leaf_code)})
    replying.propose(made, actor, "upheld", "process.no_rule", "explained")
    replying.write_reply(made, actor, standard(made, **more), {})


def _submit(made, handler, reviewer, manager) -> None:
    write_answer(made, handler)
    replying.submit(made, who(handler))


def _approve(made, handler, reviewer, manager) -> None:
    replying.approve(made, who(reviewer or _boss(made)))


def _close(made, handler, reviewer, manager) -> None:
    closing.close(made, who(manager or _boss(made)), "upheld", "process.no_rule", "explained")


def _boss(made: Ticket) -> User:
    return staff(roles=("manager", "compliance"), in_team=made.team.code, leads=True, certificates={})


def _ask(made, handler, *_people) -> None:
    handling.ask(made, who(handler), "Which day was it?", standard(made, "ask"))


def _decline(made: Ticket) -> None:
    boss = staff(roles=("manager", "compliance"), leads=True, certificates={})
    triaging.decline(made, who(boss), "not ours", standard(made, "decline"))


def _transfer(made: Ticket) -> None:
    liaison = staff(roles=("liaison", "compliance", "hotline"), in_team="enforcement", certificates={})
    triaging.transfer(made, who(liaison), "Another office", "R-1", standard(made, "transfer"))


def _merge(made: Ticket) -> None:
    other = opened(shop=made.retailer)
    merging.merge(made, who(staff(roles=("hotline",), in_team="hotline", certificates={})), other)


ROAD = ("in_progress", "in_review", "answered", "closed")
STEPS = {"in_progress": lambda *_: None, "in_review": _submit, "answered": _approve, "closed": _close, "needs_info": _ask}
FROM_RECEIVED = {"received": lambda made: None, "declined": _decline, "transferred": _transfer, "merged": _merge,
                 "withdrawn": lambda made: closing.withdraw(made, RETAILER, confirmed=True)}
