"""The words of the ticket's page: every event can be told, every blank has a label, and typing survives the editor."""
from answers import placeholders
from answers import queries as answers
from core.audit import AuditEntry, Did
from core.i18n import spoken
from desk.ticket import composer as ticket_composer
from desk.ticket import trail as ticket_trail
from desk.ticket.blanks import LABELS
from tests import builders as make
from tickets.lifecycle import TRANSITIONS

KNOWN = {"case_no", "received_on", "resolve_due", "org", "tracking_url", "hotline", "today", "progress"}


def test_every_event_of_the_lifecycle_can_be_told():
    assert set(ticket_trail.MOVES) == {row.event for row in TRANSITIONS}


def test_every_blank_of_the_pack_has_a_label(database):
    for answer in answers.listing():
        names = {name for version in answer.versions for lang in ("zh", "en") for name, _type in placeholders.names_of(version.parts(lang))}
        assert names <= set(LABELS) | KNOWN, answer.code


def test_a_trace_is_told_with_who_and_why(app):
    traces = [
        (AuditEntry(actor_kind="staff", actor_name="Min", action=Did.TICKET_SEVERITY_CHANGED,
                    detail={"before": "S3", "after": "S2", "reason": "loss"}),
         "Min changed the severity from Normal to Urgent: loss"),
        (AuditEntry(actor_kind="system", actor_name="system", action=Did.TICKET_MOVED, detail={"event": "dispatch"}), "Dispatched by the system"),
        (AuditEntry(actor_kind="system", actor_name="system", action=Did.TICKET_ASSIGNED, detail={"to": 7}), "Given to Min"),
        (AuditEntry(actor_kind="system", actor_name="system", action=Did.TICKET_ROUTED, detail={"result": "handler"}), ""),
        (AuditEntry(actor_kind="staff", actor_name="Li", action=Did.EXTENSION_DECIDED, detail={"approved": False}), "Li did not grant more time")]
    with app.test_request_context("/?lang=en"), spoken("en"):
        assert [ticket_trail.words_of(trace, {7: "Min"}) for trace, _told in traces] == [told for _trace, told in traces]


def test_the_line_ends_of_the_approved_words_survive_the_editor(database):
    handler = make.staff()
    ticket = make.ticket("in_progress", handler=handler)
    version = answers.first("answer", "DLV.LATE")
    draft = ticket_composer.fresh(ticket, make.who(handler), version)
    shown = [part["free"] for part in draft.parts() if "free" in part]
    assert not any(text.endswith("\n") for text in shown)
    typed = {"language": draft.language, "text_of": draft.text_of, "v-found": "a", "v-remedy": "b", "v-promise_date": "2026-12-01"}
    typed |= {f"free-{number}": text.replace("\n", "\r\n") for number, text in enumerate(shown)}
    again = ticket_composer.from_form(ticket, make.who(handler), version, typed)
    draft.values = {"found": "a", "remedy": "b", "promise_date": "2026-12-01"}
    assert again.compose().body == draft.compose().body


def test_a_confidential_name_never_gets_into_the_handlers_words(database):
    handler, shop = make.staff(), make.retailer(shop_name="Lotus Store", owner_name="Chen Guilan")
    ticket = make.ticket("in_progress", handler=handler, shop=shop, confidential=True)
    assert not {"Lotus Store", "Chen Guilan"} & set(map(str, ticket_composer.known(ticket, make.who(handler), "en").values()))
