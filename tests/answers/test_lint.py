"""What a reply must not say: words found, words rightly let through, and where they stand."""
import pytest

from answers.lint import Finding, check

OURS = ("redress.example.com", "400-000-0000", "+8613800001234")


def codes(text, may_promise=False, lang="zh"):
    return [finding.code for finding in check(text, may_promise, lang, OURS)]


@pytest.mark.parametrize(
    "text",
    ["我们保证下周补货。", "一定会给您解决", "对不起，肯定能退", "对不起我们保证退款", "不仅如此，我们承诺赔偿", "百分之百没问题",
     "无法今天答复，但保证明天答复"],
)
def test_promises_in_chinese(text):
    assert codes(text) == ["promise"]
    assert codes(text, may_promise=True) == []


@pytest.mark.parametrize(
    "text",
    ["We guarantee delivery.", "I PROMISE", "Rest assured.", "You will definitely get it", "It is 100% sure",
     "We cannot come today, but we promise to come tomorrow", "Not only that: we guarantee it"],
)
def test_promises_in_english(text):
    assert codes(text, lang="en") == ["promise"]
    assert codes(text, may_promise=True, lang="en") == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("我们不能向您保证数量。", "zh"),
        ("这件事无法给您任何承诺", "zh"),
        ("在一定程度上，一定时间内", "zh"),
        ("按服务承诺书第三条办理", "zh"),
        ("We cannot guarantee a quantity.", "en"),
        ("We can't promise that", "en"),
        ("We are unable to give any assurance or promise", "en"),
        ("本公司不开展任何促销活动", "zh"),
        ("举报电话12313，案件编号61122 4831 7", "zh"),
        ("您的订单少送2条，11月24日前补送。", "zh"),
        ("", "zh"),
    ],
)
def test_clean(text, lang):
    assert codes(text, lang=lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("本周有特价，欢迎选购", "zh", "promotion"),
        ("这款口感好", "zh", "promotion"),
        ("a best-seller in your area", "en", "promotion"),
        ("低焦油，危害更小", "zh", "health"),
        ("a low-tar, less harmful product", "en", "health"),
    ],
)
def test_promotion_and_health_claims_are_found_in_every_leaf(text, lang, code):
    assert set(codes(text, may_promise=True, lang=lang)) == {code}


@pytest.mark.parametrize(
    "text",
    ["请看 https://evil.example.net/x?a=1", "www.other.cn", "加 shop.example.org/t/1 查询", "发到 a@mail.example.com",
     "https://redress.example.com.evil.net/", "http://notredress.example.com"],
)
def test_strange_links(text):
    assert codes(text) == ["link"]


@pytest.mark.parametrize(
    "text",
    ["https://redress.example.com/t/13912345678 查看进度", "打开redress.example.com:8443/t/x，输入编号", "https://REDRESS.example.com。",
     "拨打400-000-0000", "拨打4000000000", "致电138 0000 1234", "＋８６13800001234"],
)
def test_our_own_links_and_numbers_may_be_named(text):
    assert codes(text) == []


@pytest.mark.parametrize("text", ["加我13912345678", "139-1234-5678", "+86 139 1234 5678", "0571-88005678", "４００８００５６７８"])
def test_strange_numbers(text):
    assert codes(text) == ["phone"]


@pytest.mark.parametrize("text", ["身份证330102199003071234", "33010219900307123X", "卡号6222020200112233445"])
def test_personal_data(text):
    assert codes(text) == ["personal"]


def test_findings_say_where_they_stand_in_the_text_as_it_was_typed():
    text = "您好，我们保证。请看ｗｗｗ．other.cn"
    assert check(text, may_promise=False, lang="zh") == [
        Finding("promise", (5, 7), "保证"),
        Finding("link", (10, 22), "ｗｗｗ．other.cn"),
    ]


def test_a_word_of_the_other_language_is_found_too():
    assert codes("我们 guarantee 补货") == ["promise"]
