"""Words of a ticket as tokens, Chinese cut into words, for the database's text search."""
import rjieba

MOST = 20_000
QUOTING = frozenset("'\\")  # would end the quoted word in the tsquery


def tokens(*texts: str | None) -> str:
    """The tokens of several texts, separated by spaces; at most 20,000 characters are read."""
    joined = "\n".join(text for text in texts if text)[:MOST]
    words = (word.strip().lower() for word in rjieba.cut_for_search(joined))
    return " ".join(sorted({word for word in words if word and any(map(str.isalnum, word))}))


def query(text: str) -> str:
    """A tsquery of all words of `text`, each as a prefix; empty if there is no word in it. A number with a hyphen in it is one word."""
    words = (word.strip().lower() for word in rjieba.cut(text[:200]))
    return " & ".join(f"'{word}':*" for word in words if any(map(str.isalnum, word)) and not set(word) & QUOTING)
