"""A stand-in for what can be read from a Twilio account: lists with pages and day-wide filters, media, recordings, numbers, services."""
import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.serving import make_server

ACCOUNT = "AC" + "0" * 32
TOKEN = "not-a-real-token"
HOTLINE = "+12025550100"
FILTERS = {"Messages": ("DateSent>", "date_sent"), "Calls": ("StartTime>", "start_time"), "Recordings": ("DateCreated>", "date_created")}
PAGE = 2  # however many are asked for, so that every list has pages


class FakeAccount:
    """`lists` holds the rows of each kind; by path `files` holds (bytes, content type) or a place to be sent to, `single` every other resource."""

    def __init__(self):
        self.lists: dict[str, list[dict]] = {kind: [] for kind in FILTERS}
        self.media: dict[str, list[dict]] = {}
        self.files: dict[str, tuple[bytes, str] | str] = {}
        self.single: dict[str, dict] = {}
        self.errors: list[tuple[int, int]] = []
        self.deleted: list[str] = []
        self.seen: list[str] = []
        self.open = False  # to whoever comes without credentials
        self.server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def message(self, at: datetime, body: str, sid: str = "SM" + "1" * 32, direction: str = "inbound", pictures: int = 0, to: str = HOTLINE) -> None:
        """Put a text into the account."""
        self.media[sid] = [{"sid": f"ME{number:032}", "content_type": "image/png", "parent_sid": sid} for number in range(pictures)]
        self._put("Messages", sid=sid, date_sent=_said(at), date_created=_said(at), direction=direction, body=body, to=to, num_media=str(pictures),
                  num_segments="1", messaging_service_sid=None, **{"from": "+12025550177"})

    def call(self, at: datetime, sid: str = "CA" + "1" * 32, direction: str = "inbound", status: str = "completed") -> None:
        """Put a call into the account."""
        self._put("Calls", sid=sid, start_time=_said(at), date_created=_said(at), direction=direction, status=status, duration="61", to=HOTLINE,
                  parent_call_sid=None, **{"from": "+12025550177"})

    def recording(self, at: datetime, sid: str = "RE" + "1" * 32, call: str = "CA" + "1" * 32, status: str = "completed") -> None:
        """Put a recording into the account."""
        self._put("Recordings", sid=sid, date_created=_said(at), start_time=_said(at), call_sid=call, status=status, duration="12", channels=1,
                  source="RecordVerb")

    def fail_next(self, http_status: int, code: int) -> None:
        """The next request is refused with this HTTP status and error number."""
        self.errors.append((http_status, code))

    def _put(self, kind: str, **row) -> None:
        self.lists[kind].insert(0, {"account_sid": ACCOUNT, **row})  # the newest first, as there

    def _app(self) -> Flask:
        app = Flask("fake_account")
        app.before_request(self._sign_in)
        home = f"/2010-04-01/Accounts/{ACCOUNT}"
        app.add_url_rule(f"{home}/<any(Messages, Calls, Recordings):kind>.json", view_func=self._list)
        app.add_url_rule(f"{home}/Messages/<sid>/Media.json", view_func=self._media)
        app.add_url_rule(f"{home}/Recordings/<sid>.json", view_func=self._delete, methods=["DELETE"])
        app.add_url_rule("/<path:path>", view_func=self._file)
        return app

    def _sign_in(self):
        self.seen.append(request.full_path.rstrip("?"))
        given = request.authorization
        if not self.open and (given is None or (given.username, given.password) != (ACCOUNT, TOKEN)):
            return _error(401, 20003, "Authenticate")
        return _error(*self.errors.pop(0), "as asked for") if self.errors else None

    def _list(self, kind: str):
        name, column = FILTERS[kind]
        rows = [row for row in self.lists[kind] if request.args.get("To") in (None, row.get("to"))]
        if day := request.args.get(name, "")[:10]:
            rows = [row for row in rows if _read(row[column]).strftime("%Y-%m-%d") >= day]
        page = request.args.get("Page", 0, int)
        more = (page + 1) * PAGE < len(rows)
        query = urlencode({key: value for key, value in request.args.items() if key != "Page"})
        return jsonify({kind.lower(): rows[page * PAGE:(page + 1) * PAGE], "page": page, "page_size": PAGE, "uri": request.path,
                        "next_page_uri": f"{request.path}?{query}&Page={page + 1}" if more else None})

    def _media(self, sid: str):
        if sid not in self.media:
            return _error(404, 20404, "not found")
        return jsonify({"media_list": self.media[sid], "page": 0, "page_size": PAGE, "uri": request.path, "next_page_uri": None})

    def _delete(self, sid: str):
        found = [row for row in self.lists["Recordings"] if row["sid"] == sid]
        if not found:
            return _error(404, 20404, "not found")
        self.lists["Recordings"].remove(found[0])
        self.deleted.append(sid)
        return "", 204

    def _file(self, path: str):
        if path in self.single:
            return jsonify(self.single[path])
        found = self.files.get(path)
        if found is None:
            return _error(404, 20404, "not found")
        return redirect(found) if isinstance(found, str) else Response(found[0], content_type=found[1])


def _said(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC))


def _read(text: str) -> datetime:
    return datetime.strptime(text, "%a, %d %b %Y %H:%M:%S %z")


def _error(status: int, code: int, message: str):
    return jsonify(code=code, message=message, status=status, more_info=f"https://www.twilio.com/docs/errors/{code}"), status
