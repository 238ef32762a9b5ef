"""What is filled in when a ticket is moved on: returned, assigned, sent back, closed, done again, withdrawn, merged."""
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from catalog import queries as catalog
from desk.ticket import choices as choices
from desk.ticket.form import SHORT, ActionForm, from_list, options, words
from tickets.models import Ticket
from tickets.services import returning


class ReturnForm(ActionForm):
    """Why a handler gives a ticket back, and who should have it."""

    reason = from_list(_l("Reason"), "return_reason", _l("Choose a reason."))
    text = words(_l("What speaks for it"), _l("Write what you found, so that the next one need not look again."))
    leaf = SelectField(_l("Category that it belongs to"), validators=[Optional()])
    owner = SelectField(_l("Who should have it"), validators=[Optional()])

    def prepare(self, ticket: Ticket) -> None:
        """The categories and everybody who handles tickets: what is proposed binds nobody."""
        self.leaf.choices = options([("", _l("no proposal")), *choices.leaves(ticket)])
        self.owner.choices = options([("", _l("no proposal")), *choices.handlers(ticket)])

    def validate(self, extra_validators=None) -> bool:
        """A wrong category needs the right one; said at its field."""
        fine = super().validate(extra_validators)
        if self.reason.data == returning.WRONG_LEAF and not self.leaf.data:
            self.leaf.errors = [returning.WHICH_LEAF]
            return False
        return fine


class AssignForm(ActionForm):
    """Who takes it from here: somebody by name, or whoever routing finds."""

    to = SelectField(_l("To whom"), validators=[Optional()])
    reason = words(_l("Reason"))

    def prepare(self, ticket: Ticket) -> None:
        """The people of the team."""
        self.to.choices = options(choices.takers(ticket))


class FinalForm(ActionForm):
    """Who has it now, by the manager's own decision."""

    to = SelectField(_l("To whom"), validators=[InputRequired(_l("Choose who has it now."))])
    reason = words(_l("Reason"), _l("Please give a reason."))

    @classmethod
    def proposed(cls, ticket: Ticket) -> dict:
        """Whom the last one who returned it proposed, if he can have it; somebody on leave must be chosen on purpose."""
        last, day = next(iter(returning.returns(ticket)), None), catalog.today()
        here = last is not None and last.owner_id is not None and catalog.present_leave(last.owner_id, day) is None
        return {"to": str(last.owner_id)} if here else {}

    def prepare(self, ticket: Ticket) -> None:
        """The people of the team; routing is not asked any more."""
        self.to.choices = options([("", _l("choose")), *choices.takers(ticket)[1:]])


class DecidersForm(ActionForm):
    """Who took the decision that the retailer disputes."""

    present = SelectMultipleField(_l("Known so far"), coerce=int, validators=[Optional()])
    add = SelectField(_l("Somebody else"), coerce=int, default=0, validators=[Optional()])

    @classmethod
    def proposed(cls, ticket: Ticket) -> dict:
        """Who was named already stays, unless the tick is taken away."""
        return {"present": list(ticket.decider_ids)}

    def prepare(self, ticket: Ticket) -> None:
        """The names of those known, and of everybody who works here."""
        known, others = choices.deciders(ticket)
        self.present.choices, self.add.choices = options(known), options([(0, _l("nobody")), *others])
        if not known:
            del self.present

    def ids(self) -> list[int]:
        """All of them, as user ids."""
        return [*(self.present.data or [] if "present" in self else []), *([self.add.data] if self.add.data else [])]


class CommentForm(ActionForm):
    """What the reviewer wants changed."""

    comment = words(_l("What has to be changed"), _l("Write what has to be changed."))


class CloseForm(ActionForm):
    """How it turned out; the handler's proposal is filled in."""

    outcome = from_list(_l("Outcome"), "outcome", _l("Choose an outcome."))
    root_cause = from_list(_l("Root cause"), "root_cause", _l("Choose a root cause."))
    remedy = from_list(_l("Remedy"), "remedy", _l("Choose a remedy."))
    cause_note = words(_l("What lay behind it"))

    @classmethod
    def proposed(cls, ticket: Ticket) -> dict:
        """What the handler proposed."""
        return {key: getattr(ticket, key) or "" for key in ("outcome", "root_cause", "remedy", "cause_note")}


class RedoForm(ActionForm):
    """Why the work begins again."""

    reason = from_list(_l("Reason"), "redo_reason", _l("Choose a reason."))
    text = words(_l("What is still to be done"), _l("Write what is still to be done."))


class WithdrawForm(ActionForm):
    """The retailer said on the phone that he does not want to go on."""

    confirmed = BooleanField(_l("I asked him, and he said yes: nothing more shall be done"))
    reason = words(_l("What he said"))


class MergeForm(ActionForm):
    """The other ticket of the same matter."""

    into = StringField(_l("Case number of the other ticket"), validators=[DataRequired(_l("Type the case number of the other ticket.")), SHORT])
