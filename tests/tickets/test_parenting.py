"""Parents over the database: who may, what attaches once, what stays out, who is told how often, what cannot be answered together."""
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from catalog import queries as catalog
from core import clock
from core.actor import SYSTEM
from core.db import db
from core.errors import DomainError, NotAllowed
from core.jobs import run
from notifications import gate
from notifications.models import OutboundMessage
from retailers.models import OptOut
from tests import builders
from tests.reporting.hot.floods import NOW, arrives
from tickets import kin
from tickets.fitting import Rule
from tickets.models import CallTask, Clock, Message, Reply
from tickets.parents import Parent, ParentTicket
from tickets.services import closing, conversation, parenting, replying, together
from triage.models import TriageProposal

MINUTE = timedelta(minutes=1)
RULE = Rule("DLV.LATE", "north", 0, NOW - MINUTE, None)
WORDS = {lang: {"found": "the van broke down", "remedy": "Another one comes."} for lang in ("zh", "en")}


@pytest.fixture
def boss(database):
    return builders.staff(roles=("manager",), leads=True, certificates={})


@pytest.fixture(autouse=True)
def later(database):
    with clock.frozen(NOW + 30 * MINUTE):
        yield


def opened(boss, rule=RULE, leave_out=()):
    return parenting.open_parent(builders.who(boss), catalog.leaf("DLV.LATE"), rule, "The van", {"zh": "送货晚了", "en": "late goods"}, leave_out)


def resolved(parent, boss, words=WORDS):
    parenting.resolve(parent, builders.who(boss), words, "upheld", "logistics", "explained")


def attached(parent):
    return set(db.session.scalars(kin.attached(parent.id)))


def said(purpose):
    return [message.ticket_id for message in db.session.scalars(db.select(Message).where(Message.purpose == purpose).order_by(Message.id))]


def elsewhere():
    return arrives(NOW, shop=builders.retailer(area="south"))


def test_what_fits_attaches_and_the_rest_stays(queue, boss):
    fits, south, other = arrives(NOW), elsewhere(), arrives(NOW, "DLV.COUNT")
    early, sealed, named = arrives(NOW - 2 * MINUTE), arrives(NOW), arrives(NOW)
    sealed.sealed, named.named_ids = True, [boss.id]
    looked = {ticket.id: reason for ticket, reason in kin.looked_at(RULE)}
    assert looked == {fits.id: None, south.id: "another_area", other.id: "another_leaf", named.id: "names_staff"}  # neither earlier nor sealed ones
    assert {early.id, sealed.id}.isdisjoint(looked)
    assert attached(opened(boss)) == {fits.id}


def test_the_reader_is_shown_only_what_he_may_see(queue, boss):
    arrives(NOW)
    stranger = builders.staff(roles=("manager",), in_team="marketing", leads=True, certificates={})
    assert [reason for _ticket, reason in kin.looked_at(RULE, actor=builders.who(boss))] == [None]
    assert list(kin.looked_at(RULE, actor=builders.who(stranger))) == []


def test_what_is_confidential_attaches_without_telling_where_its_shop_is(queue, boss):
    secret = arrives(NOW, confidential=True)
    assert list(kin.looked_at(RULE, actor=builders.who(boss))) == []
    parent = opened(boss)
    assert attached(parent) == {secret.id}
    assert list(db.session.scalars(kin.children(parent.id, builders.who(boss)))) == []


@pytest.mark.parametrize(("roles", "team"), [(("handler",), "logistics"), (("hotline",), "hotline"), (("manager",), "marketing"), (("qa",), "quality")])
def test_only_a_manager_of_the_department_leads(queue, roles, team):
    somebody = builders.staff(roles=roles, in_team=team, leads=True, certificates={})
    with pytest.raises(NotAllowed):
        opened(somebody)


def test_what_is_kept_from_a_part_of_the_staff_has_no_parent(queue, boss):
    assert not parenting.may_lead(builders.who(boss), catalog.leaf("SVC.MANNER"))


