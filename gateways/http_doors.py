"""The doors of the mapped carriers: texts and delivery reports in each carrier's own shape become fields named as Twilio names them."""
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial

from core import phone
from gateways import http_fields, http_proof
from gateways.doors import Door
from gateways.http_carrier import LONGEST_ID, Carrier, Coming
from gateways.knock import Answer, Knock

MOST_AT_ONCE = 500
Text = Callable[[str, Mapping[str, str], datetime], object]
Report = Callable[[str, str, Mapping[str, str], datetime], object]


def for_texts(carriers: Iterable[Carrier], take: Text) -> list[Door]:
    """Doors for what people write: `take` gets (gateway, fields, at) for each text and must be idempotent."""
    return [Door(f"{carrier.name}_sms", f"{carrier.name}/sms", partial(_refusal, carrier, carrier.sms, ("MessageSid", "From")),
                 partial(_take_texts, carrier, take), (carrier.sms.method,)) for carrier in carriers if carrier.sms]


def for_reports(carriers: Iterable[Carrier], take: Report) -> list[Door]:
    """Doors for delivery reports: `take` gets (reference, gateway, fields, at) for each report and must be idempotent."""
    return [Door(f"{carrier.name}_receipt", f"{carrier.name}/receipt", partial(_refusal, carrier, carrier.receipt, ("MessageStatus",)),
                 partial(_take_reports, carrier, take), (carrier.receipt.method,)) for carrier in carriers if carrier.receipt]


def _refusal(carrier: Carrier, coming: Coming, needed: tuple[str, ...], knock: Knock) -> str | None:
    """Without its proof, or so different from the mapping that words would be lost: then a person looks at it."""
    why = http_proof.refusal(knock, carrier.proof)
    if why is not None:
        return why
    found = list(entries(coming, knock))
    readable = found and all(0 < len(fields[name]) <= LONGEST_ID for fields in found for name in needed)
    return None if readable else "unreadable"


def entries(coming: Coming, knock: Knock) -> Iterator[dict[str, str]]:
    """The fields of each text or report in a knock, under our names; empty where the carrier says nothing."""
    data = knock.json if knock.json is not None else knock.fields()
    listed = http_fields.dig(data, coming.each)
    for entry in (listed if isinstance(listed, list) else [listed])[:MOST_AT_ONCE]:
        if isinstance(entry, Mapping):
            yield {name: http_fields.text_at(entry, path) for name, path in coming.fields.items()}


def _take_texts(carrier: Carrier, take: Text, knock: Knock) -> Answer:
    for fields in entries(carrier.sms, knock):
        numbers = {name: _number(fields[name], carrier.region) for name in ("From", "To") if fields.get(name)}
        take(carrier.name, {"NumMedia": "0"} | fields | numbers | {"Raw": knock.text.replace("\0", "")}, knock.at)
    return carrier.sms.answer


def _number(told: str, region: str) -> str:
    """In E.164 where it is a number; a sender's short code stays as it is."""
    try:
        return phone.normalise(told, region)
    except phone.InvalidPhone:
        return told


def _take_reports(carrier: Carrier, take: Report, knock: Knock) -> Answer:
    for fields in entries(carrier.receipt, knock):
        code = fields.get("ErrorCode", "")
        read = {"MessageStatus": carrier.receipt.states.get(fields["MessageStatus"], ""), "Reason": carrier.codes.reasons.get(code, ""),
                "Final": "true" if carrier.codes.is_final(code) else "false"}
        take(fields.get("Reference") or knock.rest, carrier.name, fields | read, knock.at)
    return carrier.receipt.answer
