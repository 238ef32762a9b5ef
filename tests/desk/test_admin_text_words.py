"""The page of the words that the hotline looks for in texts: read, changed, refused, and safe from the next load of the pack."""
from pathlib import Path

import pytest

from core.audit import AuditEntry, Did
from core.db import db
from desk.admin.text_words_form import LISTS, by_language
from hotline.texts import words
from hotline.texts.models import TextWords
from tests import builders
from tests.pages import PageClient

PACK = Path(__file__).parents[2] / "packs" / "standard"
AT = "/desk/catalog/texts"


@pytest.fixture
def admin(app, database):
    return PageClient(app).sign_in(builders.staff(roles=("admin",), in_team=None, certificates={}))


def now():
    """The lists as another process reads them."""
    db.session.info.pop(words.CACHE, None)
    return words.current()


def test_every_list_of_the_pack_has_a_name_and_says_what_it_is_for(admin):
    assert {row.code for row in words.all_lists()} == LISTS.keys()
    page = admin.get(AT)
    assert [word for word in ("How far is it?", "Not settled", "进度", "any news") if word not in page.text] == []


def test_words_are_added_and_taken_out_and_it_is_recorded(admin):
    assert not now().is_wish("快到了没")
    page = admin.get(f"{AT}/progress")
    found = by_language(list(now().lists["progress"]))
    admin.submit(page, zh="\n".join([*found["zh"], " 快到了没 ", "快到了没"]), en="\n".join(word for word in found["en"] if word != "track"))
    assert now().is_wish("快到了没？")
    assert not now().is_wish("Track")
    assert db.session.get(TextWords, "progress").words.count("快到了没") == 1
    entry = db.session.scalars(db.select(AuditEntry).filter_by(action=Did.CATALOG_CHANGED.value).order_by(AuditEntry.id.desc())).first()
    assert (entry.target, entry.detail) == ("texts progress", {"added": ["快到了没"], "removed": ["track"]})


@pytest.mark.parametrize("code", LISTS)
def test_saving_what_is_there_changes_nothing(admin, code):
    before = db.session.get(TextWords, code).words
    trail = db.session.query(AuditEntry).filter_by(action=Did.CATALOG_CHANGED.value).count()
    admin.submit(admin.get(f"{AT}/{code}"))
    assert db.session.get(TextWords, code).words == before
    assert db.session.query(AuditEntry).filter_by(action=Did.CATALOG_CHANGED.value).count() == trail


@pytest.mark.parametrize(("field", "typed", "says"), [
    ("zh", "？！", "has no letter and no digit"), ("en", "x" * 49, "is longer than such a message can be"), ("zh", "谢谢", "stands in the list"),
    ("en", "Withdraw!", "stands in the list"),
])
def test_what_cannot_work_is_refused_and_stays_typed(admin, field, typed, says):
    before = db.session.get(TextWords, "help").words
    page = admin.submit(admin.get(f"{AT}/help"), status=422, **{field: typed})
    assert says in page.text
    assert typed in page.text
    assert db.session.get(TextWords, "help").words == before


def test_loading_the_pack_again_keeps_what_was_edited_unless_it_is_told_to_refresh(admin):
    admin.submit(admin.get(f"{AT}/hello"), zh="吃了吗", en="")
    words.load_words(PACK)
    assert now().lists["hello"] == ("吃了吗",)
    words.load_words(PACK, refresh=True)
    assert "你好" in now().lists["hello"]


def test_who_may_look_and_who_may_change(app, database):
    manager = PageClient(app).sign_in(builders.staff(roles=("manager",), leads=True, certificates={}))
    assert f"{AT}/hello" not in manager.get(AT).html
    manager.get(f"{AT}/hello", status=403)


def test_a_list_that_does_not_exist(admin):
    admin.get(f"{AT}/nothing", status=404)
