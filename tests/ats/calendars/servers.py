"""A calendar's server on the loopback, that can answer in every way a bad one does."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[socket.socket, bytes], None]


class Server:
    """Answers each connection by `answer(connection, request)`; keeps what it was asked. `tls`: speaks HTTPS."""

    def __init__(self, answer: Answer, tls: ssl.SSLContext | None = None) -> None:
        self.answer, self.requests, self.tls = answer, list[str](), tls
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/calendar.ics"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            try:
                connection = self.tls.wrap_socket(connection, server_side=True) if self.tls else connection
            except OSError:  # the reader does not trust us
                connection.close()
                continue
            with connection:
                request = b""
                while b"\r\n\r\n" not in request and (more := connection.recv(65536)):
                    request += more
                self.requests.append(request.decode())
                try:
                    self.answer(connection, request)
                except OSError:  # the reader had enough
                    continue

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(5)


@contextmanager
def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(answer, tls)
    try:
        yield server
    finally:
        server.close()


def says(body: bytes, *, status: str = "200 OK", **headers: str) -> Answer:
    """Always the same answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/calendar"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    whole = "\r\n".join([*lines, "", ""]).encode() + body

    def answer(connection: socket.socket, request: bytes) -> None:
        connection.sendall(whole)

    return answer


def in_turn(*answers: Answer) -> Answer:
    """One answer after the other, and the last of them from then on."""
    left = list(answers)

    def answer(connection: socket.socket, request: bytes) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(connection, request)

    return answer
