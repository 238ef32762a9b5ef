"""The stage of the history as the database has it: reference data, staff, shops, standard answers, settings."""
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from random import Random

from flask_babel import gettext as _
from sqlalchemy import select

from accounts.models import User
from answers.models import Answer, AnswerVersion
from catalog import queries as catalog
from catalog.models import ChecklistItem, Leaf, Membership, SlaRule, Team
from commands.demo.history import texts, words
from commands.demo.history.case import Shop
from commands.demo.history.hours import MINUTE, Hours, stamp
from commands.demo.history.ids import fresh
from commands.demo.history.office import LeafFacts, Office, Rules
from commands.demo.history.people import MONTH, People, Person
from commands.demo.history.plan import Plan
from core import clock, i18n, links, organisation, settings, yaml_file
from core.business_time import Calendar
from core.db import db
from core.holidays_cn import public_holidays
from intake.models import IntakeRecord
from retailers.models import SERVING_ROLES, Retailer
from tickets.services import naming, sealing
from tickets.sla import Span

AROUND = timedelta(days=120)  # what begins on the last day may be due long after it
LONG_AGO = 40  # months before the end


def office(plan: Plan, folder: Path) -> Office:
    """The organisation of now, ready to live its past. `folder` is the pack of the demo."""
    calendar, now = _calendar(plan), clock.now()
    last = now.astimezone(calendar.tz).date()
    told = yaml_file.read(folder / "organisation.yaml")
    return Office(
        hours=Hours(calendar, last - timedelta(weeks=plan.weeks) - AROUND, last + AROUND), rules=_rules(plan), people=people(plan),
        book=texts.read(folder / "history"), leaves=_leaves(), checklists=_checklists(), templates=_templates(), fixed=_fixed(),
        organisation=told, ids=fresh(), end=stamp(now) // MINUTE * MINUTE, numbers=Random(f"{plan.seed}/numbers"),
        case_nos=set(db.session.scalars(select(IntakeRecord.case_no))))


def _calendar(plan: Plan) -> Calendar:
    """The stored calendar, and the holidays of years that lie before those that are stored."""
    stored, year = organisation.calendar(), clock.now().year
    years = range(year - 2 - plan.weeks // 52, year - 1)
    off, extra, _names = public_holidays(settings.get("country"), years)
    return Calendar(stored.hours, stored.tz, stored.off | off, stored.extra | extra)


def _leaves() -> dict[str, LeafFacts]:
    names = [field.name for field in fields(LeafFacts)]
    return {leaf.code: LeafFacts(**{name: getattr(leaf, name) for name in names}) for leaf in db.session.scalars(select(Leaf))}


def _rules(plan: Plan) -> Rules:
    sla = {(rule.severity, rule.clock): Span(rule.minutes, rule.working) for rule in db.session.scalars(select(SlaRule))}
    return Rules(sla=sla, escalations=catalog.escalation_rules(), info_minutes=settings.get("info_minutes"), demand_minutes=settings.get("demand_minutes"), contact_factor_key=settings.get("contact_factor_key"),
                 contact_factor_support=settings.get("contact_factor_support"), call_minutes=settings.get("call_minutes"), call_tries=settings.get("call_tries"),
                 survey_delay=settings.get("survey_delay_minutes"), survey_hours=(settings.get("survey_from"), settings.get("survey_until")),
                 survey_pause=settings.get("survey_pause_days"), redo_window=settings.get("redo_window_minutes"),
                 learning_months=plan.learning_months, suspicious=sealing.suspicious)


def people(plan: Plan) -> People:
    """The demo staff with what the plan says of them."""
    now, persons = stamp(clock.now()), []
    caps = dict(db.session.execute(select(Membership.user_id, Membership.cap)).all())
    for user in db.session.scalars(select(User).where(User.is_demo, User.active).order_by(User.id)):
        told = dict(plan.handlers.get(user.login, {}))
        starts = told.pop("starts", None)
        since = now - int((starts or LONG_AGO + user.id % 60) * MONTH)
        persons.append(Person(catalog.actor_of(user), caps.get(user.id, 0.0), since, starts is not None, told))
    return People(persons, naming.outside())


def shops() -> list[Shop]:
    """The demo's shops; how often each speaks up differs, and stays the same."""
    found = []
    for shop in db.session.scalars(select(Retailer).where(Retailer.is_demo, Retailer.phone.is_not(None)).order_by(Retailer.licence_no)):
        serving = frozenset({getattr(shop, f"{role}_id") for role in SERVING_ROLES} - {None})
        weight = Random(shop.licence_no).lognormvariate(0, 0.6)
        found.append(Shop(shop.id, shop.licence_no, shop.shop_name, shop.owner_name, shop.phone, shop.area, street(shop.address), shop.service_class,
                          shop.support_needs, shop.language, serving, weight))
    return found


def street(address: str) -> str:
    """The street in an address: what stands before the number."""
    return address.rstrip("0123456789号附")


def _checklists() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for item in db.session.scalars(select(ChecklistItem).where(ChecklistItem.active).order_by(ChecklistItem.id)):
        found.setdefault(item.leaf_code, []).append(item.id)
    return found


def _templates() -> dict[tuple, list[words.Template]]:
    rows = db.session.scalars(select(AnswerVersion).join(Answer).where(AnswerVersion.status == "approved").order_by(Answer.code))
    found: dict[tuple, list] = {}
    for row in rows:
        for lang in i18n.LANGUAGES:
            cut = words.template(row.answer.code, row.version, row.id, lang, row.parts(lang))
            found.setdefault((row.answer.purpose, row.answer.leaf_code, lang), []).append(cut)
    return found


def _fixed() -> dict[str, dict]:
    return {lang: _said_in(lang) for lang in i18n.LANGUAGES}


def _said_in(lang: str) -> dict:
    with i18n.spoken(lang):
        return {"shop": _("your shop"), "contact_name": _("shop owner"), "org": i18n.pick(settings.get("org_name_zh"), settings.get("org_name_en")),
                "hotline": settings.get("hotline_number"), "tracking": links.public("/t/"),
                "teams": {team.id: i18n.pick(team.name_zh, team.name_en) for team in db.session.scalars(select(Team))}}
