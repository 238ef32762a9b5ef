"""What is typed during a call is kept, and never overwritten unseen."""
import pytest

from core.errors import DomainError
from hotline.taking import drafts
from tests.builders import staff, who
from tests.hotline import ringing


@pytest.fixture
def agent(database):
    return who(staff(roles=("hotline",), in_team="hotline", certificates={}))


def test_every_change_is_a_new_version(agent):
    call = ringing.call()
    assert drafts.keep(call, agent, {"text": "The goods"}, 0) == 1
    assert drafts.keep(call, agent, {"text": "The goods are late"}, 1) == 2
    assert drafts.fields_of(call) == {"text": "The goods are late"}
    assert call.draft_at is not None


def test_the_same_words_again_change_nothing(agent):
    call = ringing.call()
    drafts.keep(call, agent, {"text": "late"}, 0)
    assert drafts.keep(call, agent, {"text": "late", "wish": "", "sms": False}, 0) == 1


def test_another_window_overwrites_nothing(agent):
    call = ringing.call()
    drafts.keep(call, agent, {"text": "mine"}, 0)
    with pytest.raises(DomainError) as refused:
        drafts.keep(call, agent, {"text": "yours"}, 0)
    assert refused.value.code == "changed_elsewhere"
    assert drafts.fields_of(call) == {"text": "mine"}


def test_a_filed_call_takes_no_words(agent):
    with pytest.raises(DomainError) as refused:
        drafts.keep(ringing.missed(filed_as="nothing"), agent, {"text": "more"}, 0)
    assert refused.value.code == "filed"


def test_a_text_without_end_is_cut(agent):
    call = ringing.call()
    drafts.keep(call, agent, {"text": "x" * 9000}, 0)
    assert len(drafts.fields_of(call)["text"]) == drafts.LONGEST
