"""The preview's local server: one page, what it shows, events that say what is new; nothing else of this machine."""

import asyncio
import json
import os
import shlex
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefgen.model.document import RenderedFile
from briefgen.model.edition import PUBLISHED
from briefgen.model.findings import Location
from briefgen.tools.preview import SCALES, PaneView, own_file, picture, what_there_is, where_from
from briefgen.tools.preview.session import Session

_LOOPBACK = "127.0.0.1"
_STATIC = Path(__file__).with_name("static")
_FILES = {"preview.html": "text/html", "preview.js": "text/javascript", "preview.css": "text/css"}
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_DOCUMENT_POLICY = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""A document runs no script and loads nothing, here as anywhere."""
_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_MOST_PANES = 6
_HEARTBEAT = 20
"""Half seconds of silence after which a stream says that it is still there."""
_AT_LINE = {
    **dict.fromkeys(("code", "codium", "cursor"), ("-g", "{file}:{line}:{column}")),
    **dict.fromkeys(("zed", "subl"), ("{file}:{line}:{column}",)),
    **dict.fromkeys(("idea", "pycharm", "kate"), ("--line", "{line}", "{file}")),
    **dict.fromkeys(("gedit", "gnome-text-editor", "xed", "gvim"), ("+{line}", "{file}")),
    "mousepad": ("--line={line}", "{file}"),
    "emacsclient": ("-n", "+{line}:{column}", "{file}"),
}
"""Editors with a window of their own, and how each is given a line."""


def make_app(session: Session, port: int, is_closing: Callable[[], bool] = lambda: False) -> Starlette:
    """Return the application; `is_closing` says whether the streams of events are to end."""
    pages = _Pages(session, is_closing)
    routes = [
        Route("/", pages.static),
        Route("/static/{name}", pages.static),
        Route("/what-there-is", pages.what_there_is),
        Route("/events", pages.events),
        Route("/document/{partnership}/{day}/{name}", pages.document),
        Route("/picture/{partnership}/{day}/{name}/{page:int}/{scale:int}", pages.picture),
        Route("/places/{partnership}/{day}/{name}", pages.places),
        Route("/where-from", pages.where_from),
        Route("/ahead", pages.ahead),
        Route("/open", pages.open, methods=["POST"]),
    ]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        session.close()

    return Starlette(routes=routes, middleware=[Middleware(_Guard, port=port)], lifespan=lifespan)


def listen(port: int) -> socket.socket:
    """Return a socket of this machine alone: at that port, or at a free one if it is taken; OSError if none is free."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((_LOOPBACK, port))
    except OSError:
        found.bind((_LOOPBACK, 0))
    found.listen()  # who comes before the server is ready waits for it
    return found


def serve(session: Session, listening: socket.socket) -> None:
    """Answer until somebody stops the program."""
    app = make_app(session, listening.getsockname()[1], lambda: server.should_exit)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=2))
    server.run(sockets=[listening])


