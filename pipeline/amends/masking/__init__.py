"""Personal data out of every text before it leaves the process, and back into what comes home."""

from __future__ import annotations

from amends.masking.masker import Masker

__all__ = ["Masker"]
