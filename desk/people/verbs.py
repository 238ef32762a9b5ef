"""What is done on one person's page: certificates, leave, sessions, leaving."""
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts import sessions
from accounts.models import User
from catalog import people
from core.db import db
from core.errors import DomainError, NotAllowed, NotFound
from desk.blueprint import actor, desk, needs
from desk.forms.errors import show
from desk.people import absent, leaving
from desk.people.forms import CertificateForm, leave_form
from desk.people.views import enters_leave_of, find, show_person
from routing import away
from tickets import access
from tickets.models import Ticket


def _back(user: User, words: str):
    flash(words, "success")
    return redirect(url_for("desk.person", user_id=user.id))


def _present(user_id: int) -> User:
    """A person who has not left. NotFound otherwise: what is past is not changed."""
    user = find(user_id)
    if not user.active:
        raise NotFound("user")
    return user


@desk.post("/people/<id:user_id>/certificates")
@needs("edit_people")
def certify(user_id: int):
    """Add a certificate, or change the one for the same category."""
    user, form = _present(user_id), CertificateForm()
    if not form.validate_on_submit():
        return show_person(user, certificate=form)
    people.certify(actor(), user, form.scope.data, form.level.data, form.expires.data)
    db.session.commit()
    return _back(user, _("The certificate is entered."))


@desk.post("/people/<id:user_id>/certificates/<id:certificate_id>/remove")
@needs("edit_people")
def withdraw_certificate(user_id: int, certificate_id: int):
    """Take a certificate back."""
    user = _present(user_id)
    if not people.withdraw_certificate(actor(), user, certificate_id):
        raise NotFound("certificate")
    db.session.commit()
    return _back(user, _("The certificate is taken back."))


def _seen(tickets) -> int:
    """How many of them the reader may know of: a number must not tell of a sealed ticket."""
    return sum(access.can_see(actor(), ticket) for ticket in tickets)


def _leave_of(user_id: int) -> User:
    user = _present(user_id)
    if not enters_leave_of(user):
        raise NotAllowed("not_allowed", _("Leave is entered by the manager of the team, or by an administrator."))
    return user


@desk.post("/people/<id:user_id>/leave")
@needs("people")
def enter_leave(user_id: int):
    """Enter days away; if they begin today, what cannot wait goes to others at once."""
    user = _leave_of(user_id)
    form = leave_form(user)
    if not form.validate_on_submit():
        return show_person(user, leave=form)
    try:
        row = people.enter_leave(actor(), user, form.starts.data, form.ends.data, form.note.data, form.chosen())
    except DomainError as error:
        db.session.rollback()
        show(form, error, {"leave_order": "ends", "leave_overlaps": "starts", "stands_in_himself": "stand_in"})
        return show_person(user, leave=form)
    moving = _seen(db.session.get(Ticket, ticket_id) for ticket_id in away.cannot_wait(row))
    told = absent.told(row, moving, _seen(leaving.standing(user)))
    db.session.commit()
    return _back(user, told)


@desk.post("/people/<id:user_id>/leave/<id:leave_id>/cancel")
@needs("people")
def cancel_leave(user_id: int, leave_id: int):
    """Take leave back."""
    user = _leave_of(user_id)
    if not people.cancel_leave(actor(), user, leave_id):
        raise NotFound("leave")
    db.session.commit()
    return _back(user, _("The leave is cancelled."))


@desk.post("/people/<id:user_id>/sessions/end")
@needs("edit_people")
def end_sessions(user_id: int):
    """Sign the person out everywhere."""
    user = find(user_id)
    sessions.revoke_all(actor(), user)
    db.session.commit()
    return _back(user, _("%(name)s is signed out everywhere.", name=user.name))


@desk.get("/people/<id:user_id>/leaver")
@needs("edit_people")
def leaver(user_id: int):
    """Look once more at what moves, then let the person leave."""
    user = _present(user_id)
    return render_template("desk/people_leaver.html", user=user, number=_seen(leaving.standing(user)))


@desk.post("/people/<id:user_id>/leaver/confirmed")
@needs("edit_people")
def leaver_confirmed(user_id: int):
    """The person leaves: nobody signs in with the account any more, and his open tickets go to others."""
    user = _present(user_id)
    try:
        moved = leaving.leave(actor(), user)
    except DomainError as error:
        db.session.rollback()
        flash(error.message, "error")
        return redirect(url_for("desk.person", user_id=user.id))
    db.session.commit()
    return _back(user, ngettext("%(name)s has left; %(num)s ticket goes to somebody else.", "%(name)s has left; %(num)s tickets go to others.",
                                _seen(moved), name=user.name))
