"""Wording rules hold in several places, and the house ships some."""

from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models


def ship(apps: Any, schema_editor: Any) -> None:
    from requisitions.wording import seeds

    seeds.write(apps.get_model("requisitions", "WordingRule"), using=schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('requisitions', '0003_wording_and_plan'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='wordingrule',
            name='jurisdiction',
        ),
        migrations.AddField(
            model_name='wordingrule',
            name='jurisdictions',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, help_text='ISO 3166 codes such as DE or US-CA, or EU; empty: everywhere.', size=None),
        ),
        migrations.AlterField(
            model_name='wordingrule',
            name='except_phrases',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, help_text='Lawful words; what they overlap is not found.', size=None),
        ),
        migrations.RunPython(ship, migrations.RunPython.noop),
    ]
