"""What pages of surveys show."""

from ats.organisation.models import HiringOrganisation
from candidates.surveys.models import SurveyRules
from candidates.surveys.queries.asking import rules_of


def by_organisation() -> list[tuple[HiringOrganisation, SurveyRules]]:
    """Every organisation that hires, by name, with how it asks."""
    rows = list(HiringOrganisation.objects.filter(is_active=True).order_by("name", "pk"))
    rules = rules_of([row.pk for row in rows])
    return [(row, rules[row.pk]) for row in rows]
