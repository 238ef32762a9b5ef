"""Conversations for tests, and the way they are filed."""
import itertools

from core.db import db
from hotline.transcripts import reading, services
from hotline.transcripts.services import Told
from tests.builders import retailer, staff, who

CALL = """[00:03] 坐席：您好，通话有录音。请讲。
[00:09] 来电：井窍的货订不到，扣了三千八百六，我没有收到短信。
[00:30] 坐席：订单号报一下？
[00:35] 来电：2611190114。"""
CLEAR = "坐席：您好。\n来电：星期二该送的货到今天才送来，麻烦催一下司机。"
WORDS = "井窍的货订不到，扣了三千八百六，我没有收到短信。\n2611190114。"
numbers = itertools.count(1)


def agent(**columns):
    """Somebody of the hotline."""
    return staff(**{"roles": ("hotline",), "in_team": "hotline", "certificates": {}} | columns)


def filed(text: str = CALL, actor=None, shop=None, **told):
    """A filed transcript whose job has not run yet: (arrival, transcript)."""
    actor = actor or who(agent())
    record, made = services.file(actor, f"talk-{next(numbers)}", reading.read(text), "paste", Told(shop=(shop or retailer()).licence_no, **told))
    db.session.commit()
    return record, made


def number_of(made, text: str) -> int:
    """The mark at these words."""
    return next(number for number, mark in enumerate(made.marks) if mark["text"] == text)


def confirm(actor, made) -> None:
    """Everything as it was heard."""
    for number, mark in enumerate(made.marks):
        if mark["decided"] is None:
            services.decide(actor, made, number, mark["text"])
    db.session.commit()
