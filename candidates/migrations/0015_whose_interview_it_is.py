"""Whose interview it is stands in its own row, so that the database can keep two at a time from one person.

In three steps, none of which holds the table for long: the column, its values, and then the constraint.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0014_evidence_never_given"),
    ]

    operations = [
        migrations.AddField(
            model_name="interview",
            name="candidate",
            field=models.ForeignKey(
                editable=False,
                help_text="The application's, written by the database.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="candidates.candidate",
            ),
        ),
        migrations.AddField(
            model_name="interview",
            name="doubled",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Booked beside another one of the candidate's, before the database refused that.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="interview",
            trigger=pgtrigger.compiler.Trigger(
                name="interview_of_whom",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    NEW.candidate_id := (SELECT candidate_id FROM candidates_application WHERE id = NEW.application_id);\n    RETURN NEW;\n",
                    hash="49247e8c5faf6e61c38dabf905eb97f934151c61",
                    operation='INSERT OR UPDATE OF "application_id"',
                    pgid="pgtrigger_interview_of_whom_32aaf",
                    table="candidates_interview",
                    when="BEFORE",
                ),
            ),
        ),
    ]
