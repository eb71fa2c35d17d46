"""What a reason claims is flagged on it; ordinary ones no longer say that somebody was chosen."""

from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models

from candidates.applications.seeds import mend


def forwards(apps: Any, schema_editor: Any) -> None:
    mend(apps.get_model("candidates", "DispositionReason"))


class Migration(migrations.Migration):
    dependencies = [
        ('candidates', '0021_what_a_kept_letter_says'),
    ]

    operations = [
        migrations.AddField(
            model_name='dispositionreason',
            name='claims',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('chosen', 'Somebody else was chosen'), ('filled', 'The role is filled'), ('closed', 'The role will not be filled')], max_length=10), blank=True, db_default=models.Value([], output_field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None)), default=list, help_text='What it says of the role; it is only sent where that is so.', size=None),
        ),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
