"""What the page of one person's erasure shows."""

from dataclasses import dataclass
from datetime import datetime

from candidates.applications.models import Application, ApplicationState
from candidates.erasure.domain.rules import BY_CODE
from candidates.erasure.domain.rules_table import Rule
from candidates.erasure.models import Erasure, LegalHold
from candidates.erasure.queries.until import COMPLAINT, HIRES, required_until
from candidates.offers.models import OfferState
from candidates.people.models import Candidate


@dataclass(frozen=True)
class Page:
    """`until`: the day of it, where it is not at once; `law` or `is_hired` say why."""

    erasure: Erasure | None
    until: datetime | None
    law: Rule | None
    is_hired: bool
    has_complained: bool
    holds: list[LegalHold]
    active: list[Application]
    has_offer: bool
    files: int
    messages: int

    @property
    def is_held_by_name(self) -> bool:
        """Whether a hold is of this very person, and not of a role of theirs."""
        return any(hold.candidate_id for hold in self.holds)


def page_of(candidate: Candidate, *, now: datetime) -> Page:
    erasure = Erasure.objects.standing().filter(candidate=candidate).select_related("asked_by").first()
    until, because = required_until(candidate.pk, now=now)
    if erasure is not None:
        until, because = (erasure.due_at if erasure.due_at > now else None), erasure.because
    active = candidate.applications.filter(state=ApplicationState.ACTIVE).select_related("requisition")
    holds = LegalHold.objects.of(candidate.pk).select_related("placed_by", "requisition")
    return Page(
        erasure=erasure,
        until=until,
        law=BY_CODE.get(because),
        is_hired=because == HIRES,
        has_complained=because == COMPLAINT,
        holds=list(holds.order_by("placed_at")),
        active=list(active.order_by("applied_at")),
        has_offer=active.filter(offers__state=OfferState.SENT).exists(),
        files=candidate.documents.count(),
        messages=candidate.messages.count(),
    )
