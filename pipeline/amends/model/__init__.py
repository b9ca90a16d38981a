"""The only door to langchain and openai: structured questions, retries, repair, masking and what it all cost.

Importing this package imports neither; the first question does.
"""

from __future__ import annotations

from amends.model.clients import close_clients, run
from amends.model.door import Door, Request, open_door

__all__ = ["Door", "Request", "close_clients", "open_door", "run"]
