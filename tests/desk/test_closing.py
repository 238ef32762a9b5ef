"""The closing desk: the groups, the second look, closing many at once, and what may not be closed."""
from datetime import timedelta

import pytest

from core import clock
from core.db import db
from desk.lists import closing_rules as rules
from satisfaction import closable
from satisfaction import services as satisfaction
from satisfaction.models import Survey
from tests.builders import staff, ticket
from tests.pages import PageClient
from tickets.models import CallTask, Message, Promise, QualityCheck
from tickets.services import closing


@pytest.fixture
def boss(database):
    """The manager of logistics."""
    return staff(roles=("manager",), leads=True)


def answered(text="Where are my goods", score=None, **more):
    """An answered ticket, rated in its present round if `score` is given."""
    made = ticket("answered", text=text, **more)
    if score:
        now = clock.now()
        db.session.add(Survey(ticket_id=made.id, round=made.round, created_at=now, send_after=now, score=score, scored_at=now, comment="so they say"))
        db.session.flush()
    return made


def group_of(made) -> str:
    return rules.read([made.id])[made.id]["group"]


def fill(columns, made):
    for name, value in columns.items():
        setattr(made, name, value)
    db.session.flush()


MARKS = {
    "wrote": lambda t: db.session.add(Message(ticket_id=t.id, kind="in", channel="web", body="More", at=t.answered_at + timedelta(hours=1))),
    "promise": lambda t: db.session.add(Promise(ticket_id=t.id, text="more", due_at=clock.now())),
    "call": lambda t: db.session.add(CallTask(ticket_id=t.id, reason="low_score", created_at=clock.now(), due_at=clock.now(), dedupe_key=f"k{t.id}",
                                              result="")),
    "undelivered": lambda t: db.session.add(Message(ticket_id=t.id, kind="out", purpose="answer", body="x", at=clock.now(), delivery="failed")),
    "quality": lambda t: db.session.add(QualityCheck(ticket_id=t.id, round=1, by_id=t.assignee_id, passed=False, at=clock.now())),
    "care": lambda t: setattr(t, "support_needs", True),
    "supervised": lambda t: setattr(t, "supervised", True),
    "redone": lambda t: setattr(t, "redos", 1),
    "unproposed": lambda t: setattr(t, "root_cause", None),
}


@pytest.mark.parametrize(("score", "group"), [(5, "together"), (3, "together"), (2, "single"), (1, "single"), (None, "waiting")])
def test_the_score_of_this_round_decides_the_group(database, score, group):
    assert group_of(answered(score=score)) == group


def test_a_retailer_who_says_that_it_is_solved_needs_no_score(database):
    made = answered()
    made.accepted = True
    db.session.flush()
    assert group_of(made) == "rule"


@pytest.mark.parametrize(("columns", "group"), [
    ({}, "rule"), ({"score": 4}, "rule"), ({"remedy": None}, "together"), ({"severity": "S2"}, "together"),
])
def test_the_rule_wants_a_light_matter_with_everything_proposed(database, columns, group):
    made = answered()
    fill({"accepted": True} | columns, made)
    assert group_of(made) == group


@pytest.mark.parametrize("mark", MARKS)
def test_whatever_asks_for_a_look_keeps_a_content_ticket_out_of_the_bundle(database, mark):
    made = answered()
    made.accepted = True
    MARKS[mark](made)
    db.session.flush()
    assert rules.read([made.id])[made.id] == {"group": "single", "flags": [mark]}


def test_every_flag_is_tried_above(database):
    assert set(MARKS) | {"low", "sensitive"} == set(closable.FLAGS) == set(rules.WORDS)


def test_the_remark_beside_a_good_score_asks_for_no_look(app, database):
    made = answered()
    with clock.frozen(clock.now() + timedelta(hours=1)):
        satisfaction.rate(made, 5, None, "Well done", "web")
    assert [m.body for m in made.messages if m.kind == "in"][-1] == "Well done"
    assert group_of(made) == "together"


