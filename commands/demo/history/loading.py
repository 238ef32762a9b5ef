"""Loading the history: more staff and shops, the simulation, and its rows, all in one transaction."""
import gc
from collections import Counter
from pathlib import Path

from sqlalchemy import func, insert, select, text, update

from accounts.models import User
from commands import packs
from commands.demo import sign_ins
from commands.demo.history import copying, endings, rows, setting, shops
from commands.demo.history import plan as plans
from commands.demo.history.arrivals import arrivals
from commands.demo.history.case import Case
from commands.demo.history.hours import moment
from commands.demo.history.office import Office
from commands.demo.history.plan import Plan
from commands.demo.history.stage import Stage
from core import settings
from core.db import db
from intake.models import IntakeRecord
from portal import pins
from retailers.models import SERVING_ROLES, Retailer

FIRST = "history-1"
PINS = 3  # hashing is slow on purpose, and nobody knows these


def is_here() -> bool:
    """True if the history was loaded."""
    return db.session.scalar(select(IntakeRecord.id).where(IntakeRecord.external_id == FIRST, IntakeRecord.is_demo).limit(1)) is not None


def plan_of(folder: Path) -> Plan:
    """The plan of the pack of the demo."""
    return plans.read(folder / "history.yaml")


def load(folder: Path, plan: Plan) -> Counter:
    """Make the history and commit it; rows by table. Broken off, nothing of it stays."""
    gc.disable()  # half a million small objects, none of them garbage: looking for some takes longer than all the rest
    try:
        return _load(folder, plan)
    finally:
        gc.enable()


def _load(folder: Path, plan: Plan) -> Counter:
    db.session.execute(text("SET LOCAL synchronous_commit TO off"))  # all of it can be made again
    before = _people_and_shops()
    office = prepare(folder, plan)
    play(plan, office)
    endings.finish(office, settings.get("noise_days"))
    done = _people_and_shops() - before
    for kind in rows.TABLES:
        done[rows.table(kind)] = copying.write(kind, office.written[Case if kind is rows.TicketRow else kind])
    copying.analyse()
    db.session.commit()
    return done


def prepare(folder: Path, plan: Plan) -> Office:
    """Bring in who and what is missing; the organisation, ready to live its past."""
    _shops(plan)
    packs.load_staff(folder / "history", is_demo=True)
    sign_ins.share_password()
    office = setting.office(plan, folder)
    for number, person in office.people.by_id.items():
        since = moment(person.since)
        db.session.execute(update(User).where(User.id == number).values(created_at=since, joined_on=since.date()))
    return office


def _people_and_shops() -> Counter:
    counted = {model.__tablename__: select(func.count()).select_from(model).where(model.is_demo) for model in (User, Retailer)}
    return Counter({name: db.session.scalar(query) for name, query in counted.items()})


def play(plan: Plan, office: Office) -> None:
    """Let everything happen, up to the present moment."""
    stage = Stage(plan, office, setting.shops(), [pins.hashed(office.token()) for _pin in range(PINS)])
    with db.session.no_autoflush:
        stage.play(arrivals(plan, office.hours, office.local(office.end).date()))


def _shops(plan: Plan) -> None:
    made = shops.more(plan, [_known(shop) for shop in db.session.scalars(select(Retailer).where(Retailer.is_demo))])
    if made:
        db.session.execute(insert(Retailer), made)


def _known(shop: Retailer) -> shops.Known:
    serving = tuple(getattr(shop, f"{role}_id") for role in SERVING_ROLES)
    return shops.Known(shop.licence_no, shop.area, shop.area_type, setting.street(shop.address), shop.phone or "", serving)
