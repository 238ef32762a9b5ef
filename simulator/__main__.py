"""The simulator's process: `python -m simulator`, started by launch.py beside the web server. It never listens but on this machine."""
import logging
import os
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

from werkzeug.serving import make_server

from simulator import page
from simulator.clockwork import RealTime
from simulator.guard import is_this_machine
from simulator.server import Simulator

NEEDED = ("TWILIO_BASE_URL", "PUBLIC_BASE_URL", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SENDER")
GAP_SECONDS = 1.4
RECORDING_SECONDS = 2.0
STARTING_HANDSETS = ("+12025550142", "+12025550143")


def refusal(environment: Mapping[str, str]) -> str:
    """Why it may not run with this environment, or nothing."""
    missing = [name for name in NEEDED if not environment.get(name)]
    if missing:
        return f"The simulator needs {', '.join(missing)}; `make run` sets them."
    abroad = [name for name in NEEDED[:2] if not is_this_machine(environment[name])]
    return f"The simulator runs in development only: {' and '.join(abroad)} must be an http:// address of this machine." if abroad else ""


def simulator(environment: Mapping[str, str]) -> Simulator:
    """A simulator in real time, as the environment describes it, with two handsets."""
    made = Simulator(environment["PUBLIC_BASE_URL"], environment["TWILIO_ACCOUNT_SID"], environment["TWILIO_AUTH_TOKEN"].partition(",")[0].strip(),
                     number=environment["TWILIO_SENDER"], clock=RealTime(), pace=1, gap=GAP_SECONDS)
    made.account.url, made.account.recording_delay = environment["TWILIO_BASE_URL"].rstrip("/"), RECORDING_SECONDS
    for number in STARTING_HANDSETS:
        made.handset(number)
    return made


def main(environment: Mapping[str, str]) -> int:
    """Serve until it is ended; 1 after a refusal."""
    reason = refusal(environment)
    if reason:
        print(reason, file=sys.stderr)
        return 1
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # the page asks every second
    made, place = simulator(environment), urlsplit(environment["TWILIO_BASE_URL"])
    app = made.web()
    page.register(app, made)
    make_server(place.hostname, place.port or 80, app, threaded=True).serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ))
