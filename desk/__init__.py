"""The staff's pages."""
from desk import account, closing, entry, frame, notices, own_account, quality, queues, search, tasks, triage
from desk.blueprint import desk

PAGES = (own_account, queues, triage, entry, closing, notices, quality, search, tasks)


def register(app) -> None:
    """Connect sign-in, the frame around every page, and the pages themselves."""
    frame.init_app(app)
    app.register_blueprint(account.blueprint)
    app.register_blueprint(desk)
