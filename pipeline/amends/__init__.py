"""amends: from an Amazon suspension mail to the one reply that works.

from amends import Appeal

appeal = Appeal(model="offline")
case = appeal.open(notice_text)
case = appeal.answer(case, {...})
case = appeal.draft(case)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amends.chat import Appeal
    from amends.errors import AmendsError
    from amends.run import StageEvent
    from amends.schemas import Case

__version__ = "0.1.0"
__all__ = ["AmendsError", "Appeal", "Case", "StageEvent", "__version__"]

_HOMES = {"Appeal": "amends.chat", "Case": "amends.schemas", "StageEvent": "amends.run", "AmendsError": "amends.errors"}


def __getattr__(name: str) -> Any:
    """Load a public name on first use: `amends --help` must not wait for the whole pipeline."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
