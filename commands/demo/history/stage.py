"""All lives together, in order of time (pure): who tells what, and one clock for everybody."""
import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random

from catalog.models import NOISE
from commands.demo.history import chances, moves, texts
from commands.demo.history.arrivals import Arrival
from commands.demo.history.case import Case, Shop
from commands.demo.history.office import Office
from commands.demo.history.plan import Plan
from commands.demo.history.script import live

YOUNG = 5 * 86400  # a matter is told again within days
MATTER_OF_COURSE = (NOISE, "OTH.SUGGEST")
ORDERS = ("ORD", "DLV", "PAY")
WISHES = 0.3


class Stage:
    """Casts every arrival and lets its life run. `pin_hashes` are for those who stay anonymous."""

    def __init__(self, plan: Plan, office: Office, shops: Sequence[Shop], pin_hashes: Sequence[str]):
        self.plan, self.office, self.pin_hashes = plan, office, pin_hashes
        self.shops: dict[str, list[Shop]] = defaultdict(list)
        for shop in shops:
            self.shops[shop.area].append(shop)
        self.weights = {area: [shop.weight for shop in there] for area, there in self.shops.items()}

    def play(self, arrivals: Sequence[Arrival]) -> None:
        """Until the end of the history; what would come later never happens."""
        office = self.office
        waiting = [(arrival.at, n, self._begin(n, arrival)) for n, arrival in enumerate(arrivals, 1) if arrival.at <= office.end]
        heapq.heapify(waiting)
        while waiting:
            office.now, n, life = heapq.heappop(waiting)
            following = next(life, None)
            if following is not None and following <= office.end:
                heapq.heappush(waiting, (max(following, office.now), n, life))
        office.now = office.end
        for case in list(office.open_cases.values()):
            moves.watch(office, case)

    def _begin(self, n: int, arrival: Arrival) -> Iterator[int]:
        rng = Random(f"{self.plan.seed}/life/{n}/{arrival.at}")
        double_of = self._young_case(rng, arrival)
        leaf = double_of.intended if double_of else arrival.leaf
        case = self._case(n, rng, arrival, leaf, double_of)
        severity = _severity(rng, self.office.book.leaves[leaf], self.office.leaves[leaf].severity)
        text = self._text(rng, case, leaf, arrival)
        case.finding = self._finding(rng, leaf, arrival.planted)
        facts = self.office.book.leaves[leaf]
        case.desired_outcome = rng.choices(list(facts["desired"]), list(facts["desired"].values()))[0]
        yield from live(self.office, case, leaf, severity, text)

    def _young_case(self, rng: Random, arrival: Arrival) -> Case | None:
        """Now and then somebody tells again what is being worked on already."""
        if arrival.planted or arrival.leaf in MATTER_OF_COURSE or rng.random() > chances.DOUBLE:
            return None
        young = [case for case in self.office.open_cases.values() if self.office.now - case.received_at < YOUNG and case.state != "answered"
                 and case.shop and not case.sealed and not case.anonymous and case.shop.area == arrival.area and case.double_of is None]
        return rng.choice(young) if young else None

    def _case(self, n: int, rng: Random, arrival: Arrival, leaf: str, double_of: Case | None) -> Case:
        office = self.office
        shop = double_of.shop if double_of else rng.choices(self.shops[arrival.area], self.weights[arrival.area])[0]
        anonymous = rng.random() < chances.of(chances.ANONYMOUS, leaf) and not double_of
        lang = shop.language
        spot = self._spot(rng, shop, leaf, lang)
        told = office.book.leaves[leaf]
        case = Case(office.id("ticket"), office.new_case_no(), office.token(), "web" if anonymous else arrival.channel, "", office.now,
                    type=rng.choices(list(told["kinds"]), list(told["kinds"].values()))[0], language=lang, anonymous=anonymous, n=n, rng=rng,
                    confidential=rng.random() < chances.of(chances.CONFIDENTIAL, leaf, chances.CONFIDENTIAL_ELSE), shop=None if anonymous else shop,
                    double_of=double_of, planted=arrival.planted, spot=spot, intended=leaf)
        if anonymous:
            case.pin_hash = rng.choice(self.pin_hashes)
        else:
            _identify(case, shop)
        _facts(case, office, leaf)
        return case

    def _spot(self, rng: Random, shop: Shop, leaf: str, lang: str) -> texts.Spot:
        office, staff = self.office, ""
        serving = sorted(filter(office.people.may_be_named, shop.serving))
        if serving and office.book.names_staff(rng, leaf):
            staff = office.people.name(rng.choice(serving))
        return texts.spot(rng, office.book.common[lang], shop.street, staff)

    def _text(self, rng: Random, case: Case, leaf: str, arrival: Arrival) -> str:
        text = self.office.book.tell(rng, leaf, case.language, case.channel, case.spot, arrival.planted)
        if case.spot.staff and case.spot.staff in text:
            case.named_ids = [actor.id for actor in self.office.people.actors.values() if actor.name == case.spot.staff]
        if case.double_of:
            again = rng.choice(self.office.book.common[case.language]["again"])
            text = f"{again} {text}" if case.language == "en" else again + text
        return text

    def _finding(self, rng: Random, leaf: str, planted: bool) -> dict:
        told = self.office.book.leaves[leaf]
        if planted:
            return told["planted_found"] if rng.random() < self.plan.planted.cause_share else told["planted_found_other"]
        return rng.choices(told["found"], [found["weight"] for found in told["found"]])[0]


def _severity(rng: Random, told: dict, usual: str) -> str:
    shares = told.get("severity")
    return rng.choices(list(shares), list(shares.values()))[0] if shares else usual


def _identify(case: Case, shop: Shop) -> None:
    case.retailer_id, case.shop_text, case.contact_name, case.contact_phone = shop.id, shop.licence_no, shop.owner_name, shop.phone
    case.support_needs = shop.support_needs or shop.service_class == "support_needs"


def _facts(case: Case, office: Office, leaf: str) -> None:
    rng, lang = case.rng, case.language
    if leaf.split(".")[0] in ORDERS and rng.random() < 0.5:
        case.order_no = case.spot.order_no
    if case.channel != "sms" and rng.random() < WISHES and leaf != NOISE:
        case.wish = rng.choice(office.book.groups[leaf]["wishes"][lang])
        case.occurred = case.spot.day
    if office.leaves[leaf].loss and rng.random() < 0.5:
        case.amount = str(case.spot.amount)
