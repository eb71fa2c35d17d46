"""A provider of SMS of the tests' own, on the loopback: says what it is told to say, and keeps what it heard."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from ats.chat.actions import wire
from ats.sms.actions.providers import SPEAKERS
from ats.sms.models import Provider

TOKEN = "0123456789abcdef0123456789abcdef"
TWILIO = f"twilio://AC{TOKEN}:{TOKEN}@15005550006"
ADDRESSES = {
    "twilio": TWILIO,
    "vonage": "vonage://abcdef12:abcdefgh12345678@15005550006",
    "sinch": f"sinch://{TOKEN}:{TOKEN}@15005550006",
    "seven": "seven://abcdef0123456789?from=Accord",
    "46elks": "46elks://user:password@Accord",
}


class Carrier:
    """`status` and `body` are what it answers; 0: it breaks off. `heard` are numbers and texts."""

    def __init__(self) -> None:
        self.status, self.body, self.wait = 201, "{}", 0.0
        self.heard: list[tuple[str, str]] = []
        carrier = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = self.rfile.read(int(self.headers["Content-Length"])).decode()
                carrier.heard.append(_number_and_text(said))
                time.sleep(carrier.wait)
                if not carrier.status:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                answer = carrier.body.encode()
                self.send_response(carrier.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/messages"

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.heard]


def _number_and_text(said: str) -> tuple[str, str]:
    """However this provider's form names them."""
    try:
        facts = json.loads(said)
    except ValueError:
        facts = {name: values[0] for name, values in parse_qs(said).items()}
    lower = {name.lower(): value for name, value in facts.items()}
    to = lower["to"][0] if isinstance(lower["to"], list) else lower["to"]
    return to, next(lower[name] for name in ("body", "text", "message") if name in lower)


@contextmanager
def carrying() -> Iterator[Carrier]:
    """The library's own addresses of providers lead to this one meanwhile."""
    carrier = Carrier()
    thread = threading.Thread(
        target=carrier.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    kinds = {provider: wire.watched(*SPEAKERS[Provider(provider)]) for provider in ADDRESSES}
    names = {each: "notify_sms_url" if each == "twilio" else "notify_url" for each in kinds}
    before = {each: getattr(kind, names[each]) for each, kind in kinds.items()}
    for each, kind in kinds.items():
        setattr(kind, names[each], carrier.url)
    try:
        yield carrier
    finally:
        for each, kind in kinds.items():
            setattr(kind, names[each], before[each])
        carrier.server.shutdown()
        carrier.server.server_close()
        thread.join()
