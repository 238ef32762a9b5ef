"""What of a text is counted."""
from triage import features


def test_chinese_in_runs_and_english_in_pieces_with_their_ends():
    assert set(features.written("货少了")) == {"货", "少", "了", "货少", "少了", "货少了"}
    found = features.written("APP late")
    assert {" late ", " lat", "ate ", " app "} <= set(found)
    assert features.written("ＡＰＰ") == features.written("app")


def test_words_and_their_neighbours():
    assert "late again" in features.said("Late again")


def test_a_misheard_word_sounds_the_same():
    assert set(features.heard("定火")) == set(features.heard("订货"))
    assert set(features.heard("扣宽")) == set(features.heard("扣款"))
    assert set(features.heard("扣款")) != set(features.heard("送货"))


def test_every_text_has_something_to_count():
    assert len(features.heard("english only")) == len(features.heard("")) == 1
