"""What holds on every page of ours."""
from tests.markup import Element


def check(path: str, tree: Element) -> None:
    """What holds on every page of ours."""
    _check_heading(path, tree)
    _check_forms(path, tree)
    _check_ids(path, tree)
    _check_policy(path, tree)


def _check_heading(path: str, tree: Element) -> None:
    headings = [h.text for h in tree.all("h1")]
    title = next(tree.all("title")).text
    assert len(headings) == 1, f"{path} has {len(headings)} h1: {headings}"
    assert headings[0], f"{path} has an empty h1"
    assert headings[0] in title, f"{path}: the title {title!r} does not contain the h1 {headings[0]!r}"


def _check_forms(path: str, tree: Element) -> None:
    labelled = {label.get("for") for label in tree.all("label")}
    for control in tree.all("input", "textarea", "select"):
        assert _has_label(control, labelled), f"{path}: {control.get('name')} ({control.get('id')}) has no label"
    for form in tree.all("form"):
        tokens = [i.get("value") for i in form.all("input") if i.get("name") == "csrf_token"]
        assert form.get("method").lower() != "post" or any(tokens), f"{path}: {form.get('action')} has no CSRF field"


def _check_ids(path: str, tree: Element) -> None:
    ids = [element.get("id") for element in _everything(tree) if element.get("id")]
    twice = {i for i in ids if ids.count(i) > 1}
    assert not twice, f"{path}: the same id twice: {twice}"


def _check_policy(path: str, tree: Element) -> None:
    for element in _everything(tree):
        bad = [name for name in element.attrs if name == "style" or name.startswith("on")]
        assert not bad, f"{path}: <{element.tag} {bad[0]}> is refused by the content security policy"
        assert element.tag != "script" or element.get("src") or "json" in element.get("type"), f"{path}: inline script"


def _has_label(control: Element, labelled: set[str]) -> bool:
    if control.get("type") in ("hidden", "submit", "button"):
        return True
    around = control.inside("label")
    named = control.get("aria-label") or control.get("aria-labelledby") or around is not None and around.text
    return bool(named) or control.get("id") in labelled - {""}


def _everything(element: Element):
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _everything(child)
