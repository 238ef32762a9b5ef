"""Python reads this file when a process starts with this folder on its path: the process then lives by the clock on the wall."""
import os

from tests.proof.wall import FILE, hang

hang(os.environ[FILE])
