"""The standard answers of the packs: one for every leaf, truly its own, sayable, and the same in both languages."""
import re
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from answers import lint, placeholders, segments

PACKS = Path(__file__).parents[2] / "packs"
LANGS = ("zh", "en")
COMMON = {"ack", "ack_anonymous", "ack_beside", "ask", "interim", "decline", "decline_noise", "transfer", "close", "close_fast", "survey",
          "survey_reminder", "reminder", "extension", "handover", "opted_in", "progress", "no_case", "help", "withdraw_ask", "withdraw_which", "withdrawn",
          "reopened", "notice", "shared_answer", "ack_added"}
# Filled in by the system, always there. The messages nobody writes by hand may use no others.
KNOWN = {"case_no", "handler", "team", "resolve_due", "received_on", "org", "tracking_url", "hotline", "progress"}
BY_TEXT = {"ack_added", "progress", "no_case", "help", "withdraw_ask", "withdraw_which", "withdrawn", "reopened"}
UNWRITTEN = {"ack", "ack_anonymous", "ack_beside", "reminder", "survey", "survey_reminder", "close", "close_fast", "decline_noise", "handover", "opted_in"} | BY_TEXT
# The longest values a message may meet: a signed link, a company's full name.
LONGEST = {"case_no": "61122 4831 7", "org": "云溪市卷烟配送有限责任公司", "hotline": "0571-12345678",
           "tracking_url": "https://complaints.example.org/t/" + "x" * 43, "resolve_due": "2026-12-24",
           "progress": "61122 4831 7：已经交给专人，11月24日 周二前答复您。\n" * 3}
# Answers are compared by the share of character trigrams they have in common (Jaccard). Templates with only the nouns
# swapped share 0.8 and more of them, texts written on their own about another matter 0.1 to 0.25 (English more than
# Chinese, as its function words are long). 0.6 would already mean that most of the words are the same.
TOO_ALIKE = 0.6
# What staff call things among themselves, and tones that a retailer should not be met with.
STAFF_WORDS = {"zh": ("工单", "派单", "签收", "SLA", "提交成功", "耐心", "！", "亲"),
               "en": ("ticket", "SLA", "successfully", "patience", "!", "dear")}


