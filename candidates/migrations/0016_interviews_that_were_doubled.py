"""Whose each interview is; and of two that are booked for one person at one time, the later one is marked.

Nobody is uninvited by an update: a marked one stays booked, its page says so, and once it is moved it may not
stand beside another any more.
"""

from django.db import migrations

BATCH = 20_000
FILL = """
    UPDATE candidates_interview SET candidate_id = a.candidate_id
    FROM candidates_application a
    WHERE a.id = candidates_interview.application_id AND candidates_interview.candidate_id IS NULL
    AND candidates_interview.id > %s AND candidates_interview.id <= %s
"""
MARK = """
    UPDATE candidates_interview SET doubled = true
    FROM candidates_interview other
    WHERE candidates_interview.state = 'booked' AND other.state = 'booked'
    AND other.candidate_id = candidates_interview.candidate_id
    AND (other.booked_at, other.id) < (candidates_interview.booked_at, candidates_interview.id)
    AND tstzrange(other.starts_at, other.ends_at)
        && tstzrange(candidates_interview.starts_at, candidates_interview.ends_at)
"""


def fill(apps, schema_editor):
    newest = apps.get_model("candidates", "Interview").objects.order_by("-pk").values_list("pk", flat=True)
    last = newest.first() or 0
    with schema_editor.connection.cursor() as cursor:
        for start in range(0, last, BATCH):
            cursor.execute(FILL, [start, start + BATCH])
        cursor.execute(MARK)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("candidates", "0015_whose_interview_it_is")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
