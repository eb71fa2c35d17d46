"""What `test_slow_bodies.py` asks the web server for: how much it was sent, and its digest."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    seen = environ.get("HTTP_X_FORWARDED_FOR", "-"), environ.get("HTTP_X_FORWARDED_PROTO", "-")
    words = f"{len(body)} {hashlib.sha256(body).hexdigest()} {environ['HTTP_HOST']} {' '.join(seen)}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(words)))])
    return iter([words])
