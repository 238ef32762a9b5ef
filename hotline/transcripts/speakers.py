"""Who speaks (pure): the words by which transcripts call staff and callers, and labels and times before a line of speech."""
import re
import unicodedata

ROLES = {
    "staff": """坐席 座席 坐席员 座席员 客服 客服人员 客服员 话务员 接线员 接听人 工作人员 热线 热线员 热线坐席 员工 我方 被叫
        agent operator staff representative rep advisor adviser assistant support callee employee hotline human_agent customer\\ service""",
    "caller": """来电 来电人 来电者 客户 用户 零售户 投诉人 诉求人 反映人 举报人 对方 市民 群众 顾客 店主 商户 主叫
        caller customer client user retailer complainant shop consumer end_user customer_1""",
    "unknown": """说话人 发言人 讲话人 讲者 说话者 声道 通道 speaker spk channel ch participant voice person""",
}
KNOWN = {word.replace("\\", "").casefold(): role for role, words in ROLES.items() for word in re.split(r"(?<!\\)\s+", words)}
_WORDS = "|".join(re.escape(word).replace(r"\ ", r"[ _]") for word in sorted(KNOWN, key=len, reverse=True))
_NAME = rf"(?:{_WORDS})(?:(?:[ _#-]?(?:\d{{1,6}}|[a-z](?![a-z]))|[ _-][0-9a-z]{{1,15}})(?!\d*:\d\d)|[ ]?[（(][^）)\n]{{1,20}}[）)])?"
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_TIME = rf"[\[(（【<]?\s*({_CLOCK})(?:\s*(?:-->|->|-|~|—|–|至|到)\s*({_CLOCK}))?\s*[\])）】>]?"
# A time before or behind the name, the name bare with a colon or tab, or in brackets with or without one.
_LINE = re.compile(
    rf"^\s*(?:{_TIME}[\s,，:：]*)?(?:(?:[\[(（【<]\s*(?P<inside>{_NAME})\s*[\])）】>]\s*(?:{_TIME})?\s*[:：]?|"
    rf"(?P<bare>{_NAME})\s*(?:{_TIME})?\s*(?:[:：]|\t|(?(7)$|(?!))))\s*)?", re.IGNORECASE)


def role(label: str) -> str:
    """What the transcript's name of a speaker means: caller, staff or unknown."""
    plain = unicodedata.normalize("NFKC", label).strip().casefold()
    bare = re.sub(r"\s*\([^)]*\)$|[ _#-]?\d+$", "", plain)
    first = re.match(rf"(?:{_WORDS})(?![a-z])", plain)
    return KNOWN.get(plain) or KNOWN.get(bare) or (KNOWN[first[0].replace("_", " ")] if first and first[0].replace("_", " ") in KNOWN else "unknown")


def split(line: str) -> tuple[str, float | None, float | None, str]:
    """(label, start, end, words) of one line. What is no label and no time stays in the words."""
    match = _LINE.match(line)
    label = match["inside"] or match["bare"] or ""
    times = [seconds(group) for group in (match[1], match[2], match[4], match[5], match[7], match[8]) if group]
    if not label and (not times or not _alone(line, match)):
        return "", None, None, line.strip()
    return label.strip(), next(iter(times), None), times[1] if len(times) > 1 else None, line[match.end():].strip()


def seconds(clock: str) -> float:
    """Seconds of 0:12, 00:01:12.5 or 00:01:12,500."""
    found = 0.0
    for part in clock.replace(",", ".").split(":"):
        found = found * 60 + float(part)
    return found


def _alone(line: str, match: re.Match) -> bool:
    """A time without a name is a stamp only in brackets or before a gap: "12:30 的车" is a time of day that was spoken of."""
    stamp = line[:match.end()].strip()
    return stamp[:1] in "[(（【<" and stamp[-1:] in "])）】>"
