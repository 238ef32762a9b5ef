"""A fresh office for each file, and the mark that keeps all of this out of `make test`."""
import tempfile
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
def office():
    """Not below pytest's own folder: each start of pytest closes that to the system user of PostgreSQL, and a proof is long."""
    with tempfile.TemporaryDirectory(prefix="redress-proof-") as folder, offices.opened(Path(folder)) as office:
        yield office
