"""The provider's voice markup as verbs (pure)."""
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field


class BadMarkup(ValueError):
    """The document is not markup that the provider can follow."""


@dataclass(frozen=True)
class Verb:
    """One verb with its attributes, its words and the verbs inside it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    inside: tuple["Verb", ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def seconds(self, name: str, default: float) -> float:
        """An attribute that is a number of seconds; `auto` and nonsense are the default."""
        try:
            return float(self.attributes.get(name, default))
        except ValueError:
            return default

    def yes(self, name: str) -> bool:
        """An attribute that is true."""
        return self.get(name).lower() == "true"


def read(text: str) -> list[Verb]:
    """The verbs of a document. Raises BadMarkup."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise BadMarkup(str(error)) from error
    if root.tag != "Response":
        raise BadMarkup(f"the document begins with <{root.tag}>, not with <Response>")
    return [_verb(element) for element in root]


def _verb(element: ElementTree.Element) -> Verb:
    return Verb(element.tag, dict(element.attrib), " ".join("".join(element.itertext()).split()), tuple(_verb(inner) for inner in element))
