"""The verbs of a ticket on the real database."""
from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.actor import RETAILER, SYSTEM
from core.errors import DomainError, NotAllowed
from tests.builders import opened, retailer, staff, standard, ticket, who, write_answer
from tickets.models import Promise
from tickets.services import calls, clocks, closing, conversation, extending, handling, merging, replying, returning, triaging
from tickets.services.returning import Grounds

THURSDAY = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest.fixture
def manager(database):
    return staff(roles=("manager",), in_team="logistics", leads=True, certificates={})


def kinds(made):
    return {c.kind for c in clocks.running(made)}


def test_the_clocks_of_the_road(database):
    with clock.frozen(THURSDAY):
        made = opened()
        assert kinds(made) == {"triage", "ack"}
        assert made.due_at == THURSDAY.replace(hour=7)  # 4 working hours over the lunch break
        from tests.builders import walk
        handler = staff(certificates={"DLV": 4})
        walk(made, "in_progress", handler=handler)
        assert kinds(made) == {"ack", "contact", "resolve", "update", "fast"}
        conversation.log_call(made, who(handler), "I called him.")
        assert kinds(made) == {"ack", "resolve", "update", "fast"}
        write_answer(made, handler)
        replying.submit(made, who(handler))
        replying.approve(made, who(staff(roles=("manager",), leads=True, certificates={})))
        assert kinds(made) == {"callback", "fast"}
        assert made.due_kind == "callback"


def test_asking_pauses_and_resuming_gives_the_time_back(database):
    with clock.frozen(THURSDAY):
        made = ticket("in_progress")
        before = clocks.running(made, "resolve")[0].due_at
        handling.ask(made, who(made.assignee), "Which day?", standard(made, "ask"))
        assert made.due_kind == "info"
        assert clocks.running(made, "resolve")[0].paused_at == THURSDAY
    with clock.frozen(THURSDAY + timedelta(hours=2)):  # 12:00: two working hours later
        conversation.continue_with(made, "It was Tuesday.", "web")
        assert made.state == "in_progress"
        assert clocks.running(made, "resolve")[0].due_at == before + timedelta(hours=2)
        assert "info" not in kinds(made)


def test_a_third_question_is_refused(database):
    made = ticket("in_progress")
    for _turn in range(2):
        handling.ask(made, who(made.assignee), "Which day?", standard(made, "ask"))
        conversation.continue_with(made, "Tuesday", "web")
    with pytest.raises(DomainError) as refused:
        handling.ask(made, who(made.assignee), "Which day?", standard(made, "ask"))
    assert refused.value.code == "asks_left"


def test_no_answer_without_the_checklist(database):
    made = ticket("in_progress")
    handler = who(made.assignee)
    replying.propose(made, handler, "upheld", "logistics", "redelivered")
    replying.write_reply(made, handler, standard(made), {})
    with pytest.raises(DomainError) as refused:
        replying.submit(made, handler)
    assert refused.value.code == "checked"


def test_a_promise_word_is_refused_where_nothing_may_be_promised(database):
    made = ticket("in_progress", leaf="SUP.QUOTA")
    handler = made.assignee
    write_answer(made, handler, found="we guarantee that you get more next month")
    with pytest.raises(DomainError) as refused:
        replying.submit(made, who(handler))
    assert refused.value.code == "lint"


def test_a_light_answer_goes_out_without_review_a_severe_one_does_not(database):
    light, severe = ticket("in_progress"), ticket("in_progress", severity="S2")
    for made in (light, severe):
        write_answer(made, made.assignee)
    replying.send_reply(light, who(light.assignee))
    assert light.state == "answered"
    with pytest.raises(DomainError) as refused:
        replying.send_reply(severe, who(severe.assignee))
    assert refused.value.code == "light"


def test_the_answer_keeps_its_standard_answer_and_version(database):
    made = ticket("answered")
    answer = next(m for m in made.messages if m.purpose == "answer")
    assert answer.answer_code.startswith("A-DLV")
    assert answer.answer_version == 1


def test_the_author_does_not_review_himself(database):
    handler = staff(roles=("handler", "manager"), leads=True, certificates={"DLV": 4})
    made = ticket("in_review", handler=handler)
    with pytest.raises(NotAllowed):
        replying.approve(made, who(handler))


