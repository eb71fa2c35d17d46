"""Numbers that want no SMS, and what is done about it wherever they are known."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ats.sms.actions.send import cancel
from ats.sms.models import SuppressedNumber

Stopped = Callable[[str, datetime], None]
_stopped: list[Stopped] = []


def stopped(hook: Stopped) -> Stopped:
    """Call the decorated function with a number that wants no more SMS, in the transaction that notes it."""
    _stopped.append(hook)
    return hook


@transaction.atomic
def suppress(number: str, *, now: datetime) -> None:
    """Nothing is sent to this number any more, and what waits for it does not leave."""
    row = SuppressedNumber(number=number, since=now)
    SuppressedNumber.objects.bulk_create([row], ignore_conflicts=True)
    cancel(to=number, now=now)
    for hook in _stopped:
        hook(number, now)


def take_back(number: str) -> None:
    """Whoever has it says that they want SMS again: it can be confirmed anew."""
    SuppressedNumber.objects.filter(number=number).delete()


def is_suppressed(number: str) -> bool:
    return SuppressedNumber.objects.filter(number=number).exists()
