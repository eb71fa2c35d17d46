"""Roles of mail that exist in these tests only, and messages made from them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ats.mail import delivery, roles, settling
from ats.mail.models import MailKind, OutgoingMail
from ats.mail.outbox import To, queue
from ats.mail.render import plain
from ats.mail.roles import MailRole, Words
from tests.factories import NOW
from tests.smtp import Catcher

WORDS = {"en": Words(subject="About {{ thing }}", body="Hello,\n\nthis is about {{ thing }}.")}
KINDS: dict[str, dict[str, Any]] = {
    "test.news": {},
    "test.decision": {"decision": True},
    "test.letter": {"by_hand": True},
    "test.invitation_to_talk": {"kind": MailKind.RELATIONSHIP},
}


@pytest.fixture(autouse=True)
def _roles() -> Iterator[None]:
    roles.declare(
        MailRole(name=name, label=name, placeholders={"thing": "a thing"}, words=WORDS, **facts)
        for name, facts in KINDS.items()
    )
    yield
    for name in KINDS:
        del roles._roles[name]
        settling.hooks.pop(name, None)
    roles.to_candidates.cache_clear()
    delivery._mine.session.close()


@pytest.fixture(params=[True, False], ids=["in groups", "one by one"])
def _takes_commands(request: pytest.FixtureRequest, smtp: Catcher) -> None:
    """The mail server takes commands in groups (RFC 2920), or says nothing of them."""
    smtp.pipelining = request.param


@pytest.fixture
def put(db: None, settings: Any) -> Callable[..., OutgoingMail]:
    """Queue a message of a role, due at NOW."""
    settings.MAIL_DECISION_COOL_OFF_MINUTES = 0
    numbers = iter(range(1, 10_000))

    def make(role: str = "test.news", *, to: str = "", to_name: str = "", **options: Any) -> OutgoingMail:
        number = next(numbers)
        facts = {name: options.pop(name) for name in ("from_name", "reply_to") if name in options}
        message = plain(options.pop("subject", f"News {number}"), options.pop("body", "Hello.\n\nSome news."))
        return queue(
            role,
            to=To(address=to or f"reader{number}@example.com", name=to_name, **facts),
            message=message,
            key=f"test:{number}",
            now=options.pop("now", NOW),
            **options,
        )

    return make
