from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("candidates", "0019_count_broken_dates_since_an_answer")]

    operations = [
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("state", "open"), _negated=True), models.Q(("broken_before", 0), ("waiting_since__isnull", True)), models.Q(("broken_before__gt", 0), ("waiting_since__isnull", False)), _connector="OR"), name="promise_waits_since_it_broke"),
        ),
    ]
