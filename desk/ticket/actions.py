"""What can be done to a ticket on its page, as one table: the word, who is offered it in which state, the form, the verb."""
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from core import clock
from core.actor import Actor
from desk.ticket import forms as forms
from desk.ticket import note_forms as note_forms
from desk.ticket import notes as notes
from desk.ticket import verbs as verbs
from desk.ticket.form import ActionForm
from tickets import lifecycle
from tickets.models import Ticket
from tickets.services import clocks, closing, naming, supervising, urging

WORKING = ("in_progress", "in_review", "answered")
UNANSWERED = ("received", "needs_info", "dispatched", "in_progress", "in_review")
WORKERS = frozenset({"assignee", "manager", "triager"})
COLLEAGUES = ("hotline", "handler", "manager", "compliance", "liaison")

YOURS = _l("It was returned twice or handled three times: nobody is chosen by the machine any more. You say who has it. "
           "Who is on leave gets it all the same, and it waits for him.")


def _always(ticket: Ticket, actor: Actor) -> bool:
    return True


@dataclass(frozen=True)
class Action:
    """One button. Either `event` says who has it (the row of the lifecycle; `who` takes only these of them), or `who` (hats) in `states`;

    `when` narrows further.

    `place` is where it stands: next (the usual step), write (instead of the answer), more (beside the thread), own (a section draws it).
    `strict` refuses when the ticket has changed since the page was shown. `tab` is the word above the thread, where it is not the button's.
    """

    name: str
    label: object
    done: object
    run: Callable
    form: type[ActionForm] = ActionForm
    place: str = "more"
    key: str | None = None
    event: str | None = None
    who: frozenset[str] = frozenset()
    states: tuple[str, ...] = lifecycle.OPEN
    when: Callable[[Ticket, Actor], bool] = _always
    strict: bool = False
    hint: object = ""
    tab: object = ""

    def offered(self, ticket: Ticket, actor: Actor, hats: frozenset[str]) -> bool:
        """Is this button on the page of this reader?"""
        fits = not self.who or not self.who.isdisjoint(hats)
        allowed = fits and (ticket.state in self.states if self.event is None else event_offered(self.event, ticket, hats))
        return allowed and self.when(ticket, actor)


def event_offered(event: str, ticket: Ticket, hats: frozenset[str]) -> bool:
    """Does the lifecycle know this event in the ticket's state, for one of these hats?"""
    try:
        return not lifecycle.find(event, ticket.state).who.isdisjoint(hats)
    except lifecycle.WrongState:
        return False


def _extendable(ticket: Ticket, actor: Actor) -> bool:
    return ticket.severity != "S1" and ticket.extensions == 0


