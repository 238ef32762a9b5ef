"""The flask commands: everything an administrator does at a terminal."""
from commands import backup, decisions, evaluate, imports, packs, people, setup
from commands.demo import command as demo
from commands.demo import sign_ins
from commands.doctor import command as examination

COMMANDS = (setup.setup, packs.load_pack, imports.import_retailers, imports.import_staff, imports.import_complaints,
            people.create_admin, demo.demo_load, demo.demo, demo.remove_demo, sign_ins.sign_ins, backup.backup, backup.restore,
            evaluate.evaluate, decisions.recompute_routing, examination.doctor)


def register(app) -> None:
    """Give the application its commands."""
    for command in COMMANDS:
        app.cli.add_command(command)
