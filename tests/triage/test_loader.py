"""The examples of a pack: any number of files for a leaf and a language."""
import pytest

from triage.loader import examples


@pytest.mark.parametrize("name", ["zh/DLV.LATE.txt", "zh/DLV.LATE.second.txt", "zh/DLV.LATE-2.txt", "zh/other-hand/DLV.LATE.txt", "en/DLV.LATE.more.of-it.txt"])
def test_the_leaf_stands_first_in_the_name(tmp_path, name):
    path = tmp_path / "examples" / name
    path.parent.mkdir(parents=True)
    path.write_text("# what it is about\n\n  still no van \n", encoding="utf-8")
    assert list(examples(tmp_path)) == [("DLV.LATE", "still no van")]


def test_all_files_of_a_leaf_count(tmp_path):
    folder = tmp_path / "examples" / "en"
    folder.mkdir(parents=True)
    for name, text in (("DLV.LATE", "one"), ("DLV.LATE.b", "two"), ("PAY.DEBIT", "three")):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert sorted(examples(tmp_path)) == [("DLV.LATE", "one"), ("DLV.LATE", "two"), ("PAY.DEBIT", "three")]