ACTIONS: tuple[Action, ...] = (
    Action("sign", _l("Sign for it"), _l("Signed for."), verbs.sign, place="next", key="S", event="sign"),
    Action("claim", _l("Take it"), _l("Taken. It is on your desk now."), verbs.claim, place="next", key="S", event="claim",
           when=lambda t, a: t.assignee_id is None and not lifecycle.managers_turn(t)),
    Action("unmerge", _l("Undo the merge"),
           _l("The merge was undone. The two now count as not the same and are not proposed as one again; "
              "by its number the one can still be merged into the other."), verbs.unmerge, place="next", event="unmerge",
           when=lambda t, a: lifecycle.GUARDS["merged_lately"](t, {"now": clock.now()})),
    Action("approve", _l("Approve and send"), _l("Approved and sent."), verbs.approve, place="write", key="Ctrl+Enter", event="approve", strict=True,
           tab=_l("Check the answer")),
    Action("send_back", _l("Send back"), _l("Sent back to its author."), verbs.send_back, forms.CommentForm, place="write", event="send_back"),
    Action("close", _l("Close"), _l("Closed."), verbs.close, forms.CloseForm, place="write", key="Ctrl+Enter", event="close", strict=True,
           when=lambda t, a: t.assignee_id != a.id),
    Action("note", _l("Note"), _l("Noted."), notes.note, note_forms.NoteForm, place="write", key="N", states=lifecycle.STATES,
           when=lambda t, a: a.has(*COLLEAGUES)),
    Action("log_call", _l("Log a call"), _l("The call stands in the thread."), notes.log_call, note_forms.CallForm, place="write", key="C",
           who=WORKERS, when=lambda t, a: not t.anonymous),
    Action("not_reached", _l("Called back, nobody reached"), _l("Noted. Tries in different half-days count; after enough of them nobody waits for it any more."),
           notes.not_reached, who=frozenset({"manager", "triager"}), states=("answered",),
           when=lambda t, a: t.assignee_id != a.id and bool(clocks.running(t, "callback")),
           hint=_l("Morning and afternoon are different half-days. A try by the handler does not count.")),
    Action("hear", _l("Retailer said"), _l("Entered."), notes.hear, note_forms.HeardForm, place="write", who=WORKERS,
           hint=_l("Enter what he told you by phone or in person. A question that waits for him is answered by it.")),
    Action("check_quality", _l("Quality check"), _l("The quality check is kept."), notes.check_quality, note_forms.QualityForm, place="write",
           key="Q", who=frozenset({"qa"}), states=("answered", "closed")),
    Action("return", _l("Return"), _l("Returned to triage."), verbs.give_back, forms.ReturnForm, event="return",
           when=lambda t, a: t.returns < lifecycle.MOST_RETURNS, hint=_l("Only within the time for signing, and at most twice.")),
    Action("assign_finally", _l("Assign finally"), _l("Assigned. It cannot be returned any more."), verbs.assign_finally, forms.FinalForm, place="own",
           event="reroute", when=lambda t, a: lifecycle.managers_turn(t), hint=YOURS),
    Action("assign_returned", _l("Assign finally"), _l("Assigned. It cannot be returned any more."), verbs.assign_returned, forms.FinalForm, place="own",
           event="dispatch", who=frozenset({"manager"}), when=lambda t, a: lifecycle.managers_turn(t), hint=YOURS),
    Action("reroute", _l("Re-route or assign"), _l("Given to somebody else."), verbs.reroute, forms.AssignForm, event="reroute",
           when=lambda t, a: not lifecycle.managers_turn(t)),
    Action("deciders", _l("Who took the disputed decision"), _l("Noted. They stand aside in this matter."), verbs.name_deciders, forms.DecidersForm,
           who=frozenset({"triager", "manager", "compliance"}), states=("dispatched", "needs_info", "in_progress", "in_review"),
           when=lambda t, a: t.leaf is not None and t.leaf.staff_conflict,
           hint=_l("A grade, a penalty, a refusal: whoever decided it does not handle the complaint about it. Whoever has it now and is ticked loses it at once.")),
    Action("hand_over", _l("Hand over"), _l("Handed over. The due date stays."), verbs.hand_over, forms.AssignForm, event="hand_over"),
    Action("ask_extension", _l("Ask for an extension"), _l("Your manager is asked for more time."), notes.ask_extension, note_forms.ExtendForm,
           who=frozenset({"assignee"}), states=("in_progress",), when=_extendable,
           hint=_l("Once, before the time is over, at most twice the allowed time.")),
    Action("severity", _l("Change the severity"), _l("The severity was changed."), notes.severity, note_forms.SeverityForm, who=WORKERS,
           states=("dispatched", "needs_info", *WORKING), hint=_l("Only a manager lowers it.")),
    Action("urged", _l("The retailer is chasing"), _l("Counted, and passed on."), notes.urged, who=frozenset({"triager"}), states=urging.STATES,
           hint=_l("The retailer pressed for it on the phone or at the counter. It is counted and shown.")),
    Action("name_staff", _l("Say who is complained about"), _l("Kept from whoever is named, from his line and from his team."), notes.name_staff,
           note_forms.NamedForm, who=naming.WHO_NAMES, states=lifecycle.STATES,
           hint=_l("They, their line and their team will not see the matter. If its handler is one of them, it goes to somebody else at once.")),
    Action("supervise", _l("Supervise"), _l("Supervised from now on."), notes.supervise, note_forms.DemandForm, who=frozenset({"manager"}),
           when=lambda t, a: not t.supervised, hint=_l("Your demand stands on the ticket and on the lists until it is answered. Who is late with it is reported.")),
    Action("stop_supervising", _l("Lift the demand"), _l("No longer supervised."), notes.stop_supervising, place="own", who=frozenset({"manager"}),
           when=lambda t, a: t.supervised),
    Action("answer_demand", _l("Answer the demand"), _l("Answered. The manager is told."), notes.answer_demand, note_forms.AnswerDemandForm, place="own",
           when=lambda t, a: t.supervised and supervising.answers(t, a) and supervising.waiting(t) is not None),
    Action("demand_again", _l("Not enough: demand it again"), _l("Demanded again, within the usual time."), notes.demand_again, place="own", who=frozenset({"manager"}),
           when=lambda t, a: not t.supervised and supervising.answered(supervising.demands(t)) is not None),
    Action("redo", _l("Redo"), _l("It is handled again."), verbs.redo, forms.RedoForm, event="redo",
           when=lambda t, a: closing.redo_open(t)),
    Action("merge", _l("Merge into another ticket"), _l("Merged. For 24 hours this can be undone here."), verbs.merge, forms.MergeForm,
           event="merge"),
    Action("withdraw", _l("Withdraw on a call"), _l("Withdrawn, as the retailer wanted."), verbs.withdraw, forms.WithdrawForm, event="withdraw"),
    Action("decline_noise", _l("Put aside as noise"), _l("Put aside as noise."), verbs.decline_noise, event="decline_noise",
           hint=_l("Wrong numbers, advertising, nonsense. Nobody is told.")),
    Action("seal", _l("Seal"), _l("Sealed."), notes.seal, who=WORKERS | {"compliance", "liaison"}, when=lambda t, a: not t.sealed,
           hint=_l("Only compliance and the enforcement liaison see it then; perhaps you do not.")),
    Action("unseal", _l("Release to the hotline"), _l("Released."), notes.unseal, who=frozenset({"compliance", "liaison"}), states=lifecycle.STATES,
           when=lambda t, a: t.sealed),
    Action("add_second", _l("Something else is told here"), _l("Entered, and it has an owner."), notes.add_second, note_forms.SecondForm, place="own",
           who=WORKERS | {"compliance"}, states=UNANSWERED, hint=_l("A second matter in the same words. What is always sealed is not entered here: seal the ticket, and compliance takes the two apart.")),
    Action("promise", _l("Enter a promise"), _l("The promise is entered."), notes.promise, note_forms.PromiseForm, place="own",
           who=frozenset({"assignee", "manager"}), states=WORKING, when=lambda t, a: bool(t.leaf and t.leaf.may_promise)),
    Action("grant_extension", _l("Grant"), _l("More time is granted, and the retailer is told."), notes.grant_extension, place="own",
           who=frozenset({"manager"})),
    Action("refuse_extension", _l("Refuse"), _l("No more time is granted."), notes.refuse_extension, place="own", who=frozenset({"manager"})),
)
BY_NAME = {action.name: action for action in ACTIONS}


def offered(ticket: Ticket, actor: Actor, hats: frozenset[str], place: str | None = None) -> list[Action]:
    """The buttons of this reader, in the order of the table; of one place, or all."""
    return [action for action in ACTIONS if place in (None, action.place) and action.offered(ticket, actor, hats)]
