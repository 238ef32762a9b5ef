"""A matter that names somebody: as he, as his lead, as a colleague, every page, list, file, export and notice is walked, and says nothing of it.

The walk goes through the whole URL map with every number and id that there is, and follows every link of every page. It is done
before and after the matters come in: what a reader sees must not differ at all, not even by a count.
"""
import difflib
import html
import re
from copy import copy
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.models import ROLES, User
from catalog import queries as catalog
from core import clock
from core.audit import Did, record
from core.db import db
from core.files import Attachment, storage
from core.jobs import run
from core.organisation import WorkSeason
from gateways.models import Quarantined
from hotline.calls import recordings, services, speech
from hotline.models import Call, Recording, Transcript
from hotline.transcripts.models import DictionaryTerm
from notifications.models import Notice, OutboundMessage
from reporting.hot.models import HotIssue
from reporting.improvement.models import ImprovementItem
from retailers.models import Retailer
from tests.builders import opened, retailer, staff, ticket, who
from tests.hotline.account import sound
from tests.hotline.transcripts.talks import filed
from tests.pages import PageClient
from tests.triage.small import small_model
from tickets import case_number
from tickets.models import CallTask, Ticket
from tickets.parents import Parent
from tickets.services import closing, conversation, second_matters, triaging
from triage import taking_apart

MARK, WORD = "Zirkonmark", "Quarzwort"  # the one must stand nowhere; the other is searched for, and its page repeats it
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
OWN_TRACES = re.compile(r"/desk/audit(\?page=\d+)?$")  # the walkers' own steps stand here too; what others did is asked for by name
READERS = ("driver", "lead", "colleague")
OTHERS = ("system", "retailer", "韩秉正", "周念慈", "宁可望", "蓝若水")
ASKED = [f"/desk/search?q={WORD}", "/desk/search?q=Harbour", "/desk/search?q=%E5%B0%A4%E5%8A%B2%E6%9D%BE", "/desk/retailers?q=Harbour",
         *(f"/desk/audit?who={who}" for who in OTHERS),
         "/desk/calls/log?days=7"]
SWEEPS = ("sweep_triage", "sweep_routing", "sweep_followups", "watch_clocks", "send_surveys", "sweep_messages", "sweep_calls")
BY_ID = {"row_id": Quarantined, "call_id": Call, "item_id": ImprovementItem, "task_id": CallTask, "user_id": User,
         "season_id": WorkSeason, "issue_id": HotIssue, "parent_id": Parent, "recording_id": Recording,
         "file_id": Attachment, "transcript_id": Transcript}
NEWEST = 3  # words of the dictionary: had a matter brought one, it would be the newest
# Pages of reference data, and of what was learned by month, to which the links lead: nothing of a matter stands in their address.
REFERENCE = {"code", "list_name", "kind", "which", "month"}
# What changes from one look to the next for anybody: the form's token, and when a page was made.
PASSING = (re.compile(r'name="csrf_token"[^>]*value="[^"]+"'), re.compile(r'value="[^"]+"[^>]*name="csrf_token"'), re.compile(r'nonce="[^"]*"'),
           re.compile(r'name="key"[^>]*value="[^"]+"'), re.compile(r'\?v=\w+'))


@pytest.fixture
def house(database, queue):
    """The person and those from whom it is kept with him, each in every role there is; and those who do the work outside."""
    every = {"roles": ROLES, "certificates": {"DLV": 4, "SVC": 4}, "notify_by": "email"}
    return {"driver": staff("driver", name="尤劲松", **every), "lead": staff("lead", name="祁连山", leads=True, **every),
            "colleague": staff("colleague", name="石砚生", **every),
            "former": staff("former", name="蓝若水"),
            "handler": staff("outside", name="宁可望", in_team="finance", certificates={"DLV": 4, "SVC": 4, "RPT": 4}),
            "boss": staff("boss", name="韩秉正", roles=("manager", "compliance", "qa"), in_team="compliance", leads=True, certificates={"DLV": 4}),
            "hotline": staff("clerk", name="周念慈", roles=("hotline",), in_team="hotline", certificates={})}


@pytest.fixture
def shops(house):
    """Where he delivers, and where nobody has complained."""
    return {"his": retailer(shop_name="Harbour Corner", deliverer_id=house["driver"].id), "other": retailer(shop_name="Mill Lane")}