def test_what_was_solved_fast_is_marked(app, boss):
    made = ticket("answered")
    client = PageClient(app).sign_in(boss)
    assert "Fast lane" not in client.get("/desk/closing").text
    satisfaction.accept(made)
    db.session.flush()
    assert "Fast lane" in client.get("/desk/closing").text


def test_silence_is_never_consent(database):
    made = answered()
    made.due_at = clock.now() - timedelta(minutes=1)
    db.session.flush()
    assert group_of(made) == "single"


def noticed(made, *delivered):
    """The messages that asked, an hour apart from the answer on, each with what became of it."""
    for number, (purpose, delivery) in enumerate(zip(("survey", "survey_reminder"), delivered, strict=False), 1):
        at = made.answered_at + timedelta(hours=number)
        db.session.add(Message(ticket_id=made.id, kind="out", purpose=purpose, body="?", at=at, delivery=delivery))
    db.session.flush()


def long_ago(**columns):
    """A ticket that was answered three weeks ago."""
    with clock.frozen(clock.now() - timedelta(days=21)):
        made = answered(**columns)
    fill({"due_at": None}, made)
    return made


@pytest.mark.parametrize(("severity", "group"), [("S1", "single"), ("S2", "single"), ("S3", "rule"), ("S4", "rule")])
def test_silence_after_two_notices_is_enough_in_light_matters_only(database, severity, group):
    made = long_ago(severity=severity)
    noticed(made, "sent", "delivered")
    assert group_of(made) == group


@pytest.mark.parametrize("delivered", [(), ("sent",), ("sent", "failed"), ("unknown", "sent"), ("queued", "sent"), ("none", "none")])
def test_silence_without_two_notices_that_arrived_is_no_word(database, delivered):
    made = long_ago()
    noticed(made, *delivered)
    assert group_of(made) == "single"


def test_the_page_shows_groups_answers_and_words(app, boss):
    answered("Goods late", score=5)
    answered("Still late", score=1)
    shown = PageClient(app).sign_in(boss).get("/desk/closing")
    assert shown.text.index("Can be closed together:") < shown.text.index("Goods late") < shown.text.index("One by one:") < shown.text.index("Still late")
    assert "so they say" in shown.text
    assert "Low score" in shown.text
    assert "Still late" not in PageClient(app).sign_in(boss).get("/desk/closing?tab=together").text


def test_closing_several_after_a_second_look(app, boss):
    made = [answered(score=5), answered(score=4)]
    client = PageClient(app).sign_in(boss)
    look = client.submit(client.get("/desk/closing"), button="do=look", pick=[t.case_no for t in made], remedy="apologised")
    assert look.heading == "Close 2 tickets"
    assert {t.state for t in made} == {"answered"}
    done = client.submit(look, button="do=close")
    assert "2 tickets closed" in done.text
    for t in made:
        db.session.refresh(t)
    assert [(t.state, t.outcome, t.remedy, t.ended_by_id) for t in made] == [("closed", "upheld", "apologised", boss.id)] * 2


def test_one_that_cannot_be_closed_does_not_hold_up_the_others(app, boss):
    good, bare = answered(score=5), answered(score=5)
    bare.remedy = None
    client = PageClient(app).sign_in(boss)
    look = client.submit(client.get("/desk/closing"), button="do=look", pick=[good.case_no, bare.case_no])
    assert "Missing" in look.text
    shown = client.submit(look, button="do=close")
    assert "1 ticket closed" in shown.text
    assert "Record outcome, root cause and remedy before closing." in shown.text
    db.session.refresh(good)
    db.session.refresh(bare)
    assert (good.state, bare.state) == ("closed", "answered")


def test_what_asks_for_a_look_is_not_closed_in_a_bundle(app, boss):
    low = answered(score=1)
    client = PageClient(app).sign_in(boss)
    shown = client.post("/desk/closing", do="close", pick=low.case_no, outcome="upheld", root_cause="process.no_rule", remedy="explained")
    assert "asks for a look of its own" in shown.text
    db.session.refresh(low)
    assert low.state == "answered"


