"""One office for the files that need no fresh one, and the mark that keeps all of this out of `make test`."""
from pathlib import Path

import pytest

from tests.proof import office as offices

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Everything in this folder is a proof."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.proof)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A fresh office for each file."""
    with offices.opened(tmp_path_factory.mktemp("office")) as office:
        yield office
