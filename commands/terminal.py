"""How a command speaks: one plain line for what a rule refuses, no traceback."""
import functools
from collections.abc import Callable

import click

from core.errors import DomainError


def plainly(command: Callable) -> Callable:
    """A broken rule ends the command with its message and exit code 1; everything else stays loud."""
    @functools.wraps(command)
    def told(*args, **kwargs):
        try:
            return command(*args, **kwargs)
        except DomainError as error:
            raise click.ClickException(str(error.message)) from None
    return told
