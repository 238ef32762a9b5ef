"""The words of messages that are not standard answers: an e-mail's subject, and short lines for the staff."""
from flask_babel import gettext as _

from accounts.models import User
from core import i18n, links, settings
from notifications.words import NOTICES
from tickets import case_number
from tickets.models import Ticket


def subject(ticket: Ticket, lang: str) -> str:
    """The subject of an e-mail to the retailer, in zh or en."""
    with i18n.spoken(lang):
        org = i18n.pick(settings.get("org_name_zh"), settings.get("org_name_en"))
        return _("%(org)s: your case %(case_no)s", org=org, case_no=case_number.show(ticket.case_no))


UNNAMED = frozenset({"stood_aside"})  # told to somebody from whom the ticket is kept: not even its number


def staff_subject(user: User, kind: str, ticket: Ticket) -> str:
    """The subject of an e-mail to a member of staff, in his language."""
    with i18n.spoken(user.language):
        if kind in UNNAMED:
            return str(NOTICES[kind])
        return _("%(what)s: %(case_no)s", what=str(NOTICES[kind]), case_no=case_number.show(ticket.case_no))


def staff_text(user: User, kind: str, ticket: Ticket) -> str:
    """What a member of staff reads in a message: what happened, the number, the link; nothing of the matter or the retailer."""
    address = links.public(f"/desk/tickets/{ticket.case_no}")
    with i18n.spoken(user.language):
        if kind in UNNAMED:
            return str(NOTICES[kind])
        return _("%(what)s: case %(case_no)s. Open it here: %(address)s", what=str(NOTICES[kind]),
                 case_no=case_number.show(ticket.case_no), address=address)


def page_subject(user: User, kind: str) -> str:
    """The subject of an e-mail to a member of staff about something that is no ticket, in his language."""
    with i18n.spoken(user.language):
        return str(NOTICES[kind])


def page_text(user: User, kind: str, path: str) -> str:
    """What a member of staff reads about something that stands on a page of its own: what happened, and where."""
    with i18n.spoken(user.language):
        return _("%(what)s. Open it here: %(address)s", what=str(NOTICES[kind]), address=links.public(path))
