"""Standard answers: the list, writing a version in parts, the preview, four eyes, and what cannot be put in force."""
import pytest

from answers import queries
from answers.models import PURPOSES, Answer, AnswerVersion
from core.audit import AuditEntry
from desk.admin import answer_view
from gateways.recording import RecordingGateway
from tests import builders
from tests.pages import PageClient

CODE = "A-SUP-001"


@pytest.fixture
def editor(app, database):
    return PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None))


def known(database, code=CODE):
    return database.session.scalars(database.select(Answer).filter_by(code=code)).one()


def newest(database, code=CODE):
    database.session.expire_all()
    return known(database, code).versions[0]


def write(client, code=CODE, **fields):
    return client.submit(client.get(f"/desk/answers/{code}/edit"), button="save", **fields)


def draft(database, author, **more):
    parts = {"parts_zh": [{"free": "您好。"}], "parts_en": [{"free": "Hello."}]} | more
    row = AnswerVersion(answer=known(database), version=9, status="draft", title_zh="题", title_en="Nine", author_id=author.id,
                        created_at=known(database).versions[0].created_at, **parts)
    database.session.add(row)
    database.session.flush()
    return row


def test_pages_have_no_dead_links(editor):
    for path in ("/desk/answers", f"/desk/answers/{CODE}", f"/desk/answers/{CODE}/edit", "/desk/answers/new"):
        editor.get(path)
    assert f"/desk/answers/{CODE}" in editor.get("/desk/answers?leaf=SUP.SHORT", links=True).links


def test_the_list_is_filtered_and_counts_what_went_out_but_nothing_sealed(app, database):
    builders.ticket("answered", leaf="SUP.SHORT")
    builders.ticket("answered", leaf="SVC.CONDUCT")
    client = PageClient(app).sign_in(builders.staff(roles=("handler",)))
    page = client.get("/desk/answers?leaf=SUP.SHORT")
    assert CODE in page.text
    assert "A-DLV" not in page.text
    assert "1 time" in page.text
    sealed = queries.first("answer", "SVC.CONDUCT").answer.code
    assert "0 times" in client.get(f"/desk/answers/{sealed}").text


def test_an_answer_shows_both_languages_with_examples(editor):
    page = editor.get(f"/desk/answers/{CODE}")
    assert "the note says 12 cartons, 10 arrived" in page.text
    assert "送货单上是 12 件" in page.text
    assert "case_no" in page.text
    assert "As SMS:" in page.text
    assert "{{" not in page.html


def test_a_new_version_is_a_draft_and_nothing_is_sent_by_it(editor, database):
    before = queries.first("answer", "SUP.SHORT").version
    page = write(editor, title_en="Why it was not there")
    assert "It is used once somebody else approves it" in page.text
    assert (newest(database).status, newest(database).title_en) == ("draft", "Why it was not there")
    assert newest(database).parts_en[1].keys() == {"locked"}
    assert queries.first("answer", "SUP.SHORT").version == before


def test_a_part_is_added_without_script_and_an_emptied_one_goes(editor, database):
    page = editor.get(f"/desk/answers/{CODE}/edit")
    last = len(known(database).versions[0].parts_en)
    page = editor.submit(page, button="look", **{f"parts_en-{last}-text": "See you.", f"parts_en-{last}-kind": "locked"})
    assert f'name="parts_en-{last + 1}-text"' in page.html
    assert "See you." in page.text
    editor.submit(page, button="save", **{"parts_en-0-text": "Hello. {{found}}"})
    assert newest(database).parts_en[-1] == {"locked": "See you."}
    parts = len(newest(database).parts_en)
    write(editor, **{f"parts_en-{last}-text": "  "})
    assert len(newest(database).parts_en) == parts - 1


def test_looking_keeps_nothing(editor, database):
    before = newest(database).version
    editor.submit(editor.get(f"/desk/answers/{CODE}/edit"), button="look", title_en="Only looking")
    assert newest(database).version == before


@pytest.mark.parametrize(("text", "said"), [
    ("Hello {{name}}", "same placeholders"),
    ("Hello {{found}} {{case no}}", "This is not a placeholder"),
    ("Hello {{found:colour}}", "This is not a placeholder"),
])
def test_wrong_placeholders_are_said_and_what_was_typed_stays(editor, database, text, said):
    before = newest(database).version
    page = write(editor, **{"parts_en-0-text": text, "title_en": "Typed title"})
    assert said in page.text
    assert "Typed title" in page.html
    assert newest(database).version == before


def test_an_answer_without_words_is_refused(editor, database):
    editor.submit(editor.get("/desk/answers/new"), code="A-NEW-1", purpose="answer", leaf="DLV.LATE")
    assert "Both languages need words" in write(editor, "A-NEW-1", title_zh="题", title_en="Title").text


def test_a_new_answer_is_written_approved_and_used(app, editor, database):
    page = editor.submit(editor.get("/desk/answers/new"), code="A-NEW-1", purpose="interim", leaf="DLV.LATE")
    assert page.path == "/desk/answers/A-NEW-1/edit"
    write(editor, "A-NEW-1", title_zh="进度", title_en="How far", **{"parts_zh-0-text": "在办。", "parts_en-0-text": "Under way."})
    other = PageClient(app).sign_in(builders.staff(roles=("compliance",), in_team="compliance"))
    assert "From now on these words are sent" in other.submit(other.get("/desk/answers/A-NEW-1"), action="/versions/1/approve").text
    assert queries.first("interim", "DLV.LATE").answer.code == "A-NEW-1"
    actions = database.session.scalars(database.select(AuditEntry).filter_by(action="answer.changed", target="A-NEW-1").order_by(AuditEntry.id)).all()
    assert [entry.detail.get("status") for entry in actions] == [None, "draft", "approved"]


