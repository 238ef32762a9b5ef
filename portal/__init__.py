"""The retailer's pages: form, receipt, tracking."""
from portal.blueprint import portal
from portal.views import complaint, feedback, language, lookup, photos, receipt, tracking

VIEWS = (complaint, receipt, tracking, feedback, photos, lookup, language)


def register(app) -> None:
    """Connect the retailer's pages; importing VIEWS has put them on the blueprint."""
    app.register_blueprint(portal)
