"""What happens in a demo story, step by step, each through the service that a page would call."""
import secrets

from catalog import queries as catalog
from catalog.models import NOISE
from commands.demo.walk import Walk
from core import events, i18n
from core.actor import RETAILER
from intake import services as intake
from portal import pins
from retailers.importing import number
from routing import services as routing
from satisfaction import services as satisfaction
from tickets.services import closing, conversation, handling, replying, triaging

WALKED_IN = ("phone", "visit", "counter")
LOW = 2  # scores up to this need a reason


def arrive(walk: Walk) -> None:
    """The retailer tells it; whoever hears it on the phone or in person enters it."""
    story = walk.story
    clerk = walk.cast.with_role("hotline", story.n) if story.channel in WALKED_IN else None
    walk.intake, _new = intake.store(
        story.channel, f"demo-{story.n}", story.raw(number(story.shop["phone"]) if story.shop else None), is_demo=True,
        captured_by_id=clerk.id if clerk else None, sealed=story.anonymous or story.kind == "report",
        pin_hash=pins.hashed(f"{secrets.randbelow(10**6):06d}") if story.anonymous else None)


def classify(walk: Walk) -> None:
    """The hotline says what it is; what was sealed by a suspicious word alone is opened again."""
    ticket, story = walk.ticket, walk.story
    leaf = catalog.leaf(story.leaf)
    if ticket.sealed and leaf.access != "sealed" and not story.anonymous:
        triaging.unseal(ticket, walk.cast.somebody(ticket, "compliance", "liaison"))
    triaging.classify(ticket, walk.triager, leaf, story.severity, desired_outcome=story.desired, amount=story.amount,
                      named_ids=walk.cast.named(story.facts.get("person")))


def dispatch(walk: Walk) -> None:
    """It goes to the team; the worker finds a handler."""
    triaging.dispatch(walk.ticket, walk.triager)


def sign(walk: Walk) -> None:
    """The handler accepts it, or somebody takes it from the team's queue."""
    ticket = walk.ticket
    if ticket.assignee_id is not None:
        handling.sign(ticket, walk.handler)
        return
    actor = walk.cast.somebody(ticket, "eligible")
    routing.claim(ticket, walk.cast.users[actor.id], actor)


def call(walk: Walk) -> None:
    """The handler gets in touch with whoever can be reached."""
    if not walk.story.anonymous:
        conversation.log_call(walk.ticket, walk.handler, walk.organisation["called"][walk.story.lang])


def ask(walk: Walk) -> None:
    """Something is missing."""
    handling.ask(walk.ticket, walk.handler, walk.story.facts["questions"], walk.standard("ask"))


def write(walk: Walk) -> None:
    """The handler checks, finds out and writes in standard words."""
    ticket, story, handler = walk.ticket, walk.story, walk.handler
    replying.check(ticket, handler, {item.id for item in catalog.checklist(ticket.leaf_code)})
    replying.propose(ticket, handler, story.outcome, story.cause, story.remedy_code)
    replying.write_reply(ticket, handler, walk.standard("answer"), _as_json(walk.values()))


def submit(walk: Walk) -> None:
    """It goes to review, unless it is light enough to be sent without."""
    if not walk.is_light or walk.story.end == "in_review":
        replying.submit(walk.ticket, walk.handler)


def answer(walk: Walk) -> None:
    """The retailer gets the answer."""
    ticket = walk.ticket
    if ticket.state == "in_progress":
        replying.send_reply(ticket, walk.handler)
    else:
        replying.approve(ticket, walk.cast.somebody(ticket, "reviewer", author_id=ticket.assignee_id, turn=walk.story.n))


def rate(walk: Walk) -> None:
    """The retailer says what he thinks of it, if he does."""
    story, ticket = walk.story, walk.ticket
    if story.score is None:
        return
    channel = "phone" if story.channel in WALKED_IN else story.channel
    reason = ("unclear" if story.reject_reason else "other") if story.score <= LOW else None
    satisfaction.rate(ticket, story.score, reason, story.score_reason or "", channel)
    if story.score > LOW + 1 and story.end == "closed":
        satisfaction.accept(ticket)


def reject(walk: Walk) -> None:
    """It was not solved: the same handler again."""
    satisfaction.reject(walk.ticket, walk.story.reject_reason)


def close(walk: Walk) -> None:
    """The manager ends it."""
    ticket, story = walk.ticket, walk.story
    closing.close(ticket, walk.cast.somebody(ticket, "manager"), story.outcome, story.cause, story.remedy_code)


def decline(walk: Walk) -> None:
    """Not our matter, or nobody's."""
    if walk.story.leaf == NOISE:
        triaging.decline_noise(walk.ticket, walk.triager)
        return
    triaging.decline(walk.ticket, walk.cast.somebody(walk.ticket, "manager"), walk.story.facts["reason"], walk.standard("decline"))


def transfer(walk: Walk) -> None:
    """Another body is competent."""
    facts = walk.story.facts
    actor = walk.cast.somebody(walk.ticket, "liaison", "compliance", "manager")
    body = catalog.code("transfer_body", facts["body"])
    with i18n.spoken(walk.story.lang):
        name = i18n.pick(body.name_zh, body.name_en)
    triaging.transfer(walk.ticket, actor, name, facts["reference"], walk.standard("transfer", body_name=name))


def withdraw(walk: Walk) -> None:
    """The retailer does not want to go on, and confirms it."""
    closing.withdraw(walk.ticket, RETAILER, confirmed=True, reason=walk.story.facts["reason"])


def ask_for_scores(walk: Walk) -> None:
    """The surveys that are due by now go out, as the scheduler would have it."""
    events.enqueue("send_surveys")


def _as_json(values: dict) -> dict:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
