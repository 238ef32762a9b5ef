"""What the page shows, as plain data."""
from dataclasses import asdict

from simulator.handset import Handset, OnThePhone
from simulator.models import Text
from simulator.parts import segments
from simulator.server import Simulator

TEXTS = 60


def everything(simulator: Simulator, number: str, last: int) -> dict:
    """The state of one handset and of the provider, and the log after its line `last`."""
    account = simulator.account
    handset = simulator.handsets.get(number) or next(iter(simulator.handsets.values()))
    return {
        "hotline": account.number.e164, "handsets": list(simulator.handsets), "handset": _handset(handset), "log": simulator.wire.since(last),
        "provider": {"failing": bool(account.failing_until and simulator.clock.now() < account.failing_until), "delay": account.delay,
                     "algorithm": simulator.wire.algorithm, "lose": sorted(simulator.wire.lose)},
    }


def _handset(handset: Handset) -> dict:
    notes = [{"at": at.isoformat(), "note": note} for at, number, note in list(handset.simulator.account.notes) if number == handset.number]
    items = [_text(handset, text) for text in handset.texts[-TEXTS:]] + notes
    return {"number": handset.number, "choices": asdict(handset.choices), "opted_out": handset.opted_out,
            "items": sorted(items, key=lambda item: item["at"]), "call": _call(handset.calls[-1]) if handset.calls else None}


def _text(handset: Handset, text: Text) -> dict:
    return {"at": text.at.isoformat(), "sid": text.sid, "body": text.body, "out": text.sender == handset.number, "status": text.status,
            "error": text.error_code, "arrived": text.arrived, "segments": segments(text.body), "marks": text.marks,
            "pictures": [picture.sid for picture in text.media]}


def _call(talk: OnThePhone) -> dict:
    call = talk.call
    waiting = call.waiting
    return {"sid": talk.sid, "over": talk.over, "status": call.record.status, "waiting": waiting.describe() if waiting else {"kind": "busy"},
            "queue": call.queue.name if call.queue else "", "since": call.record.at.isoformat(),
            "lines": [asdict(line) | {"at": line.at.isoformat()} for line in list(call.heard)]}
