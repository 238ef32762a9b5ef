"""So many acts a second, however long each of them takes."""
import threading
import time
from collections.abc import Callable


def steadily(act: Callable[[], object], seconds: int, a_second: int) -> int:
    """Begin `act` in a thread of its own at each of its instants; how often, once the last one has ended."""
    running, began = [], time.monotonic()
    for number in range(seconds * a_second):
        time.sleep(max(0.0, began + number / a_second - time.monotonic()))
        running.append(threading.Thread(target=act))
        running[-1].start()
    for one in running:
        one.join()
    return len(running)
