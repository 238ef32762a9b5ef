"""What the audit trail calls the details of its entries."""
from flask_babel import lazy_gettext as _l

from desk.admin.calendar_form import WEEKDAYS

DAYS = dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), WEEKDAYS, strict=True))
OF_TICKETS = {
    "event": _l("Step"), "reason": _l("Reason"), "body": _l("Words or body"), "reference": _l("Reference"), "rule": _l("Rule"),
    "channel": _l("Channel"),
    "leaf": _l("Category"), "severity": _l("Severity"), "to": _l("Given to"), "result": _l("Result"), "chosen": _l("Chosen"),
    "purpose": _l("Purpose"), "answer": _l("Standard answer"), "version": _l("Version"), "state": _l("State"), "score": _l("Score"),
    "on": _l("Supervised"), "approved": _l("Approved"), "kept": _l("Kept"), "passed": _l("Passed"), "other": _l("Other ticket"),
    "second": _l("Second matter"), "why": _l("Why"), "percent": _l("Per cent of the time"),
    "parent": _l("Parent"), "observed": _l("Complaints"), "retailers": _l("Shops"), "expected": _l("Usual"),
    "named": _l("Named"), "not_named": _l("No longer named"),
    "task": _l("Call"), "status": _l("State"), "due": _l("Due"), "done": _l("Done"), "note": _l("Note"),
}
OF_PEOPLE = {
    "name": _l("Name"), "email": _l("E-mail"), "phone": _l("Telephone"), "language": _l("Language"), "roles": _l("Roles"), "notify_by": _l("Is told"),
    "team": _l("Team"), "leads": _l("Leads the team"), "cap": _l("Most work at a time"), "scope": _l("Category"), "level": _l("Level"),
    "joined_on": _l("Works here since"), "expires": _l("Valid until"), "starts": _l("First day away"), "ends": _l("Last day away"), "cancelled": _l("Cancelled"),
    "areas": _l("Areas"), "stand_in": _l("Stands in"), "from": _l("From"), "until": _l("Until"), "superior_id": _l("Reports to"),
    "address": _l("Address"), "number": _l("Number"), "first": _l("The first administrator"), "changed": _l("What changed"),
}
OF_SHOPS = {
    "licence_no": _l("Licence number"), "shop_name": _l("Shop"), "owner_name": _l("Owner"), "area": _l("Area"), "area_type": _l("Kind of area"),
    "service_class": _l("Service class"), "value_class": _l("Value class"), "support_needs": _l("Needs special care"),
    "account_manager_id": _l("Account manager"), "tele_orderer_id": _l("Tele-orderer"), "deliverer_id": _l("Deliverer"),
    "inspector_id": _l("Inspector"), "source": _l("Source"),
}
OF_CATALOG = {
    "name_zh": _l("Name (Chinese)"), "name_en": _l("Name (English)"), "zh": _l("Chinese"), "en": _l("English"), "active": _l("In use"),
    "position": _l("Place in the list"), "plain_zh": _l("In the retailer's words (Chinese)"),
    "plain_en": _l("In the retailer's words (English)"),
    "team_id": _l("Team"), "type": _l("Kind of matter"), "need": _l("Level of need"), "access": _l("Who may see it"),
    "may_promise": _l("An answer may promise something"), "desk_answer": _l("The hotline may answer it on the spot"),
    "staff_conflict": _l("Whoever serves the shop may not handle it"), "loss": _l("Money may be lost: ask for the amount"),
    "compliance_copy": _l("Compliance has a copy: hears of each and may read it"),
    "automatic": _l("A sure proposal is dispatched without a person"), "words": _l("Words, one a line"),
    "common": _l("Stands in complaints of every kind: weighs little"), "accuracy": _l("First proposal right"),
    "removed": _l("Taken out"), "threshold": _l("From this certainty on"), "live": _l("In use"),
    "registered": _l("Registered with"), "minutes": _l("Minutes"), "working": _l("Working time"), "country": _l("Country"),
}
OF_RUNS = {
    "format": _l("Form"), "marks": _l("Doubtful places"), "corrected": _l("Put right"), "meant": _l("What is meant"), "heard": _l("What is heard"),
    "domain": _l("Field"),
    "args": _l("For"), "kind": _l("Kind"), "added": _l("Added"), "refused": _l("Refused"), "files": _l("Files"),
    "traces": _l("Entries of this trail"),
    "improvement items": _l("Improvement items"), "hot issues": _l("Hot issues"), "parents": _l("Parents"), "tickets": _l("Tickets"), "arrivals": _l("Arrivals"), "shops": _l("Shops"), "staff": _l("Staff"),
    "staff who stay as leavers": _l("Staff who stay as leavers"),
}
LABELS = DAYS | OF_TICKETS | OF_PEOPLE | OF_SHOPS | OF_CATALOG | OF_RUNS


def label(key: str) -> str:
    """The words of a detail's name; the name itself if there are none."""
    return str(LABELS.get(key, key))
