"""What becomes of résumés dropped for somebody new when that person is erased: the drafts about them go at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from ats.kernel.erasing import Person
from candidates.resumes.models import ResumeDraft


def drafts(people: Sequence[Person], now: datetime) -> None:
    """Those that say their address, or both their names; all others go after some hours by themselves."""
    rows = ResumeDraft.objects.annotate(told=Cast("facts", TextField()))
    for person in people:
        about = Q(pk__in=[])
        for address in filter(None, (address for address, _ in person.addresses)):
            about |= Q(told__icontains=address)
        if person.first_name and person.last_name:
            about |= Q(told__icontains=person.first_name) & Q(told__icontains=person.last_name)
        for draft in rows.filter(about):
            draft.file.delete(save=False)  # if all of this is undone, who looks for it reads that it is gone
            draft.delete()
