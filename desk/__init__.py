"""The staff's pages."""
from desk.account import own, ties
from desk.account import views as account
from desk.admin import (
    answer_writing,
    answers,
    audit,
    calendar_page,
    catalog,
    catalog_lists,
    catalog_teams,
    dictionary,
    learning,
    operations,
    retailers,
    season_page,
    settings,
    styleguide,
    text_words,
)
from desk.blueprint import IdConverter, desk
from desk.calls import log as calls_log
from desk.calls import views as calls
from desk.frame import context
from desk.hot import answering as hot_answering
from desk.hot import issue as hot_issue
from desk.hot import listing as hot_listing
from desk.hot import opening as hot_opening
from desk.hot import parents as hot_parents
from desk.hotline import views as hotline
from desk.improvement import listing, sheet, steps
from desk.improvement import tickets as improvement_tickets
from desk.lists import closing, due, notices, quality, queues, search, tasks
from desk.people import returning, verbs
from desk.people import views as people
from desk.recordings import views as recordings
from desk.reports import views as figures
from desk.roster import views as roster
from desk.ticket import doubles, papers, second
from desk.ticket import views as ticket
from desk.transcripts import taking
from desk.transcripts import views as transcripts
from desk.triage import entry
from desk.triage import views as triage

PAGES = (
    calls, calls_log, own, ties, people, verbs, returning, queues, due, triage, entry, closing, notices, quality, search, tasks, ticket, doubles, papers, second,
    answers, answer_writing, audit, calendar_page, season_page, catalog, catalog_lists, catalog_teams, learning, operations, retailers, settings,
    styleguide, hotline, figures, listing, sheet, steps, improvement_tickets, recordings, taking, transcripts, dictionary, text_words,
    hot_listing, hot_issue, hot_opening, hot_parents, hot_answering, roster,
)


def register(app) -> None:
    """Connect sign-in, the frame around every page, and the pages themselves."""
    context.init_app(app)
    app.url_map.converters["id"] = IdConverter
    app.register_blueprint(account.blueprint)
    app.register_blueprint(desk)
