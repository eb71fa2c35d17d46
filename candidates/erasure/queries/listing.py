"""Erasures among what people ask about their data."""

from collections.abc import Iterable

from django.urls import reverse

from ats.accounts.models import User
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.data_requests.queries.listing import MOST, Line, kind
from candidates.erasure.models import PATIENCE, TOLD, Erasure, ErasureState
from candidates.erasure.queries.until import held
from candidates.erasure.rules import ERASE

LABEL = gettext_lazy("Erasure")


@kind("erasure", LABEL)
def erasures(user: User) -> Iterable[Line]:
    """Those that somebody asked for; whose time was over went by themselves, and stands in the settings."""
    if not user.has_perm(ERASE):
        return
    rows = Erasure.objects.standing().filter(why__in=TOLD).select_related("candidate")
    found = list(rows.defer("candidate__search").order_by("erased_at", "due_at").reverse()[:MOST])
    waiting = {row.candidate_id for row in found if row.state == ErasureState.WAITING}
    on_hold = held(waiting) if waiting else set()
    for row in found:
        is_held = row.candidate_id in on_hold
        yield Line(
            kind="erasure",
            label=LABEL,
            who=row.candidate.name,
            href=reverse("candidate_erase", args=[row.candidate_id]),
            since=row.asked_at,
            due_at=row.due_at,
            grace=PATIENCE,
            state=gettext("Under a legal hold") if is_held else row.get_state_display(),
            is_open=row.state == ErasureState.WAITING,
            settled_at=row.erased_at,
            is_held=is_held,
        )
