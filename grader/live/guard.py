"""What the server answers at all: GET requests, of this machine's own pages, from a browser that has the token.

Any page in the browser can send requests to 127.0.0.1, by an address of its own that leads here as well (DNS
rebinding); Host, Origin and the cookie tell them apart.
"""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: On every answer. The address of the first page has the token: no other server is told of it.
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Passes on to `app` what may be answered. refusal: what anybody else reads."""

    def __init__(self, app: ASGIApp, *, port: int, token: str, refusal: str) -> None:
        self._app, self._token, self._refusal = app, token, refusal
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        #: Cookies are shared by all ports of a host.
        self.cookie = f"grade-open-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        if scope["type"] != "http":
            return
        refused = self._refused(scope)
        await (refused or self._app)(scope, receive, sealed)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return PlainTextResponse(self._refusal, 403)
        if any(origin not in self._origins for origin in headers.getlist("origin")):
            return PlainTextResponse(self._refusal, 403)
        if scope["method"] != "GET":
            return PlainTextResponse(self._refusal, 405, {"Allow": "GET"})
        if not (self._has_cookie(headers) or self.has_token(scope)):
            return PlainTextResponse(self._refusal, 403)
        return None

    def has_token(self, scope: Scope) -> bool:
        """Whether this is the address that the command printed."""
        return scope["path"] == "/" and self._is_token(Request(scope).query_params.get("token", ""))

    def _has_cookie(self, headers: Headers) -> bool:
        # Other servers' cookies come along, be they as odd as they may.
        return any(self._is_token(cookie_parser(sent).get(self.cookie, "")) for sent in headers.getlist("cookie"))

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())
