"""How much waits for somebody beside their roles, for the lines above a dashboard."""

from ats.accounts.models import User
from ats.kernel.rows import answers

ASKED = """
    SELECT (SELECT count(*) FROM ats_approval WHERE approver_id = %(user)s AND state = 'open') AS approvals,
           (SELECT count(*) FROM partners_signature s
            JOIN partners_briefversion v ON v.id = s.version_id
            JOIN partners_partnership p ON p.id = v.partnership_id
            WHERE s.person_id = %(user)s AND s.state = 'open' AND p.state = 'active')
           + (SELECT count(*) FROM partners_contradiction WHERE decider_id = %(user)s AND state = 'open') AS to_sign,
           EXISTS (SELECT FROM partners_retrospective WHERE state = 'open') AS looks_back
"""
"""What `mine_to_decide` and `count_waiting` say, together; a test holds them to it."""


def asked(user: User) -> dict[str, int]:
    """`approvals` to answer and briefs or contradictions `to_sign`, and whether anybody owes a look back; one query."""
    return answers(ASKED, {"user": user.pk})
