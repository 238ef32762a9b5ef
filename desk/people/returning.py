"""Somebody who had left comes back: the same account with its roles, and a new link to set a password."""
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from accounts import letters, password_links, services
from accounts.models import User
from core.db import db
from core.errors import DomainError, NotFound
from desk.blueprint import actor, desk, needs
from desk.people import listing
from desk.people.forms import scopes
from desk.people.views import find, show_person


def _gone(user_id: int) -> User:
    """A person who has left. NotFound otherwise."""
    user = find(user_id)
    if user.active:
        raise NotFound("user")
    return user


@desk.get("/people/<id:user_id>/return")
@needs("edit_people")
def returner(user_id: int):
    """Look once more at what this account may do, then take the person back."""
    user = _gone(user_id)
    return render_template("desk/people_returner.html", user=user, row=listing.rows(actor(), [user])[0], scopes=scopes())


@desk.post("/people/<id:user_id>/return/confirmed")
@needs("edit_people")
def return_confirmed(user_id: int):
    """The person is back; the link is sent by e-mail and shown once, so that it works without mail too."""
    user = find(user_id)
    try:
        services.take_back(actor(), user)
    except DomainError as error:
        db.session.rollback()
        flash(error.message, "error")
        return redirect(url_for("desk.person", user_id=user.id))
    if user.email:
        letters.want(user, "invite")
    _row, token = password_links.make(user, "shown")
    db.session.commit()
    flash(_("%(name)s is back. Whoever is to sign in sets a new password first.", name=user.name), "success")
    return show_person(user, link=password_links.address(token))
