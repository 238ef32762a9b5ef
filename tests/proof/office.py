"""Where the proofs happen: a stand whose messages go to a stand-in for Twilio, staff who read text messages, surveys without delay."""
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.stand import Stand, standing
from core import settings
from core.db import db
from core.machine import embedded
from tests import builders
from tests.gateways.fake_twilio import ACCOUNT, NUMBER, TOKEN, FakeTwilio
from tests.proof.valkey import Valkey

AT_ONCE = {"survey_delay_minutes": 0, "survey_from": "00:00", "survey_until": "23:59", "survey_pause_days": 0,
           "quiet_from": "00:00", "quiet_until": "00:00", "sms_rates": "twilio=1000"}


@dataclass(frozen=True)
class Office:
    """A stand, its queue's server, and the stand-in that keeps every message that reached it."""

    stand: Stand
    valkey: Valkey
    twilio: FakeTwilio

    def references(self) -> list[str]:
        """The reference of everything that reached the stand-in, without the number of its try (it comes back in the report's address)."""
        return [message["status_callback"].rpartition("/")[2].rpartition("-")[0] for message in list(self.twilio.messages.values())]


@contextmanager
def opened(folder: Path, **given: str) -> Iterator[Office]:
    """Servers, tables and six handlers; no process of ours runs yet. `given` are more environment variables of the processes."""
    with ExitStack() as stack:
        twilio, valkey = stack.enter_context(FakeTwilio()), stack.enter_context(Valkey(folder))
        # Processes are killed here, not machines: what the disk would have kept does not matter.
        database = stack.enter_context(embedded.postgres(folder / "postgres", fsync="off", synchronous_commit="off"))
        stand = stack.enter_context(standing(
            DATABASE_URL=database, REDIS_URL=valkey.url, SMS_GATEWAY="twilio", TWILIO_ACCOUNT_SID=ACCOUNT, TWILIO_AUTH_TOKEN=TOKEN,
            TWILIO_SENDER=NUMBER,
            TWILIO_BASE_URL=twilio.url, TWILIO_STATUS_CALLBACK="http://127.0.0.1/reports/{reference}",
            **given))
        with stand.app():
            _people()
        yield Office(stand, valkey, twilio)


def _people() -> None:
    for key, value in AT_ONCE.items():
        settings.put(key, value)
    for number in range(6):
        builders.staff(f"handler{number}", notify_by="sms", phone=f"+861380099{number:04}", certificates={"DLV": 4}, cap=10_000)
    builders.staff("boss", roles=("manager", "compliance"), notify_by="sms", phone="+8613800990099", certificates={}, leads=True)
    db.session.commit()
