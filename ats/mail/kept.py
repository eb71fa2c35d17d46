"""Mail to people who do not exist: it is kept in `VAR/mail`, or refused, and never given to a real mail server.

Two kinds of addresses belong to nobody. `demo.test` is the demo company's own: its staff, and under
`mail.demo.test` its candidates. Names that the standards keep for examples (RFC 2606, RFC 6761) exist nowhere.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from ats.eml import keep as write
from ats.mail.message import Undeliverable, sender

DEMO_DOMAIN = "demo.test"
RESERVED = ("test", "example", "invalid", "localhost", "example.com", "example.net", "example.org")
HERE = "250 kept here: it is part of the demo, and no mail server was asked"
NOWHERE = "No mail can arrive there: the name of this address is kept for examples."


class _Story(threading.local):
    told = False


_story = _Story()


@contextmanager
def story() -> Iterator[None]:
    """Meanwhile all mail of this thread is kept here: what the demo company wrote in the weeks before."""
    _story.told = True
    try:
        yield
    finally:
        _story.told = False


def in_story() -> bool:
    return _story.told


def keep(to: str, content: bytes) -> str | None:
    """Keep a message that no mail server is to have; its answer, or None if the server is to have it."""
    if not (in_story() or _is_made_up(to)):
        return None
    if not settings.DEMO:
        raise Undeliverable(NOWHERE)
    folder = settings.VAR / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    write(folder, content, sender=sender(), to=[to])
    return HERE


def _is_made_up(to: str) -> bool:
    """Whether nobody has this address, and the mail server is not one that keeps everything anyway."""
    if settings.EMAIL_IS_CATCHER:
        return False
    domain = to.rpartition("@")[2].lower()
    if settings.DEMO and _is_under(domain, (DEMO_DOMAIN,)):
        return True
    # A server on this machine may be somebody's trial; what it gets goes no further by our doing.
    return _is_under(domain, RESERVED) and not _is_on_this_machine(settings.EMAIL_HOST)


def _is_under(domain: str, names: tuple[str, ...]) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for name in names)


def _is_on_this_machine(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")
