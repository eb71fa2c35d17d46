"""The sequence that requisitions are numbered from, and the pipelines that the house ships."""

from typing import Any

from django.db import migrations


def ship(apps: Any, schema_editor: Any) -> None:
    from requisitions.pipeline import seeds

    seeds.write(
        apps.get_model("requisitions", "PipelineTemplate"),
        apps.get_model("requisitions", "TemplateStage"),
        using=schema_editor.connection.alias,
    )


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE requisitions_reference_seq AS bigint", "DROP SEQUENCE requisitions_reference_seq"
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
