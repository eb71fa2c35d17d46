"""The seats of a requisition."""

from django.db.models import Max

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from requisitions.roles.domain.facts import MOST_OPENINGS
from requisitions.roles.models import Opening, OpeningState, Requisition


def write(requisition: Requisition, count: int) -> bool:
    """Make it `count` seats, the filled ones among them; whether anything changed."""
    if not 1 <= count <= MOST_OPENINGS:
        raise Invalid(
            gettext("Give a number from 1 to %(MOST_OPENINGS)s.") % {"MOST_OPENINGS": MOST_OPENINGS},
            field="openings",
        )
    seats = list(requisition.openings.exclude(state=OpeningState.CANCELLED).order_by("number"))
    # The offers belong to a higher floor: a seat that is offered is known by the relation's name.
    offered = set(
        requisition.openings.filter(state=OpeningState.OPEN, offers__state="sent").values_list(
            "pk", flat=True
        )
    )
    filled = sum(seat.state == OpeningState.FILLED for seat in seats)
    if count < filled:
        raise Invalid(
            gettext("%(filled)s people are hired already: there cannot be fewer openings.")
            % {"filled": filled},
            field="openings",
        )
    if count < filled + len(offered):
        raise Invalid(
            gettext("More seats than that are filled or offered: withdraw an offer first."), field="openings"
        )
    free = [seat for seat in seats if seat.state == OpeningState.OPEN and seat.pk not in offered]
    for seat in free[max(count - filled - len(offered), 0) :]:
        seat.state = OpeningState.CANCELLED
        seat.save(update_fields=["state"])
    last = requisition.openings.aggregate(last=Max("number"))["last"] or 0
    new = range(last + 1, last + 1 + count - len(seats))
    Opening.objects.bulk_create(Opening(requisition=requisition, number=number) for number in new)
    return count != len(seats)


def cancel_open(requisition: Requisition) -> int:
    """Nobody will sit there; how many seats that were."""
    return requisition.openings.filter(state=OpeningState.OPEN).update(state=OpeningState.CANCELLED)
