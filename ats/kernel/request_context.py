"""What the running request or task is: its id, and the door it came in by."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

request_id: ContextVar[UUID | None] = ContextVar("request_id", default=None)
channel: ContextVar[str] = ContextVar("channel", default="system")
by_rule: ContextVar[dict[str, Any]] = ContextVar("by_rule", default={})  # noqa: B039 - never changed in place
"""Which rule of the house does what is done just now; it goes on record with everything."""
_commits: ContextVar[list[int] | None] = ContextVar("commits", default=None)


@contextmanager
def running(*, id: UUID | None, via: str) -> Iterator[None]:  # noqa: A002
    """Everything recorded inside carries this request id and channel (`web`, `api`, `system`)."""
    id_token, channel_token = request_id.set(id), channel.set(via)
    try:
        yield
    finally:
        request_id.reset(id_token)
        channel.reset(channel_token)


@contextmanager
def done_by_rule(number: int, name: str, chain: list[int]) -> Iterator[None]:
    """Everything recorded inside says which rule did it, and by which rules before it came to that."""
    token = by_rule.set({"rule": name, "rule_id": number, "rule_chain": chain})
    try:
        yield
    finally:
        by_rule.reset(token)


@contextmanager
def counting_commits() -> Iterator[None]:
    """Inside, `committed` says whether anything that was recorded has been committed."""
    token = _commits.set([0])
    try:
        yield
    finally:
        _commits.reset(token)


def committed() -> bool:
    counted = _commits.get()
    return counted is not None and counted[0] > 0


def note_commit() -> None:
    """Something that was recorded is committed from here on."""
    if (counted := _commits.get()) is not None:
        counted[0] += 1
