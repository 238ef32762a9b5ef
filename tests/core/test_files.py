"""What counts as a photo: what it is, not what it is called, and only if it can be seen to the last line."""
import io

import pytest
from PIL import Image

from core import files
from core.errors import DomainError


def picture(kind: str, **more) -> bytes:
    """A photo of noise, large enough that half of it is still a good beginning."""
    out = io.BytesIO()
    Image.effect_noise((200, 150), 80).convert("RGB").save(out, kind, **more)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "known_as"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")])
def test_a_photo_is_known_by_its_content(kind, known_as):
    assert files.image_type(picture(kind)) == known_as


def test_a_telephones_photo_with_a_second_picture_is_a_jpeg():
    data = picture("MPO", save_all=True, append_images=[Image.new("RGB", (200, 150))])
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "MPO"
    assert files.image_type(data) == "image/jpeg"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_half_a_photo_is_none(kind):
    data = picture(kind)
    with pytest.raises(DomainError, match="not_an_image"):
        files.image_type(data[:len(data) // 2])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<svg/>", picture("BMP"), picture("TIFF")])
def test_anything_else_is_no_photo(data):
    with pytest.raises(DomainError, match="not_an_image"):
        files.image_type(data)


def test_too_many_pixels_are_refused_before_they_are_decoded(monkeypatch):
    monkeypatch.setattr(files, "MAX_PIXELS", 200 * 150 - 1)
    monkeypatch.setattr(Image.Image, "load", lambda image: pytest.fail("decoded"))
    with pytest.raises(DomainError, match="not_an_image"):
        files.image_type(picture_of_many)


picture_of_many = picture("PNG")


@pytest.mark.parametrize(("said", "kept"), [("no\0te.png", "note.png"), ("C:\\a\\b.png", "b.png"), ("\0", "photo")])
def test_a_file_name_can_be_stored(database, said, kept):
    assert files.store_image(picture("PNG"), said).filename == kept