def test_choosing_nothing_closes_nothing(app, boss):
    answered(score=5)
    client = PageClient(app).sign_in(boss)
    assert "Choose at least one ticket that can be closed together." in client.submit(client.get("/desk/closing"), button="do=look").text


def redo(client, page, *chosen, **typed):
    typed = {"reason": "not_solved", "text": "Find the cause."} | typed
    return client.submit(page, button="do=redo", pick=[made.case_no for made in chosen], **typed)


def test_several_are_handled_again_for_one_reason(app, boss):
    low, waiting, other = answered(score=1), answered(), answered("Stays", score=5)
    client = PageClient(app).sign_in(boss)
    done = redo(client, client.get("/desk/closing?tab=all"), low, waiting)
    assert "2 tickets are handled again" in done.text
    for made in (low, waiting, other):
        db.session.refresh(made)
    assert [(made.state, made.redos) for made in (low, waiting, other)] == [("in_progress", 1), ("in_progress", 1), ("answered", 0)]
    assert [made.messages[-1].body for made in (low, waiting)] == ["Not solved: Find the cause."] * 2


def test_what_cannot_be_handled_again_is_named_and_holds_up_nothing(app, boss):
    first, gone, foreign = answered(), answered(), answered(leaf="SUP.SHORT")
    client = PageClient(app).sign_in(boss)
    page = client.get("/desk/closing")
    gone.accepted = True
    closing.close_by_rule(gone, "accepted")
    shown = redo(client, page, first, gone, foreign)
    assert "1 ticket is handled again" in shown.text
    assert "Something has changed here in the meantime" in shown.text
    assert "You are not the one who may do this here" not in shown.text, "a ticket that he may not see does not exist"
    for made in (first, gone, foreign):
        db.session.refresh(made)
    assert [made.state for made in (first, gone, foreign)] == ["in_progress", "closed", "answered"]


@pytest.mark.parametrize(("typed", "said"), [({"text": ""}, "Write what is still to be done."), ({"reason": ""}, "Choose a reason."),
                                             ({"pick": None}, "Choose at least one ticket.")])
def test_nothing_that_was_chosen_or_typed_for_a_redo_is_lost(app, boss, typed, said):
    made = answered()
    client = PageClient(app).sign_in(boss)
    page = client.get("/desk/closing?tab=waiting")
    form = {"reason": "not_solved", "text": "My long words", "pick": [made.case_no]} | typed
    shown = client.submit(page, button="do=redo", **form)
    assert said in shown.text
    if form["text"]:
        assert "My long words" in shown.html
    boxes = [box for box in shown.tree.all("input") if box.get("name") == "pick"]
    assert ["checked" in box.attrs for box in boxes] == [bool(form["pick"])]
    db.session.refresh(made)
    assert made.state == "answered"


def test_the_second_look_names_what_it_leaves_out(app, boss):
    good, low = answered(score=5), answered(score=1)
    client = PageClient(app).sign_in(boss)
    look = client.submit(client.get("/desk/closing"), button="do=look", pick=[good.case_no, low.case_no])
    assert look.heading == "Close 1 ticket"
    assert "One chosen ticket asks for a look of its own and is left out." in look.text
    client.submit(look, button="do=close")
    for made in (good, low):
        db.session.refresh(made)
    assert (good.state, low.state) == ("closed", "answered")


def test_the_second_look_says_why_one_is_left_out(app, boss):
    good, owed = answered(score=5), answered(score=5)
    MARKS["promise"](owed)
    client = PageClient(app).sign_in(boss)
    look = client.submit(client.get("/desk/closing"), button="do=look", pick=[good.case_no, owed.case_no])
    assert look.heading == "Close 1 ticket"
    assert "Promise not kept yet" in look.text
    assert "Low score" not in look.text


@pytest.mark.parametrize(("kept", "warned"), [(None, True), (True, False), (False, False)])
def test_the_page_warns_before_a_ticket_with_an_open_promise_is_closed(app, boss, kept, warned):
    made = answered(score=5)
    db.session.add(Promise(ticket_id=made.id, text="a new box", due_at=clock.now() + timedelta(days=1), kept=kept))
    db.session.flush()
    page = PageClient(app).sign_in(boss).get(f"/desk/tickets/{made.case_no}?write=close")
    assert ("1 promise is still open. Closing takes none back: the retailer goes on seeing them" in page.text) == warned
    assert bool(page.html.count("<li>a new box, by ")) == warned


