"""The library's way out, watched: it connects to checked addresses alone, and tells how far a call came.

Apprise knows how each chat wants to be spoken to, and says of a failure only that there was one. Whether a message may
be tried again hangs on where it failed, so its calls go through a session of ours.
"""

import logging
import socket
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings

from ats.chat.domain.services import SPEAKERS, Address
from ats.kernel.kept import kept
from ats.kernel.open_internet import NotOpen, checked

CONNECT, WHOLE = 5, 20
ANSWER, BODY = 200, 4_000
"""So many letters of an answer are kept, and so many are looked at."""


@dataclass
class Trace:
    """How far a call came: `begun` once its bytes may have left; `status` and `answer` of what came back.

    `body` is more of that answer, for who knows how to read it.
    """

    begun: bool = False
    status: int = 0
    answer: str = ""
    body: str = ""
    problem: str = ""
    final: bool = False


_now = threading.local()


def hand_over(address: Address, *, text: str) -> Trace:
    """Say it there, once; what is true of it afterwards."""
    return spoken(lambda: _speaker(address), text)


def spoken(build: Callable[[], Any], text: str) -> Trace:
    """Have the speaker that is built say this, once; what is true of it afterwards."""
    _now.trace = trace = Trace()
    try:
        speaker = build()
        if speaker is None:
            return Trace(problem=kept("The address is not one of this chat."), final=True)
        speaker.send(title="", body=text, notify_type=_info())
    except NotOpen as error:
        trace.problem, trace.final = str(error), error.final
    except Exception as error:  # noqa: BLE001 - what the library makes of an answer is not ours to break on
        trace.problem = trace.problem or f"{type(error).__name__}"
    finally:
        _now.trace = None
    return trace


def _info() -> Any:
    from apprise.common import NotifyType

    return NotifyType.INFO


def _speaker(address: Address) -> Any:
    """The library's speaker for this address; None where it is not one of that chat."""
    kind = watched(*SPEAKERS[address.service])
    facts = kind.parse_native_url(address.said) or kind.parse_url(address.said)
    if not facts or facts.get("schema") in {"http", "https"}:
        return None
    plain = {
        name: False for name in ("include_image", "include_footer", "include_timestamp") if name in facts
    }
    try:
        return kind(**facts | plain)
    except TypeError:  # a part of the address cannot be one
        return None


@lru_cache
def watched(module: str, name: str) -> Any:
    """The speaker of one chat, calling through us: its module takes `requests` from its own names.

    Loaded by the first message, and alone: the library's own way loads its hundred others.
    """
    import requests

    class Through:
        """As much of `requests` as these modules use."""

        RequestException = requests.RequestException
        codes = requests.codes

        @staticmethod
        def request(method: str, url: str, **facts: Any) -> Any:
            return _call(method, url, **facts)

        @staticmethod
        def post(url: str, **facts: Any) -> Any:
            return _call("POST", url, **facts)

        @staticmethod
        def get(url: str, **facts: Any) -> Any:
            return _call("GET", url, **facts)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it looks for a module that newer Pythons lack
        found = import_module(f"apprise.plugins.{module}")
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it writes people's numbers into its warnings
    setattr(found, "requests", Through)  # noqa: B010 - what the module has is not ours to declare
    return getattr(found, name)


def _call(method: str, url: str, **facts: Any) -> Any:
    """One request: no proxies and passwords of the environment, no redirects, certificates looked at."""
    import requests

    trace: Trace = _now.trace
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("https://", "http://"):
            session.mount(scheme, _adapter()(trace))
        facts |= {"allow_redirects": False, "verify": True, "timeout": (CONNECT, WHOLE)}
        try:
            answer = session.request(method, url, **facts)
        except requests.exceptions.SSLError:
            trace.problem, trace.begun = (
                kept("Its certificate does not hold, so we cannot know who answers there."),
                False,
            )
            raise
        except requests.RequestException as error:
            trace.problem = trace.problem or _in_words(error)
            raise
    trace.status, trace.answer, trace.body = answer.status_code, answer.text[:ANSWER], answer.text[:BODY]
    return answer


def _in_words(error: Exception) -> str:
    is_slow = "time" in type(error).__name__.lower()
    return kept("It did not answer in time." if is_slow else "It could not be reached.")


@lru_cache
def _adapter() -> Any:
    """A transport whose connections go to the very address that was checked."""
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def connect(trace: Trace, host: str, port: int) -> socket.socket:
        ends = time.monotonic() + CONNECT
        problem: OSError | None = None
        for address in checked(host, port, ends, allowed=settings.CHAT_ALLOWED_ADDRESSES):
            try:
                found = socket.create_connection((str(address), port), timeout=CONNECT)
            except OSError as error:
                problem = error
                continue
            found.settimeout(WHOLE)
            trace.begun = True
            return found
        raise problem or OSError("There is no such name.")

    class Guarded(HTTPAdapter):
        def __init__(self, trace: Trace) -> None:
            self.trace = trace
            super().__init__(max_retries=0)

        def init_poolmanager(self, *given: Any, **named: Any) -> None:
            trace = self.trace

            class Plain(HTTPConnection):
                def _new_conn(self) -> socket.socket:
                    return connect(trace, self._dns_host, self.port)

            class Sealed(HTTPSConnection):
                def _new_conn(self) -> socket.socket:
                    return connect(trace, self._dns_host, self.port)

            plain = type("Plain", (HTTPConnectionPool,), {"ConnectionCls": Plain})
            sealed = type("Sealed", (HTTPSConnectionPool,), {"ConnectionCls": Sealed})
            super().init_poolmanager(*given, **named)
            self.poolmanager.pool_classes_by_scheme = {"http": plain, "https": sealed}

    return Guarded
