"""Structured log lines on standard error: one line an event, no personal data, no sealed text."""
import logging
import sys

import structlog

from core import failures


def init(debug: bool = False) -> None:
    """Set up structlog once a process, and keep the database's words out of every other logger."""
    logging.setLogRecordFactory(discreet)
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.add_log_level,
                    structlog.processors.TimeStamper(fmt="iso", utc=True), _discreet_event, structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if debug else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr))


def discreet(*args, **kwargs) -> logging.LogRecord:
    """A log record whose exception says no word of a refused row; Flask's own line about a broken page is one."""
    record = logging.LogRecord(*args, **kwargs)
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_info = _without_words(record.exc_info[1])
    return record


def _discreet_event(_logger, _name: str, event: dict) -> dict:
    error = sys.exc_info()[1] if event.get("exc_info") is True else None
    return event | {"exc_info": _without_words(error)} if error is not None else event


def _without_words(error: BaseException) -> tuple:
    shown = failures.clean(error)
    return type(shown), shown, shown.__traceback__
