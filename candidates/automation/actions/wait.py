"""Who has waited in a stage as long as a rule says: found by the clock."""

from datetime import datetime

from django.db import connection, transaction

from ats.kernel.prepared import Statement
from ats.organisation.domain import working_time
from candidates.automation.models import Rule, RuleAct

BATCH = 200
_WAITING = """
    FROM candidates_rule r
    JOIN requisitions_requisition q ON q.organisation_id = r.organisation_id
        AND (r.requisition_id IS NULL OR r.requisition_id = q.id)
    JOIN requisitions_stage s ON s.requisition_id = q.id
        AND (s.id = r.stage OR r.stage IS NULL AND s.kind = r.stage_kind)
    JOIN candidates_application a ON a.requisition_id = q.id AND a.stage_id = s.id AND a.state = 'active'
    WHERE r.state = 'on' AND r."when" = 'waited' AND a.stage_entered_at <= %s - make_interval(days => r.days - 1)
        AND NOT EXISTS (SELECT FROM candidates_ruleact t WHERE t.rule_id = r.id AND t.application_id = a.id
            AND t.entered_at = a.stage_entered_at)
"""
"""Who may have waited so long, in a stay that no rule has dealt with; working days are asked afterwards."""


def due(now: datetime) -> Statement:
    return Statement(f"EXISTS (SELECT 1 {_WAITING})", (now,))


@transaction.atomic
def look_at_waiting(now: datetime) -> int:
    """A batch of each rule, who waits longest first; how many were found."""
    found = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT r.id {_WAITING}", [now])
        numbers = sorted(number for (number,) in cursor.fetchall())
        for rule in Rule.objects.filter(pk__in=numbers).order_by("pk") if numbers else ():
            asked = (
                f"SELECT a.id, a.stage_id, a.stage_entered_at {_WAITING} AND r.id = %s ORDER BY 3, 1 LIMIT %s"
            )
            cursor.execute(asked, [now, rule.pk, BATCH])
            found += _note(rule, cursor.fetchall(), now)
    return found


def _note(rule: Rule, rows: list[tuple[int, int, datetime]], now: datetime) -> int:
    calendar = rule.organisation.calendar
    acts = []
    for number, stage, entered in rows:
        if working_time.after_days(calendar, entered, rule.days) > now:
            break  # whoever came later waits shorter
        acts.append(
            RuleAct(
                rule=rule,
                application_id=number,
                occasion=f"waited:{stage}:{entered.isoformat()}",
                entered_at=entered,
                version=rule.version,
                noticed_at=now,
                due_at=now,
            )
        )
    RuleAct.objects.bulk_create(acts, ignore_conflicts=True)
    return len(acts)
