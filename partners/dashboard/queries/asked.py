"""How much waits for somebody beside their roles, for the lines above a dashboard."""

from ats.accounts.models import User
from ats.kernel.rows import answers
from partners.path.domain.pages import VERSION

ASKED = """
    SELECT (SELECT count(*) FROM ats_approval WHERE approver_id = %(user)s AND state = 'open') AS approvals,
           (SELECT count(*) FROM partners_signature s
            JOIN partners_briefversion v ON v.id = s.version_id
            JOIN partners_partnership p ON p.id = v.partnership_id
            WHERE s.person_id = %(user)s AND s.state = 'open' AND p.state = 'active')
           + (SELECT count(*) FROM partners_contradiction WHERE decider_id = %(user)s AND state = 'open') AS to_sign,
           EXISTS (SELECT FROM partners_retrospective WHERE state = 'open') AS looks_back,
           NOT EXISTS (SELECT FROM partners_pathread WHERE user_id = %(user)s AND version >= %(path)s) AS led
"""
"""What `mine_to_decide` and `count_waiting` say, together; a test holds them to it."""


def asked(user: User) -> dict[str, int]:
    """`approvals` to answer, briefs or contradictions `to_sign`, whether anybody owes a look back, and whether
    this person has still to be `led` through the path; one query."""
    return answers(ASKED, {"user": user.pk, "path": VERSION})
