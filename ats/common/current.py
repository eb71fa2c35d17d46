"""What the running request or task is: its id, and the door it came in by."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

request_id: ContextVar[UUID | None] = ContextVar("request_id", default=None)
channel: ContextVar[str] = ContextVar("channel", default="system")


@contextmanager
def running(*, id: UUID | None, via: str) -> Iterator[None]:  # noqa: A002
    """Everything recorded inside carries this request id and channel (`web`, `api`, `system`)."""
    id_token, channel_token = request_id.set(id), channel.set(via)
    try:
        yield
    finally:
        request_id.reset(id_token)
        channel.reset(channel_token)
