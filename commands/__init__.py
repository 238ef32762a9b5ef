"""The flask commands: everything an administrator does at a terminal."""
from commands import imports, packs

COMMANDS = (packs.load_pack, imports.import_retailers, imports.import_staff, imports.import_complaints)


def register(app) -> None:
    """Give the application its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
