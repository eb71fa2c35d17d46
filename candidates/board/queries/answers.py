"""How an organisation answered its candidates, for its response record (the formula: `response_record.py`)."""

import math
from datetime import datetime
from statistics import median_high

from ats.kernel.rows import listed
from ats.organisation.domain import working_time
from ats.organisation.models import HiringOrganisation
from requisitions.careers.domain import response_record as response
from requisitions.careers.domain.response_record import PERIOD, AnswerFigures

APPLICANTS = 500
"""The median rests on the last of the period, no more than these: that costs the same for all."""

# What a person said themselves, and that left the house; or a decision that was told.
FIRST_ANSWERS = """
    SELECT a.applied_at,
           least(a.told_at, (
               SELECT min(coalesce(mail.sent_at, m.said_at))
               FROM candidates_message m LEFT JOIN ats_outgoingmail mail ON mail.id = m.mail_id
               WHERE m.application_id = a.id AND m.direction = 'out' AND m.author_id IS NOT NULL
                 AND m.substance = 'own' AND (m.mail_id IS NULL OR mail.state = 'sent')))
    FROM candidates_application a
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    JOIN LATERAL (
        SELECT p.due_at FROM candidates_promise p WHERE p.application_id = a.id ORDER BY p.opened_at, p.id LIMIT 1
    ) first ON first.due_at <= %(now)s
    WHERE r.organisation_id = %(organisation)s AND NOT r.confidential AND a.applied_at >= %(since)s
      AND NOT (a.state = 'withdrawn' AND a.decided_at <= first.due_at)
    ORDER BY a.applied_at DESC, a.id DESC
    LIMIT %(most)s
"""
PROMISES = """
    SELECT count(*), count(*) FILTER (WHERE p.state = 'kept')
    FROM candidates_promise p
    JOIN candidates_application a ON a.id = p.application_id
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    WHERE r.organisation_id = %(organisation)s AND NOT r.confidential AND p.side <> 'candidate'
      AND (p.state IN ('kept', 'broken', 'changed') AND p.settled_at >= %(since)s
           OR p.state IN ('open', 'telling') AND (p.due_at <= %(now)s OR p.kind = 'debt'))
"""
DECIDED = """
    SELECT count(*), count(a.told_at)
    FROM candidates_application a
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    WHERE r.organisation_id = %(organisation)s AND NOT r.confidential AND a.state IN ('rejected', 'hired')
      AND a.decided_at >= %(since)s
      AND (a.told_at IS NOT NULL OR NOT EXISTS (
               SELECT FROM candidates_promise p
               WHERE p.application_id = a.id AND p.state = 'telling' AND p.due_at > %(now)s))
"""


@response.provide_figures
def answers(organisation: HiringOrganisation, now: datetime) -> AnswerFigures:
    """Three queries."""
    values = {
        "organisation": organisation.pk,
        "now": now,
        "since": now - PERIOD,
        "most": APPLICANTS,
    }
    days = [
        working_time.days_between(organisation.calendar, applied, answered) if answered else math.inf
        for applied, answered in listed(FIRST_ANSWERS, values)
    ]
    middle = median_high(days) if days else math.inf
    (promises, kept), (decided, told) = listed(PROMISES, values)[0], listed(DECIDED, values)[0]
    return AnswerFigures(
        applicants=len(days),
        median_days=None if math.isinf(middle) else int(middle),
        promises=promises,
        kept=kept,
        decided=decided,
        told=told,
    )
