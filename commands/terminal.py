"""How a command speaks: in the terminal's language, one plain line for what a rule refuses, no traceback."""
import contextlib
import functools
import logging
import os
from collections.abc import Callable, Iterator

import click
import structlog

from core import i18n
from core.errors import DomainError


def plainly(command: Callable) -> Callable:
    """A broken rule ends the command with its message and exit code 1; everything else stays loud."""
    @functools.wraps(command)
    def told(*args, **kwargs):
        with i18n.spoken(language()):
            try:
                return command(*args, **kwargs)
            except DomainError as error:
                raise click.ClickException(str(error.message)) from None
    return told


def language() -> str:
    """zh on a Chinese terminal, else en."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep jobs that run inside a command from filling the terminal with their log lines; warnings still show."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        yield
    finally:
        structlog.configure(wrapper_class=before)