class _Guard:
    """Refuses requests under another host name, as after DNS rebinding, and those that another site's page made."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in (_LOOPBACK, "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""

        async def send_guarded(message: Message) -> None:
            if message["type"].endswith("http.response.start"):
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        is_answered = scope["type"] == "lifespan" or (scope["type"] == "http" and self._is_ours(scope))
        answer = self._app if is_answered else PlainTextResponse("refused\n", 403)
        await answer(scope, receive, send_guarded)

    def _is_ours(self, scope: Scope) -> bool:
        """Return whether the host is this one, and the request was typed or comes from our own page.

        A POST must say where it comes from (RFC 6454); for what is only read, browsers say it in Sec-Fetch-Site.
        """
        headers = Headers(scope=scope)
        if headers.get("host") not in self._hosts:
            return False
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if scope["method"] not in ("GET", "HEAD") or origin is not None:
            return origin in {f"http://{host}" for host in self._hosts}
        followed_a_link = scope["path"] == "/" and headers.get("sec-fetch-dest") == "document"
        return site in ("none", "same-origin") or followed_a_link


class _Pages:
    """Answers requests; Starlette calls what is not async in a thread of its own."""

    def __init__(self, session: Session, is_closing: Callable[[], bool]) -> None:
        self._session, self._is_closing = session, is_closing
        self._editor = find_editor()

    def static(self, request: Request) -> Response:
        """Return the page itself, or one of its files."""
        name = request.path_params.get("name", "preview.html")
        if name not in _FILES:
            raise HTTPException(404)
        content = (_STATIC / name).read_bytes()
        return Response(content, 200, {"content-security-policy": _PAGE_POLICY}, _FILES[name])

    def what_there_is(self, _: Request) -> Response:
        found = what_there_is(self._session.root, self._session.clock().date())
        return JSONResponse({**found, "editor": Path(self._editor[0]).name if self._editor else ""})

    def document(self, request: Request) -> Response:
        document = self._document(request)
        if document.pages is None:
            return Response(document.content, 200, {"content-security-policy": _DOCUMENT_POLICY}, "text/html")
        headers = {"content-disposition": f'inline; filename="{document.name}"'}
        return Response(document.content, 200, headers, "application/pdf")

    def picture(self, request: Request) -> Response:
        document, scale = self._document(request), request.path_params["scale"]
        if document.pages is None or scale not in SCALES:
            raise HTTPException(404)
        try:
            return Response(picture(document.content, request.path_params["page"], scale), media_type="image/png")
        except IndexError:
            raise HTTPException(404) from None

    def places(self, request: Request) -> Response:
        return JSONResponse([asdict(place) for place in self._document(request).places])

    def where_from(self, request: Request) -> Response:
        asked = request.query_params
        partnership, fact, origins = asked.get("partnership", ""), asked.get("fact", ""), asked.getlist("origin")
        return JSONResponse(where_from(self._session.root, partnership, fact, origins))

    def ahead(self, request: Request) -> Response:
        return JSONResponse(self._session.look_ahead(request.query_params.get("partnership", "")))

    async def open(self, request: Request) -> Response:
        """Open a file of the inputs, and no other, in the editor."""
        try:
            asked = await request.json()
            file, line, column = str(asked["file"]), int(asked["line"]), int(asked.get("column", 0))
        except (ValueError, KeyError, TypeError):
            raise HTTPException(400) from None
        path = own_file(self._session.root, file)
        if path is None or not self._editor:
            raise HTTPException(404)
        try:
            open_in_editor(self._editor, path, Location(str(path), max(line, 0), max(column, 0)))
        except OSError as error:
            raise HTTPException(500, str(error)) from None
        return Response(status_code=204)

    def events(self, request: Request) -> Response:
        """Tell a page what is new of what it shows, as server-sent events, until it leaves."""
        return StreamingResponse(self._stream(_view(request)), media_type="text/event-stream")

    async def _stream(self, view: PaneView) -> AsyncIterator[str]:
        loop, queue = asyncio.get_running_loop(), asyncio.Queue[tuple[str, Any]]()

        def post(event: str, data: Any) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(queue.put_nowait, (event, data))

        leave = self._session.follow(view, post)
        silent = 0
        try:
            while not self._is_closing():
                try:
                    event, data = await asyncio.wait_for(queue.get(), 0.5)
                except TimeoutError:
                    silent = (silent + 1) % _HEARTBEAT
                    yield ": still here\n\n" if not silent else ""
                    continue
                yield f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        finally:
            leave()

    def _document(self, request: Request) -> RenderedFile:
        """Return a document that was made, by its address; nothing is looked up on the disk."""
        document = self._session.kept.documents.get("{partnership}/{day}/{name}".format(**request.path_params))
        if document is None:
            raise HTTPException(404)
        return document


def _view(request: Request) -> PaneView:
    asked = request.query_params
    try:
        days = tuple(date.fromisoformat(day) if day else None for day in asked.getlist("day")) or (None,)
    except ValueError:
        raise HTTPException(400, "a day is written like 2026-11-21") from None
    languages, format = tuple(asked.getlist("language")), asked.get("format", "")
    if format not in PUBLISHED or len(languages) * len(days) > _MOST_PANES:
        raise HTTPException(400, "no such format, or too many panes")
    return PaneView(asked.get("partnership", ""), asked.get("document", ""), format, languages, days)


def find_editor() -> tuple[str, ...]:
    """Return the command of an editor with a window: $VISUAL, $EDITOR, or VS Code; empty if none is here.

    One that runs in a terminal is passed over: the preview's own terminal would be its only one.
    """
    for line in (os.environ.get("VISUAL", ""), os.environ.get("EDITOR", ""), "code"):
        try:
            command = shlex.split(line)
        except ValueError:  # a quote is not closed
            continue
        if command and Path(command[0]).name in _AT_LINE and shutil.which(command[0]):
            return tuple(command)
    return ()


def open_in_editor(editor: tuple[str, ...], path: Path, location: Location) -> None:
    """Start the editor with the file at the line; OSError if it cannot be started."""
    fields = {"file": str(path), "line": str(location.line or 1), "column": str(location.column or 1)}
    arguments = [each.format(**fields) for each in _AT_LINE[Path(editor[0]).name]]
    subprocess.Popen([*editor, *arguments], stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
