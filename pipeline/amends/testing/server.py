"""A real HTTP server on 127.0.0.1 that speaks POST /v1/chat/completions, answers by script and records every byte."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast

from amends.testing.answers import Answer, Body, Respond, error

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it came; the names of its headers in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Body:
        """The parsed body."""
        return cast("Body", json.loads(self.body))

    @property
    def texts(self) -> list[str]:
        """The contents of its messages, in order."""
        return [message["content"] for message in self.json["messages"]]


class OpenAIServer:
    """The server, as a context manager. `script` answers one request each; after it, `respond` answers all others.

    With neither left a request is answered 400, which no client retries. `latency_s` passes before each answer.
    """

    def __init__(
        self, script: Iterable[Answer] = (), *, respond: Respond | None = None, latency_s: float = 0.0
    ) -> None:
        self.requests: list[Recorded] = []
        self.most_at_once = 0
        self.latency_s = latency_s
        self._script = list(script)
        self._respond = respond
        self._at_once = 0
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def base_url(self) -> str:
        """The base URL to give to a client."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    @property
    def recorded(self) -> bytes:
        """Every byte of every request: lines, headers and bodies. What must not leave must not be in here."""
        parts = (f"{r.path}\n{dict(r.headers)}\n".encode() + r.body for r in self.requests)
        return b"\n".join(parts)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.close_connections()
        self._http.server_close()
        self._thread.join()

    def answer_to(self, request: Recorded) -> Answer:
        """Record `request` and return what the script, else the responder, says to it; after the latency."""
        with self._lock:
            self.requests.append(request)
            scripted = self._script.pop(0) if self._script else None
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        self._closing.wait(self.latency_s)
        with self._lock:
            self._at_once -= 1
        if not request.path.endswith("/chat/completions"):
            return error(404, f"no such path: {request.path}")
        if scripted is None and self._respond is None:
            return error(400, "no answer is scripted for this request")
        return scripted or cast("Respond", self._respond)(request.json)

    def wait(self, seconds: float | None) -> bool:
        """Wait `seconds` (None: for ever); return True as soon as the server is closing."""
        return self._closing.wait(seconds)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, owner: OpenAIServer) -> None:
        self.owner = owner
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was faster
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that give up are what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.owner.answer_to(Recorded(self.path, headers, body))
        if answer.manner == "hang":
            self.server.owner.wait(None)
        if answer.manner in ("hang", "reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            self.close_connection = True
            return
        head = f"HTTP/1.1 {answer.status} Answer\r\nContent-Length: {len(answer.body)}\r\n"
        head += "".join(f"{key}: {value}\r\n" for key, value in answer.headers.items())
        self._write(head.encode() + b"\r\n", answer)

    def _write(self, head: bytes, answer: Answer) -> None:
        if answer.manner == "send":
            self.wfile.write(head + answer.body)
            return
        self.wfile.write(head)
        for byte in answer.body:
            if self.server.owner.wait(answer.drip_s):
                return
            self.wfile.write(bytes([byte]))

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""
