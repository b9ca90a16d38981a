"""One gate for all calls to a provider: after a 429 they wait together instead of each finding out alone."""

from __future__ import annotations

import asyncio
import random
import time


class Gate:
    """Open, or closed until a moment of the monotonic clock. For one event loop."""

    def __init__(self) -> None:
        self._opens_at = 0.0

    def close_for(self, seconds: float) -> None:
        """Keep everyone waiting for `seconds` from now; a later opening already set stays."""
        self._opens_at = max(self._opens_at, time.monotonic() + seconds)

    async def wait(self) -> None:
        """Return when the gate is open; those who waited leave spread over a tenth of their wait, so as not to rush."""
        while (left := self._opens_at - time.monotonic()) > 0:
            await asyncio.sleep(left + random.uniform(0, left / 10))
