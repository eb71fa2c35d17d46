"""Weekend days that an office works for another day off."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ats", "0023_second_steps_sealed"),
    ]

    operations = [
        migrations.AddField(
            model_name="holiday",
            name="is_worked",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="A day of the weekend that is worked for another one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="holiday",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_worked", False), ("every_year", False), _connector="OR"),
                name="holiday_worked_once",
                violation_error_message="A day that is worked is one of one year.",
            ),
        ),
        migrations.AlterField(
            model_name="confirmeddays",
            name="days",
            field=models.JSONField(
                help_text="Each day with its name, when the office shuts (empty: all day) or that it is worked, and why."
            ),
        ),
    ]
