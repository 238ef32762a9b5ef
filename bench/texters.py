"""Many machines of the provider in a process of their own, each telling of so many texts; prints one JSON line. Started by hotline.py.

`texters.py URL TOKEN CLIENTS EACH FIRST`: numbers count from FIRST; with an empty TOKEN they only look at /health/live.
"""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.texter import Texter

PLAIN = "星期二该送的货到今天还没送来，都晚了三天了，麻烦催一下司机什么时候送"


def main(url: str, token: str, clients: int, each: int, first: int) -> dict:
    """How long the whole run took, and every answer."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        answers = [seconds for mine in pool.map(lambda who: _tell(url, token, each, first + who * each), range(clients)) for seconds in mine]
    return {"answers": answers, "seconds": time.perf_counter() - began}


def _tell(url: str, token: str, each: int, first: int) -> list[float]:
    with Texter(url, token) as texter:
        if not token:
            return [texter.look("/health/live") for _ in range(each)]
        return [texter.text(f"+86136{number:08}", f"{PLAIN} {number}")[1] for number in range(first, first + each)]


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))))
