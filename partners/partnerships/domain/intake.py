"""Whether the role says what a recruiter needs to look for the right people."""

from ats.kernel.staff_words import gettext
from requisitions.models import CriterionKind, Requisition


def missing(requisition: Requisition) -> list[str]:
    """What has not been said yet, in words; one query where the criteria were not prefetched."""
    musts = [row for row in requisition.criteria.all() if row.kind == CriterionKind.MUST]
    said = {
        gettext("the must-haves, each with its why"): bool(musts) and all(must.why.strip() for must in musts),
        gettext("what this person will have done"): bool(requisition.outcomes.strip()),
        gettext("why a great person would want it"): bool(requisition.value_proposition.strip()),
        gettext("the pay range"): requisition.pay_min is not None,
    }
    return [words for words, there in said.items() if not there]
