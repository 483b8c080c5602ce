"""Keep the page to whom it is for: who may ask, what a browser may load, who may write.

Reports are written by strangers and other sites run in the same browser.
Every answer forbids scripts and styles that are not our own files, the name
in the address must be one we listen on (or a page elsewhere could point its
own name at this machine), and a write must carry a secret that only our own
pages know.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Stricter, and browsers send "Origin: null" with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
TOKEN_COOKIE = "onrecord_token"
CSRF_COOKIE = "onrecord_csrf"
CSRF_FIELD = "csrf"
# Forms carry a note and a field, never a file.
LONGEST_BODY = 20_000


class Headers:
    """Put the security headers on every answer, errors included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                # What a page shows changes while reports are read.
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class KnownHost:
    """Refuse requests whose `Host` is not one of ours.

    Args:
        app: What answers the others.
        hosts: Names and addresses without port; "*" for any, where a token guards.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and "*" not in self.hosts:
            host = Request(scope).headers.get("host", "")
            if _bare_host(host) not in self.hosts:
                answer = PlainTextResponse(
                    "This host name is not served here. Open http://127.0.0.1 with the port"
                    " that onrecord serve printed.\n",
                    status_code=400,
                )
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _bare_host(host: str) -> str:
    """Return `host` without its port, in lower case."""
    if host.startswith("["):
        return host[1:].partition("]")[0].casefold()
    return host.partition(":")[0].casefold()


class Token:
    """Let in only who knows the token: once in the address, from then on by cookie.

    Args:
        app: What answers who is let in.
        token: The secret.
    """

    def __init__(self, app: ASGIApp, token: str) -> None:
        self.app = app
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if self._same(request.cookies.get(TOKEN_COOKIE, "")) or self._same(
            request.headers.get("authorization", "").removeprefix("Bearer ")
        ):
            await self.app(scope, receive, send)
            return
        query = parse_qsl(request.url.query, keep_blank_values=True)
        if self._same(dict(query).get("token", "")):
            answer: Response = self._let_in(request, query)
        else:
            answer = PlainTextResponse(
                "Open the address that onrecord serve printed; it ends in ?token=...\n",
                status_code=401,
            )
        await answer(scope, receive, send)

    def _same(self, given: str) -> bool:
        # In constant time, so that how long it takes says nothing about the token.
        return hmac.compare_digest(given.encode(), self.token.encode())

    def _let_in(self, request: Request, query: list[tuple[str, str]]) -> Response:
        # The token must not stay in the address, where histories and screens show it.
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        answer = RedirectResponse(request.url.path + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(
            TOKEN_COOKIE, self.token, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer


def csrf_secret(request: Request) -> str:
    """Return the secret that forms of this browser must carry; `keep_csrf` hands it out."""
    return request.cookies.get(CSRF_COOKIE) or str(
        request.scope.setdefault("onrecord.csrf", secrets.token_urlsafe(24))
    )


def keep_csrf(request: Request, answer: Response) -> None:
    """Give the browser its secret when it has none."""
    if CSRF_COOKIE not in request.cookies:
        answer.set_cookie(
            CSRF_COOKIE, csrf_secret(request), httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip


def is_own_form(request: Request, given: str) -> bool:
    """Return whether a form comes from one of our own pages.

    Args:
        request: The request that would write.
        given: The secret that the form carries.
    """
    kept = request.cookies.get(CSRF_COOKIE, "")
    if not kept or not hmac.compare_digest(kept.encode(), given.encode()):
        return False
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    return origin in (None, f"http://{host}", f"https://{host}")
