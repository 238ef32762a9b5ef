"""Tables as CSV: read by Excel as they are (UTF-8 with a mark), streamed, and harmless when a cell begins like a formula."""
import csv
import io
from collections.abc import Iterable, Iterator

from flask import Response, stream_with_context

MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answer(name: str, lines: Iterable[Iterable]) -> Response:
    """A download; lines are written as they come."""
    return Response(stream_with_context(_written(lines)), mimetype="text/csv",
                    headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"})


def _written(lines: Iterable[Iterable]) -> Iterator[str]:
    yield MARK
    for line in lines:
        buffer = io.StringIO()
        csv.writer(buffer).writerow([_harmless(cell) for cell in line])
        yield buffer.getvalue()


def _harmless(cell) -> str:
    """A spreadsheet must not calculate what somebody wrote: text that looks like a formula gets a quote before it. Numbers stay numbers."""
    if cell is None:
        return ""
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text
