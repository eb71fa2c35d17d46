"""What stands in the résumés that are there is read in the background."""

from django.db import migrations

WAIT = """
    INSERT INTO candidates_resumereading (candidate_id, document_id, origin, source, form, state, problem,
        is_recognised, facts, decided, attempts, last_error, created_at, updated_at)
    SELECT candidate_id, id, 'file', '', 0, 'waiting', '', FALSE, '{}', '{}', 0, '', created_at, now()
    FROM candidates_document WHERE kind = 'resume' AND reading <> 'waiting' ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0077_resume_readings")]
    operations = [migrations.RunSQL(WAIT, migrations.RunSQL.noop)]