def load(path):
    """A YAML file of the packs."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


LEAVES = {leaf["code"]: leaf for path in PACKS.glob("*/catalog.yaml") for leaf in load(path)["leaves"]}
ANSWERS = [answer for path in sorted(PACKS.glob("*/answers/*.yaml")) for answer in load(path)]
PURPOSES = {answer["purpose"]: answer for answer in ANSWERS if answer["leaf"] is None}
each_answer = pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer["code"])
each_lang = pytest.mark.parametrize("lang", LANGS)


def words(answer, lang):
    """The whole text as it stands, with its placeholders."""
    return placeholders.join(answer[f"parts_{lang}"], lang)


def bare(text):
    """The text without placeholders."""
    return re.sub(r"\{\{.*?\}\}", "", text)


def trigrams(text):
    """All runs of three characters, spaces and placeholders left out."""
    text = re.sub(r"\s", "", bare(text)).lower()
    return {text[i:i + 3] for i in range(len(text) - 2)}


def likeness(a, b):
    """Jaccard index of two sets, 0 to 1."""
    return len(a & b) / len(a | b)


def longest(purpose, lang):
    """A message as long as it can become."""
    parts = placeholders.render_parts(PURPOSES[purpose][f"parts_{lang}"], LONGEST, lang, ZoneInfo("Asia/Shanghai"))
    return placeholders.join(parts, lang)


def test_every_leaf_but_noise_has_an_answer_and_every_purpose_a_text():
    assert {answer["leaf"] for answer in ANSWERS if answer["purpose"] == "answer"} == set(LEAVES) - {"OTH.NOISE"}
    assert set(PURPOSES) == COMMON
    assert len({answer["code"] for answer in ANSWERS}) == len(ANSWERS)


@each_answer
def test_an_answer_has_its_keys_and_paragraphs(answer):
    assert set(answer) == {"code", "purpose", "leaf", "title_zh", "title_en", "parts_zh", "parts_en"}
    for lang in LANGS:
        parts = answer[f"parts_{lang}"]
        assert all(len(part) == 1 and set(part) <= {"free", "locked"} for part in parts)
        # A value that ends without a full stop would run into the next sentence.
        assert all(text.endswith("\n") for part in parts[:-1] for text in part.values())


@each_answer
def test_both_languages_have_the_same_parts_and_placeholders(answer):
    zh, en = answer["parts_zh"], answer["parts_en"]
    assert [list(part) for part in zh] == [list(part) for part in en]
    assert set(placeholders.names_of(zh)) == set(placeholders.names_of(en))


@each_answer
def test_a_name_has_one_type_and_needs_no_name_of_a_person(answer):
    found = [name for name, _type in placeholders.names_of(answer["parts_zh"])]
    assert len(found) == len(set(found))
    # Without a value nothing is sent, and an anonymous person has neither.
    assert not {"shop", "contact_name"} & set(found)


@each_answer
def test_chinese_is_chinese_and_english_english(answer):
    for text in (answer["title_zh"], *bare(words(answer, "zh")).split("\n")):
        assert re.search(r"[\u4e00-\u9fff]", text) or not re.search(r"[A-Za-z]", text), text
        assert not re.search(r"[A-Za-z]{4,}", text), f"English in the Chinese text: {text}"
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", answer["title_en"] + words(answer, "en"))


@each_lang
def test_answers_differ_between_leaves(lang):
    texts = [(answer, trigrams(words(answer, lang))) for answer in ANSWERS if answer["purpose"] == "answer"]
    alike = [(a["code"], b["code"], round(likeness(x, y), 2)) for (a, x), (b, y) in combinations(texts, 2)
             if a["leaf"] != b["leaf"] and likeness(x, y) >= TOO_ALIKE]
    assert not alike


def test_swapped_nouns_would_be_found():
    """The measure can fail: the same template about another matter is over the line."""
    text = words(next(answer for answer in ANSWERS if answer["code"] == "A-DLV-001"), "zh")
    assert likeness(trigrams(text), trigrams(text.replace("送货", "订货").replace("线路", "系统"))) >= TOO_ALIKE


@each_lang
def test_answers_of_one_leaf_differ_too(lang):
    """A leaf has a second answer for another outcome, not for another wording."""
    for a, b in combinations([answer for answer in ANSWERS if answer["purpose"] == "answer"], 2):
        if a["leaf"] == b["leaf"]:
            assert likeness(trigrams(words(a, lang)), trigrams(words(b, lang))) < TOO_ALIKE, (a["code"], b["code"])


@each_lang
@each_answer
def test_the_lint_that_guards_replies_finds_nothing(answer, lang):
    may_promise = bool(answer["leaf"]) and LEAVES[answer["leaf"]]["may_promise"]
    assert not lint.check(answer[f"title_{lang}"] + "\n" + words(answer, lang), may_promise, lang)


@each_answer
def test_not_even_a_softened_promise_where_none_may_be_made(answer):
    """Stricter than the lint: approved text does not use these words at all, whatever stands before them."""
    if answer["leaf"] is None or LEAVES[answer["leaf"]]["may_promise"]:
        return
    assert not re.search(r"一定|保证|确保|承诺|绝对", words(answer, "zh"))
    assert not re.search(r"guarantee|promise|assure|definitely|certainly", words(answer, "en"), re.IGNORECASE)
    assert "promise_date" not in dict(placeholders.names_of(answer["parts_zh"]))


@each_lang
@each_answer
def test_plain_words_without_the_terms_of_the_staff_room(answer, lang):
    text = answer[f"title_{lang}"] + words(answer, lang)
    assert not [term for term in STAFF_WORDS[lang] if re.search(rf"(?<![A-Za-z]){term}(?![A-Za-z])", text)]
    # 受理 is the law's own word for accepting an application, and only there.
    assert "受理" not in text or answer["leaf"] == "REG.LICENCE"


@each_lang
@pytest.mark.parametrize("purpose", ["ack", "ack_anonymous", "ack_beside", "close_fast", "survey", "survey_reminder", "reminder", "opted_in", *sorted(BY_TEXT)])
def test_a_text_message_takes_three_segments_at_most(purpose, lang):
    assert segments.count(longest(purpose, lang)).segments <= 3


@each_lang
def test_the_acknowledgement_of_a_sealed_or_anonymous_matter_tells_nothing(lang):
    """Whoever finds the phone learns a number: no organisation, no link, no kind of matter."""
    parts = PURPOSES["ack_anonymous"][f"parts_{lang}"]
    assert placeholders.names_of(parts) == [("case_no", "text")]
    assert not re.search(r"举报|投诉|烟|report|complain|tobacco|illegal", words(PURPOSES["ack_anonymous"], lang), re.I)


@pytest.mark.parametrize("purpose", sorted(UNWRITTEN))
def test_what_the_system_sends_by_itself_needs_nothing_from_a_handler(purpose):
    assert {name for name, _type in placeholders.names_of(PURPOSES[purpose]["parts_zh"])} <= KNOWN


@each_lang
@pytest.mark.parametrize("purpose", ["survey", "survey_reminder"])
def test_the_survey_asks_for_one_to_five_and_gives_the_link(purpose, lang):
    text = words(PURPOSES[purpose], lang)
    assert {"1", "5"} <= set(re.findall(r"\d", text)) and "{{tracking_url}}" in text


@each_lang
def test_the_survey_explains_the_scores_in_its_first_piece_and_offers_every_reason(lang):
    """The codes are the places of satisfaction.services.REASONS."""
    scores, reasons = longest("survey", lang).split("\n")
    assert segments.count(scores).segments == 1
    assert all(str(digit) in scores for digit in range(1, 6))
    assert re.findall(r"(?<=[：，:, ])(\d) ", reasons)[:6] == list("123456")


@each_lang
def test_enforcement_tells_procedure_remedies_and_time_limits(lang):
    text = words(next(answer for answer in ANSWERS if answer["leaf"] == "REG.ENFORCE"), lang)
    wanted = {"zh": ("陈述和申辩", "听证", "复议", "六十日", "六个月", "十五日", "起诉"),
              "en": ("state your case", "hearing", "reconsideration", "sixty days", "six months", "fifteen days", "sue")}
    assert not [term for term in wanted[lang] if term not in text]


@each_lang
@pytest.mark.parametrize("leaf", ["RPT.ILLICIT", "RPT.DIVERT", "RPT.MINOR"])
def test_a_reporter_hears_received_and_passed_on_and_no_handlers_name(leaf, lang):
    found = {name for answer in ANSWERS if answer["leaf"] == leaf
             for name, _type in placeholders.names_of(answer[f"parts_{lang}"])}
    assert found == {"case_no", "received_on", "passed_on", "found"}
