"""The shops that the demo organisation has beside its first three hundred (pure): as many as the plan wants in each area."""
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from commands.demo.history.plan import Plan

FAMILY = ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余杜叶程魏苏吕丁任沈姚"
          "卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武")
GIVEN = "建国志强秀英桂兰海燕春梅国庆永福长安立新文斌玉珍素芳家旺正平晓东金花明辉振华丽娟庆丰学军美玲保全水生宏伟凤仙德昌有财云霞"
SIGN = ("便民", "兴旺", "福来", "顺达", "联华", "万家", "百姓", "好邻", "四季", "平价",
        "鑫源", "老友", "迎宾", "大众", "惠民", "春晓", "东升", "宝泰", "吉祥", "长丰",
        "安康", "永盛", "和美", "金桥", "新世纪", "同乐", "天天", "欣欣", "广源", "日新")
KIND = ("超市", "便利店", "商店", "食杂店", "副食店", "烟酒店", "百货", "小卖部", "商行", "综合店")
ENGLISH = ("Corner", "Market", "Riverside", "Station", "Garden", "Bridge", "Hill", "Mill", "Harbour", "Orchard", "Temple", "Canal")
ENGLISH_KIND = ("Shop", "Stores", "Convenience", "Groceries", "Mini Mart")
FIRST = ("Adam", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Iris", "James", "Kate", "Liam", "Mary", "Noah", "Olive", "Paul")
LAST = ("Ashton", "Barlow", "Carver", "Doyle", "Ellis", "Foster", "Grant", "Harlow", "Irving", "Kemp", "Lowell", "Marsh", "Norris", "Parry")
SERVICE = {"ordinary": 62, "key": 22, "basic": 11, "support_needs": 5}
VALUE = {"ordinary": 70, "key": 25, "special": 5}


@dataclass(frozen=True)
class Known:
    """What a shop that is there already says about its area: streets, and who serves there."""

    licence_no: str
    area: str
    area_type: str
    street: str
    phone: str
    serving: tuple[int | None, ...]


def more(plan: Plan, known: Iterable[Known]) -> list[dict]:
    """Columns of the shops that are missing: names, numbers and staff as in the neighbourhood. The same for the same plan and shops."""
    rng, known = Random(f"{plan.seed}/shops"), sorted(known, key=lambda shop: shop.licence_no)
    there = Counter(shop.area for shop in known)
    taken = {shop.phone for shop in known}
    licences = {shop.licence_no for shop in known}
    made = []
    for area in plan.areas:
        neighbours = [shop for shop in known if shop.area == area.name]
        for _missing in range(area.shops - there[area.name]):
            made.append(_shop(rng, plan, rng.choice(neighbours), _fresh(rng, licences, "9901", 8), _fresh(rng, taken, "+8613800", 6)))
    return made


def _fresh(rng: Random, taken: set[str], prefix: str, digits: int) -> str:
    while True:
        number = f"{prefix}{rng.randrange(10**digits):0{digits}d}"
        if number not in taken:
            taken.add(number)
            return number


def _shop(rng: Random, plan: Plan, neighbour: Known, licence_no: str, phone: str) -> dict:
    english = rng.random() < plan.english * 1.25  # the first three hundred hardly speak it
    service = rng.choices(list(SERVICE), list(SERVICE.values()))[0]
    name, owner = (_english if english else _chinese)(rng)
    account_manager, tele_orderer, deliverer, inspector = neighbour.serving
    return {"licence_no": licence_no, "shop_name": name, "owner_name": owner, "phone": phone, "area": neighbour.area,
            "area_type": neighbour.area_type, "address": f"{neighbour.street}{rng.randrange(1, 400)}号", "service_class": service,
            "value_class": rng.choices(list(VALUE), list(VALUE.values()))[0], "language": "en" if english else "zh",
            "support_needs": service == "support_needs", "account_manager_id": account_manager, "tele_orderer_id": tele_orderer,
            "deliverer_id": deliverer, "inspector_id": inspector, "active": True, "is_demo": True}


def _chinese(rng: Random) -> tuple[str, str]:
    owner = rng.choice(FAMILY) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))
    head = rng.choice((owner[0] + rng.choice(("记", "家", "氏")), rng.choice(SIGN), rng.choice(SIGN)))
    return head + rng.choice(KIND), owner


def _english(rng: Random) -> tuple[str, str]:
    return f"{rng.choice(ENGLISH)} {rng.choice(ENGLISH_KIND)}", f"{rng.choice(FIRST)} {rng.choice(LAST)}"
