"""The clock of a demo, which can be moved ahead: `tick --now` in the demo moves it for all of its pages.

A tour that looks at next week would else leave dates behind that lie in the future of every page: a note that
"was sent" on a day that has not come. It runs on from where it was moved to, and never goes back. Outside a demo
there is the machine's clock and no other.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_machine = timezone.now
_read: tuple[int, timedelta] = 0, timedelta(0)


def begin() -> None:
    """From now on `timezone.now()` is the demo's clock, in this process."""
    timezone.now = now


def now() -> datetime:
    return _machine() + ahead()


def machine() -> datetime:
    """The machine's clock, for how long somebody really was away: nobody is while a demo's clock is moved ahead."""
    return _machine()


def ahead() -> timedelta:
    """How far it was moved; asked often, so the file is read only when it has changed."""
    global _read  # noqa: PLW0603
    try:
        stamp = _file().stat().st_mtime_ns
    except OSError:
        return timedelta(0)
    if stamp != _read[0]:
        _read = stamp, timedelta(seconds=float(_file().read_text()))
    return _read[1]


def go_on_to(moment: datetime) -> bool:
    """Move the demo's clock to a moment that it has not come to yet; False if it has, or there is no demo."""
    if not settings.DEMO_CLOCK or moment <= now():
        return False
    fresh = _file().with_suffix(".new")
    fresh.write_text(str((moment.astimezone(UTC) - _machine()).total_seconds()))
    fresh.replace(_file())
    return True


def _file() -> Path:
    return settings.VAR / "demo-clock"
