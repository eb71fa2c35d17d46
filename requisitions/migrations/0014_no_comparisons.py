"""A wording rule about comparisons joins those that the house ships, and what is a feeling is known in more languages."""

from typing import Any

from django.db import migrations


def ship(apps: Any, schema_editor: Any) -> None:
    from requisitions.wording import seeds

    seeds.write(apps.get_model("requisitions", "WordingRule"), using=schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('requisitions', '0013_response_record'),
    ]

    operations = [
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
