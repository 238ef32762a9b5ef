"""The resources as JSON, named and formatted as Twilio does it (pure)."""
from simulator.account import API, Account
from simulator.models import CallRecord, RecordingFile, Text, rfc2822
from simulator.parts import segments
from simulator.reports import MESSAGES


def message(account: Account, text: Text) -> dict:
    """One text."""
    path = f"{API}/{account.sid}/Messages/{text.sid}"
    return {
        "sid": text.sid, "account_sid": account.sid, "api_version": "2010-04-01", "body": text.body, "from": text.sender, "to": text.to,
        "messaging_service_sid": text.service_sid, "direction": text.direction, "status": text.status, "num_media": str(len(text.media)),
        "num_segments": str(segments(text.body)), "error_code": text.error_code, "error_message": MESSAGES.get(text.error_code),
        "date_created": rfc2822(text.at), "date_updated": rfc2822(text.sent_at or text.at), "date_sent": rfc2822(text.sent_at or text.at),
        "price": None, "price_unit": "USD", "uri": f"{path}.json", "subresource_uris": {"media": f"{path}/Media.json"},
    }


def media(account: Account, text: Text) -> list[dict]:
    """The pictures of a text."""
    path = f"{API}/{account.sid}/Messages/{text.sid}/Media"
    return [{"sid": one.sid, "account_sid": account.sid, "parent_sid": text.sid, "content_type": one.content_type,
             "date_created": rfc2822(text.at), "date_updated": rfc2822(text.at), "uri": f"{path}/{one.sid}.json"} for one in text.media]


def call(account: Account, record: CallRecord) -> dict:
    """One call or leg."""
    return {
        "sid": record.sid, "account_sid": account.sid, "api_version": "2010-04-01", "parent_call_sid": record.parent_sid, "from": record.sender,
        "to": record.to, "from_formatted": record.sender, "to_formatted": record.to, "phone_number_sid": account.number.sid,
        "direction": record.direction, "status": record.status, "date_created": rfc2822(record.at), "date_updated": rfc2822(record.ended_at or record.at),
        "start_time": rfc2822(record.at), "end_time": rfc2822(record.ended_at), "duration": None if record.duration is None else str(record.duration),
        "price": None, "price_unit": "USD", "answered_by": None, "caller_name": "", "forwarded_from": None, "group_sid": None, "queue_time": "0",
        "trunk_sid": None, "annotation": None, "uri": f"{API}/{account.sid}/Calls/{record.sid}.json", "subresource_uris": {},
    }


def recording(account: Account, file: RecordingFile) -> dict:
    """One recording."""
    path = f"{API}/{account.sid}/Recordings/{file.sid}"
    return {
        "sid": file.sid, "account_sid": account.sid, "api_version": "2010-04-01", "call_sid": file.call_sid, "conference_sid": None,
        "channels": file.channels, "date_created": rfc2822(file.at), "date_updated": rfc2822(file.at), "start_time": rfc2822(file.at),
        "duration": str(file.duration), "status": file.status, "source": file.source, "error_code": None, "price": None, "price_unit": "USD",
        "encryption_details": None, "uri": f"{path}.json", "media_url": account.address("Recordings", file.sid), "subresource_uris": {},
    }


def number(account: Account) -> dict:
    """The hotline's number as it is set up."""
    own = account.number
    return {
        "sid": own.sid, "account_sid": account.sid, "phone_number": own.e164, "friendly_name": own.e164, "api_version": "2010-04-01",
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False}, "sms_url": own.sms_url, "sms_method": "POST",
        "voice_url": own.voice_url, "voice_method": "POST", "status_callback": own.status_callback, "status_callback_method": "POST",
        "sms_fallback_url": "", "voice_fallback_url": "", "sms_application_sid": "", "voice_application_sid": "", "trunk_sid": None,
        "origin": "twilio", "beta": False, "status": "in-use", "uri": f"{API}/{account.sid}/IncomingPhoneNumbers/{own.sid}.json",
    }


def service(account: Account) -> dict:
    """The messaging service; what arrives goes to the number's own address."""
    return {"sid": account.service_sid, "account_sid": account.sid, "friendly_name": "simulator", "inbound_request_url": None, "inbound_method": "POST",
            "fallback_url": None, "fallback_method": "POST", "status_callback": None, "use_inbound_webhook_on_number": True, "sticky_sender": True,
            "smart_encoding": False, "mms_converter": True, "usecase": "undeclared", "validity_period": 36000}
