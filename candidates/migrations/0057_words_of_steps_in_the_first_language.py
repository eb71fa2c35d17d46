from django.db import migrations

FIRST = """
    UPDATE ats_mailtemplate t SET language = o.language FROM ats_hiringorganisation o
    WHERE o.id = t.organisation_id AND t.role LIKE 'journey.step:%%' AND t.language = 'en' AND o.language <> 'en'
      AND NOT EXISTS (SELECT FROM ats_mailtemplate x
                      WHERE x.role = t.role AND x.organisation_id = t.organisation_id AND x.language = o.language)
"""
"""The editor knew one language, and called it English; it is the organisation's first."""


class Migration(migrations.Migration):
    dependencies = [("candidates", "0056_tasks_come_due"), ("ats", "0031_chat")]

    operations = [migrations.RunSQL(FIRST, migrations.RunSQL.noop, elidable=True)]
