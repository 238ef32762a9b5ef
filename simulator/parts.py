"""How a long text is cut into what a carrier sends, and what the provider does at a single word (pure)."""
from random import Random

GSM7 = frozenset("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                 "abcdefghijklmnopqrstuvwxyzäöñüà")
GSM7_TWICE = frozenset("^{}\\[~]|€\f")  # these take two places
STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START_WORDS = frozenset({"START", "YES", "UNSTOP"})
ALONE = {"gsm": 160, "ucs2": 70}
JOINED = {"gsm": 153, "ucs2": 67}
FEWEST = 3


def places(text: str) -> tuple[str, list[int]]:
    """The alphabet that the text needs, and how many places each character takes in it."""
    if all(char in GSM7 or char in GSM7_TWICE for char in text):
        return "gsm", [2 if char in GSM7_TWICE else 1 for char in text]
    return "ucs2", [len(char.encode("utf-16-le")) // 2 for char in text]


def segments(text: str) -> int:
    """How many messages a carrier makes of it."""
    alphabet, sizes = places(text)
    return 1 if sum(sizes) <= ALONE[alphabet] else len(_filled(text, sizes, JOINED[alphabet]))


def cut(text: str) -> list[str]:
    """The text as a carrier hands it on that does not join its parts: all full but the last. One that is not long is cut in three."""
    alphabet, sizes = places(text)
    if sum(sizes) > ALONE[alphabet]:
        return _filled(text, sizes, JOINED[alphabet])
    return _filled(text, sizes, max(2, -(-sum(sizes) // FEWEST)))


def _filled(text: str, sizes: list[int], most: int) -> list[str]:
    pieces, room = [""], most
    for char, size in zip(text, sizes, strict=True):
        if size > room:
            pieces.append("")
            room = most
        pieces[-1] += char
        room -= size
    return pieces


def scrambled(count: int, chance: Random) -> list[int]:
    """The numbers from 0 in an order that is certainly not theirs, if there are two or more."""
    order = list(range(count))
    while count > 1 and order == sorted(order):
        chance.shuffle(order)
    return order


def opting(text: str) -> str:
    """`out` or `in` if the provider takes this text as such a word, else nothing. Only a text of one word counts."""
    word = text.strip().upper()
    return "out" if word in STOP_WORDS else "in" if word in START_WORDS else ""
