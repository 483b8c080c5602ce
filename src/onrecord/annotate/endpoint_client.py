"""Ask an OpenAI-compatible endpoint: one conversation out, the words of its answer back.

Words go to the host of the URL and nowhere else: redirects are refused, and a
host on this machine is never asked through a proxy. Whatever comes back is
bounded in size and time and believed in nothing.
"""

from __future__ import annotations

import http.client
import json
import logging
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any

from onrecord.annotate.endpoint_address import CHAT_PATH, KEY_VARIABLE, Address
from onrecord.errors import ModelError, QueryError, ReadError

# Room for the longest honest answer about one window; a model that repeats itself is cut off.
MOST_ANSWER_TOKENS = 4_096
MOST_BYTES = 2_000_000
_MOST_SAID = 200
# Asking again may help with these and with any 5xx; 400, 413 and 422 concern one request only.
_PASSING = frozenset({408, 425, 429})
_OF_ONE_REQUEST = frozenset({400, 413, 422})
_TOO_MANY = 429
# A request that took its whole time once is likely to take it again.
_MOST_TIMEOUTS = 2

Message = Mapping[str, str]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for an endpoint.

    Attributes:
        timeout_s: Seconds for one whole answer.
        tries: Requests in all before a report is given up.
        first_pause_s: Seconds before the second try; each further pause is twice as long.
        longest_pause_s: Most seconds of a pause, also where the endpoint asks for more.
    """

    timeout_s: float = 120.0
    tries: int = 5
    first_pause_s: float = 1.0
    longest_pause_s: float = 60.0


class Client:
    """Asks one model at one endpoint.

    Args:
        address: Model and base URL.
        key: Sent as a bearer token; never shown, logged or stored.
        patience: How long to wait.
        wait: Sleeps for so many seconds.

    Raises:
        QueryError: The key holds characters that no header can carry.
    """

    def __init__(
        self,
        address: Address,
        key: str | None = None,
        patience: Patience | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address = address
        self._key = (key or "").strip()
        if not re.fullmatch(r"[!-~]*", self._key):
            raise QueryError(
                KEY_VARIABLE, "holds characters that no key has", "Set it to the key alone."
            )
        self._patience = patience or Patience()
        self._wait = wait
        # Not every endpoint knows these; those it refuses are left out from then on.
        self._options: dict[str, Any] = {
            "temperature": 0,
            "seed": 1,
            "max_tokens": MOST_ANSWER_TOKENS,
            "response_format": {"type": "json_object"},
        }
        self._reached = False
        self._tired = False

    def ask(self, messages: Sequence[Message]) -> str | None:
        """Return what the model answers, None when the endpoint's answer holds no words.

        Raises:
            ReadError: It gave no answer in the time and tries allowed, or refused this request.
            ModelError: It cannot be reached, or refuses every request.
        """
        # After a report was given up the next ones wait no longer, until there is an answer.
        tries = 1 if self._tired else self._patience.tries
        timeouts = 0
        for number in range(1, tries + 1):
            try:
                words = self._exchange(messages)
            except _PassingError as trouble:
                timeouts += trouble.timed_out
                if number == tries or timeouts >= _MOST_TIMEOUTS:
                    self._tired = not trouble.too_many
                    raise self._given_up(trouble, number) from None
                self._pause(number, trouble.wanted_pause_s)
            else:
                self._reached, self._tired = True, False
                return words
        raise AssertionError("the last try returns or raises")

    def _pause(self, number: int, wanted_s: float | None) -> None:
        pause = self._patience.first_pause_s * 2 ** (number - 1) if wanted_s is None else wanted_s
        self._wait(min(pause, self._patience.longest_pause_s))

    def _given_up(self, trouble: _PassingError, tries: int) -> ReadError:
        times = "1 try" if tries == 1 else f"{tries} tries"
        return ReadError(
            self.address.url,
            f"{self.address.model} gave no answer in {times} ({trouble.reason})",
            "Run the same command again later: what was read is kept.",
        )

    def _exchange(self, messages: Sequence[Message]) -> str | None:
        """Send one request, more often only while the endpoint refuses an option by name."""
        while True:
            try:
                return _words_in(self._send(messages))
            except urllib.error.HTTPError as error:
                with error:
                    self._judge(error)
            except (OSError, http.client.HTTPException) as error:
                raise self._unreachable(error) from None

    def _send(self, messages: Sequence[Message]) -> bytes | None:
        body = {"model": self.address.model, "messages": list(messages), **self._options}
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": f"onrecord/{version('onrecord')}",
        }
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(
            self.address.url + CHAT_PATH, json.dumps(body).encode("ascii"), headers, method="POST"
        )
        proxies = urllib.request.ProxyHandler({} if self.address.is_here else None)
        opener = urllib.request.build_opener(proxies, _NoRedirects)
        until = time.monotonic() + self._patience.timeout_s
        with opener.open(request, timeout=self._patience.timeout_s) as response:
            return _bounded(response, until)

    def _judge(self, error: urllib.error.HTTPError) -> None:
        """Raise what a refusal means; return when the request is worth sending once more."""
        self._reached = True
        code = error.code
        said = _said(error)
        if code in _PASSING or code >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
            pause = _retry_after(error.headers.get("Retry-After"))
            raise _PassingError(f"HTTP {code}", pause, too_many=code == _TOO_MANY) from None
        if code in _OF_ONE_REQUEST:
            for option in self._options:
                if option in said:
                    del self._options[option]
                    _log.warning(
                        "%s does not take %s and is asked without it; answers may vary more.",
                        self.address.url, option,
                    )  # fmt: skip
                    return
            raise ReadError(
                self.address.url,
                f"{self.address.model} refused a part of it (HTTP {code}): {self._shown(said)}",
                "Try a model that takes longer inputs, or another --extractor.",
            ) from None
        if code in (http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN):
            # What it says is left out: it may repeat a part of the key.
            reason = "does not let you in"
            step = f"Check the key in {KEY_VARIABLE}." if self._key else f"Set {KEY_VARIABLE}."
        elif code == http.HTTPStatus.NOT_FOUND:
            reason = "does not exist there"
            step = "Check the model's name and the URL, which mostly ends in /v1."
        elif 300 <= code < 400:
            reason = "is elsewhere, and reports are not sent on unasked"
            step = "Give the URL it has moved to."
        else:
            reason = f"refuses: {self._shown(said)}"
            step = "Check the model's name and the URL."
        raise ModelError(
            self.address.url + CHAT_PATH, f"{self.address.model} {reason} (HTTP {code})", step
        ) from None

    def _unreachable(self, error: OSError | http.client.HTTPException) -> Exception:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(cause, TimeoutError):
            return _PassingError(
                f"none within {self._patience.timeout_s:g} seconds", None, timed_out=True
            )
        said = self._shown(f"{type(cause).__name__}: {cause}")
        hopeless = isinstance(cause, ssl.SSLCertVerificationError) or (
            not self._reached and isinstance(cause, socket.gaierror | ConnectionRefusedError)
        )
        if not hopeless:
            return _PassingError(said, None)
        return ModelError(
            self.address.url,
            f"{self.address.model} cannot be reached ({said})",
            "Check the URL, and that the endpoint is running.",
        )

    def _shown(self, said: str) -> str:
        """Return the beginning of what an endpoint said, on one line and without the key."""
        words = said.replace(self._key, "…") if self._key else said
        words = " ".join(words.split())
        words = "".join(c if c.isprintable() else "�" for c in words)
        return words if len(words) <= _MOST_SAID else words[: _MOST_SAID - 1] + "…"


class _PassingError(Exception):
    """The endpoint gave no answer this time, and may another time."""

    def __init__(
        self,
        reason: str,
        wanted_pause_s: float | None,
        *,
        timed_out: bool = False,
        too_many: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wanted_pause_s = wanted_pause_s
        self.timed_out = timed_out
        self.too_many = too_many


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: the text was meant for one host."""


def _bounded(response: http.client.HTTPResponse, until: float) -> bytes | None:
    """Return the body, None when it is longer than any honest one.

    Raises:
        TimeoutError: It was not whole at `until`, by the monotonic clock.
    """
    body = bytearray()
    while part := response.read1(65_536):
        body += part
        if len(body) > MOST_BYTES:
            return None
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(body)


def _words_in(body: bytes | None) -> str | None:
    """Return the model's words inside a chat completion, None where there are none."""
    try:
        content = json.loads(body or b"")["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if isinstance(content, list):
        parts = [p.get("text") for p in content if isinstance(p, dict)]
        content = "".join(p for p in parts if isinstance(p, str))
    return content if isinstance(content, str) else None


def _said(error: urllib.error.HTTPError) -> str:
    """Return what a refusal says, as far as it can be read."""
    try:
        said = error.read(10_000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    try:
        given = json.loads(said)["error"]
        return str(given["message"] if isinstance(given, dict) else given)
    except (ValueError, LookupError, TypeError, RecursionError):
        return said


def _retry_after(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for, None when it does not say."""
    words = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", words):
        return float(words)
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)
