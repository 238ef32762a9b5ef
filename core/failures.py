"""What may be kept of an exception: the database names the row that it refuses, so its words stay out of logs and rows."""
import traceback

import psycopg
from sqlalchemy.exc import StatementError

OF_THE_DATABASE = (StatementError, psycopg.Error)
FRAMES = 6


def clean(error: BaseException) -> BaseException:
    """The error itself, or one without words if the database had a part in it; the place in the code stays."""
    guilty = next((one for one in _chain(error) if isinstance(one, OF_THE_DATABASE)), None)
    if guilty is None:
        return error
    told = RuntimeError(" ".join(filter(None, (type(error).__name__, _constraint(guilty)))))
    told.__suppress_context__ = True
    return told.with_traceback(error.__traceback__)


def told(error: BaseException) -> str:
    """The last frames and the words of an error, as they may be kept; of one of the database the frames of our own code."""
    shown = clean(error)
    if shown is error:
        return "".join(traceback.format_exception(error, limit=-FRAMES))
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    return "".join(traceback.format_list(ours[-FRAMES:]) + traceback.format_exception_only(shown))


def in_short(error: BaseException) -> str:
    """The last line of an error, as it may be kept."""
    return "".join(traceback.format_exception_only(clean(error))).strip()


def _chain(error: BaseException | None):
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _constraint(error: BaseException) -> str:
    diag = getattr(getattr(error, "orig", error), "diag", None)
    return getattr(diag, "constraint_name", None) or ""
