"""What happens in a demo story, step by step, each through the service that a page would call."""
import secrets

from answers import queries as answer_queries
from answers import services as answers
from catalog import queries as catalog
from commands.demo.cast import Cast
from commands.demo.story import Story
from core import events, i18n
from core.actor import RETAILER
from core.db import db
from intake import services as intake
from intake.models import IntakeRecord
from portal import pins
from retailers.importing import number
from routing import services as routing
from satisfaction import services as satisfaction
from tickets import values
from tickets.models import Ticket
from tickets.services import closing, conversation, handling, replying, triaging

WALKED_IN = ("phone", "visit", "counter")
LOW = 2


class Walk:
    """One story on its way: its ticket, who acts, and what the organisation fills into answers."""

    def __init__(self, story: Story, cast: Cast, organisation: dict):
        self.story, self.cast, self.organisation = story, cast, organisation
        self.intake: IntakeRecord | None = None

    @property
    def ticket(self) -> Ticket:
        """The ticket that the arrival became."""
        return db.session.get(Ticket, self.intake.ticket_id)

    def arrive(self) -> None:
        """The retailer tells it; whoever hears it on the phone or in person enters it."""
        story = self.story
        clerk = self.cast.with_role("hotline", story.n) if story.channel in WALKED_IN else None
        self.intake, _new = intake.store(
            story.channel, f"demo-{story.n}", story.raw(number(story.shop["phone"]) if story.shop else None), is_demo=True,
            captured_by_id=clerk.id if clerk else None, sealed=story.anonymous or story.kind == "report",
            pin_hash=pins.hashed(f"{secrets.randbelow(10**6):06d}") if story.anonymous else None)

    def classify(self) -> None:
        """The hotline says what it is; what was sealed by a suspicious word alone is opened again."""
        ticket, story = self.ticket, self.story
        leaf = catalog.leaf(story.leaf)
        if ticket.sealed and leaf.access != "sealed" and not story.anonymous:
            triaging.unseal(ticket, self.cast.somebody(ticket, "compliance", "liaison"))
        triaging.classify(ticket, self._triager(), leaf, story.severity, desired_outcome=story.desired, amount=story.amount,
                          named_ids=self.cast.named(story.facts.get("person")))

    def dispatch(self) -> None:
        """It goes to the team; the worker finds a handler."""
        triaging.dispatch(self.ticket, self._triager())

    def sign(self) -> None:
        """The handler accepts it, or somebody takes it from the team's queue."""
        ticket = self.ticket
        if ticket.assignee_id is not None:
            handling.sign(ticket, self.cast.handler(ticket))
            return
        actor = self.cast.somebody(ticket, "eligible")
        routing.claim(ticket, self.cast.users[actor.id], actor)

    def call(self) -> None:
        """The handler gets in touch."""
        said = {"zh": "已电话联系店主，核对了经过，告知了处理步骤。", "en": "Called the shop, went through what happened, explained the next steps."}
        if not self.story.anonymous:
            conversation.log_call(self.ticket, self.cast.handler(self.ticket), said[self.story.lang])

    def ask(self) -> None:
        """Something is missing."""
        ticket = self.ticket
        handler = self.cast.handler(ticket)
        handling.ask(ticket, handler, self.story.facts["questions"], self._standard("ask"))

    def write(self) -> None:
        """The handler checks, finds out and writes in standard words."""
        ticket, story = self.ticket, self.story
        handler = self.cast.handler(ticket)
        replying.check(ticket, handler, {item.id for item in catalog.checklist(ticket.leaf_code)})
        replying.propose(ticket, handler, story.outcome, story.cause, story.remedy_code)
        composed = self._standard("answer")
        replying.write_reply(ticket, handler, composed, self._stored_values())

    def submit(self) -> None:
        """It goes to review, unless it is light enough to be sent without."""
        if not self._is_light() or self.story.end == "in_review":
            replying.submit(self.ticket, self.cast.handler(self.ticket))

    def answer(self) -> None:
        """The retailer gets the answer."""
        ticket = self.ticket
        if ticket.state == "in_progress":
            replying.send_reply(ticket, self.cast.handler(ticket))
        else:
            author = ticket.assignee_id
            replying.approve(ticket, self.cast.somebody(ticket, "reviewer", author_id=author, turn=self.story.n))

    def rate(self) -> None:
        """The retailer says what he thinks of it, if he does."""
        story, ticket = self.story, self.ticket
        if story.score is None:
            return
        channel = "phone" if story.channel in WALKED_IN else story.channel
        reason = ("unclear" if story.reject_reason else "other") if story.score <= LOW else None
        satisfaction.rate(ticket, story.score, reason, story.score_reason or "", channel)
        if story.score > LOW + 1 and story.end == "closed":
            satisfaction.accept(ticket)

    def reject(self) -> None:
        """It was not solved: the same handler again."""
        satisfaction.reject(self.ticket, self.story.reject_reason)

    def close(self) -> None:
        """The manager ends it."""
        ticket, story = self.ticket, self.story
        closing.close(ticket, self.cast.somebody(ticket, "manager"), story.outcome, story.cause, story.remedy_code)

    def decline(self) -> None:
        """Not our matter, or nobody's."""
        if self.story.leaf == "OTH.NOISE":
            triaging.decline_noise(self.ticket, self._triager())
            return
        triaging.decline(self.ticket, self.cast.somebody(self.ticket, "manager"), self.story.facts["reason"], self._standard("decline"))

    def transfer(self) -> None:
        """Another body is competent."""
        facts = self.story.facts
        actor = self.cast.somebody(self.ticket, "liaison", "compliance", "manager")
        body = catalog.code("transfer_body", facts["body"])
        with i18n.spoken(self.story.lang):
            name = i18n.pick(body.name_zh, body.name_en)
        triaging.transfer(self.ticket, actor, name, facts["reference"], self._standard("transfer", body_name=name))

    def withdraw(self) -> None:
        """The retailer does not want to go on, and confirms it."""
        closing.withdraw(self.ticket, RETAILER, confirmed=True, reason=self.story.facts["reason"])

    def ask_for_scores(self) -> None:
        """The surveys that are due by now go out, as the scheduler would have it."""
        events.enqueue("send_surveys")

    def _triager(self):
        return self.cast.somebody(self.ticket, "triager", turn=self.story.n)

    def _is_light(self) -> bool:
        ticket = self.ticket
        return ticket.severity in ("S3", "S4") and ticket.leaf.access == "open" and not ticket.sealed

    def _standard(self, purpose: str, **more):
        """The approved words for a purpose in the retailer's language, filled."""
        ticket, lang = self.ticket, self.story.lang
        versions = answer_queries.approved(purpose, ticket.leaf_code)
        return answers.compose(self.story.choose(versions), lang, values.known(ticket, lang) | self._values() | more)

    def _values(self) -> dict:
        group = self.ticket.leaf.code.partition(".")[0]
        rules = self.organisation["rules"]
        found = self.story.answer_values(self.organisation, group if group in rules else "ORD", catalog.today())
        return {name: value for name, value in found.items() if value not in (None, "")}

    def _stored_values(self) -> dict:
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in self._values().items()}
