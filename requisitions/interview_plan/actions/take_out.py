"""Taking a planned interview out without breaking what has happened."""

from django.db.models import ProtectedError

from requisitions.interview_plan.models import PlannedInterview


def take_out(planned: PlannedInterview) -> bool:
    """Delete it if nobody was ever asked or booked for it, else retire it; whether it was retired."""
    number = planned.pk
    # A booking holds a key lock on the row: whoever is about to book is waited for.
    list(PlannedInterview.objects.filter(pk=number).select_for_update().values_list("pk", flat=True))
    # Bookings belong to a higher floor: they are asked for by their relation's name.
    if not PlannedInterview.objects.filter(pk=number, interviews__isnull=False).exists():
        try:
            PlannedInterview.objects.filter(pk=number).delete()
        except ProtectedError:  # somebody was asked to choose a time for it
            pass
        else:
            return False
    planned.retired = True
    planned.save(update_fields=["retired"])
    return True
