"""About whom the lines of my day are: one plain statement for all of them, whatever they are about."""

from collections.abc import Iterable

from ats.home.domain.rows import Whom
from ats.kernel.rows import listed
from candidates.people.models import who

# For Django to put such a question together and to build four models a row takes longer than the answer.
WHOM = """
    SELECT a.id, a.candidate_id, a.state, a.decided_at, (SELECT kind FROM requisitions_stage WHERE id = a.stage_id),
           c.first_name, c.last_name, c.headline, c.city, r.title,
           (SELECT coalesce(nullif(name, ''), email) FROM ats_user WHERE id = r.recruiter_id),
           coalesce((SELECT coalesce(nullif(name, ''), email) FROM ats_user WHERE id = r.hiring_manager_id), ''),
           r.organisation_id,
           CASE WHEN %(named)s THEN (SELECT name FROM ats_hiringorganisation WHERE id = r.organisation_id) ELSE '' END
    FROM candidates_application a
    JOIN candidates_candidate c ON c.id = a.candidate_id
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    WHERE a.id = ANY(%(numbers)s)
"""
"""Single values where there is one: to plan a join of six tables takes longer than to read these few lines."""


def whom(numbers: Iterable[int | None], *, named: bool = False) -> dict[int, Whom]:
    """By the ids of their applications; `named`: with the organisation, for whoever works for several."""
    wanted = sorted({number for number in numbers if number is not None})
    found = listed(WHOM, {"numbers": wanted, "named": named}) if wanted else []
    return {
        pk: Whom(
            candidate_id=candidate,
            name=f"{first} {last}".strip(),
            who=who(headline, city),
            role=title,
            recruiter=recruiter,
            partner=partner,
            state=state,
            decided_at=decided_at,
            stage_kind=kind,
            organisation_id=organisation,
            organisation=name,
        )
        for (
            pk,
            candidate,
            state,
            decided_at,
            kind,
            first,
            last,
            headline,
            city,
            title,
            recruiter,
            partner,
            organisation,
            name,
        ) in found
    }
