"""A walk that plays itself: a text in three scrambled parts, a question about progress, STOP, and a forgery."""
from collections.abc import Callable, Iterator

from simulator.handset import Handset

LOOK_SECONDS = 1
# After how many looks it goes on although no text came back: the application may wait 90 seconds for a missing part.
PATIENCE = {"scrambled": 120, "whole": 60, "forged": 0}
BREATH = 3
STEPS = {
    "zh": (("scrambled", "昨天那单少了两件货，单子上写的是十二件，我点了只有十件，师傅叫我先签字，说回去再补，到现在也没有人管。"
                         "上个月也少过一回，你们到底管不管？店里等着卖，客人来了没有货，这两天都白等了。请给我一个准信，什么时候补，谁来补，打电话也行，我一整天都在店里，老客人都问了好几遍了，再这样下去就要去别家买了。"),
           ("whole", "进度"), ("whole", "STOP"), ("forged", "给我退钱")),
    "en": (("scrambled", "Yesterday two cartons were missing. The slip says twelve, I counted ten, the driver told me to sign first and promised to bring the "
                         "rest later, and nobody has come back to me since. The same happened last month. Please tell me when I get the missing cartons, who "
                         "brings them, and who looks into this. I am in the shop all day and can be called on this number. Customers ask for the goods and I "
                         "have to send them away."),
           ("whole", "STATUS"), ("whole", "STOP"), ("forged", "Give me my money back")),
}


def play(handset: Handset, language: str) -> None:
    """Begin it; the rest follows by the simulator's own time."""
    _go_on(handset, iter(STEPS[language]))


def _go_on(handset: Handset, steps: Iterator[tuple[str, str]]) -> None:
    step = next(steps, None)
    if step is None:
        return
    way, body = step
    before = len(handset.inbox)
    handset.text(body, way)
    _look(handset, before, PATIENCE[way] if not handset.opted_out else BREATH, lambda: _go_on(handset, steps))


def _look(handset: Handset, before: int, looks: int, then: Callable[[], None]) -> None:
    """Wait until a text came back, at most so many looks, and a breath longer so that one can read."""
    later = handset.simulator.clock.later
    if looks and len(handset.inbox) == before:
        later(LOOK_SECONDS, lambda: _look(handset, before, looks - 1, then))
    else:
        later(BREATH, then)
