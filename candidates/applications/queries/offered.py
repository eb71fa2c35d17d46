"""Who has an offer, or is about to get one, for those who decide not to go on with them.

The offers lie a slice higher: they are known here by the relation's name.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from candidates.applications.models import Application

LIVE = ("draft", "approval", "approved", "sent")


@dataclass(frozen=True)
class Offered:
    """A live offer to somebody: `in_hand` once they have it, until when they may answer."""

    name: str
    first_name: str
    in_hand: bool
    on_its_way: bool
    until: datetime | None


def offers_to(application_ids: Iterable[int], *, now: datetime) -> list[Offered]:
    """The live offers of these applications; deciding not to go on withdraws them. One query."""
    return _offers(Application.objects.filter(pk__in=list(application_ids)), now)


def offers_for(requisition_id: int, *, now: datetime, without: Collection[int] = ()) -> list[Offered]:
    """The live offers to those in play for this role, but for these applications."""
    rows = Application.objects.active().filter(requisition=requisition_id)
    return _offers(rows.exclude(pk__in=without) if without else rows, now)


def offer_to(application: Application, *, now: datetime) -> Offered | None:
    return next(iter(offers_to([application.pk], now=now)), None)


def _offers(applications: QuerySet[Application], now: datetime) -> list[Offered]:
    values = (
        applications.filter(offers__state__in=LIVE)
        .order_by("pk")
        .values_list(
            "candidate__first_name",
            "candidate__last_name",
            "offers__sent_at",
            "offers__expires_at",
        )
    )
    return [
        Offered(
            name=f"{first} {last}".strip(),
            first_name=first,
            in_hand=sent_at is not None and sent_at <= now,
            on_its_way=sent_at is not None and sent_at > now,
            until=until,
        )
        for first, last, sent_at, until in values
    ]


def in_hand(application_ids: Iterable[int], *, now: datetime) -> frozenset[int]:
    """Those of these applications that have an offer of ours in hand. One query."""
    rows = Application.objects.filter(pk__in=list(application_ids))
    rows = rows.filter(offers__state="sent", offers__sent_at__lte=now)
    return frozenset(rows.values_list("pk", flat=True))


def took_one_back(application: Application) -> bool:
    """Whether they had an offer in hand that ended with the decision not to go on."""
    at = application.decided_at
    if at is None:
        return False
    return bool(application.offers.filter(state="withdrawn", settled_at=at, sent_at__lte=at).exists())
