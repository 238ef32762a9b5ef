"""Twilio's resources under the names of its webhooks, so that whatever arrives late is read like what arrived in time (pure)."""
from collections.abc import Sequence


def message_fields(row, pictures: Sequence[tuple[str, str]]) -> dict[str, str]:
    """A text as its webhook would have told it; `pictures` are (address, content type)."""
    fields = {"MessageSid": row.sid, "SmsSid": row.sid, "AccountSid": row.account_sid, "MessagingServiceSid": row.messaging_service_sid,
              "From": row.from_, "To": row.to, "Body": row.body, "NumSegments": row.num_segments, "NumMedia": str(len(pictures))}
    for number, (url, content_type) in enumerate(pictures):
        fields |= {f"MediaUrl{number}": url, f"MediaContentType{number}": content_type}
    return _filled(fields)


def call_fields(row) -> dict[str, str]:
    """A call as its last status callback would have told it."""
    return _filled({"CallSid": row.sid, "AccountSid": row.account_sid, "From": row._from, "To": row.to, "CallStatus": row.status,
                    "Direction": row.direction, "CallDuration": row.duration, "ParentCallSid": row.parent_call_sid})


def recording_fields(home: str, row) -> dict[str, str]:
    """A recording as its status callback would have told it."""
    return _filled({"RecordingSid": row.sid, "CallSid": row.call_sid, "AccountSid": row.account_sid, "RecordingStatus": row.status,
                    "RecordingDuration": row.duration, "RecordingChannels": row.channels, "RecordingSource": row.source,
                    "RecordingUrl": f"{home}/2010-04-01/Accounts/{row.account_sid}/Recordings/{row.sid}"})


def media_url(home: str, message, media) -> str:
    """Where a picture of a message lies."""
    return f"{home}/2010-04-01/Accounts/{message.account_sid}/Messages/{message.sid}/Media/{media.sid}"


def _filled(fields: dict) -> dict[str, str]:
    # A webhook leaves out what it does not know, and its fields are text. The body of a picture without words is empty, and said.
    return {name: "" if value is None else str(value) for name, value in fields.items() if value is not None or name == "Body"}
