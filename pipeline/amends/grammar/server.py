"""One LanguageTool server process on 127.0.0.1, which never outlives the process that started it.

We start Java ourselves and give the library the address. The library's own start tries 900 ports one after another
when Java fails, hides Java's words, and restarts the server under the feet of other threads.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from importlib.resources import files
from typing import IO

from amends.errors import GrammarUnavailable
from amends.grammar.install import Engine
from amends.grammar.java import Java

HOST = "127.0.0.1"
#: Measured on two cores: first answer in 7 s instead of 11 s, and half the memory (0.7 GB instead of 1.5 GB).
_JVM_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g")
_READY_S = 90.0
_STOP_S = 5.0
#: The shell ends Java when our end of its standard input closes: also when we were killed and could do nothing.
_GUARD = """
exec 3<&0
"$@" 3<&- </dev/null & java=$!
{ read -r _ <&3; kill -9 $java; } 2>/dev/null & guard=$!
wait $java; code=$?
kill $guard 2>/dev/null
exit $code
"""


class Server:
    """A running server. `pid` leads a process group that holds Java and nothing else of ours."""

    def __init__(self, java: Java, engine: Engine) -> None:
        """Start the server and wait until it answers.

        Raises:
            GrammarUnavailable: Java ended or did not answer in 90 seconds; the message holds Java's last words.
        """
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the server
        self.port = _free_port()
        self._process = self._launch(java, engine)
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        """Process id of the group's leader."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """True while Java runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End Java and wait until it is gone. Safe to call twice."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_S if os.name == "posix" else 0.1)
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        elif self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._errors.close()

    def _launch(self, java: Java, engine: Engine) -> subprocess.Popen[bytes]:
        settings = str(files("amends.grammar") / "server.properties")
        command = [str(java.path), *_JVM_OPTIONS, "-cp", str(engine.jar), "org.languagetool.server.HTTPServer"]
        command += ["-p", str(self.port), "--config", settings]
        if os.name == "posix":
            command = ["/bin/sh", "-c", _GUARD, "sh", *command]
        try:
            return subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=self._errors, start_new_session=True
            )
        except OSError as error:
            self._errors.close()
            raise GrammarUnavailable(f"LanguageTool cannot be started: {error}.") from error

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + _READY_S
        while time.monotonic() < until:
            if not self.alive:
                raise GrammarUnavailable(
                    f"LanguageTool ended while starting: {self._last_words()}", hint="amends doctor"
                )
            if _answers(self.port):
                return
            time.sleep(0.1)
        raise GrammarUnavailable(f"LanguageTool did not answer within {_READY_S:.0f} seconds.", hint="amends doctor")

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").splitlines()
        telling = [line.strip() for line in lines if line.strip() and not line.startswith("\tat ")]
        return " | ".join(telling[-3:])[:500] or f"exit code {self._process.returncode}, no message"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", "/v2/healthcheck")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
