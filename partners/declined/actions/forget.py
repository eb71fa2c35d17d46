"""The erasure of a candidate: their name leaves every record of a declined request, and nothing else does."""

import json
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q

from candidates.models import Candidate
from partners.declined.models import SETTING, Addition, DeclinedAddition, DeclinedRequest


@transaction.atomic
def forget(*, candidate: Candidate, now: datetime) -> int:
    """How many records held it. First and last name by themselves go from the records about this candidate only."""
    names = {
        "candidate": candidate.pk,
        "full": [str(candidate)],
        "parts": [name for name in (candidate.first_name, candidate.last_name) if name],
    }
    found = _naming(candidate)
    _say(json.dumps(names))
    try:
        # Its triggers do it, whatever is set here (see `kept`); additions first, which ask whom their record is about.
        DeclinedAddition.objects.filter(record__in=found).update(text=F("text"))
        DeclinedRequest.objects.filter(pk__in=found).update(asked=F("asked"))
    finally:
        if not connection.needs_rollback:
            _say("")
    DeclinedAddition.objects.bulk_create(
        DeclinedAddition(record_id=pk, kind=Addition.FORGOTTEN, at=now) for pk in found
    )
    return len(found)


def _naming(candidate: Candidate) -> list[int]:
    name = str(candidate)
    texts = ("asked", "rule", "alternative", "additions__text")
    named = Q(candidate=candidate)
    for field in texts:
        named |= Q(**{f"{field}__icontains": name})
    rows = DeclinedRequest.objects.filter(named).distinct()
    return sorted(rows.values_list("pk", flat=True))


def _say(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
