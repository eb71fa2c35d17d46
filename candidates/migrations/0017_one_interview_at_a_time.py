"""From here on nobody is booked twice at one time, by whichever application."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("candidates", "0016_interviews_that_were_doubled")]

    operations = [
        migrations.RemoveConstraint(model_name="interview", name="interview_candidate_once_at_a_time"),
        migrations.AlterField(
            model_name="interview",
            name="candidate",
            field=models.ForeignKey(
                editable=False,
                help_text="The application's, written by the database.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="candidates.candidate",
            ),
        ),
        migrations.AddConstraint(
            model_name="interview",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("doubled", False), ("state", "booked")),
                expressions=[
                    ("candidate", "="),
                    (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                ],
                name="interview_candidate_once_at_a_time",
            ),
        ),
    ]
