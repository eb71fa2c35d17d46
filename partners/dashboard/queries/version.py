"""Whether what a partnership's page shows is still so: a word that changes with it, by one look into indexes."""

from datetime import datetime

from ats.accounts.models import User
from ats.kernel.errors import Missing
from ats.kernel.rows import listed
from ats.kernel.staff_words import gettext
from partners.partnerships.rules import SIDE_OF_ROLE

VERSION = """
    SELECT (SELECT id FROM ats_activity WHERE requisition_id = p.requisition_id ORDER BY id DESC LIMIT 1),
           EXISTS (SELECT FROM partners_tomeasure WHERE requisition_id = p.requisition_id)
    FROM partners_partnership p
    WHERE p.id = %(partnership)s
      AND (%(oversees)s OR EXISTS (SELECT FROM requisitions_teammember t WHERE t.requisition_id = p.requisition_id
                                   AND t.user_id = %(user)s AND t.role = ANY(%(partners)s)))
"""
"""Everything that changes a page is on record; what was recorded last may still have to be measured."""


def version(user: User, partnership_id: int, *, now: datetime) -> str:
    """Another one each hour too, as time passes; `Missing` for who may not see it (see `visible_to`)."""
    values = {
        "partnership": partnership_id,
        "oversees": user.is_active and user.oversees,
        "user": user.pk,
        "partners": [role.value for role in SIDE_OF_ROLE],
    }
    rows = listed(VERSION, values)
    if not rows:
        raise Missing(gettext("There is no such partnership."))
    ((newest, measuring),) = rows
    return f"{newest or 0}{'+' if measuring else ''}-{now:%d%H}"
