"""Until when a law has somebody kept, though they ask to be erased; and whether somebody is held."""

from collections.abc import Collection
from datetime import datetime

from ats.kernel.moments import months_after
from candidates.applications.models import Application
from candidates.data_requests.models import DataComplaint
from candidates.erasure.domain.rules import kept
from candidates.erasure.domain.rules_table import Outcome
from candidates.erasure.models import LegalHold
from candidates.hires.models import HireRecord, HireState

COMPLAINT = "complaint"
"""The code where they have complained, and the answer still has to find them."""
HIRES = "hired"
"""The code where the papers of a hire are kept, for the term that the organisation has for them."""


def required_until(candidate_id: int, *, now: datetime) -> tuple[datetime | None, str]:
    """The latest day until which a law keeps one of their applications, and the rule's code; None: nothing does.

    An application that goes on counts as if it ended now. Whoever was hired is in somebody's books: their hire is
    kept for its own term.
    """
    found: list[tuple[datetime, str]] = []
    rows = Application.objects.filter(candidate=candidate_id).select_related(
        "requisition__organisation", "requisition__location"
    )
    hired = set(
        HireRecord.objects.filter(
            application__candidate=candidate_id, state__in=[HireState.EXPECTED, HireState.STARTED]
        ).values_list("application", flat=True)
    )
    for row in rows:
        organisation = row.requisition.organisation
        outcome = Outcome.HIRED if row.pk in hired else _outcome(row)
        said = kept(row.requisition.jurisdiction, outcome, employees=organisation.employees, own={})
        ended = row.decided_at or now
        if row.pk in hired:
            found.append((months_after(ended, said.months), HIRES))
        elif said.least is not None:
            found.append((months_after(ended, said.least.months), said.least.code))
    found += [(row.due_at, COMPLAINT) for row in DataComplaint.objects.open().filter(candidate=candidate_id)]
    ahead = [pair for pair in found if pair[0] > now]
    return max(ahead) if ahead else (None, "")


def _outcome(row: Application) -> Outcome:
    return Outcome.REJECTED if row.state == "rejected" else Outcome.WITHDRAWN


def owed_an_answer(candidates: Collection[int]) -> set[int]:
    """Those of whom a complaint waits for its answer."""
    rows = DataComplaint.objects.open().filter(candidate__in=candidates)
    return {whose for whose in rows.values_list("candidate", flat=True) if whose}


def held(candidates: Collection[int]) -> set[int]:
    """Those whom nobody may erase now: by themselves, or by a role that they applied for."""
    holds = LegalHold.objects.standing()
    by_name = holds.filter(candidate__in=candidates).values_list("candidate", flat=True)
    roles = holds.exclude(requisition=None).values("requisition")
    by_role = Application.objects.filter(candidate__in=candidates, requisition__in=roles)
    return {*filter(None, by_name), *by_role.values_list("candidate", flat=True)}
