"""For whom somebody works; nobody is named in an older house."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ats", "0024_worked_days")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="manager",
            field=models.ForeignKey(
                blank=True,
                help_text="For whom they work; empty where nobody is named.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="reports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="hiringorganisation",
            name="asks_who_works_here",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="Whether applicants can say that they work here: their manager sees nothing of it then.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("manager", models.F("pk")), _negated=True),
                name="user_manages_others",
                violation_error_message="Nobody is their own manager.",
            ),
        ),
    ]
