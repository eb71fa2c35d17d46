"""Browsers that are known from an earlier sign-in."""

from datetime import datetime

from django.db import transaction

from ats.accounts.domain import devices
from ats.accounts.models import KnownDevice, User
from ats.accounts.queries.sign_in import device_of

MOST_OF_ONE = 20


@transaction.atomic
def remember(user: User, tokens: list[str], *, now: datetime) -> list[str]:
    """What the browser is to keep after this sign-in: what it had, and a token of this person's."""
    known = device_of(user.email, tokens, now=now)
    if known is not None:
        KnownDevice.objects.filter(pk=known.pk).update(used_at=now)
        return tokens
    token = devices.new_token()
    KnownDevice.objects.create(user=user, token_hash=devices.hash_of(token), used_at=now)
    too_many = KnownDevice.objects.filter(user=user).order_by("-used_at", "-pk")[MOST_OF_ONE:]
    KnownDevice.objects.filter(pk__in=list(too_many.values_list("pk", flat=True))).delete()
    return [token, *tokens]


def forget_all(user: User) -> None:
    KnownDevice.objects.filter(user=user).delete()
