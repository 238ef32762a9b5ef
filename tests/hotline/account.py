"""An account at a provider for tests: what it holds is put into a dictionary, what is deleted is remembered."""
import io
import wave

from gateways.line import Fetched, LineFailure


def sound(seconds: float = 1.0) -> bytes:
    """A real, silent WAV."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * int(8000 * seconds))
    return data.getvalue()


class Account:
    """A Line whose recordings are `held` by their address; each failure in `failures` is raised once."""

    name = "twilio"

    def __init__(self):
        self.held: dict[str, bytes] = {}
        self.failures: list[LineFailure] = []
        self.deleted: list[str] = []
        self.asked: list[str] = []

    def messages(self, since):
        """None."""
        return []

    def calls(self, since):
        """None."""
        return []

    def recordings(self, since):
        """None."""
        return []

    def fetch(self, url: str, most_bytes: int) -> Fetched:
        """What is held, or the next failure."""
        self.asked.append(url)
        if self.failures:
            raise self.failures.pop(0)
        if url not in self.held:
            raise LineFailure(404, "not found", gone=True)
        if len(self.held[url]) > most_bytes:
            raise LineFailure("too_big")
        return Fetched(self.held[url], "audio/x-wav")

    def delete_recording(self, sid: str) -> None:
        """Remember it, or raise the next failure."""
        if self.failures:
            raise self.failures.pop(0)
        self.deleted.append(sid)
