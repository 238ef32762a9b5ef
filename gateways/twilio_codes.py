"""Twilio's error numbers (pure): whether another try is of use, and which reason of ours each one is.

https://www.twilio.com/docs/api/errors; they come in the answer to a send and in delivery reports.
"""
FINAL = {
    21211: "bad_number",
    21408: "no_permission",  # this country is not permitted
    21610: "opted_out",
    21612: "no_permission",  # cannot be reached from this sender
    21614: "landline",  # not a number that takes SMS
    21617: "too_long",
    21635: "landline",
    30004: "blocked",
    30005: "unknown_number",
    30006: "landline",  # or a carrier that cannot be reached
    30007: "filtered",
    30034: "not_registered",
}
TEMPORARY = {
    20003: "gateway_down",  # our credentials: a person mends them, and the messages must still be there then
    20429: "busy",
    30001: "busy",  # queue full
    30002: "gateway_down",  # account suspended
    30003: "out_of_reach",  # handset switched off or without network
    30008: "",  # unknown error
    30017: "busy",  # carrier congested
}
ALL = FINAL | TEMPORARY


def is_final(code: int | str | None, http_status: int = 400) -> bool:
    """True if an error number says that another try is of no use; an unknown one is judged by the HTTP status."""
    number = _number(code)
    if number in ALL:
        return number in FINAL
    return 400 <= http_status < 500 and http_status not in (401, 403, 408, 429)


def reason(code: int | str | None) -> str:
    """The reason of gateways.base.REASONS that an error number stands for; empty if it says nothing to a person."""
    return ALL.get(_number(code), "")


def is_down(code: int | str | None, http_status: int) -> bool:
    """True if the trouble is not one message's: Twilio itself, or our account."""
    return reason(code) == "gateway_down" or http_status >= 500 or http_status in (401, 403)


def _number(code: int | str | None) -> int:
    return int(code) if str(code).isascii() and str(code).isdigit() else 0