def plain(house, shops) -> list[Ticket]:
    """What stands in the lists anyway."""
    return [opened("Nothing came today."), ticket("in_progress", handler=house["colleague"], shop=shops["other"]),
            ticket("answered", handler=house["colleague"], shop=shops["other"]), ticket("closed", handler=house["colleague"])]


def naming_him(house, shops, queue) -> list[Ticket]:
    """Matters that name him, in every state, with everything that can hang on one."""
    shop, handler, boss, made = shops["his"], house["handler"], house["boss"], []
    made.append(opened(f"尤劲松 threw it on the floor, {WORD} {MARK}", shop=shop))
    made.append(opened(f"小尤 wants money, 索要, {MARK}", shop=shop))
    triaging.classify(made[1], who(boss), catalog.leaf("SVC.CONDUCT"), "S1", desired_outcome="explanation")
    triaging.dispatch(made[1], who(boss))
    for state in ("dispatched", "in_progress", "needs_info", "in_review", "answered", "closed"):
        made.append(ticket(state, handler=handler, reviewer=boss, manager=boss, shop=shop, text=f"尤劲松 came too late, {state}, {MARK}"))
    made.append(ticket("in_progress", handler=house["former"], shop=shop, text=f"It came too late, {WORD} {MARK}"))
    db.session.commit()
    conversation.continue_with(made[-1], f"It was 由进松, {MARK}", "web")
    for one in made:
        hung_on(one, house)
    closing.redo(made[7], who(boss), f"not solved {MARK}")
    return [*made, spoken(house, shop), called(queue), *told_together(house, shop)]


def told_together(house, shop) -> list[Ticket]:
    """Two matters in one text that names him: both are kept from him, with the words on which the second one rests."""
    made = opened(f"尤劲松 came too late {MARK}, and the tills were charged twice {WORD}", shop=shop)
    (matter,) = second_matters.propose(made, [("PAY.DEBIT", f"the tills were charged twice {WORD} {MARK}", 0.9)])
    taking_apart.own_ticket(matter, who(house["hotline"]))
    return [made, matter.linked]


OPEN_WORDS = "The boxes were left at the wrong corner"


def taken_apart(house, queue) -> tuple[Ticket, Ticket]:
    """A sealed matter, and the open one that was told with it and left it."""
    made = opened(f"{OPEN_WORDS}, and he wants a kickback, {MARK}", shop=retailer(shop_name="Bridge Stall"))
    (matter,) = second_matters.propose(made, [("DLV.LATE", OPEN_WORDS, 0.9)])
    triaging.classify(made, who(house["boss"]), catalog.leaf("SVC.CONDUCT"), "S1", desired_outcome="explanation")
    free = taking_apart.own_ticket(matter, who(house["boss"]))
    triaging.dispatch(made, who(house["boss"]))
    db.session.commit()
    queue.run()
    return made, free


def hung_on(one: Ticket, house) -> None:
    """A note, a photo, a call to make, more time asked for, a look at the identity."""
    conversation.note(one, who(house["boss"]), f"A note, {MARK}")
    message = next(message for message in one.messages if message.kind == "in")
    storage().put(f"walk{one.id}", MARK.encode())
    db.session.add(Attachment(storage_key=f"walk{one.id}", filename=f"{MARK}.png", content_type="image/png", size=10, sha256=f"{one.id:064}",
                              created_at=clock.now(), ticket_id=one.id, message_id=message.id))
    db.session.add(CallTask(ticket_id=one.id, reason="low_score", text=MARK, created_at=clock.now(), due_at=clock.now() + timedelta(hours=4),
                            dedupe_key=f"walk:{one.id}"))
    record(who(house["boss"]), Did.IDENTITY_SEEN, ticket=one)


def spoken(house, shop) -> Ticket:
    """A transcript in which he is misheard."""
    stored, _made = filed(f"坐席：您好。\n来电：由进松骂我，{MARK}。", actor=who(house["hotline"]), shop=shop)
    run("advance", stored.id)
    return db.session.get(Ticket, stored.ticket_id)


