"""The seats of a requisition."""

from django.db.models import Max

from ats.common.errors import Invalid
from requisitions.roles.facts import MOST_OPENINGS
from requisitions.roles.models import Opening, OpeningState, Requisition


def write(requisition: Requisition, count: int) -> bool:
    """Make it `count` seats, the filled ones among them; whether anything changed."""
    if not 1 <= count <= MOST_OPENINGS:
        raise Invalid(f"Give a number from 1 to {MOST_OPENINGS}.", field="openings")
    seats = list(requisition.openings.exclude(state=OpeningState.CANCELLED).order_by("number"))
    filled = sum(seat.state == OpeningState.FILLED for seat in seats)
    if count < filled:
        raise Invalid(f"{filled} people are hired already: there cannot be fewer openings.", field="openings")
    for seat in [seat for seat in seats if seat.state == OpeningState.OPEN][max(count - filled, 0) :]:
        seat.state = OpeningState.CANCELLED
        seat.save(update_fields=["state"])
    last = requisition.openings.aggregate(last=Max("number"))["last"] or 0
    new = range(last + 1, last + 1 + count - len(seats))
    Opening.objects.bulk_create(Opening(requisition=requisition, number=number) for number in new)
    return count != len(seats)


def cancel_open(requisition: Requisition) -> int:
    """Nobody will sit there; how many seats that were."""
    return requisition.openings.filter(state=OpeningState.OPEN).update(state=OpeningState.CANCELLED)
