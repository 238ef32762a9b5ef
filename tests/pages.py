"""A browser for tests that always checks what every page must have: status, headings, labels, CSRF fields, live links.

    client = PageClient(app).sign_in(staff(roles=("admin",)))
    page = client.submit(client.get("/desk/me"), language="zh")
"""
import secrets
from urllib.parse import urlsplit

from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from accounts import sessions
from core.db import db
from desk.account.signed_in import TOKEN
from tests.markup import Element, controls, read, values_of
from tests.page_rules import check

REDIRECTS = (301, 302, 303, 307, 308)


class Page:
    """An answer: `path` is where it came from after redirects, `tree` its elements, `text` its words."""

    def __init__(self, path: str, response):
        self.path, self.status, self.headers, self.data = path, response.status_code, response.headers, response.data
        self.is_html = response.mimetype == "text/html"
        self.html = response.get_data(as_text=True) if self.is_html else ""
        self.tree = read(self.html)

    @property
    def text(self) -> str:
        """The words of the page's body."""
        return next(self.tree.all("body"), self.tree).text

    @property
    def heading(self) -> str:
        """The words of the h1."""
        return next(self.tree.all("h1")).text

    @property
    def links(self) -> list[str]:
        """Where the links inside lead, without fragments."""
        return _leading(self.tree)

    @property
    def links_of_main(self) -> list[str]:
        """`links` without those of the frame, which stand on every page of the desk."""
        return _leading(next(self.tree.all("main"), self.tree))

    def forms(self, method: str = "post") -> list[Element]:
        """The forms of the page."""
        return [form for form in self.tree.all("form") if form.get("method", "get").lower() == method]

    def form(self, action: str | None = None) -> Element:
        """The form whose action ends with `action`; without it, the one form of the main part that has fields to fill."""
        if action is not None:
            found = [form for form in self.forms() + self.forms("get") if _path(form.get("action"), self.path).endswith(action)]
        else:
            main = next(self.tree.all("main"), self.tree)
            own = [form for form in main.all("form") if form.get("method").lower() == "post" and not form.get("action").endswith("/language")]
            found = [form for form in own if not form.get("action") or _path(form.get("action"), self.path) == self.path] or own
        assert found, f"{self.path} has no form {action or ''}; it has {[f.get('action') for f in self.forms()]}"
        return found[0]


class PageClient:
    """A browser. `get` and `submit` follow redirects and check the page they end on."""

    def __init__(self, app):
        self.app, self.browser = app, app.test_client()

    def sign_in(self, user) -> "PageClient":
        """Be signed in as `user`, by a real session row but without the cost of a password."""
        token = sessions.sign_in(user, "127.0.0.1", "tests")
        db.session.commit()
        with self.browser.session_transaction() as cookie:
            cookie[TOKEN] = token
        return self

    def get(self, path: str, status: int = 200, links: bool = False, **options) -> Page:
        """Open a page; `links` follows every link of its main part and refuses a dead one."""
        page = self._open("GET", path, status, **options)
        if links:
            for href in page.links_of_main:
                self._open("GET", _path(href, page.path), None)
        return page

    def submit(self, page: Page, action: str | None = None, status: int = 200, button: str | None = None, files=None, **fields) -> Page:
        """Fill and send a form as a browser would: what stands in it goes along; a list gives several values, None leaves one out.

        `action` chooses the form by the end of its address, `button` presses the one with this name=value or value.
        """
        form = page.form(action)
        sent = values_of(form)
        if button is not None:
            name, value, where = _pressed(form, button)
            sent |= {name: [value]} if name else {}
        else:
            where = ""
        for name, value in fields.items():
            sent[name] = [] if value is None else [str(v) for v in value] if isinstance(value, list | tuple | set) else [str(value)]
        target = _path(where or form.get("action"), page.path)
        if form.get("method", "get").lower() == "get":
            return self._open("GET", target, status, query_string=MultiDict(sent))
        data = MultiDict([(k, v) for k, values in sent.items() for v in values])
        data.update(files or {})
        return self._open("POST", target, status, data=data)

    def post(self, path: str, status: int = 200, **fields) -> Page:
        """Send fields that no page offers, with a right CSRF token: what somebody does who wants to get past the page."""
        with self.browser.session_transaction() as cookie:
            kept = cookie.setdefault("csrf_token", secrets.token_hex(20))
        token = URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps(kept)
        return self._open("POST", path, status, data={"csrf_token": token, **fields})

    def _open(self, method: str, path: str, status: int | None, **options) -> Page:
        response = self._fetch(method, path, **options)
        for _hop in range(5):
            if response.status_code not in REDIRECTS or status in REDIRECTS:
                break
            place = urlsplit(response.location)
            if place.netloc not in ("", "localhost", "redress.test"):
                raise AssertionError(f"{path} leads away to {response.location}")
            method, path = "GET", place.path + (f"?{place.query}" if place.query else "")
            response = self._fetch(method, path)
        page = Page(path.split("?")[0], response)
        if status is None:
            assert response.status_code < 400 or response.status_code == 403, f"dead link {path}: {response.status_code}"
        else:
            assert response.status_code == status, f"{method} {path}: {response.status_code} instead of {status}\n{page.text[:600]}"
        if page.is_html and page.status not in REDIRECTS:
            check(page.path, page.tree)
        return page

    def _fetch(self, method: str, path: str, **options):
        # What the test made is committed first, and the request gets a session of its own: a view that forgets to commit is found out.
        db.session.commit()
        with self.app.app_context():
            response = self.browser.open(path, method=method, **options)
            response.get_data()
            return response


def _leading(tree: Element) -> list[str]:
    found = (a.get("href") for a in tree.all("a"))
    return sorted({href.split("#")[0] for href in found if href.startswith(("/", "?"))} - {""})


def _path(href: str, here: str) -> str:
    return here + href if href.startswith("?") else href or here


def _pressed(form: Element, button: str) -> tuple[str, str, str]:
    for found in controls(form, "button", "input"):
        if button in (f"{found.get('name')}={found.get('value')}", found.get("value"), found.get("name")) and found.get("type") != "hidden":
            return found.get("name"), found.get("value"), found.get("formaction")
    raise AssertionError(f"no button {button}")