def test_a_ticket_has_one_parent(queue, boss):
    ticket = arrives(NOW)
    first, second = opened(boss), opened(boss)
    assert (attached(first), attached(second)) == ({ticket.id}, set())
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(ParentTicket(parent_id=second.id, ticket_id=ticket.id, standing="attached", at=NOW))


def test_who_was_left_out_is_never_attached_again(queue, boss):
    no, yes = arrives(NOW), arrives(NOW)
    parent = opened(boss, leave_out=[no.id])
    run("tend_parent", parent.id)
    assert attached(parent) == {yes.id}
    parenting.leave_out(parent, yes, builders.who(boss))
    run("tend_parent", parent.id)
    assert attached(parent) == set()


def test_later_ones_attach_while_it_runs_and_not_afterwards(queue, boss):
    arrives(NOW)
    parent = opened(boss)
    db.session.commit()
    late = arrives(NOW + 10 * MINUTE)
    run("watch_parents")
    queue.run()
    assert late.id in attached(parent)
    resolved(parent, boss)
    db.session.commit()
    queue.run()
    after = arrives(NOW + 31 * MINUTE)
    run("tend_parent", parent.id)
    assert after.id not in attached(parent)


def test_words_choose_too(queue, boss):
    arrives(NOW)
    van = arrives(NOW, text="The van stands at the bridge.")
    assert attached(opened(boss, RULE._replace(words=("VAN",)))) == {van.id}


def test_nine_shops_are_no_critical_parent_and_ten_are(queue, boss):
    for _shop in range(9):
        arrives(NOW)
    parent = opened(boss)
    assert parent.severity == "S3"
    arrives(NOW + MINUTE)
    parenting.gather(parent)
    assert parent.severity == "S1"
    assert {ticket.severity for ticket in db.session.scalars(kin.children(parent.id, SYSTEM))} == {"S3"}


def test_one_notice_a_shop_whatever_runs_how_often(queue, boss):
    shop = builders.retailer(area="north")
    arrives(NOW, shop=shop), arrives(NOW + MINUTE, shop=shop)
    care = arrives(NOW, shop=builders.retailer(area="north", support_needs=True))
    silent = arrives(NOW)
    db.session.add(OptOut(address=silent.contact_phone, since=NOW))
    parent = opened(boss)
    parenting.give_notice(parent, builders.who(boss))
    db.session.commit()
    for _time in range(2):
        run("tend_parent", parent.id)
        queue.run()
    assert len(said("notice")) == 2
    assert care.id not in said("notice")
    assert db.session.query(CallTask).count() == 0  # nobody is called just to hear that we know
    with pytest.raises(DomainError, match="wrong_state"):
        parenting.give_notice(parent, builders.who(boss))


def test_every_state_before_the_answer_is_answered_once_and_none_closed(queue, boss):
    handler = builders.staff(certificates={"DLV.LATE": 4})
    with clock.frozen(NOW):
        states = {state: builders.ticket(state, handler=handler, shop=builders.retailer(area="north"))
                  for state in ("received", "needs_info", "dispatched", "in_progress", "in_review")}
        db.session.add(TriageProposal(ticket_id=states["received"].id, at=NOW, ranking=[{"leaf": "DLV.LATE", "p": 0.7}], hits=[], waits=["unsure"]))
        db.session.flush()
    parent = opened(boss)
    assert attached(parent) == {ticket.id for ticket in states.values()}
    resolved(parent, boss)
    db.session.commit()
    for _time in range(2):
        run("tend_parent", parent.id)
    assert {ticket.state for ticket in states.values()} == {"answered"}
    assert sorted(said("answer")) == sorted(ticket.id for ticket in states.values())
    assert states["received"].leaf_code == "DLV.LATE"
    assert {ticket.outcome for ticket in states.values()} == {"upheld"}
    running = db.session.scalars(db.select(Clock.kind).where(Clock.ticket_id == states["in_review"].id, Clock.stopped_at.is_(None)))
    assert set(running) - {"fast"} == {"callback"}
    assert {reply.state for reply in db.session.scalars(db.select(Reply).where(Reply.ticket_id == states["in_review"].id))} == {"draft"}