def test_sent_back_the_author_finds_his_words(database, manager):
    made = ticket("in_review")
    replying.send_back(made, who(manager), "Name the date.")
    reply = replying.open_reply(made)
    assert (made.state, reply.state, reply.comment) == ("in_progress", "draft", "Name the date.")
    assert reply.body


def test_the_handler_never_closes(database):
    handler = staff(roles=("handler", "manager"), leads=True, certificates={"DLV": 4})
    made = ticket("answered", handler=handler)
    with pytest.raises(DomainError) as refused:
        closing.close(made, who(handler), "upheld", "logistics", "redelivered")
    assert refused.value.code == "not_its_handler"


def test_closing_needs_its_reasons(database, manager):
    made = ticket("answered")
    with pytest.raises(DomainError) as refused:
        closing.close(made, who(manager), "upheld", "", "")
    assert refused.value.code == "reasons_recorded"


def test_a_manager_of_another_team_cannot_close(database):
    made = ticket("answered")
    other = staff(roles=("manager",), in_team="finance", leads=True, certificates={})
    with pytest.raises(NotAllowed):
        closing.close(made, who(other), "upheld", "logistics", "redelivered")


def test_redo_after_closing_within_ten_working_days_only(database):
    with clock.frozen(THURSDAY):
        made = ticket("closed")
    with clock.frozen(THURSDAY + timedelta(days=15)):
        with pytest.raises(DomainError) as refused:
            closing.redo(made, RETAILER, "again")
        assert refused.value.code == "in_redo_window"
    with clock.frozen(THURSDAY + timedelta(days=13)):
        closing.redo(made, RETAILER, "again")
    assert (made.state, made.redos, made.ended_at, made.outcome) == ("in_progress", 1, None, None)
    assert "resolve" in kinds(made)


def test_returns_need_grounds_and_end_after_two(database):
    made = ticket("dispatched")
    for code, grounds in (("reason", Grounds("", "Not ours")), ("reason", Grounds("no_such_reason", "Not ours")), ("evidence", Grounds("wrong_team", " "))):
        with pytest.raises(DomainError) as refused:
            returning.give_back(made, who(made.assignee), grounds)
        assert refused.value.code == code
    for _turn in range(2):
        handler = made.assignee or staff(certificates={"DLV": 4})
        if made.state == "received":
            triaging.dispatch(made, SYSTEM)
            handling.assign(made, handler)
        returning.give_back(made, who(made.assignee), Grounds("wrong_team", "Not ours"))
    triaging.dispatch(made, SYSTEM)
    handling.assign(made, staff(certificates={"DLV": 4}))
    with pytest.raises(DomainError) as refused:
        returning.give_back(made, who(made.assignee), Grounds("wrong_team", "Not ours"))
    assert refused.value.code == "returns_left"
    assert len(made.former_ids) == 2


def test_a_return_after_the_sign_window_is_refused(database):
    with clock.frozen(THURSDAY):
        made = ticket("dispatched")
    with clock.frozen(THURSDAY + timedelta(days=2)), pytest.raises(DomainError) as refused:
        returning.give_back(made, who(made.assignee), Grounds("wrong_team", "Not ours"))
    assert refused.value.code == "in_sign_window"


@pytest.mark.parametrize(("days", "severity", "code"), [(1, "S3", "extension_order"), (30, "S3", "extension_long"), (9, "S1", "extension_s1")])
def test_extensions_have_limits(database, days, severity, code):
    with clock.frozen(THURSDAY):
        made = ticket("in_progress", severity=severity)
        with pytest.raises(DomainError) as refused:
            extending.ask_extension(made, who(made.assignee), THURSDAY + timedelta(days=days), "The supplier is slow.")
    assert refused.value.code == code


def test_an_approved_extension_moves_the_due_date_and_is_told(database, manager):
    with clock.frozen(THURSDAY):
        made = ticket("in_progress")
        new = THURSDAY + timedelta(days=11)
        extending.ask_extension(made, who(made.assignee), new, "The supplier is slow.")
        extending.decide_extension(made, who(manager), True, standard(made, "extension"))
        resolve = clocks.running(made, "resolve")[0]
        assert made.contacted_at is None and clocks.running(made, "contact")  # its words are standard words: nobody has spoken to him
    assert resolve.due_at == new
    assert resolve.original_due_at < new
    assert made.messages[-1].purpose == "extension"
    with clock.frozen(THURSDAY), pytest.raises(DomainError):
        extending.ask_extension(made, who(made.assignee), THURSDAY + timedelta(days=12), "Again.")