def called(queue) -> Ticket:
    """A call with its recording."""
    fields = {"CallSid": "CAwalk", "From": "+8613800138000"}
    call, _new = services.arrive("twilio", fields, clock.now())
    services.note(call, greeted=True)
    speech.keep(call, [speech.Heard("1", f"尤劲松 shouted at me, {MARK}", 0.72)], clock.now())
    recording, _new = recordings.arrive("twilio", fields | {"RecordingSid": "REwalk", "RecordingUrl": "u", "RecordingDuration": "9"}, clock.now())
    recordings.keep(recording, sound(0.5))
    services.note_status("twilio", fields | {"CallStatus": "completed", "Timestamp": "now"}, clock.now())
    db.session.commit()
    queue.run()
    with clock.frozen(NOW + timedelta(minutes=10)):
        run("sweep_calls")
        queue.run()
    db.session.expire_all()
    return db.session.get(Ticket, recording.call.ticket_id)


def pages(walk: "Walk") -> "Walk":
    """Every page without a number, and for the one who is named also every link from there to a list, a figure, a file."""
    first = [rule.rule for rule in _rules(walk.client.app) if not rule.arguments]
    onward = [href for path in [*first, *ASKED] for href in walk.look(path)]
    for path in dict.fromkeys(onward if walk.reader.login == "driver" else ()):
        if path not in walk.seen:
            walk.look(path)
    return walk


def _rules(app) -> list:
    """Every page of the staff that can be opened."""
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("desk.") and "GET" in rule.methods]


class Walk:
    """What one reader saw, by address."""

    def __init__(self, app, reader: User):
        self.reader, self.client, self.seen = reader, PageClient(app).sign_in(reader), {}

    def again(self) -> "Walk":
        """The same browser, so that a second sign-in makes no difference, and nothing seen yet."""
        other = copy(self)
        other.seen = {}
        return other

    def look(self, path: str) -> list[str]:
        """Open a page; the addresses that it leads on to."""
        answer = self.client._fetch("GET", path)
        text = answer.get_data(as_text=True) if answer.mimetype.startswith("text/") else repr(answer.get_data())
        self.seen[path] = f"{answer.status_code} {answer.headers.get('Location', '')}\n{_still(text)}"
        return [html.unescape(href).split("#")[0] for href in re.findall(r'href="(/desk/[^"]+)"', text) if _leads_on(href)]


def _still(text: str) -> str:
    for pattern in PASSING:
        text = pattern.sub("", text)
    return text


def _leads_on(href: str) -> bool:
    """Lists, tabs, figures and what stands behind them; a single thing is opened by its number below."""
    return re.search(r"/(answers|catalog(?!/learning)|people|retailers|settings)/|sign-out", href) is None


def with_numbers(app, walk: Walk, case_nos: list[str]) -> dict[str, str]:
    """Every page that takes a number or id, opened with all there are: what came of it by address."""
    values = {"case_no": case_nos} | {name: db.session.scalars(db.select(model.id)).all() for name, model in BY_ID.items()}
    values |= {"term_id": db.session.scalars(db.select(DictionaryTerm.id).order_by(DictionaryTerm.id.desc()).limit(NEWEST)).all()}
    values |= {"licence_no": db.session.scalars(db.select(Retailer.licence_no)).all()}
    found = {}
    for rule in _rules(app):
        if not rule.arguments or rule.arguments <= REFERENCE:
            continue
        (name,) = rule.arguments
        for value in values[name]:
            path = re.sub(r"<[^>]+>", str(value), rule.rule)
            walk.look(path)
            found[path] = walk.seen.pop(path)
    return found


@pytest.fixture
def world(app, house, shops, queue):
    """What stands there anyway, and what each of the three saw of it."""
    with clock.frozen(NOW):
        plain(house, shops)
        db.session.commit()
        queue.run()
        small_model()
        run("sweep_triage")
        queue.run()
        yield {name: pages(Walk(app, house[name])) for name in READERS}


