"""Goods and people that a text names (pure): brands, what stands in quotation marks, capitals in English, family names with a title."""
import re

# The longest first: 软中华 is not read as 中华.
BRANDS = tuple(sorted((
    "软中华 硬中华 细支中华 中华 玉溪 利群 芙蓉王 软云 硬云 云烟 黄鹤楼 白沙 南京 红塔山 红双喜 双喜 黄金叶 娇子 七匹狼 贵烟 苏烟 泰山 长白山 真龙 好猫 兰州 大重九 和天下 牡丹 "
    "天子 荷花 宽窄 钻石 哈德门 人民大会堂 黄山 延安 将军 石狮 万宝路 红河 金圣 红旗渠 猴王 大前门 雄狮 中南海 熊猫 金桥 都宝 阿诗玛 五叶神 小熊猫 龙凤呈祥 红金龙 大红鹰 "
    "雪莲 冬虫夏草 呼伦贝尔 紫云 红杉树 恒大 迎客松 都宝 三五 七星").split(), key=len, reverse=True))
FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
TITLES = "师傅|经理|主任|科长|队长|站长|所长|局长|组长|哥|姐|老师|会计"
ROLES = "客户经理|订货员|送货员|司机|师傅|经理|业务员|检查员|稽查员|专管员"
_QUOTED = re.compile(r"[「“\"《『]([^」”\"》』]{2,12})[」”\"》』]")
_CALLED = re.compile(rf"(?<![一-鿿])?[小老]([{FAMILIES}])(?!板|伯)|([{FAMILIES}])(?:{TITLES})|(?:{ROLES})(?:叫|是|姓)?([{FAMILIES}])[一-鿿]{{1,2}}(?=[说讲来把叫让在没不总又跟打骂，。,. ]|$)|姓([{FAMILIES}])的")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Driver|Inspector|Officer|Manager)\.?\s+([A-Z][a-z]+)|\b(?:mister|miss|mrs|called|named)\s+([A-Za-z]{3,})\b")
_CAPITALS = re.compile(r"(?<=[a-z,;\d] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_NO_NAMES = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:January|February|March|April|May|June|July|August|September|October|November|December)|"
                       r"^(?:Please|Order|Invoice|Street|Road|Mill|Park|High|Station|Lane|App|Portal|Rep|Report|Mr|Mrs|Ms|Miss)\b", re.IGNORECASE)


def goods(text: str) -> frozenset[str]:
    """Brands and quoted names; English names in small letters."""
    found, rest = set(), text
    for brand in BRANDS:
        if brand in rest:
            found.add(brand)
            rest = rest.replace(brand, " ")
    quoted = {match[1].lower() for match in _QUOTED.finditer(rest)}
    capitals = {match[0].lower() for match in _CAPITALS.finditer(_TITLED.sub(" ", rest)) if not _NO_NAMES.match(match[0])}
    return frozenset(found | quoted | capitals)


def people(text: str) -> frozenset[str]:
    """Family names of people who are called by them."""
    chinese = {next(filter(None, match.groups())) for match in _CALLED.finditer(text)}
    return frozenset(chinese | {next(filter(None, match.groups())).lower() for match in _TITLED.finditer(text)})


def same(one: str, other: str) -> bool:
    """True if two names may be the same thing: 中华 and 软中华."""
    return one == other or one.endswith(other) or other.endswith(one)
