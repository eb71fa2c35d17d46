"""How every organisation gives feedback, for the settings."""

from ats.organisation.models import HiringOrganisation
from candidates.feedback.models import FeedbackRules


def by_organisation() -> list[tuple[HiringOrganisation, FeedbackRules]]:
    """Every organisation that hires, by name; as it ships where it has said nothing."""
    rows = list(HiringOrganisation.objects.filter(is_active=True).order_by("name", "pk"))
    known = {rules.organisation_id: rules for rules in FeedbackRules.objects.filter(organisation__in=rows)}
    return [(row, known.get(row.pk) or FeedbackRules(organisation=row)) for row in rows]