def test_the_warning_says_which_promise_is_overdue_and_since_when(app, boss):
    made = answered(score=5)
    for text, days in (("a visit", -2), ("a new box", 1)):
        db.session.add(Promise(ticket_id=made.id, text=text, due_at=clock.now() + timedelta(days=days)))
    db.session.flush()
    page = PageClient(app).sign_in(boss).get(f"/desk/tickets/{made.case_no}?write=close")
    assert "2 promises are still open." in page.text
    assert "Keep what is overdue, or tell the retailer first." in page.text
    assert "<li>a visit, overdue since " in page.html
    assert "<li>a new box, by " in page.html
    assert "is reminded when" not in page.text


def test_what_the_rule_may_close_a_manager_closes_in_one_go(app, boss):
    made = long_ago()
    noticed(made, "sent", "sent")
    client = PageClient(app).sign_in(boss)
    page = client.get("/desk/closing?tab=rule")
    assert "May be closed by the rule:" in page.text
    done = client.submit(client.submit(page, button="do=look", pick=[made.case_no]), button="do=close")
    assert "1 ticket closed" in done.text
    db.session.refresh(made)
    assert (made.state, made.ended_by_id, made.closed_by_rule) == ("closed", boss.id, None)


def test_the_ticket_says_that_the_rule_closed_it_and_why(app, boss):
    made = answered()
    closing.close_by_rule(made, "silent")
    assert "Closed by the rule: no word after two notices" in PageClient(app).sign_in(boss).get(f"/desk/tickets/{made.case_no}").text


def test_tickets_of_others_and_ones_own_are_neither_shown_nor_closed(app, boss):
    foreign = answered("Of another team", leaf="SUP.SHORT", score=5)
    worker = staff(roles=("manager", "handler"), leads=True, certificates={"DLV": 4})
    own = ticket("answered", text="Handled by myself", handler=worker)
    client = PageClient(app).sign_in(worker)
    shown = client.get("/desk/closing").text
    assert "Of another team" not in shown
    assert "Handled by myself" not in shown
    for made in (foreign, own):
        client.post("/desk/closing", do="close", pick=made.case_no, outcome="upheld", root_cause="process.no_rule", remedy="apologised")
        db.session.refresh(made)
        assert made.state == "answered"


@pytest.mark.parametrize("role", ["hotline", "handler", "qa", "liaison", "admin"])
def test_only_managers_may_close(app, database, role):
    made, user = answered(score=5), staff(roles=(role,), certificates={})
    client = PageClient(app).sign_in(user)
    client.get("/desk/closing", status=403)
    for do in ("close", "redo"):
        client.post("/desk/closing", status=403, do=do, pick=made.case_no, reason="not_solved", text="again")
    db.session.refresh(made)
    assert made.state == "answered"


def test_compliance_closes_what_is_sealed_and_nothing_else(app, database):
    sealed, plain = answered("They wanted a bribe", leaf="SVC.CONDUCT"), answered("Goods late", score=5)
    client = PageClient(app).sign_in(staff(roles=("compliance",), in_team=None, certificates={}))
    shown = client.get("/desk/closing").text
    assert "They wanted a bribe" in shown
    assert "Goods late" not in shown
    reasons = {"close-outcome": "upheld", "close-root_cause": "process.no_rule", "close-remedy": "explained"}
    client.post(f"/desk/tickets/{sealed.case_no}/do/close", **reasons)
    client.post("/desk/closing", do="close", pick=plain.case_no)
    for made in (sealed, plain):
        db.session.refresh(made)
    assert (sealed.state, plain.state) == ("closed", "answered")


def test_an_empty_desk_says_so(app, boss):
    shown = PageClient(app).sign_in(boss).get("/desk/closing")
    assert "No answered ticket waits to be closed" in shown.text
