"""Fields of carriers' requests and answers (pure): gaps filled in what we send, values found in what comes."""
import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

GAP = re.compile(r"\{([a-z_]+)\}")
VARIABLES = "{variables}"


def gaps(template) -> Iterator[str]:
    """The names of the gaps in a text, or in the texts of a tree of dicts and lists."""
    for text in _texts(template):
        yield from GAP.findall(text)


def fill(template, values: Mapping[str, str], variables: Mapping[str, str]):
    """The same tree with every gap filled. A text that is nothing but {variables} becomes the mapping itself."""
    if isinstance(template, dict):
        return {key: fill(value, values, variables) for key, value in template.items()}
    if isinstance(template, list):
        return [fill(value, values, variables) for value in template]
    if template == VARIABLES:
        return dict(variables)
    return GAP.sub(lambda match: values[match[1]], template) if isinstance(template, str) else template


def flat(fields: Mapping) -> dict[str, str]:
    """Filled fields as a form has them: what is no text is written as JSON."""
    return {key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for key, value in fields.items()}


def dig(data, path: str):
    """The value at a path such as `data.list.0.id`; None where there is none. The path `.` is the whole."""
    for step in [] if path == "." else path.split("."):
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def text_at(data, path: str | None) -> str:
    """The value at a path as it can be stored; empty where there is none or where it is no single value."""
    value = dig(data, path) if path else None
    if value is None or isinstance(value, (Mapping, list)):
        return ""
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()  # half a character in JSON would break the database


def read(text: str):
    """The body of an answer: JSON, else the pairs of a form, else nothing."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return dict(parse_qsl(text, max_num_fields=100)) if text.count("&") < 100 else {}


def _texts(template) -> Iterator[str]:
    if isinstance(template, str):
        yield template
    elif isinstance(template, (Mapping, list)):
        for part in template.values() if isinstance(template, Mapping) else template:
            yield from _texts(part)
