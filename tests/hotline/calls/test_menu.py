"""The table of the voice menu: keys, spoken choices, silence, numbers, and that every road ends."""
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.calls import menu
from hotline.calls.menu import MOST_TRIES, STEPS, Entered, Turn, address, case_no, chosen, enter, follow, kept_words, read_turn

NUMBER = "6112248317"
ALL = dict.fromkeys(("found", "rateable", "somebody", "open", "said", "number", "known"), True)


@pytest.mark.parametrize(("step", "keys", "expected"), [
    ("main", "1", "progress"), ("main", "2", "staff"), ("main", "3", "message"), ("main", "4", "rate"), ("main", "0", "main"), ("main", "*", "main"),
    ("told", "1", "progress"), ("told", "2", "staff"), ("told", "3", "message"), ("told", "0", "told"),
    ("rate", "5", "rated"), ("rate", "1", "rated"), ("rate", "*", "rate"), ("rated", "3", "message"), ("rated", "2", "staff"),
    ("leave", "1", "message"), ("leave", "2", "callback"), ("leave", "3", "message"), ("progress", "*", "main"), ("progress", "0", "progress"), ("message", "1", "record"),
])
def test_a_key_leads_where_the_table_says(step, keys, expected):
    assert follow(Turn(step), Entered(keys=keys)).step == expected


def test_repeating_costs_no_try():
    assert follow(Turn("main", tries=1), Entered(keys="0")) == Turn("main", tries=1)


def test_nine_changes_the_language_both_ways():
    english = follow(Turn(), Entered(keys="9"))
    assert english == Turn("main", "en")
    assert follow(english, Entered(keys="9")) == Turn("main", "zh")


def test_a_score_goes_along():
    assert follow(Turn("rate"), Entered(keys="4")).about == "4"


@pytest.mark.parametrize("step", [name for name, step in STEPS.items() if step.asks == "key"])
def test_silence_and_wrong_keys_go_on_after_three_tries(step):
    for entered in (Entered(), Entered(keys="7") if "7" not in STEPS[step].ways else Entered()):
        turn = Turn(step)
        for tries in range(1, MOST_TRIES):
            turn = follow(turn, entered)
            assert (turn.step, turn.tries) == (step, tries)
        assert follow(turn, entered).step == STEPS[step].after


def test_a_key_that_is_not_offered_is_told_and_silence_is_not():
    assert follow(Turn(), Entered(keys="7")).notice == "not_offered"
    assert follow(Turn(), Entered()).notice == ""


@pytest.mark.parametrize(("words", "key"), [
    ("人工", "2"), ("我要转人工。", "2"), ("查进度", "1"), ("留言", "3"), ("Agent.", "2"), ("English", "9"), ("Leave a message", ""),
    ("leave message", "3"), ("我要投诉", ""), ("昨天的货到现在都没有送来，问进度也没有人说", ""), ("", ""),
])
def test_a_spoken_choice_is_a_key(words, key):
    assert chosen(Turn(), Entered(words=words)) == key


@pytest.mark.parametrize(("words", "score"), [("非常满意", "5"), ("满意", "4"), ("不满意", "2"), ("很不满意", "1"), ("不太满意", "2"),
                                              ("五分", "5"), ("Five", "5"), ("一般", "3")])
def test_a_score_can_be_spoken(words, score):
    assert follow(Turn("rate"), Entered(words=words)) == Turn("rated", about=score)


def test_a_score_is_not_found_inside_another_word():
    assert chosen(Turn("rate"), Entered(words="on the phone")) == ""


def test_what_is_no_choice_is_kept_and_leads_to_the_tone():
    said = Entered(words="昨天的货到现在都没有送来，我等了一整天")
    assert kept_words(Turn(), said) == said.words
    assert follow(Turn(), said) == Turn("record", notice="noted")


@pytest.mark.parametrize("step", ["progress", "rate", "staff", "record"])
def test_words_at_a_question_with_its_own_answers_are_no_complaint(step):
    assert kept_words(Turn(step), Entered(words="昨天的货到现在都没有送来，我等了一整天")) == ""


@pytest.mark.parametrize("entered", [Entered(keys=NUMBER), Entered(words="六一一二二四八三一七"), Entered(words="6 1 1 2 2 4 8 3 1 7"),
                                     Entered(words="six one one two two four eight three one seven")])
def test_a_case_number_is_keyed_or_said(entered):
    assert case_no(entered) == NUMBER
    assert follow(Turn("progress"), entered) == Turn("told", about=NUMBER)


