"""SMS segments: both alphabets at their limits, and characters of two units that are never torn."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.segments import count


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 0),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 152 + "€" + "a" * 10, "GSM-7", 164, 2),
        ("a" * 152 + "€" * 77, "GSM-7", 306, 3),  # the first € would be torn
        ("ç", "UCS-2", 1, 1),  # GSM-7 has only the capital
        ("您" * 70, "UCS-2", 70, 1),
        ("您" * 71, "UCS-2", 71, 2),
        ("您" * 134, "UCS-2", 134, 2),
        ("您" * 135, "UCS-2", 135, 3),
        ("a" * 70 + "您", "UCS-2", 71, 2),
        ("𠮷" * 35, "UCS-2", 70, 1),
        ("𠮷" * 36, "UCS-2", 72, 2),
        ("𠮷" * 67, "UCS-2", 134, 3),  # 33 a piece, not 33.5
    ],
)
def test_count(text, encoding, units, segments):
    counted = count(text)
    assert (counted.encoding, counted.units, counted.segments) == (encoding, units, segments)


@given(st.text(max_size=400), st.text(max_size=5))
def test_more_text_never_takes_fewer_segments(text, more):
    assert count(text).segments <= count(text + more).segments
