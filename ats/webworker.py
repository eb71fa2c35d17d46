"""gunicorn's worker, to which a thread is given only with a whole request.

Somebody who sends a form byte by byte would hold a thread for as long as they like, and eight of them the whole site.
Here the worker's own loop, which waits for no one, gathers what each connection sends; a request that is whole goes
to the threads, and one that does not become whole in time is ended. `ats.webserver` sets it.
"""

import contextlib
import re
import socket
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD, BODY = 64 * 1024, 64 * 1024 * 1024
"""Bytes: more than any form of ours needs (`candidates.documents.domain.oversize`)."""
HELD = 256 * 1024 * 1024
"""Bytes of unfinished requests that one worker holds; most of it on disk."""
IN_MEMORY, AT_ONCE = 64 * 1024, 256 * 1024
HEAD_SECONDS, BODY_SECONDS, SLOWEST = 10.0, 30.0, 8 * 1024
"""How long the head may take, and the body: some seconds, and as long as so many bytes a second need."""
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
LENGTH = re.compile(rb"[0-9]{1,12}")


class State(Enum):
    """How far a request has come; what is refused is answered with the status."""

    COMING = ""
    WHOLE = "whole"
    TIMEOUT = "408 Request Timeout"
    NO_LENGTH = "411 Length Required"
    TOO_LARGE = "413 Content Too Large"
    HEAD_TOO_LARGE = "431 Request Header Fields Too Large"
    FULL = "503 Service Unavailable"


class Gathered:
    """The bytes of one request, as they come."""

    def __init__(self) -> None:
        self.file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed by who reads it to its end
        self.size, self.wanted = 0, 0
        self.expects = False
        self.state = State.COMING
        self.ends = time.monotonic() + HEAD_SECONDS
        self._head = bytearray()

    def add(self, data: bytes) -> None:
        """Whatever is wrong with the head beyond what counts here, the parser says."""
        self.file.write(data)
        self.size += len(data)
        if not self.wanted:
            searched = max(0, len(self._head) - 3)
            self._head += data
            end = self._head.find(b"\r\n\r\n", searched)
            if end >= 0:
                self._begin_body(bytes(self._head[:end]), end + 4)
            elif self.size > HEAD:
                self.state = State.HEAD_TOO_LARGE
        if self.wanted and self.state is State.COMING and self.size >= self.wanted:
            self.state = State.WHOLE
            self.file.seek(0)

    def _begin_body(self, head: bytes, size: int) -> None:
        fields = [
            (name.strip().lower(), value.strip())
            for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
        ]
        if any(name == b"transfer-encoding" for name, _ in fields):
            self.state = State.NO_LENGTH  # its end would have to be looked for, and Django reads no such body
        lengths = [value for name, value in fields if name == b"content-length"]
        one = len(lengths) == 1 and LENGTH.fullmatch(lengths[0])
        length = int(lengths[0]) if one else 0
        if length > BODY:
            self.state = State.TOO_LARGE
        self.wanted, self._head = size + length, bytearray()
        self.expects = (b"expect", b"100-continue") in [(name, value.lower()) for name, value in fields]
        self.ends = time.monotonic() + BODY_SECONDS + length / SLOWEST


class Kept(SocketUnreader):
    """Hands on what was gathered, and after it what the socket says."""

    file: Any = None

    def chunk(self, size_hint: int | None = None) -> bytes:
        if self.file is not None:
            if data := self.file.read(min(max(self.mxchunk, size_hint or 0), self.max_body_chunk)):
                return data
            self.file.close()
            self.file = None
        return super().chunk(size_hint)

    def rest(self) -> bytes:
        """What came behind the request: the next one of a client that does not wait for answers."""
        rest = self.take_buffered()
        if self.file is not None:
            rest += self.file.read()
            self.file.close()
            self.file = None
        return rest


class Connection(TConn):
    request: Gathered


class GatheringWorker(ThreadWorker):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.gathering: dict[Connection, bool] = {}  # whether the loop waits for more of it
        self.held = 0
        self._looked = 0.0

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except OSError:  # it is gone again, or there is no room for another file
            return
        self.nr_conns += 1
        self._gather(Connection(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        """The next request of a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn)

    def _gather(self, conn: Connection, first: bytes = b"") -> None:
        conn.request = Gathered()
        self.gathering[conn] = False
        self._take(conn, lambda: first or conn.sock.recv(AT_ONCE))  # mostly all of it is there
        if conn in self.gathering:
            self.gathering[conn] = True
            self.poller.register(conn.sock, EVENT_READ, partial(self._more, conn))

    def _more(self, conn: Connection, client: socket.socket) -> None:
        self._take(conn, lambda: client.recv(AT_ONCE))

    def _take(self, conn: Connection, read: Callable[[], bytes]) -> None:
        try:
            data = read()
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._end(conn)
            return
        request, began = conn.request, conn.request.wanted
        self._add(request, data)
        if request.state is State.WHOLE:
            self._let_go(conn)
            self.enqueue_req(conn)
        elif request.state is not State.COMING:
            self._end(conn)
        elif request.expects and not began:
            with contextlib.suppress(OSError):
                conn.sock.send(CONTINUE)

    def _add(self, request: Gathered, data: bytes) -> None:
        before = request.size
        try:
            request.add(data)
        except OSError:  # no room on the disk
            request.state = State.FULL
        self.held += request.size - before
        if request.state is State.COMING and self.held > HELD:
            request.state = State.FULL

    def _let_go(self, conn: Connection) -> None:
        if self.gathering.pop(conn):
            self.poller.unregister(conn.sock)
        self.held -= conn.request.size

    def _end(self, conn: Connection) -> None:
        """Answer what is refused, as far as there is room for words on the line, and hang up."""
        self._let_go(conn)
        if status := conn.request.state.value:
            words = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
            with contextlib.suppress(OSError):
                conn.sock.send(words.encode())
        conn.request.file.close()
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """End what is not whole in time; of a worker that stops, also what has not begun."""
        super().murder_pending()
        now = time.monotonic()
        if self.alive and now < self._looked + 1:
            return
        self._looked = now
        for conn in [each for each in self.gathering if self._is_late(each.request, now)]:
            if conn.request.size:
                conn.request.state = State.TIMEOUT
            self._end(conn)

    def _is_late(self, request: Gathered, now: float) -> bool:
        return now > request.ends or not (self.alive or request.size)

    def handle(self, conn: Connection) -> Any:
        conn.data_ready = True
        conn.init()
        if not isinstance(conn.parser.unreader, Kept):
            conn.parser.unreader = Kept(conn.sock)
        conn.parser.unreader.file = conn.request.file
        return super().handle(conn)

    def finish_request(self, conn: Connection, fs: "Future[Any]") -> None:
        unreader = conn.parser.unreader if conn.parser else None
        rest = unreader.rest() if isinstance(unreader, Kept) else b""
        super().finish_request(conn, fs)
        if rest and conn in self.keepalived_conns:
            self.poller.unregister(conn.sock)
            self.keepalived_conns.remove(conn)
            self._gather(conn, rest)
