"""Who may see an application, for plain statements; `access/application.py` says it of the models.

A statement names the application `a` and its requisition `r`, and takes the values of `viewer`.
"""

from typing import Any

from ats.accounts.models import User
from ats.accounts.queries.beside import LESS, is_surely_not
from candidates.applications.models import WHOLE_TEAM
from requisitions.roles.queries import sight

TEAM = ", ".join(f"'{role.value}'" for role in WHOLE_TEAM)
KEPT = """(%(sees_less)s AND a.id IN (
    SELECT application_id FROM candidates_keptfrom WHERE user_id = %(user)s AND lifted_at IS NULL))"""
"""It is kept from the viewer, for whom its candidate works: before every reason to see it."""

_STANDS_IN = """
    OR %(sees_less)s AND a.id IN (
        SELECT application_id FROM candidates_keptfrom WHERE stand_in_id = %(user)s AND lifted_at IS NULL)"""
UNKEPT = f"""(
    %(oversees)s
    OR %(recruits)s AND NOT r.confidential
    OR EXISTS (SELECT FROM requisitions_teammember
               WHERE requisition_id = r.id AND user_id = %(user)s AND role IN ({TEAM})){{stands_in}}
    OR NOT %(recruits)s AND (
        EXISTS (SELECT FROM candidates_interviewseat seat JOIN candidates_interview met ON met.id = seat.interview_id
                WHERE met.application_id = a.id AND seat.user_id = %(user)s AND NOT seat.released)
        OR EXISTS (SELECT FROM candidates_review
                   WHERE application_id = a.id AND reviewer_id = %(user)s AND state <> 'cancelled')))"""  # noqa: S608
VISIBLE = f"(NOT {KEPT} AND {UNKEPT.format(stands_in=_STANDS_IN)})"
UNKEPT = UNKEPT.format(stands_in="")
"""The same for whom nothing is kept from: `sees_less` is false."""


def viewer(user: User) -> dict[str, Any]:
    """Of somebody who may see anything at all: they are active."""
    return sight.viewer(user) | {"sees_less": not is_surely_not(user, LESS)}
