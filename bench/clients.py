"""Retailers in a process of their own: so many at once, each files so many complaints; prints one JSON line. Started by accept.py."""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.retailer import STEPS, Receipt, Retailer


def main(url: str, clients: int, each: int) -> dict:
    """How long the whole run took, from the first form to the last receipt, and every step of every complaint."""
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        receipts = [receipt for mine in pool.map(lambda who: _file(url, who, each), range(clients)) for receipt in mine]
    took = time.perf_counter() - began
    return {"accepted": len(receipts), "seconds": took, "steps": {step: [r.seconds[n] for r in receipts] for n, step in enumerate(STEPS)}}


def _file(url: str, who: int, each: int) -> list[Receipt]:
    # A new visitor for each complaint, as in life: no session is carried over. Numbers differ, because a number has a cap.
    stamp = time.time_ns() // 1000 % 10**6
    receipts = []
    for turn in range(each):
        with Retailer(url) as visitor:
            receipts.append(visitor.file(f"第 {turn} 次，货还没有送到", f"13{who}{(stamp + turn) % 10**6:06}{turn % 100:02}", f"小店 {who}"))
    return receipts


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
