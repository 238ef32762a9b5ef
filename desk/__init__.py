"""The staff's pages."""
from desk import account, frame, queues
from desk.blueprint import desk

PAGES = (queues,)


def register(app) -> None:
    """Connect sign-in, the frame around every page, and the pages themselves."""
    frame.init_app(app)
    app.register_blueprint(account.blueprint)
    app.register_blueprint(desk)
