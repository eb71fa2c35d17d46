"""Templates know what they assess, and the house ships three."""

from typing import Any

from django.db import migrations, models


def ship(apps: Any, schema_editor: Any) -> None:
    from requisitions.interview_plan import seeds

    seeds.write(
        apps.get_model("requisitions", "PlanTemplate"),
        apps.get_model("requisitions", "TemplateInterview"),
        using=schema_editor.connection.alias,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('requisitions', '0004_wording_rules'),
    ]

    operations = [
        migrations.AddField(
            model_name='templateinterview',
            name='criteria',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
