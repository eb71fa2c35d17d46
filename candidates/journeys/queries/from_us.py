"""What marketing says with a step, in the language of whoever reads it."""

from collections import defaultdict
from collections.abc import Collection

from candidates.follow_ups.domain.journeys import OWED
from candidates.journeys.models import FromUs

FIRST = "en"
Said = dict[tuple[str, str], FromUs]


def said_by(organisation_ids: Collection[int]) -> dict[int, Said]:
    """By organisation, and by step and language, in one query."""
    found: dict[int, Said] = defaultdict(dict)
    for row in FromUs.objects.filter(organisation__in=list(organisation_ids)):
        found[row.organisation_id][row.step, row.language] = row
    return found


def said_with(step: str, said: Said, language: str) -> str:
    """What was written for this step, else for every one; in their language, else in the first. Empty: nothing."""
    for_step = (step,) if step in OWED else (step, "")
    for which in for_step:
        for tongue in (language, FIRST):
            if row := said.get((which, tongue)):
                return row.said
    return ""


def rows_of(organisation_id: int) -> list[FromUs]:
    rows = FromUs.objects.filter(organisation=organisation_id).select_related("updated_by")
    return list(rows.order_by("step", "language"))
