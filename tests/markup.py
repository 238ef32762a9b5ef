"""A page as a tree small enough to ask: elements, their attributes and their words."""
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass
class Element:
    """One element; `children` holds elements and strings."""

    tag: str
    attrs: dict[str, str]
    parent: "Element | None" = None
    children: list = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """An attribute, or `default`."""
        return self.attrs.get(name, default)

    @property
    def text(self) -> str:
        """The words inside, with single spaces."""
        return " ".join(" ".join(child if isinstance(child, str) else child.text for child in self.children).split())

    def all(self, *tags: str):
        """Every element inside with one of these tags, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def inside(self, tag: str) -> "Element | None":
        """The nearest element around this one with this tag."""
        return self.parent if self.parent is None or self.parent.tag == tag else self.parent.inside(tag)


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.at = Element("document", {})

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value if value is not None else name for name, value in attrs}, self.at)
        self.at.children.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        opened = self.at
        while opened is not None and opened.tag != tag:
            opened = opened.parent
        if opened is not None:  # an end tag of something never opened is ignored, as browsers do
            self.at = opened.parent

    def handle_data(self, data):
        self.at.children.append(data)


def read(html: str) -> Element:
    """The document."""
    builder = _Builder()
    builder.feed(html)
    return builder.root


def controls(form: Element, *tags: str):
    """The controls of a form: those inside, without those that name another form, and those elsewhere on the page that name this one."""
    root = form
    while root.parent is not None:
        root = root.parent
    own = form.get("id")
    inside = set(map(id, form.all(*tags)))
    for control in root.all(*tags):
        named = control.get("form")
        if named == own if named else id(control) in inside:
            yield control


def values_of(form: Element) -> dict[str, list[str]]:
    """What a browser would send with this form as it stands, without buttons and files."""
    found: dict[str, list[str]] = {}
    for control in controls(form, "input", "textarea", "select"):
        if control.get("name") and "disabled" not in control.attrs:
            for value in _values(control):
                found.setdefault(control.get("name"), []).append(value)
    return found


def _values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return ["".join(child for child in control.children if isinstance(child, str)).replace("\r\n", "\n").removeprefix("\n")]
    if control.tag == "select":
        options = list(control.all("option"))
        chosen = [option for option in options if "selected" in option.attrs] or ([] if "multiple" in control.attrs else options[:1])
        return [option.get("value", option.text) for option in chosen]
    kind = control.get("type", "text")
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if "checked" in control.attrs else []
    return [] if kind in ("submit", "button", "file", "image", "reset") else [control.get("value")]
