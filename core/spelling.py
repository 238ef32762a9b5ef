"""One spelling for what people type (pure): full width, traditional characters, circled digits and capitals are folded away."""
import unicodedata
from dataclasses import dataclass

# Characters of short replies that are written differently where the old forms are in use; each pair is old, new.
_OLD_AND_NEW = (
    "滿满 訂订 閱阅 發发 給给 條条 點点 號号 個个 時时 還还 沒没 來来 謝谢 這这 復复 覆复 顆颗 評评 為为 選选 應应 該该 錯错 對对 們们 務务 態态 處处 "
    "結结 覺觉 極极 當当 總总 體体 讓让 後后 請请 騷骚 擾扰 簡简 訊讯 資资 營营 銷销 別别 從从 單单 開开 啟启 壹一 貳二 贰二 參三 叁三 肆四 伍五 兩两 "
    "週周 歲岁 幾几 塊块 錢钱 萬万 鐘钟 張张 隻只 輛辆 樓楼 層层 話话 電电 機机 員员 貨货 壞坏 罵骂 騙骗 決决 問问 題题 辦办 爛烂 過过 現现 麼么 嗎吗 "
    "氣气 實实 說说 聽听 見见 絕绝 關关 閉闭 繼继 續续 廣广 調调 門门 誰谁 煩烦 勞劳 刪删 碼码 單单 與与 會会 間间 動动 無无 終终 場场 斷断 師师"
)
_NEW = {ord(pair[0]): pair[1] for pair in _OLD_AND_NEW.split()}
STARS = "⭐🌟★"


@dataclass(frozen=True)
class Folded:
    """`text` is the folded spelling; `origin[i]` is where its character i stands in what was typed."""

    text: str
    origin: tuple[int, ...]
    typed: str

    def rest(self, end: int) -> str:
        """What was typed from the folded place `end` on."""
        return self.typed[self.origin[end]:] if end < len(self.origin) else ""


def fold(typed: str) -> Folded:
    """The text in one spelling: small letters, plain digits and punctuation, simplified characters, pictures as spaces."""
    pairs = [(char, at) for at, raw in enumerate(typed) for char in _fold(raw)]
    return Folded("".join(char for char, _at in pairs), tuple(at for _char, at in pairs), typed)


def _fold(raw: str) -> str:
    if raw in STARS:
        return "⭐"
    plain = unicodedata.normalize("NFKC", raw).translate(_NEW).lower()
    return "".join(_visible(char) for char in plain)


def _visible(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "No":  # ❺ and its kind are digits, but not to NFKC
        return str(unicodedata.digit(char, " "))
    if kind in ("Cf", "Mn", "Me"):  # joiners, direction marks, the frame around a key's digit
        return ""
    return " " if kind in ("So", "Sk", "Zs", "Zl", "Zp", "Cc", "Cs", "Co", "Cn") else {"’": "'", "‘": "'", "“": '"', "”": '"'}.get(char, char)
