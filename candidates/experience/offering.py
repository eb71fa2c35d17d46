"""What becomes of a promise while an offer stands: the candidate's answer is awaited.

Parts of `promises`, and under its rules: inside the caller's transaction, with the open promise locked.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import F

from ats.activity.record import CanAct
from candidates.experience import policy, promises
from candidates.experience.models import Promise, PromiseKind
from requisitions.models import Side

if TYPE_CHECKING:
    from candidates.applications.models import Application


def await_answer(kept: Promise, *, until: datetime, by: CanAct | None, now: datetime) -> None:
    """The offer is with them: the next move is theirs, for as long as it stands."""
    application = kept.application
    promises.open_promise(
        application=application,
        kind=PromiseKind.OFFER,
        what=policy.YOUR_ANSWER,
        side=Side.CANDIDATE,
        owner=promises.owner_for(application, Side.CANDIDATE),
        due_at=until,
        now=now,
        previous=kept,
        by=by,
    )


def resume(answered: Promise, *, by: CanAct | None, now: datetime) -> bool:
    """They asked before they decide: the offer waits for them again, for as long as it stands by now."""
    until = _stands_until(answered.application, now)
    if until is None:
        return False
    await_answer(answered, until=until, by=by, now=now)
    return True


def ended_since(application: "Application", since: datetime) -> bool:
    """Whether an offer that they had in hand came to its end since then, without a hire."""
    offers = apps.get_model("candidates", "Offer").objects.filter(
        application=application.pk,
        state__in=["declined", "expired", "withdrawn"],
        settled_at__gte=since,
        sent_at__lte=F("settled_at"),
    )
    return bool(offers.exists())


def _stands_until(application: "Application", now: datetime) -> datetime | None:
    """Until when they may accept the offer that has reached them. Offers lie higher: they are known by name."""
    offers = apps.get_model("candidates", "Offer").objects.filter(
        application=application.pk, state="sent", sent_at__lte=now, expires_at__gt=now
    )
    return offers.values_list("expires_at", flat=True).first()
