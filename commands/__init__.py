"""The flask commands: everything an administrator does at a terminal."""
from commands import packs

COMMANDS = (packs.load_pack,)


def register(app) -> None:
    """Give the application its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
