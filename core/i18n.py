"""The reader's language, and how instants, days and bilingual data are said in it."""
from datetime import datetime

from flask import g, has_request_context, request, session
from flask_babel import Babel, force_locale, format_date, format_datetime, get_locale
from flask_babel import gettext as _
from flask_login import current_user

from core import clock, organisation

LANGUAGES = {"zh": "简体中文", "en": "English"}
DEFAULT = "zh"
HTML_LANG = {"zh": "zh-CN", "en": "en"}


def init_app(app) -> None:
    """Connect Flask-Babel and the template helpers."""
    Babel(app, default_locale=DEFAULT, default_translation_directories=app.config["TRANSLATIONS"],
          locale_selector=choose, timezone_selector=lambda: str(organisation.zone()))
    app.before_request(remember)
    app.jinja_env.filters.update(when=when, day_hour=day_hour, day=day)
    app.jinja_env.globals.update(pick=pick, language=language, html_lang=lambda: HTML_LANG[language()])


def remember() -> None:
    """A `?lang=` in the address is the reader's choice and is kept."""
    wanted = request.args.get("lang")
    if wanted in LANGUAGES:
        session["lang"] = wanted


def choose() -> str:
    """The reader's choice, else the signed-in person's, else Chinese."""
    if not has_request_context():
        return g.get("lang", DEFAULT)
    kept = session.get("lang")
    if kept in LANGUAGES:
        return kept
    return getattr(current_user, "language", None) or DEFAULT


def language() -> str:
    """The language in force: zh or en."""
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else DEFAULT


def spoken(lang: str):
    """Context manager: say everything inside in `lang` (for messages to a person other than the reader)."""
    return force_locale(lang if lang in LANGUAGES else DEFAULT)


def pick(zh: str, en: str) -> str:
    """The text in the reader's language, the other one if it is missing."""
    first, second = (zh, en) if language() == "zh" else (en, zh)
    return first or second or ""


def when(at: datetime | None) -> str:
    """A short instant: 11月19日 10:42 / 19 Nov 10:42, with the year when it is not this one; empty for None."""
    if at is None:
        return ""
    this_year = at.astimezone(organisation.zone()).year == clock.now().astimezone(organisation.zone()).year
    return format_datetime(at, _WHEN[language()][this_year])


def day_hour(at: datetime | None) -> str:
    """A promise's instant with its weekday: 11月24日 周二 10:11 / Tue 24 Nov, 10:11."""
    return "" if at is None else format_datetime(at, {"zh": "M月d日 EEE HH:mm", "en": "EEE d MMM, HH:mm"}[language()])


def day(at) -> str:
    """A day: 11月24日 周二 / Tue 24 Nov."""
    if at is None:
        return ""
    pattern = {"zh": "M月d日 EEE", "en": "EEE d MMM"}[language()]
    return format_datetime(at, pattern) if isinstance(at, datetime) else format_date(at, pattern)


def month(first) -> str:
    """A month by one of its days: 2026年11月 / Nov 2026."""
    return format_date(first, {"zh": "y年M月", "en": "MMM y"}[language()])


_WHEN = {"zh": {True: "M月d日 HH:mm", False: "y年M月d日 HH:mm"}, "en": {True: "d MMM HH:mm", False: "d MMM y HH:mm"}}

__all__ = ["DEFAULT", "LANGUAGES", "_", "choose", "day", "day_hour", "init_app", "language", "month", "pick", "spoken", "when"]
