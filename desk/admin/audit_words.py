"""What people call the actions of the audit trail."""
from flask_babel import lazy_gettext as _l

from core.audit import Did

ACTIONS = {
    Did.TICKET_OPENED: _l("Ticket opened"), Did.TICKET_MOVED: _l("Ticket moved on"), Did.TICKET_TRIAGED: _l("Ticket triaged"),
    Did.TICKET_SHOP_NAMED: _l("Shop of the ticket named"), Did.TICKET_STAFF_NAMED: _l("Staff named"), Did.TICKET_ASSIGNED: _l("Ticket assigned"), Did.TICKET_ROUTED: _l("Ticket routed"), Did.TICKET_NOTED: _l("Note written"),
    Did.TICKET_MESSAGED: _l("Message written"), Did.TICKET_SEALED: _l("Ticket sealed"), Did.TICKET_UNSEALED: _l("Seal lifted"),
    Did.TICKET_SEVERITY_CHANGED: _l("Severity changed"), Did.TICKET_MERGE_REFUSED: _l("Merge refused"),
    Did.TICKET_REPEATED: _l("Told before"), Did.TICKET_SECOND_DECIDED: _l("Decided about a second matter"),
    Did.TICKET_SUPERVISED: _l("Supervision ordered"), Did.TICKET_RATED: _l("Ticket rated"), Did.TICKET_CHECKED: _l("Checklist ticked"),
    Did.TICKET_ESCALATED: _l("Raised to a level"), Did.TICKET_URGED: _l("The retailer chased"), Did.DEMAND_ANSWERED: _l("Demand answered"),
    Did.TICKET_QUALITY_SEEN: _l("Quality checked"), Did.EXTENSION_ASKED: _l("Extension asked for"), Did.EXTENSION_DECIDED: _l("Extension decided"),
    Did.TICKET_LEFT_OUT: _l("Ticket left out of a parent"), Did.PARENT_OPENED: _l("Parent opened"),
    Did.PARENT_GATHERED: _l("Tickets attached to a parent"), Did.PARENT_NOTICED: _l("Notice given to all"),
    Did.PARENT_RESOLVED: _l("Parent resolved"), Did.HOT_ISSUE_OPENED: _l("Hot issue found"),
    Did.PROMISE_MADE: _l("Promise made"), Did.PROMISE_SETTLED: _l("Promise settled"), Did.CALL_TASK_DONE: _l("Call made"), Did.CALLED_IN_VAIN: _l("Called, nobody reached"),
    Did.CALL_TASK_OPENED: _l("Call to make"), Did.INTAKE_STORED: _l("Complaint came in"), Did.IDENTITY_SEEN: _l("Identity looked at"),
    Did.FILE_SEEN: _l("File looked at"), Did.MESSAGE_SENT: _l("Message sent"), Did.MESSAGE_FAILED: _l("Message not delivered"),
    Did.TRIAGE_MODEL_LIVE: _l("Triage model put to use"), Did.TRIAGE_MODEL_REFUSED: _l("Triage model found worse"),
    Did.USER_SIGNED_IN: _l("Signed in"), Did.USER_SIGN_IN_FAILED: _l("Sign-in failed"), Did.USER_SIGNED_OUT: _l("Signed out"),
    Did.USER_INVITED: _l("Person invited"), Did.USER_CHANGED: _l("Person changed"), Did.USER_LEFT: _l("Person left"),
    Did.USER_TAKEN_BACK: _l("Person taken back"),
    Did.USER_PASSWORD_CHANGED: _l("Password changed"), Did.USER_PASSWORD_RESET_ASKED: _l("Password reset asked for"),
    Did.SESSION_REVOKED: _l("Session ended"), Did.LEAVE_ENTERED: _l("Leave entered"), Did.DUTY_ENTERED: _l("Shift on call entered"),
    Did.RELATION_DECLARED: _l("Tie declared"), Did.TICKET_DECIDERS_NAMED: _l("Disputed decision: who took it"), Did.CERTIFICATE_CHANGED: _l("Certificate changed"),
    Did.SETTING_CHANGED: _l("Setting changed"), Did.CATALOG_CHANGED: _l("Catalogue changed"), Did.ANSWER_CHANGED: _l("Standard answer changed"),
    Did.RETAILER_CHANGED: _l("Retailer changed"), Did.JOB_RETRIED: _l("Job tried again"), Did.DATA_IMPORTED: _l("Data imported"),
    Did.DEMO_REMOVED: _l("Demo data removed"),
    Did.CALL_TAKEN: _l("Call taken"), Did.CALL_FILED: _l("Call filed"), Did.RECORDING_HEARD: _l("Recording listened to"),
    Did.TRANSCRIPT_ADDED: _l("Transcript added"), Did.TRANSCRIPT_CONFIRMED: _l("Transcript confirmed"),
    Did.KNOCK_SEEN: _l("Refused request looked at"), Did.KNOCK_ADMITTED: _l("Refused request taken in"), Did.KNOCK_DISCARDED: _l("Refused request discarded"),
    Did.OPT_OUT_SET: _l("Wants no messages any more"), Did.OPT_OUT_LIFTED: _l("Wants messages again"),
    Did.IMPROVEMENT_FOUND: _l("Rise of complaints found"), Did.IMPROVEMENT_MOVED: _l("Improvement item moved on"),
    Did.IMPROVEMENT_GIVEN: _l("Improvement item given to somebody else"), Did.IMPROVEMENT_PLANNED: _l("Improvement action planned"), Did.IMPROVEMENT_ACTED: _l("Improvement action done"),
}
KINDS = {"system": _l("The system"), "retailer": _l("The retailer")}


def options() -> list[tuple[str, object]]:
    """The actions as choices of a filter."""
    return [("", _l("All")), *((did.value, label) for did, label in ACTIONS.items())]


def said(action: str):
    """The words of an action; its code if it is older than these words."""
    return next((label for did, label in ACTIONS.items() if did.value == action), action)
