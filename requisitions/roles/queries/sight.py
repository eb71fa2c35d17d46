"""Who may see a requisition, for plain statements; `Requisition.objects.visible_to` says it of the models.

A statement names the requisition `r` and takes the values of `viewer`.
"""

from typing import Any

from ats.accounts.models import User

IN_TEAM = "EXISTS (SELECT FROM requisitions_teammember WHERE requisition_id = r.id AND user_id = %(user)s)"
VISIBLE = f"(%(oversees)s OR %(recruits)s AND NOT r.confidential OR {IN_TEAM})"


def viewer(user: User) -> dict[str, Any]:
    """Of somebody who may see anything at all: they are active."""
    return {"user": user.pk, "oversees": user.oversees, "recruits": user.recruits}
