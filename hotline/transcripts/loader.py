"""Loading the dictionary of a pack."""
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from catalog.loader import read
from core.errors import DomainError
from core.i18n import LANGUAGES
from core.upsert import put
from hotline.transcripts.models import DOMAINS, DictionaryTerm


def load_dictionary(folder: Path, refresh: bool = False) -> Counter:
    """Load `folder`/dictionary.yaml in the present transaction. Raises DomainError `bad_pack`."""
    content = read(folder / "dictionary.yaml")
    return Counter(put(DictionaryTerm, key, values, refresh) for key, values in _terms(content, folder))


def _terms(content: dict, folder: Path) -> Iterator[tuple[dict, dict]]:
    """(key, values) of every term: `LANGUAGE: DOMAIN: meant: [heard, ...]`."""
    for language, domains in content.items():
        for domain, terms in domains.items():
            if language not in LANGUAGES or domain not in DOMAINS:
                raise DomainError("bad_pack", f"{folder}: the dictionary has an unknown language or domain {language}.{domain}")
            for position, (meant, heard) in enumerate(terms.items()):
                yield {"language": language, "meant": meant}, {"domain": domain, "heard": [str(form) for form in heard], "position": position}
