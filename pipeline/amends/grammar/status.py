"""What `amends doctor` says of the grammar engine, without starting it."""

from __future__ import annotations

from pathlib import Path

from amends.errors import GrammarUnavailable
from amends.grammar.install import Engine, find_engine
from amends.grammar.java import JAVA_HINT, Java, find_java
from amends.schemas import Frozen


class EngineStatus(Frozen):
    """Java, engine and remote server as found. `missing` is empty when grammar can be checked; `mend` are commands."""

    java: Java | None = None
    engine: Engine | None = None
    url: str | None = None
    missing: tuple[str, ...] = ()
    mend: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """True when nothing is missing. Whether a remote server answers is only known once it is asked."""
        return not self.missing


def engine_status(*, url: str | None = None, cache: Path | None = None) -> EngineStatus:
    """Return what is there and what is missing. Runs `java -version` only; a remote `url` needs nothing here."""
    engine = find_engine(cache)
    try:
        java, why = find_java(), ""
    except GrammarUnavailable as error:
        java, why = None, error.message
    lacks = [] if java else [(why, JAVA_HINT)]
    lacks += [] if engine else [("LanguageTool is not installed.", "amends setup")]
    if url:
        lacks = []
    return EngineStatus(
        java=java, engine=engine, url=url or None, missing=tuple(w for w, _ in lacks), mend=tuple(m for _, m in lacks)
    )
