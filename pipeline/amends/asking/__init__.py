"""`amends ask`: the questions of a case, at the terminal or as a file, and the answers as a facts file.

The talk is a small pure state machine (`talk`); only `run` reads and prints. The answers are on disk after each one.
"""

from __future__ import annotations

from amends.asking.errand import Errand, run
from amends.asking.screen import confirmation, screen
from amends.asking.talk import Talk, start, step

__all__ = ["Errand", "Talk", "confirmation", "run", "screen", "start", "step"]
