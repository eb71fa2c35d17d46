"""Broken dates in a row count since the last answer of a person: what was counted before is counted anew."""

from django.db import migrations

RECOUNT = """
    WITH answered AS (
        SELECT m.application_id, max(m.said_at) AS at FROM candidates_message m
        JOIN ats_outgoingmail o ON o.id = m.mail_id
        WHERE m.direction = 'out' AND m.author_id IS NOT NULL AND o.state IN ('queued', 'sending', 'sent')
        GROUP BY m.application_id
    ), broken AS (
        SELECT p.application_id, count(*) AS number, min(p.opened_at) AS since FROM candidates_promise p
        JOIN candidates_application a ON a.id = p.application_id AND a.state = 'active'
        LEFT JOIN answered ON answered.application_id = p.application_id
        WHERE p.state = 'broken' AND (answered.at IS NULL OR p.settled_at > answered.at)
        GROUP BY p.application_id
    ), counted AS (
        SELECT o.id, coalesce(broken.number, 0) AS number, broken.since FROM candidates_promise o
        LEFT JOIN broken ON broken.application_id = o.application_id
        WHERE o.state = 'open' AND (o.broken_before > 0 OR broken.number > 0)
    )
    UPDATE candidates_promise SET broken_before = counted.number, waiting_since = counted.since
    FROM counted WHERE counted.id = candidates_promise.id
"""


class Migration(migrations.Migration):

    dependencies = [("candidates", "0018_promises_until_told")]

    operations = [migrations.RunSQL(RECOUNT, migrations.RunSQL.noop)]
