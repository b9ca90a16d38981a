"""What several test modules share: the running grammar engine, and a sane start for the processes they start."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from amends.errors import GrammarUnavailable
from amends.grammar import GrammarEngine, warm_up


def pytest_configure() -> None:
    """Let Ctrl-C reach the processes that tests start, also where this one runs in the background and ignores it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def languagetool() -> Iterator[GrammarEngine]:
    """The real engine, started once for all tests. Missing: a failure in CI, elsewhere a skip that says why."""
    with GrammarEngine(os.environ.get("AMENDS_LANGUAGETOOL_URL")) as engine:
        try:
            warm_up(engine)
        except GrammarUnavailable as error:
            if os.environ.get("CI") == "true":
                pytest.fail(f"CI needs the grammar engine: {error}")
            pytest.skip(f"no grammar engine: {error}")
        yield engine


@pytest.fixture(scope="session", autouse=True)
def _compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the processes that tests start share compiled modules, also where the tests' own may not write any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("bytecode")))
        yield
