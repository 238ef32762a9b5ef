"""One story on its way: its ticket, who acts next, and the standard words filled for it."""
from answers import queries as answer_queries
from answers import services as answers
from catalog import queries as catalog
from commands.demo.cast import Cast
from commands.demo.story import Story
from core.actor import Actor
from core.db import db
from intake.models import IntakeRecord
from tickets import values
from tickets.models import Ticket

NEIGHBOUR = "ORD"  # groups that the organisation names no rule for: payment stands with ordering


class Walk:
    """A story with the staff who act in it and what the organisation fills into answers; `intake` is set once it arrived."""

    def __init__(self, story: Story, cast: Cast, organisation: dict):
        self.story, self.cast, self.organisation = story, cast, organisation
        self.intake: IntakeRecord | None = None

    @property
    def ticket(self) -> Ticket:
        """The ticket that the arrival became."""
        return db.session.get(Ticket, self.intake.ticket_id)

    @property
    def handler(self) -> Actor:
        """Whoever has the ticket."""
        return self.cast.actors[self.ticket.assignee_id]

    @property
    def triager(self) -> Actor:
        """Somebody of the hotline, or of those who decide about sealed matters."""
        return self.cast.somebody(self.ticket, "triager", turn=self.story.n)

    @property
    def is_light(self) -> bool:
        """May the answer go out without review?"""
        ticket = self.ticket
        return ticket.severity in ("S3", "S4") and ticket.leaf.access == "open" and not ticket.sealed

    def standard(self, purpose: str, **more):
        """The approved words for a purpose in the retailer's language, filled."""
        ticket, lang = self.ticket, self.story.lang
        versions = answer_queries.approved(purpose, ticket.leaf_code)
        return answers.compose(self.story.choose(versions), lang, values.known(ticket, lang) | self.values() | more)

    def values(self) -> dict:
        """What the handler fills in."""
        group, rules = self.ticket.leaf.code.partition(".")[0], self.organisation["rules"]
        found = self.story.answer_values(self.organisation, group if group in rules else NEIGHBOUR, catalog.today())
        return {name: value for name, value in found.items() if value not in (None, "")}
