"""A mailbox inside the test: as much of IMAP (RFC 9051) as fetching new messages needs."""

import re
import socketserver
import ssl
import threading
from types import TracebackType
from typing import IO

PART = re.compile(rb"BODY\.PEEK\[\]<0\.(\d+)>")
UID = re.compile(rb"UID (?:FETCH|STORE) (\d+)")


class Mailbox:
    """Holds `messages`; `marks` has what was said of each, by its number from 1 on.

    password = "..."   what the sign-in must say
    tls = ...          its side of TLS, from the first byte on, or after STARTTLS with `asked`
    """

    def __init__(
        self,
        *messages: bytes,
        password: str = "secret",
        tls: ssl.SSLContext | None = None,
        asked: bool = False,
    ) -> None:
        self.messages = list(messages)
        self.password = password
        self.marks: dict[int, bytes] = {}
        box = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK ready\r\n")
                while line := self.rfile.readline():
                    tag, _, command = line.strip().partition(b" ")
                    if tls and command == b"STARTTLS":
                        self.wfile.write(tag + b" OK begin\r\n")
                        self.request = tls.wrap_socket(self.request, server_side=True)
                        self.setup()
                        continue
                    if not box.answer(self.wfile, tag, command):
                        return

            def finish(self) -> None:
                super().finish()
                self.request.close()

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self._server.daemon_threads = True
        if tls and not asked:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.port = self._server.server_address[1]

    def answer(self, out: IO[bytes], tag: bytes, command: bytes) -> bool:
        name, said = command.upper(), b"OK done"
        if name.startswith(b"CAPABILITY"):
            out.write(b"* CAPABILITY IMAP4rev1 STARTTLS\r\n")
        elif name.startswith(b"LOGIN"):
            said = b"OK in" if self.password.encode() in command else b"NO wrong password"
        elif name.startswith(b"UID SEARCH UNSEEN"):
            new = [number for number in range(1, len(self.messages) + 1) if number not in self.marks]
            out.write(b"* SEARCH %s\r\n" % b" ".join(b"%d" % number for number in new))
        elif name.startswith(b"UID FETCH"):
            number = self._number(command)
            content = self.messages[number - 1]
            if b"RFC822.SIZE" in command:
                out.write(b"* %d FETCH (UID %d RFC822.SIZE %d)\r\n" % (number, number, len(content)))
                out.write(tag + b" " + said + b"\r\n")
                return True
            part = PART.search(command)
            assert part, command
            content = content[: int(part[1])]
            out.write(b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n" % (number, number, len(content)))
            out.write(content + b")\r\n")
        elif name.startswith(b"UID STORE"):
            self.marks[self._number(command)] = command.split(b" ", 4)[4]
        out.write(tag + b" " + said + b"\r\n")
        return not name.startswith(b"LOGOUT")

    def _number(self, command: bytes) -> int:
        found = UID.match(command)
        assert found, command
        return int(found[1])

    def __enter__(self) -> "Mailbox":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
