"""What the tests of routing share."""
import pytest

from catalog.models import Certificate


@pytest.fixture
def nobody_else(database):
    """No certificates but those of the test."""
    database.session.execute(database.delete(Certificate))
