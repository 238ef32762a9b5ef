"""The people pages: everybody, one person, inviting somebody."""
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from accounts import letters, password_links, services, sessions
from accounts.models import User
from accounts.permissions import may
from catalog import people, queries
from core.db import db
from core.errors import DomainError, NotFound
from core.pagination import paginate
from desk.account.forms import NOTIFY_WORDS
from desk.blueprint import actor, desk, needs
from desk.forms.errors import show
from desk.people import listing as people_list
from desk.people.forms import CertificateForm, InviteForm, PersonForm, leave_form, person_form, scopes


@desk.get("/people", endpoint="people")
@needs("people")
def everybody():
    """Staff with team, roles, certificates, leave and open work."""
    conditions = people_list.chosen()
    page = paginate(people_list.query(conditions))
    return render_template("desk/people.html", page=page, rows=people_list.rows(actor(), page.rows), conditions=conditions,
                           filters=people_list.filters(conditions), counts=people_list.counts(), editable=may(actor().roles, "edit_people"))


def find(user_id: int) -> User:
    """The person of the address. NotFound if there is none."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound("user")
    return user


def enters_leave_of(user: User) -> bool:
    """May the signed-in person enter leave for `user`? An administrator for everybody, a manager in the team that he leads."""
    place = people.membership(user)
    leads = place is not None and place.team_id in actor().leads and actor().has("manager")
    return user.active and (leads or may(actor().roles, "edit_people"))


def show_person(user: User, link: str | None = None, **forms):
    """One person's page; `forms` replaces a form by the one that was refused, `link` is shown once."""
    page_forms = {"form": person_form(user), "certificate": CertificateForm(formdata=None), "leave": leave_form(user, formdata=None)} | forms
    edits, superior = may(actor().roles, "edit_people"), user.superior_id and db.session.get(User, user.superior_id)
    context = {"user": user, "link": link, "editable": user.active and edits, "takes_back": not user.active and edits,
               "enters_leave": enters_leave_of(user), "row": people_list.rows(actor(), [user])[0], "certificates": people.certificates(user),
               "scopes": scopes(), "leaves": people.leave_from(user, queries.today()), "today": queries.today(), "sessions": sessions.of_user(user),
               "notify_words": NOTIFY_WORDS, "superior": superior.name if superior else ""}
    return render_template("desk/people_person.html", **page_forms, **context), 422 if any(form.errors for form in forms.values()) else 200


@desk.get("/people/<id:user_id>")
@needs("people")
def person(user_id: int):
    """One person."""
    return show_person(find(user_id))


@desk.post("/people/<id:user_id>")
@needs("edit_people")
def edit_person(user_id: int):
    """Change who somebody is, what he may do and where he belongs."""
    user, form = find(user_id), PersonForm()
    if not (form.validate_on_submit() and _change(user, form)):
        return show_person(user, form=form)
    flash(_("Saved."), "success")
    return redirect(url_for("desk.person", user_id=user.id))


def _change(user: User, form: PersonForm) -> bool:
    try:
        services.change(actor(), user, **form.facts(), notify_by=_still_reachable(user, form))
        people.put_in_team(actor(), user, *form.place())
        db.session.commit()
    except DomainError as error:
        db.session.rollback()
        show(form, error, {"last_admin": "roles", "own_superior": "superior_id"})
        return False
    return True


def _still_reachable(user: User, form: PersonForm) -> str:
    """How to tell the person; only on the page once the address for it is gone."""
    needed = {"email": form.email.data, "sms": form.phone.data, "page": "always"}
    return user.notify_by if needed[user.notify_by] else "page"


@desk.route("/people/invite", methods=("GET", "POST"))
@needs("edit_people")
def invite():
    """Make an account; its link is sent by e-mail and shown once, so that it works without mail too."""
    form = InviteForm()
    user = _invite(form) if form.validate_on_submit() else None
    if user is None:
        return render_template("desk/people_invite.html", form=form), 422 if form.errors else 200
    _row, token = password_links.make(user, "shown")
    db.session.commit()
    return render_template("desk/people_invited.html", user=user, link=password_links.address(token))


def _invite(form: InviteForm) -> User | None:
    try:
        user = services.invite(actor(), form.login.data, **form.facts())
        people.put_in_team(actor(), user, *form.place())
    except DomainError as error:
        db.session.rollback()
        show(form, error, {"login_taken": "login"})
        return None
    if user.email:
        letters.want(user, "invite")
    return user


@desk.post("/people/<id:user_id>/link")
@needs("edit_people")
def person_link(user_id: int):
    """A link to set a new password, shown once, or sent by e-mail."""
    user = find(user_id)
    if not user.active:
        raise NotFound("user")
    services.note_reset_asked(user, actor())
    if request.form.get("how") == "email" and user.email:
        letters.want(user, "invite")
        db.session.commit()
        flash(_("A link is on its way to %(email)s.", email=user.email), "success")
        return redirect(url_for("desk.person", user_id=user.id))
    _row, token = password_links.make(user, "shown")
    db.session.commit()
    return show_person(user, link=password_links.address(token))
