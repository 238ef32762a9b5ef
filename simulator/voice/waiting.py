"""What a call can wait for, and what a person at either end may do meanwhile; by itself nothing has an effect."""


class Waiting:
    """`kind` is what the page shows. Each step is called inside the call's own order of steps."""

    kind = "busy"

    def __init__(self, call):
        self.call = call
        self.timer = 0

    def begin(self) -> None:
        """Called once, when the call begins to wait."""

    def press(self, key: str) -> None:
        """The caller presses a key."""

    def say(self, words: str, confidence: float) -> bool:
        """The caller speaks; True if somebody or something heard it."""
        return False

    def stay_silent(self, seconds: int) -> None:
        """The caller breathes into the phone."""

    def staff(self, what: str) -> None:
        """The other end does something: answer, busy, hang_up."""

    def left(self) -> None:
        """The caller hung up, or the application ended the call."""

    def describe(self) -> dict:
        """What the page shows of it."""
        return {"kind": self.kind}

    def within(self, seconds: float, step) -> None:
        """Have `step` called if the call still waits for this then, and no later timer was set."""
        self.timer += 1
        mine = self.timer

        def ring():
            if self.call.waiting is self and self.timer == mine:
                step()

        self.call.after(seconds, ring)


class Pausing(Waiting):
    """The machine speaks, or says nothing for a while."""

    kind = "speaking"

    def __init__(self, call, seconds: float):
        super().__init__(call)
        self.seconds = seconds

    def begin(self) -> None:
        """Go on after the time."""
        self.within(self.seconds, self.call.proceed)