def test_a_merge_keeps_the_earliest_receipt_and_can_be_undone(database):
    shop = retailer()
    with clock.frozen(THURSDAY):
        second = opened("Nothing came!", shop=shop)
    with clock.frozen(THURSDAY + timedelta(hours=1)):
        first = opened("The goods have not come.", shop=shop)
        hotline = who(staff(roles=("hotline",), in_team="hotline", certificates={}))
        merging.merge(second, hotline, first)
        assert first.received_at == THURSDAY
        assert {m.body for m in first.messages} == {"Nothing came!", "The goods have not come."}
        merging.unmerge(second, hotline)
    assert second.state == "received"
    assert [m.body for m in second.messages] == ["Nothing came!"]
    assert [m.body for m in first.messages] == ["The goods have not come."]
    assert kinds(second) == {"triage"}


def test_tickets_of_two_shops_are_never_merged(database):
    hotline = who(staff(roles=("hotline",), in_team="hotline", certificates={}))
    with pytest.raises(DomainError) as refused:
        merging.merge(opened(), hotline, opened())
    assert refused.value.code == "same_retailer"


def test_after_dispatch_only_a_manager_lowers_the_severity(database, manager):
    made = ticket("in_progress", severity="S2")
    with pytest.raises(NotAllowed):
        triaging.lower_or_raise(made, who(made.assignee), "S3", "not so bad")
    triaging.lower_or_raise(made, who(manager), "S3", "not so bad")
    assert made.severity == "S3"


def test_a_key_shop_is_contacted_sooner_but_answered_in_the_same_time(database):
    with clock.frozen(THURSDAY):
        key, ordinary = (ticket("in_progress", shop=retailer(service_class=kind)) for kind in ("key", "ordinary"))
    due = [{c.kind: c.due_at for c in made.clocks if c.kind in ("contact", "resolve")} for made in (key, ordinary)]
    assert due[0]["contact"] < due[1]["contact"]
    assert due[0]["resolve"] == due[1]["resolve"]


def test_an_anonymous_ticket_keeps_no_identity(database):
    made = opened(anonymous=True, text="He takes money.", phone="+8613800009999", name="Wang", shop=None)
    assert (made.contact_phone, made.contact_name, made.retailer_id, made.shop_text, made.sealed) == (None, "", None, "", True)


def test_a_call_task_is_opened_once_and_done_once(database):
    made = ticket("in_progress")
    one = calls.open_call_task(made, "undelivered", "k1")
    assert calls.open_call_task(made, "undelivered", "k1") is one
    calls.finish_call_task(one, who(made.assignee), "reached", "He will wait.")
    assert made.messages[-1].kind == "call"
    with pytest.raises(DomainError):
        calls.finish_call_task(one, who(made.assignee), "reached", "")


def test_a_merge_keeps_what_protects_people(database):
    shop = retailer()
    named = staff(certificates={"DLV": 4})
    into = ticket("in_progress", handler=named, shop=shop)
    second = opened("He was rude to me.", shop=shop, confidential=True)
    second.named_ids = [named.id]
    hotline = who(staff(roles=("hotline",), in_team="hotline", certificates={}))
    merging.merge(second, hotline, into)
    assert (into.confidential, into.named_ids, into.state, into.assignee_id) == (True, [named.id], "dispatched", None)


def test_a_sealed_matter_is_not_merged_into_an_open_one(database):
    shop = retailer()
    into, second = opened(shop=shop), opened("He wanted a bribe.", shop=shop)
    with pytest.raises(NotAllowed):
        merging.merge(second, who(staff(roles=("hotline",), in_team="hotline", certificates={})), into)
    with pytest.raises(DomainError) as refused:
        merging.merge(second, who(staff(roles=("compliance", "liaison"), in_team="compliance", certificates={})), into)
    assert refused.value.code == "same_seal"


