"""An OpenAI-compatible endpoint on this machine whose answers a test chooses."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Reply:
    """What the endpoint sends: a status, headers and a body, after `after_s` seconds.

    `drip_s` seconds pass between every two bytes of the body.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after_s: float = 0.0
    drip_s: float = 0.0


def completion(content: object) -> Reply:
    """Return a chat completion whose message is `content`, as JSON unless it is text."""
    words = content if isinstance(content, str) else json.dumps(content)
    return Reply(json.dumps({"choices": [{"message": {"content": words}}]}).encode())


def refusal(status: int, message: str = "no", **headers: str) -> Reply:
    """Return an error as endpoints word them."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message}}).encode(), status, named)


Chooser = Callable[[Mapping[str, Any], int], Reply]


class LocalEndpoint:
    """Serves `/v1/chat/completions` in a thread and remembers what it was asked.

    Args:
        replies: What it sends in turn, the last one for ever; or a function of the request
            and its number from 0.
    """

    def __init__(self, *replies: Reply, choose: Chooser | None = None) -> None:
        self._choose = choose or (lambda _, number: replies[min(number, len(replies) - 1)])
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                endpoint._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def sentences(self, request: int = -1) -> str:
        """Return the numbered sentences of one request."""
        return str(self.requests[request]["messages"][-1]["content"])

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        request = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        with self._lock:
            number = len(self.requests)
            self.requests.append(request)
            self.headers.append(dict(handler.headers))
            self.paths.append(handler.path)
        reply = self._choose(request, number)
        self._closing.wait(reply.after_s)
        try:
            handler.send_response(reply.status)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Length", str(len(reply.body)))
            handler.end_headers()
            if not reply.drip_s:
                handler.wfile.write(reply.body)
                return
            for byte in reply.body:
                handler.wfile.write(bytes([byte]))
                time.sleep(reply.drip_s)
        except OSError:
            pass  # the other side waits no longer
