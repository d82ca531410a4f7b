"""Lets nobody but this machine's own page speak with the preview, and no page of another site look at it."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class Guard:
    """Refuses requests under another host name, as after DNS rebinding, and those that another site's page made."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in (LOOPBACK, "localhost")}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["type"] != "http" or not self._is_ours(scope, headers):
            await PlainTextResponse("refused\n", 403, dict(_HEADERS))(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_guarded)

    def _is_ours(self, scope: Scope, headers: Headers) -> bool:
        """Return whether the host is this one, and the request was typed or comes from our own page.

        A POST must say where it comes from (RFC 6454); for what is only read, browsers say it in Sec-Fetch-Site.
        """
        if headers.get("host") not in self._hosts:
            return False
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if scope["method"] not in ("GET", "HEAD") or origin is not None:
            return origin in self._origins
        followed_a_link = scope["path"] == "/" and headers.get("sec-fetch-dest") == "document"
        return site in ("none", "same-origin") or followed_a_link
