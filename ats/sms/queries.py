"""Who carries SMS for whom, and how the last ones fared."""

from collections.abc import Iterable

from django.db.models import QuerySet

from ats.organisation.models import HiringOrganisation
from ats.sms.models import SmsAccount, SmsMessage, SmsState

LAST = 5
TROUBLED = (SmsState.FAILED, SmsState.UNKNOWN)


def accounts() -> QuerySet[SmsAccount]:
    return SmsAccount.objects.select_related("organisation").order_by("organisation__name")


def without_account() -> QuerySet[HiringOrganisation]:
    return HiringOrganisation.objects.filter(is_active=True, sms_account=None).order_by("name")


def last_troubles(organisations: Iterable[int]) -> dict[int, list[SmsMessage]]:
    """By organisation, the last SMS that failed or may have; one query."""
    found: dict[int, list[SmsMessage]] = {}
    rows = SmsMessage.objects.filter(organisation_id__in=list(organisations), state__in=TROUBLED)
    for row in rows.order_by("-id")[:50]:
        some = found.setdefault(row.organisation_id or 0, [])
        if len(some) < LAST:
            some.append(row)
    return found
