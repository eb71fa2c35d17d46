"""Which people somebody sees."""

import re

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from ats.accounts.models import User
from ats.accounts.queries.beside import LESS, is_surely_not
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.applications.queries.sight import VISIBLE, viewer
from candidates.people.models import Candidate

NAMED = f"""
    SELECT own.candidate_id FROM candidates_keptfrom k JOIN candidates_application own ON own.id = k.application_id
    WHERE k.user_id = %(user)s AND k.lifted_at IS NULL AND NOT EXISTS (
        SELECT FROM candidates_application a JOIN requisitions_requisition r ON r.id = a.requisition_id
        WHERE a.candidate_id = own.candidate_id AND {VISIBLE})
"""  # noqa: S608
"""People known by what is kept from somebody alone: in words, and read once from the few that are kept."""
NAMES = re.findall(r"%\((\w+)\)s", NAMED)
KEPT_ALONE = re.sub(r"%\(\w+\)s", "%s", NAMED)


@sees(Candidate)
def visible(rows: QuerySet[Candidate], user: User) -> QuerySet[Candidate]:
    """Overseers and recruiters see everybody, except who is only in confidential requisitions of others.

    Nor do they see who works for them, and is known by what is kept from them alone. Everybody else sees the people
    whose applications they may see.
    """
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    rows = rows.filter(merged_into=None)  # who leads on to somebody else is nobody by themselves
    applications = Application.objects.visible_to(user)
    if user.works_for is not None:
        rows = rows.filter(_applies(requisition__organisation__in=user.works_for) | ~_applies())
    if not (user.oversees or user.recruits):
        return rows.filter(Exists(applications.filter(candidate=OuterRef("pk"))))
    if not is_surely_not(user, LESS):
        values = viewer(user)
        rows = rows.exclude(pk__in=RawSQL(KEPT_ALONE, [values[name] for name in NAMES]))  # noqa: S611
    if user.oversees:
        return rows
    # Nearly everybody passes by the first half; the second is only asked for the others. Among them are those
    # whose role is confidential no more, and whose address is somebody's who was known before.
    secret = applications.filter(candidate__only_confidential=True)
    shown = Q(only_confidential=False) | Q(pk__in=secret.values("candidate"))
    if user.works_for is not None:  # they may have added somebody whose address is known beyond the wall
        shown |= ~_applies()
    return rows.filter(shown)


def _applies(**where: object) -> Q:
    """Whether there is such an application: looked up for each person, not by `EXISTS` (see `access/walls.py`)."""
    found = Application.objects.filter(candidate=OuterRef("pk"), **where).annotate(there=Value(True))
    return Q(Coalesce(Subquery(found.values("there")[:1]), False, output_field=BooleanField()))
