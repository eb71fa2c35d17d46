from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_check_in_rhythm")]

    operations = [
        migrations.RemoveConstraint(model_name="term", name="term_takes_time"),
        migrations.RenameField(model_name="term", old_name="working_days", new_name="time"),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("time__range", (1, 60))), name="term_takes_time"
            ),
        ),
    ]
