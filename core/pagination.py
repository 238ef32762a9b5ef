"""Pages of a list, with links that keep the filters of the address."""
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request
from sqlalchemy import func, select

from core.db import db

SIZE = 50
NEWS = "/news"  # a page that renews itself asks for its parts under its own address and this


@dataclass(frozen=True)
class Page:
    """One page of rows; `number` starts at 1."""

    rows: list
    number: int
    total: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.size))

    def url(self, number: int) -> str:
        """The present address with another page number."""
        # Not url_for: a stranger's "?_external=1" or "?endpoint=x" would reach it as an argument.
        return f"{request.path.removesuffix(NEWS)}?{urlencode(request.args.to_dict() | {'page': number})}"


def paginate(query, size: int = SIZE, whole_rows: bool = False) -> Page:
    """Run `query` (a select of one entity, or of `whole_rows`) for the page named in the address; a number out of range shows the nearest page."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    asked = request.args.get("page", 1, type=int)
    number = max(1, min(asked, -(-total // size)))
    run = db.session.execute if whole_rows else db.session.scalars
    rows = run(query.limit(size).offset((number - 1) * size)).all()
    return Page(list(rows), number, total, size)
