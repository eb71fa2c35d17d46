"""Measuring the response record, which nobody writes by hand."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from requisitions.careers.domain.response_record import AGE, figures_of
from requisitions.careers.models import ResponseRecord, to_measure


@transaction.atomic
def measure_one(now: datetime) -> int:
    """Measure the record that is due and that nobody else measures at the moment; how many there were."""
    rows = to_measure(now - AGE).select_related("calendar").order_by("pk")
    organisation = rows.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if organisation is None:
        return 0
    facts = asdict(figures_of(organisation, now=now)) | {"measured_at": now}
    ResponseRecord.objects.update_or_create(organisation=organisation, defaults=facts)
    return 1
