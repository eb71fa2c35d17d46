"""A wording rule of Ontario joins those that the house ships."""

from typing import Any

from django.db import migrations


def ship(apps: Any, schema_editor: Any) -> None:
    from requisitions.wording import seeds

    seeds.write(apps.get_model("requisitions", "WordingRule"), using=schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('requisitions', '0011_statements_of_posts'),
    ]

    operations = [
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
