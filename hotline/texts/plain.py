"""A short text as it is compared with lists of words (pure)."""
import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """Letters and digits alone, narrow and small: spaces, punctuation and emoji say nothing here."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def folded_all(words: Iterable[str]) -> frozenset[str]:
    """A list of words, each as `folded` gives it."""
    return frozenset(folded(word) for word in words) - {""}


def made_of(text: str, words: frozenset[str]) -> bool:
    """True if the folded text is nothing but folded `words`, one or several after one another ("好的，谢谢")."""
    said = folded(text)
    reached = {0}
    for start in range(len(said)):
        if start in reached:
            reached.update(start + len(word) for word in words if said.startswith(word, start))
    return bool(said) and len(said) in reached
