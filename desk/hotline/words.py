"""What people call the doors, the reasons of a refusal and the faults of a comparison."""
from flask_babel import lazy_gettext as _l

WHY = {
    "unsigned": _l("Not signed"), "wrong_signature": _l("The signature does not fit"), "not_configured": _l("No secret is set here"),
    "too_big": _l("Too big"), "too_old": _l("Signed too long ago"), "foreign_network": _l("From a network that is not on the list"),
    "unreadable": _l("Not in the shape that the mapping describes"),
}
# What comes in by a door, by the end of its name; the beginning is the gateway's.
COMES = {"call_status": _l("news of calls"), "message_status": _l("news of messages"), "sms": _l("text messages"), "receipt": _l("delivery reports"),
         "voice": _l("calls"), "recording": _l("recordings"), "transcription": _l("spoken words")}
STATES = {"waiting": (_l("Waits"), ""), "admitted": (_l("Taken in"), "ok"), "discarded": (_l("Discarded"), "")}
KINDS = {"messages": _l("Text messages"), "calls": _l("Phone calls"), "recordings": _l("Recordings")}
# By the code that stands behind the kind in a fault; everything else is a fault of ours.
FAULTS = {
    "connection": _l("The provider could not be reached. It is tried again in five minutes, from the same place."),
    "answer": _l("The provider answered something that nobody understands. It is tried again in five minutes, from the same place."),
    "20003": _l("The provider refuses our credentials: compare TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN with its console."),
    "20005": _l("The account at the provider is not active: look into its console."),
    "20404": _l("The provider knows no such account: compare TWILIO_ACCOUNT_SID with its console."),
    "20429": _l("The provider has been asked too often. It is tried again in five minutes, from the same place."),
}
PROVIDER = _l("The provider answers with an error. It is tried again in five minutes, from the same place.")
OURS = _l("This one could not be taken in. It stays in the provider's account and is tried again in five minutes; "
          "tell whoever looks after the program.")


def gateway(name: str) -> str:
    """The name of a gateway for people: twilio is Twilio; a carrier of one's own is called as its mapping calls it."""
    return {"twilio": "Twilio"}.get(name, name)


def door(name: str) -> str:
    """What a door is for: "Twilio: text messages"; a door that nobody named by its own name."""
    owner, _gap, rest = name.partition("_")
    end = next((code for code in COMES if rest == code or rest.endswith(f"_{code}")), None)
    if end is None:
        return name
    owner = name.removesuffix(f"_{end}")
    return f"{gateway(owner)}: {COMES[end]}"


def fault(line: str) -> tuple[str, str]:
    """(what happened in plain words, the line as it is kept) of one fault of a comparison."""
    kind, _space, rest = line.partition(" ")
    code = rest.partition(" ")[0]
    words = FAULTS.get(code) or (PROVIDER if code.isdigit() else OURS)
    return f"{KINDS.get(kind, kind)}: {words}", line
