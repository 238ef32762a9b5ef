"""The worker of worker.py with a fork for every job, as rq does by itself. Started by jobs.py, to be compared with."""
import sys
from pathlib import Path

from rq import Worker

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import worker


class Forking(worker.OurWorker):
    """Nothing is done in the worker itself."""

    execute_job = Worker.execute_job


if __name__ == "__main__":
    worker.OurWorker = Forking
    worker.main()