def test_a_code_is_given_once(editor):
    page = editor.submit(editor.get("/desk/answers/new"), code=CODE)
    assert "is taken" in page.text
    assert "digits and hyphens" in editor.submit(page, code="A B").text


def test_nobody_approves_his_own_words(editor, database):
    write(editor, title_en="Mine")
    page = editor.get(f"/desk/answers/{CODE}?version={newest(database).version}")
    assert "Somebody else must approve" in page.text
    number = newest(database).version
    assert "Somebody else must approve" in editor.post(f"/desk/answers/{CODE}/versions/{number}/approve").text
    assert newest(database).status == "draft"


def test_approving_retires_the_version_before(app, editor, database):
    old = queries.first("answer", "SUP.SHORT")
    draft(database, builders.staff(roles=("manager",), leads=True))
    editor.submit(editor.get(f"/desk/answers/{CODE}?version=9"), action="/versions/9/approve")
    database.session.expire_all()
    assert (old.status, queries.first("answer", "SUP.SHORT").version) == ("retired", 9)
    assert "Only a draft can be approved" in editor.post(f"/desk/answers/{CODE}/versions/9/approve").text


def test_words_of_a_delicate_category_are_put_in_force_by_compliance(app, editor, database):
    code = queries.first("answer", "SVC.CONDUCT").answer.code
    write(editor, code, title_en="Newer")
    number = newest(database, code).version
    for role, status in (("manager", "draft"), ("compliance", "approved")):
        client = PageClient(app).sign_in(builders.staff(roles=(role,), in_team="compliance", certificates={}))
        page = client.submit(client.get(f"/desk/answers/{code}?version={number}"), action=f"/versions/{number}/approve")
        assert newest(database, code).status == status
        assert ("only compliance puts words in force" in page.text) == (role == "manager")


def test_words_that_could_never_be_sent_are_not_approved(editor, database):
    draft(database, builders.staff(roles=("manager",), leads=True), parts_en=[{"free": "We guarantee the goods for tomorrow."}])
    page = editor.get(f"/desk/answers/{CODE}?version=9")
    assert "In this category nothing may be promised" in page.text
    assert "guarantee" in editor.submit(page, action="/versions/9/approve").text
    assert newest(database).status == "draft"


def test_the_last_words_of_a_purpose_stay(editor, database):
    ack = queries.first("ack")
    page = editor.get(f"/desk/answers/{ack.answer.code}")
    assert "Nothing else is approved for this purpose" in editor.submit(page, action=f"/versions/{ack.version}/retire").text
    assert queries.first("ack").id == ack.id


def test_words_of_one_category_can_be_retired(editor, database):
    page = editor.get(f"/desk/answers/{CODE}")
    editor.submit(page, action="/versions/1/retire")
    assert CODE not in [version.answer.code for version in queries.approved("answer", "SUP.SHORT")]


@pytest.mark.parametrize("path", ["/desk/answers/A-NONE", f"/desk/answers/{CODE}?version=77", "/desk/answers/A-NONE/edit"])
def test_what_does_not_exist(editor, path):
    editor.get(path, status=404)


@pytest.mark.parametrize("role", ["hotline", "handler", "qa", "liaison"])
def test_who_reads_and_does_not_write(app, database, role):
    client = PageClient(app).sign_in(builders.staff(roles=(role,)))
    assert "/edit" not in client.get(f"/desk/answers/{CODE}").html
    client.get("/desk/answers/new", status=403)
    client.get(f"/desk/answers/{CODE}/edit", status=403)
    for verb in ("approve", "retire"):
        client.post(f"/desk/answers/{CODE}/versions/1/{verb}", status=403)


def test_every_purpose_has_words_and_may_be_stored(database):
    assert answer_view.PURPOSES.keys() == set(PURPOSES)
    database.session.add_all(Answer(code=f"A-{purpose}", purpose=purpose) for purpose in PURPOSES)
    database.session.flush()


@pytest.fixture
def carrier_with_templates(app, monkeypatch):
    gateway = RecordingGateway()
    gateway.name, gateway.demands_templates = "paperplane", True
    monkeypatch.setitem(app.extensions["gateways"], "sms", gateway)


def test_templates_are_entered_where_a_carrier_demands_them(editor, database, carrier_with_templates):
    page = editor.get(f"/desk/answers/{CODE}", links=True)
    assert "Registered with paperplane" in page.text
    number = newest(database).version
    action = f"/versions/{number}/registered/paperplane"
    page = editor.submit(page, action=action, **{"paperplane-zh": " T-7 ", "paperplane-en": ""})
    assert newest(database).provider_ids == {"paperplane": {"zh": "T-7"}}
    assert "T-7" in page.html
    editor.submit(page, action=action, **{"paperplane-zh": "x" * 101})
    assert newest(database).provider_ids == {"paperplane": {"zh": "T-7"}}
    editor.post(f"/desk/answers/{CODE}/versions/{number}/registered/another", status=404)


def test_without_such_a_carrier_nobody_is_asked(editor):
    assert "Registered with" not in editor.get(f"/desk/answers/{CODE}").text


def test_only_who_edits_answers_registers(app, database, carrier_with_templates):
    client = PageClient(app).sign_in(builders.staff(roles=("handler",)))
    assert "Registered with" not in client.get(f"/desk/answers/{CODE}").text
    client.post(f"/desk/answers/{CODE}/versions/1/registered/paperplane", status=403)