@pytest.mark.parametrize("keys", ["6112248318", "611224831", "61122483171", "12", "9" * 10])
def test_a_wrong_number_is_asked_for_again_three_times_and_then_staff(keys):
    turn = Turn("progress", "en")
    for _ in range(MOST_TRIES - 1):
        turn = follow(turn, Entered(keys=keys))
        assert (turn.step, turn.notice) == ("progress", "wrong_number")
    assert follow(turn, Entered(keys=keys)) == Turn("staff", "en")


def test_a_number_of_no_case_counts_as_a_try():
    told = Turn("told", about=NUMBER)
    assert enter(told, ALL | {"found": False}) == Turn("progress", tries=1, notice="no_such_case")
    assert enter(replace(told, tries=2), ALL | {"found": False}) == Turn("staff")


@pytest.mark.parametrize(("turn", "facts", "expected"), [
    (Turn("rate"), {"rateable": False}, Turn("main", notice="nothing_to_rate")),
    (Turn("rate"), {}, Turn("rate")),
    (Turn("progress"), {"known": False}, Turn("progress", notice="nothing_open")),
    (Turn("progress", tries=1, notice="wrong_number"), {"known": False}, Turn("progress", tries=1, notice="wrong_number")),
    (Turn("progress"), {}, Turn("progress")),
    (Turn("staff"), {"open": False}, Turn("leave", notice="closed")),
    (Turn("staff", tries=3), {"somebody": False}, Turn("leave", notice="nobody")),
    (Turn("staff"), {}, Turn("staff")),
    (Turn("callback"), {"number": False}, Turn("record", notice="no_number")),
    (Turn("callback"), {}, Turn("callback")),
    (Turn("record", tries=1, notice="heard_nothing"), {}, Turn("kept")),
    (Turn("record", tries=1), {"said": False}, Turn("record", tries=1)),
    (Turn("record"), {}, Turn("record")),
])
def test_where_a_caller_comes_to_depends_on_the_facts(turn, facts, expected):
    assert enter(turn, ALL | facts) == expected


@pytest.mark.parametrize("dial", ["no-answer", "busy", "failed", "canceled", ""])
def test_the_next_one_is_rung_when_nobody_answers(dial):
    assert follow(Turn("staff"), Entered(dial=dial)) == Turn("staff", tries=1)


@pytest.mark.parametrize("dial", ["completed", "answered"])
def test_after_a_talk_the_call_is_over(dial):
    assert follow(Turn("staff"), Entered(dial=dial)) == Turn("over")


def test_a_message_is_kept_and_silence_after_the_tone_asked_once_more():
    assert follow(Turn("record"), Entered(recorded=True)) == Turn("kept")
    assert follow(Turn("record"), Entered()) == Turn("record", tries=1, notice="heard_nothing")
    assert follow(Turn("record", tries=2), Entered()) == Turn("bye")


@given(st.sampled_from(sorted(STEPS)), st.sampled_from(["zh", "en"]), st.integers(0, 9), st.from_regex(r"\d{0,11}", fullmatch=True))
def test_an_address_names_its_turn(step, language, tries, about):
    turn = Turn(step, language, tries, about if about.isascii() else "")
    assert read_turn(address(turn)) == turn


@given(st.text(max_size=40))
def test_any_address_is_some_turn(rest):
    assert read_turn(rest).step in STEPS


keys = st.sampled_from(["", *"0123456789*", NUMBER, "hangup"])
dials = st.sampled_from(["", "completed", "no-answer", "busy"])
entries = st.builds(Entered, keys=keys, words=st.text(max_size=30), recorded=st.booleans(), dial=dials)


@given(st.sampled_from(sorted(STEPS)), entries, st.dictionaries(st.sampled_from(sorted(ALL)), st.booleans()))
def test_whatever_is_entered_leads_to_a_step(step, entered, facts):
    turn = enter(follow(Turn(step), entered), ALL | facts)
    assert turn.step in STEPS


@given(st.dictionaries(st.sampled_from(sorted(ALL)), st.booleans()), st.integers(1, 3))
def test_a_silent_call_always_ends(facts, groups):
    turn = Turn()
    for _step in range(30):
        if STEPS[turn.step].asks == "nothing":
            return
        turn = enter(follow(turn, Entered()), ALL | facts | {"somebody": turn.tries + 1 < groups})
    raise AssertionError(f"still at {turn}")


def test_every_way_of_the_table_is_a_step():
    ways = {way for step in STEPS.values() for way in (*step.ways.values(), step.after)} - {"language"}
    assert ways <= STEPS.keys()
    assert menu.SPOKEN.keys() <= STEPS.keys()
