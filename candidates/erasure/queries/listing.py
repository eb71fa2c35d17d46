"""Erasures among what people ask about their data."""

from collections.abc import Iterable

from django.urls import reverse

from ats.accounts.models import User
from ats.kernel.staff_words import gettext_lazy
from candidates.data_requests.queries.listing import MOST, Line, kind
from candidates.erasure.models import Erasure, ErasureState, Why
from candidates.erasure.rules import ERASE

LABEL = gettext_lazy("Erasure")


@kind("erasure", LABEL)
def erasures(user: User) -> Iterable[Line]:
    """Those that somebody asked for; whose time was over went by themselves, and stands in the settings."""
    if not user.has_perm(ERASE):
        return
    rows = Erasure.objects.standing().filter(why__in=[Why.ASKED, Why.COLLEAGUE]).select_related("candidate")
    for row in rows.defer("candidate__search").order_by("erased_at", "due_at").reverse()[:MOST]:
        yield Line(
            kind="erasure",
            label=LABEL,
            who=row.candidate.name,
            href=reverse("candidate_erase", args=[row.candidate_id]),
            since=row.asked_at,
            due_at=row.due_at,
            state=row.get_state_display(),
            is_open=row.state == ErasureState.WAITING,
            settled_at=row.erased_at,
        )