def test_a_notice_that_waits_is_dropped_when_the_cause_is_settled(queue, boss):
    arrives(NOW)
    parent = opened(boss)
    parenting.give_notice(parent, builders.who(boss))
    db.session.commit()
    run("tend_parent", parent.id)
    run("deliver", db.session.scalar(db.select(Message.id).where(Message.purpose == "notice")))
    (row,) = db.session.scalars(db.select(OutboundMessage).where(OutboundMessage.purpose == "notice"))
    before = gate.held(row, "sms", clock.now())
    resolved(parent, boss)
    assert (before, gate.held(row, "sms", clock.now())) == (None, gate.Held("overtaken"))


def test_one_answer_to_many_is_no_contact_of_a_person(queue, boss):
    handler = builders.staff(certificates={"DLV.LATE": 4})
    with clock.frozen(NOW):
        ticket = builders.ticket("in_progress", handler=handler, shop=builders.retailer(area="north"))
    parent = opened(boss)
    resolved(parent, boss)
    db.session.commit()
    run("tend_parent", parent.id)
    (message,) = db.session.scalars(db.select(Message).where(Message.ticket_id == ticket.id, Message.purpose == "answer"))
    assert (ticket.contacted_at, message.author_id, message.author_name) == (None, None, boss.name)


def test_who_is_not_content_is_handled_again_by_his_handler_with_his_draft(queue, boss):
    handler = builders.staff(certificates={"DLV.LATE": 4})
    with clock.frozen(NOW):
        ticket = builders.ticket("in_review", handler=handler, shop=builders.retailer(area="north"))
    parent = opened(boss)
    resolved(parent, boss)
    db.session.commit()
    run("tend_parent", parent.id)
    closing.redo(ticket, builders.RETAILER, "still not")
    db.session.commit()
    run("tend_parent", parent.id)
    conversation.continue_with(ticket, "still not", "web")
    assert kin.size(parent.id) == kin.Size(1, 1, 1, 1)  # what he says to the answer is no further contact about the cause
    assert (ticket.state, ticket.assignee_id, said("answer")) == ("in_progress", handler.id, [ticket.id])
    assert replying.open_reply(ticket).state == "draft"


def test_the_answer_needs_every_language_that_is_read(queue, boss):
    arrives(NOW, language="zh"), arrives(NOW)
    parent = opened(boss)
    with pytest.raises(DomainError, match="words_missing"):
        resolved(parent, boss, {"en": WORDS["en"]})
    assert parent.resolved_at is None


def test_forbidden_words_are_found_before_anybody_reads_them(queue, boss):
    arrives(NOW)
    with pytest.raises(DomainError, match="lint"):
        together.check_words(opened(boss), "en", {"found": "see", "remedy": "http://elsewhere.test"})


def test_one_that_cannot_be_answered_keeps_nobody_waiting(queue, boss):
    sealed, fine = arrives(NOW), arrives(NOW)
    parent = opened(boss)
    resolved(parent, boss)
    sealed.sealed = True
    db.session.commit()
    run("tend_parent", parent.id)
    assert (sealed.state, fine.state) == ("dispatched", "answered")


def test_the_database_refuses_a_settled_parent_without_reasons(queue, boss):
    parent = opened(boss)
    with pytest.raises(IntegrityError, match="resolved_with_reasons"), db.session.begin_nested():
        db.session.execute(db.update(Parent).where(Parent.id == parent.id).values(resolved_at=NOW, resolved_by_id=boss.id))


def test_its_size_is_shops_and_contacts(queue, boss):
    shop = builders.retailer(area="north")
    arrives(NOW, shop=shop), arrives(NOW + MINUTE, shop=shop), arrives(NOW)
    assert kin.size(opened(boss).id) == kin.Size(3, 2, 3)
