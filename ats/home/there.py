"""Which parts of the day there are at all, asked at once: of most there is nothing."""

from datetime import datetime, timedelta

from ats.accounts.models import User
from ats.common.rows import answers
from ats.mail.models import MailState

TROUBLE = (MailState.FAILED, MailState.UNKNOWN, MailState.BOUNCED, MailState.WITHHELD)
TROUBLE_LASTS = timedelta(days=30)
CHECK_INS_AHEAD = timedelta(days=7)

THERE = """
    SELECT
    EXISTS (SELECT FROM candidates_application
            WHERE state IN ('rejected', 'hired') AND told_at IS NULL) AS untold,
    EXISTS (SELECT FROM ats_outgoingmail WHERE requisition_id = ANY(%(roles)s)
            AND state = ANY(%(trouble)s) AND created_at >= %(recently)s) AS troubled,
    (SELECT said_at FROM candidates_message WHERE direction = 'in' AND answered_at IS NULL
     ORDER BY said_at LIMIT 1) IS NOT NULL AS wrote,
    EXISTS (SELECT FROM partners_checkin WHERE state IN ('planned', 'ready')
            AND scheduled_at < %(next_week)s) AS check_ins,
    EXISTS (SELECT FROM candidates_review WHERE state = 'open') AS reviews,
    EXISTS (SELECT FROM ats_approval WHERE approver_id = %(user)s AND state = 'open') AS approvals,
    EXISTS (SELECT FROM candidates_scorecard WHERE interviewer_id = %(user)s AND state = 'draft') AS evidence,
    EXISTS (SELECT FROM candidates_scorecard WHERE state = 'draft' AND due_at < %(now)s) AS late_evidence,
    EXISTS (SELECT FROM candidates_scorecard WHERE state = 'submitted') AS debriefs,
    EXISTS (SELECT FROM requisitions_opening WHERE requisition_id = ANY(%(roles)s)
            AND state = 'filled') AS filled,
    EXISTS (SELECT FROM candidates_bookingrequest WHERE state IN ('given', 'expired')) AS times,
    EXISTS (SELECT FROM candidates_interview WHERE state = 'booked'
            AND ends_at > %(now)s AND starts_at < %(tonight)s) AS meetings,
    EXISTS (SELECT FROM candidates_interview i JOIN candidates_application a ON a.id = i.application_id
            WHERE i.state = 'booked' AND a.requisition_id = ANY(%(roles)s)) AS wanting,
    EXISTS (SELECT FROM candidates_offer WHERE 'approved' IN (state, next_state)) AS to_send
"""
"""Messages in their order, so that the short index of those without an answer is read."""


def parts_there(user: User, roles: list[int], *, now: datetime, tonight: datetime) -> dict[str, bool]:
    """Of which parts there may be any: the others are not asked for."""
    values = {
        "user": user.pk,
        "roles": roles,
        "now": now,
        "tonight": tonight,
        "next_week": now + CHECK_INS_AHEAD,
        "trouble": [str(state.value) for state in TROUBLE],
        "recently": now - TROUBLE_LASTS,
    }
    return answers(THERE, values)
