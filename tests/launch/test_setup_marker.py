"""The set-up marker: current until a migration or a pack changes."""

import pytest

from core.machine.setup_marker import SetupMarker


@pytest.fixture
def root(tmp_path):
    for name in ("migrations/versions/1.py", "packs/standard/tree.yaml"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("first")
    return tmp_path


def marked(root, certain=True):
    marker = SetupMarker(root / "set-up", root, certain)
    marker.write()
    return marker


def test_nothing_is_current_before_the_first_set_up(root):
    marker = SetupMarker(root / "set-up", root, certain=True)
    assert marker.is_missing()
    assert not marker.is_current()


def test_it_is_current_after_it(root):
    assert marked(root).is_current()


@pytest.mark.parametrize("name", ["migrations/versions/1.py", "packs/standard/tree.yaml", "packs/standard/new.yaml"])
def test_a_changed_or_new_file_asks_for_another_set_up(root, name):
    marker = marked(root)
    (root / name).write_text("second")
    assert not marker.is_current()
    assert not marker.is_missing()


def test_a_renamed_file_asks_for_another_set_up(root):
    marker = marked(root)
    (root / "packs/standard/tree.yaml").rename(root / "packs/standard/other.yaml")
    assert not marker.is_current()


def test_compiled_files_do_not_count(root):
    marker = marked(root)
    (root / "migrations/versions/1.pyc").write_text("compiled")
    assert marker.is_current()


def test_a_database_elsewhere_is_set_up_again_but_not_as_new(root):
    marker = marked(root, certain=False)
    assert not marker.is_current()
    assert not marker.is_missing()
