"""The server of `grade open`, in a thread of its own, on 127.0.0.1."""

from __future__ import annotations

import asyncio
import secrets
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import msgspec
import uvicorn
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from grader.course.faults import CourseError
from grader.live.board import Board
from grader.live.guard import Guard
from grader.live.pages import Pages
from grader.site.pages import SCRIPT, STYLE, script, style
from grader.text import render, say

#: Seconds after which a browser that hears nothing is sent something: whether it is still there shows then.
_SILENCE = 15
#: A page that leads to another one, rather than a redirect: the browser then sends the cookie even if the address was
#: clicked on a page of another site, such as a terminal in Jupyter.
_DOOR = Markup(
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={page}">'
    '<title>grade</title><link rel="icon" href="data:,"><a href="{page}">{page}</a>\n'
)


class Server:
    """Serves the pages. opened: called with the id of an exercise whose page a reader goes to."""

    def __init__(
        self, listening: socket.socket, pages: Pages, board: Board, opened: Callable[[str], None], *, language: str
    ) -> None:
        self._socket, self._pages, self._board, self._opened = listening, pages, board, opened
        self._language = language
        self._token = secrets.token_urlsafe(32)
        self._port: int = listening.getsockname()[1]

    def address(self, page: str) -> str:
        """What leads a browser to this page, with all that it needs to see the others."""
        return f"http://127.0.0.1:{self._port}/?token={self._token}&page={page}"

    def start(self) -> None:
        """Answer from now on, until this process ends."""
        config = uvicorn.Config(
            self._application(),
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
        )
        server = uvicorn.Server(config)
        threading.Thread(target=server.run, kwargs={"sockets": [self._socket]}, daemon=True).start()

    def _application(self) -> Guard:
        routes = [
            Route("/", self._door, methods=["GET"]),
            Route("/events", self._events, methods=["GET"]),
            *(
                Route(f"/{name}", _text(text, kind), methods=["GET"])
                for name, text, kind in ((STYLE, style(), "text/css"), (SCRIPT, script(), "text/javascript"))
            ),
            Route("/{name}", self._page, methods=["GET"]),
        ]
        missing = render(say("There is no such page."), self._language)
        refusal = render(say("To see this page, open the address that grade open printed."), self._language)
        handlers = {404: lambda request, error: PlainTextResponse(missing, 404)}
        app = Starlette(routes=routes, exception_handlers=handlers)
        self._guard = Guard(app, port=self._port, token=self._token, refusal=refusal)
        return self._guard

    def _door(self, request: Request) -> Response:
        """Exchanges the token in the address for a cookie, and leads on."""
        page = request.query_params.get("page", "")
        page = page if page in self._pages.names else next(iter(self._pages.names))
        answer = HTMLResponse(_DOOR.format(page=page))
        if self._guard.has_token(request.scope):
            answer.set_cookie(self._guard.cookie, self._token, httponly=True, samesite="strict")
        return answer

    def _page(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._pages.names:
            raise HTTPException(404)
        exercise, language = self._pages.names[name]
        # A page that renews itself is not turned to.
        if exercise is not None and not request.query_params:
            self._opened(exercise.id)
        try:
            return HTMLResponse(self._pages.page(name))
        except CourseError as error:
            return PlainTextResponse(render(error.message, language), 500)

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._states(), media_type="text/event-stream")

    async def _states(self) -> AsyncIterator[str]:
        with self._board.listening() as changed:
            while True:
                changed.clear()
                state = self._board.state
                told = msgspec.json.encode({"number": state.number, "grading": state.grading}).decode()
                yield f"data: {told}\n\n"
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), _SILENCE)


def _text(text: str, kind: str) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return Response(text, media_type=kind)

    return answer
