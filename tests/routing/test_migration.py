"""What the migration does to the rows that were there before it."""
import importlib.util
from pathlib import Path

from sqlalchemy import text

from core import clock
from core.actor import RETAILER
from satisfaction.models import Survey
from tests.builders import ticket
from tickets.models import Reply
from tickets.services import closing

FILE = Path(__file__).parents[2] / "migrations" / "versions" / "0005_experience.py"


def statement() -> str:
    """The statement that fills the scores, from the migration itself."""
    spec = importlib.util.spec_from_file_location("experience", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.SCORES_SO_FAR


def rated(score: int):
    """An answered ticket whose survey came back."""
    made, now = ticket("answered"), clock.now()
    survey = Survey(ticket_id=made.id, round=1, handler_id=made.assignee_id, created_at=now, send_after=now, score=score, scored_at=now, comment="")
    return made, survey


def test_the_scores_of_answers_that_had_failed_are_taken_from_the_surveys(database):
    (failed, first), (lasting, second) = rated(1), rated(5)
    database.session.add_all((first, second))
    closing.redo(failed, RETAILER, "nothing came")
    database.session.flush()
    database.session.execute(text(statement()))
    scores = dict(database.session.execute(database.select(Reply.ticket_id, Reply.score)).all())
    assert (scores[failed.id], scores[lasting.id]) == (1, None)
