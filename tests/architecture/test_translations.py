"""Chinese is as complete as English, always."""
from tests import translations


def test_nothing_is_untranslated():
    assert translations.missing() == []


def test_translations_name_the_same_values():
    assert translations.wrong_placeholders() == []


def test_no_english_stands_in_chinese():
    assert translations.english_in_chinese() == []


def test_the_checks_see_the_catalogue():
    assert len(translations.translated()) > 300
