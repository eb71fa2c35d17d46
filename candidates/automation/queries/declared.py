"""What rules that are on do to those who apply for a role: posts say it (`requisitions/posts/domain/automation.py`)."""

from django.db.models import Q

from ats.kernel.staff_words import gettext_lazy
from candidates.automation.models import Rule
from requisitions.models import Requisition
from requisitions.posts.domain.automation import Does, Part, declare


def _done(requisition: Requisition) -> frozenset[Does]:
    """Read once for each instance: a post asks for several parts."""
    known: frozenset[Does] | None = vars(requisition).get("_done_by_rules")
    if known is None:
        of = Q(requisition=None) | Q(requisition=requisition.pk)
        rows = Rule.objects.on().filter(of, organisation=requisition.organisation_id)
        found = (does(rule) for rule in rows.only("conditions", "actions").order_by("pk"))
        known = vars(requisition)["_done_by_rules"] = frozenset().union(*found)
    return known


def does(rule: Rule) -> frozenset[Does]:
    """Who decides by conditions who goes on selects; who marks people by them screens. The same for all is neither."""
    acts = {each["act"] for each in rule.actions}
    if "reject" in acts or ("move" in acts and rule.conditions):
        return frozenset({Does.SELECTS})
    return frozenset({Does.SCREENS}) if "tag" in acts and rule.conditions else frozenset()


declare(
    [
        Part(
            name="rules_select",
            says=gettext_lazy("Moves applicants on, or says no to them, by rules that colleagues wrote."),
            does=frozenset({Does.SELECTS}),
            is_on=lambda requisition: Does.SELECTS in _done(requisition),
        ),
        Part(
            name="rules_screen",
            says=gettext_lazy("Marks applicants by their answers, by rules that colleagues wrote."),
            does=frozenset({Does.SCREENS}),
            is_on=lambda requisition: Does.SCREENS in _done(requisition),
        ),
    ]
)
