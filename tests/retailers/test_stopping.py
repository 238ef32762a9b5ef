"""Who asks for no more texts, and who does not."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retailers.stopping import PROVIDER_WORDS, provider_word, starts, stops

STOP_ZH = ("退订 退訂 退订！ 退定 退订了 请退订 我要退订 麻烦退订 退订短信 T t TD ＴＤ 回T 回复TD 退订T TD退订 取消订阅 取消短信 关闭短信提醒 拒收 拒收短信 拒绝接收短信 停止发送 停止发短信 停止推送 "
           "别再发了 别再發了 别发了 不要再发了！ 别发短信了 不要再给我发短信 不要再给我发短信了 别给我发短信了，谢谢 请不要再发短信给我 请勿再发短信 以后不要发短信了 短信别发了 短信不要再发了 不用再发短信了 不需要短信通知 "
           "不要短信 不想收短信 我不想再收到你们的短信 不再接收短信 能不能别发短信了 烦死了别发了 烦死了，不要再发了 别再骚扰我 不要再打扰我了 请勿打扰 别再发这种短信 不要再给我发垃圾短信 不要发短信，打电话 "
           "把我的号码删掉 把我从名单里删除 不要再發短訊給我").split(" ")
STOP_EN = ["STOP", "stop", "Stop.", '"STOP"', "ＳＴＯＰ", "STOP STOP", "stop please", "Please stop!", "stop all", "STOPALL", "stop-all", "unsubscribe me", "I want to unsubscribe", "opt out", "Opt-out", "REVOKE",
           "stop texting me", "please stop texting me!!", "stop sending me texts", "stop sending me text messages", "stop these messages", "do not text me again", "don’t text me anymore", "dont send me any more messages",
           "no more texts please", "take me off this list", "Take me off your list.", "remove my number", "I don't want these texts", "i do not want to receive any more messages", "could you please stop sending me messages",
           "leave me alone", "CANCEL", "End.", "quit"]
NO_STOP_ZH = ("别再发过期的货了 别发货了 不要发货 货不要发了 不要再发错货 别再发次品 不要再发软包了 停止发货 停止供货 退货 退订那批货 退订两条 退订订单 取消 取消订单 取消订货 我要取消订单 取消投诉 拒收货物 这批货我拒收 "
              "别打电话了，发短信 不要再打电话了 别骗我了 不要再拖了 不要了 不用了 不用了谢谢 不需要 算了 T恤 特价 短信没收到 为什么不发短信 收不到你们的短信 短信说今天到怎么没到 光发短信有什么用 不要只发短信，给我打电话解决 "
              "别光发短信，要解决问题 不想订了 没了 结束 撤诉 5 满意 别发火 不收货").split(" ")
NO_STOP_EN = ["STOP sending me stale goods", "stop the delivery", "please stop delivering at noon", "stop calling me, text me", "stop calling", "stop cheating us", "stop sending me the wrong brand", "stop sending", "stop by my shop",
              "cancel my order", "I want to cancel", "please cancel", "cancel it", "cancel the complaint", "END of month and still no rebate", "the end", "I quit ordering", "weekend", "no more broken boxes", "no messages received",
              "don't send the goods", "don't call me text me", "remove the wrong charge", "why did you stop my supply", "T shirt", "text me", "don't bother", "WITHDRAW", "yes", "5", ""]


@pytest.mark.parametrize("text", STOP_ZH + STOP_EN)
def test_no_more_texts(text):
    assert stops(text)


@pytest.mark.parametrize("text", NO_STOP_ZH + NO_STOP_EN)
def test_something_else(text):
    assert not stops(text)


@pytest.mark.parametrize("word", PROVIDER_WORDS)
def test_the_providers_words_in_any_case_and_with_punctuation(word):
    assert {provider_word(text) for text in (word, word.upper(), f" {word.title()}! ", f"“{word}”")} == {word}


@pytest.mark.parametrize("text", ["stop all", "please stop", "退订", "STOP sending me stale goods", "cancel my order", "", "5"])
def test_the_provider_takes_one_word_only(text):
    assert provider_word(text) is None


def test_whoever_writes_much_has_something_to_tell():
    assert not stops("别再发了" + "，" * 100 + "别再发了")


@pytest.mark.parametrize("text", ["START", "start", "Unstop", "YES", "yes!", "Yes please", "恢复", "恢复短信", "订阅", "重新订阅", "可以发短信了", "恢復", "text me again", "you can text me again"])
def test_texts_again(text):
    assert starts(text)
    assert not stops(text)


@pytest.mark.parametrize("text", ["恢复供货", "恢复送货", "继续送货", "可以发货了", "重新发货", "YES the goods came", "start delivering", "开通订货", "好的", "ok", "STOP", ""])
def test_no_wish_for_texts(text):
    assert not starts(text)


@settings(max_examples=300)
@given(st.text() | st.text(alphabet="别再不要发短信了给我退订停止 stop,。！T"))
def test_whatever_is_typed_is_answered(text):
    assert stops(text) in (True, False)
    assert starts(text) in (True, False)
    assert provider_word(text) is None or stops(text)
