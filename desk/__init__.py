"""The staff's pages."""
from desk import (
    account,
    answer_writing,
    answers,
    audit,
    calendar_page,
    catalog,
    catalog_lists,
    catalog_teams,
    closing,
    entry,
    frame,
    notices,
    operations,
    own_account,
    people,
    person_verbs,
    quality,
    queues,
    retailers,
    search,
    settings,
    styleguide,
    tasks,
    ticket,
    ticket_papers,
    triage,
)
from desk.blueprint import desk

PAGES = (
    own_account, people, person_verbs, queues, triage, entry, closing, notices, quality, search, tasks, ticket, ticket_papers,
    answers, answer_writing, audit, calendar_page, catalog, catalog_lists, catalog_teams, operations, retailers, settings, styleguide,
)


def register(app) -> None:
    """Connect sign-in, the frame around every page, and the pages themselves."""
    frame.init_app(app)
    app.register_blueprint(account.blueprint)
    app.register_blueprint(desk)