def test_an_undone_merge_wins_no_time(database):
    shop = retailer()
    hotline = who(staff(roles=("hotline",), in_team="hotline", certificates={}))
    with clock.frozen(THURSDAY):
        second = opened("Nothing came!", shop=shop)
        due = second.due_at
    with clock.frozen(THURSDAY + timedelta(hours=1)):
        first = opened(shop=shop)
        received, first_due = first.received_at, first.due_at
        merging.merge(second, hotline, first)
        merging.unmerge(second, hotline)
    assert second.due_at == due
    assert (first.received_at, first.due_at) == (received, first_due)


@pytest.mark.parametrize("where", ["wish", "addition"])
def test_a_suspicious_word_seals_wherever_it_stands(database, where):
    made = opened(wish="no more bribes") if where == "wish" else opened()
    if where == "addition":
        conversation.continue_with(made, "And he asked for a bribe.", "web")
    assert made.sealed
    assert made.search_tokens == ""


def test_the_hotline_does_not_ask_on_a_handlers_ticket(database):
    made = ticket("in_progress")
    with pytest.raises(NotAllowed):
        handling.ask(made, who(staff(roles=("hotline",), in_team="hotline", certificates={})), "Which day?", standard(made, "ask"))


def test_changing_the_severity_keeps_what_was_granted(database, manager):
    with clock.frozen(THURSDAY):
        made = ticket("in_progress")
        granted = THURSDAY + timedelta(days=11)
        extending.ask_extension(made, who(made.assignee), granted, "The supplier is slow.")
        extending.decide_extension(made, who(manager), True, standard(made, "extension"))
        with pytest.raises(DomainError) as refused:
            triaging.lower_or_raise(made, who(manager), "S3", "no change")
        assert refused.value.code == "same_severity"
        triaging.lower_or_raise(made, who(manager), "S4", "milder")
        assert clocks.running(made, "resolve")[0].due_at > granted
        triaging.lower_or_raise(made, who(manager), "S3", "as before")
        assert clocks.running(made, "resolve")[0].due_at == granted


def test_a_rejected_answer_on_the_spot_goes_to_a_handler(database):
    agent = staff(roles=("hotline",), in_team="hotline", certificates={})
    made = opened(kind="enquiry")
    from tests.builders import classify
    classify(made, "ORD.HELP", "S4")
    triaging.answer_on_the_spot(made, who(agent), standard(made))
    closing.redo(made, RETAILER, "I still do not understand")
    assert (made.state, made.assignee_id, made.awaits_routing) == ("dispatched", None, True)


def test_the_checklist_begins_anew_with_a_redo(database):
    made = ticket("answered")
    assert not replying.unchecked(made)
    closing.redo(made, RETAILER, "nothing came")
    assert replying.unchecked(made)


def test_a_sealed_leaf_is_not_released_after_dispatch(database):
    made = ticket("dispatched", leaf="RPT.ILLICIT", severity="S2", handler=False)
    with pytest.raises(DomainError) as refused:
        triaging.unseal(made, who(staff(roles=("compliance",), in_team="compliance", certificates={})))
    assert refused.value.code == "sealed_leaf"


def test_an_undecided_extension_lapses_with_the_answer(database):
    with clock.frozen(THURSDAY):
        made = ticket("in_progress")
        extending.ask_extension(made, who(made.assignee), THURSDAY + timedelta(days=11), "The supplier is slow.")
        write_answer(made, made.assignee)
        replying.send_reply(made, who(made.assignee))
    assert extending.waiting_extension(made) is None


def test_the_third_redo_cannot_be_claimed(database):
    made = ticket("dispatched", handler=False)
    made.redos = 3
    able = staff(certificates={"DLV": 4})
    with pytest.raises(DomainError) as refused:
        handling.claim(made, able, who(able))
    assert refused.value.code == "not_the_managers"


def test_a_date_promised_in_the_answer_becomes_a_promise_once(database):
    made = ticket("in_progress", handler=staff(certificates={"DLV": 4}))
    write_answer(made, made.assignee)
    replying.open_reply(made).values = {"promise_date": "2026-11-25", "remedy": "two cartons"}
    replying.send_reply(made, who(made.assignee))
    extending.promise_of(made, who(made.assignee), {"promise_date": "2026-11-25"})
    kept = database.session.scalars(database.select(Promise).filter_by(ticket_id=made.id).order_by(Promise.id)).all()
    assert [(p.text, p.due_at) for p in kept] == [("two cartons", datetime(2026, 11, 25, 15, 59, tzinfo=UTC))]