def test_nothing_of_it_reaches_him_his_lead_or_his_team(app, world, house, shops, queue, gateways):
    told = {name: notices(house[name]) for name in READERS}
    made = naming_him(house, shops, queue)
    db.session.commit()
    queue.run()
    for job in SWEEPS:
        run(job)
    queue.run()
    assert all(house["driver"].id in one.named_ids for one in made), [one.subject for one in made if house["driver"].id not in one.named_ids]
    numbers = [one.case_no for one in made]
    leaks = []
    for name in READERS:
        after = pages(world[name].again())
        leaks += [f"{name} sees a difference at {line}" for line in different(world[name].seen, after.seen)]
        opened_by_number = with_numbers(app, after, numbers)
        leaks += [f"{name} reads of it at {path}" for path, page in {**after.seen, **opened_by_number}.items()
                  if MARK in page or _tells(path, page, numbers)]
        leaks += [f"{name} is told {kind}" for kind in notices(house[name]) - told[name] - {"stood_aside"}]
    assert not leaks, "\n".join(leaks)
    assert notices(house["former"]) == {"stood_aside"}
    gone_out = [*gateways["email"].sent, *gateways["sms"].sent]
    to_them = [message for message in gone_out if message.to in {house[name].email for name in READERS}]
    assert [message for message in to_them if MARK in str(message) or any(number in str(message) for number in numbers)] == []
    assert see_it(app, house["boss"], numbers)  # the walk is no proof if nobody sees it


def test_the_open_part_of_a_sealed_matter_shows_nothing_of_the_sealed_one(app, house, queue, gateways):
    """As the hotline, QA and an administrator, who see every open matter: no word, number, link, trace or find of the sealed one."""
    with clock.frozen(NOW):
        readers = [house["hotline"], staff("checker", roles=("qa",), in_team="hotline", certificates={}), staff("keeper", roles=("admin",), in_team="hotline", certificates={})]
        made, free = taken_apart(house, queue)
        for job in SWEEPS:
            run(job)
        queue.run()
        leaks = []
        for reader in readers:
            walk = pages(Walk(app, reader))
            seen = walk.seen | with_numbers(app, walk, [made.case_no, free.case_no])
            leaks += [f"{reader.login} reads of it at {path}" for path, page in seen.items() if MARK in page or made.token in page or _tells(path, page, [made.case_no])]
            assert case_number.show(free.case_no) in seen[f"/desk/tickets/{free.case_no}"]
            leaks += [f"{reader.login} is told {kind}" for kind in notices(reader) if MARK in kind]
        outside = PageClient(app).get(f"/t/{free.token}").html
        assert OPEN_WORDS in outside
        leaks += ["the retailer's page of the open one"] if made.token in outside or case_number.show(made.case_no) in outside else []
        assert not leaks, "\n".join(leaks)
        said = [message for message in gateways["sms"].sent if case_number.show(free.case_no) in str(message)]
        assert not [message for message in said if case_number.show(made.case_no) in str(message) or "more than one" in str(message)]
        assert MARK in PageClient(app).sign_in(house["boss"]).get(f"/desk/tickets/{made.case_no}").text  # the walk is no proof if nobody sees it
        assert case_number.show(free.case_no) in PageClient(app).sign_in(house["boss"]).get(f"/desk/tickets/{made.case_no}").text


def _tells(path: str, page: str, numbers: list[str]) -> bool:
    """Does a page name one of these matters beyond repeating the address that was asked for?"""
    return any((number in page or case_number.show(number) in page) and number not in path for number in numbers)


def different(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The addresses where something differs, with what it is."""
    return [f"{path}: {_what(before.get(path, ''), after.get(path, ''))}" for path in sorted({*before, *after})
            if before.get(path) != after.get(path) and not OWN_TRACES.match(path)]


def _what(one: str, other: str) -> str:
    lines = difflib.unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0)
    return " | ".join(line.strip() for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---"))[:400]


def notices(user: User) -> set[str]:
    """The kinds of what a person was told, in the bell and by message."""
    said = db.session.scalars(db.select(Notice.kind).filter_by(user_id=user.id)).all()
    sent = db.session.scalars(db.select(OutboundMessage.body).filter_by(user_id=user.id)).all()
    assert not [body for body in sent if MARK in body]
    return set(said)


def see_it(app, user: User, numbers: list[str]) -> bool:
    """Somebody outside who must see it does."""
    walk = Walk(app, user)
    walk.look(f"/desk/tickets/{numbers[1]}")
    return MARK in walk.seen[f"/desk/tickets/{numbers[1]}"]
