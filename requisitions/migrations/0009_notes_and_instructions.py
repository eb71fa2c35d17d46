"""Rules hold in notes and instructions, too, and the house ships some that are about these."""

from typing import Any

import django.contrib.postgres.fields
from django.db import migrations, models


def ship(apps: Any, schema_editor: Any) -> None:
    from requisitions.wording import seeds

    seeds.write(apps.get_model("requisitions", "WordingRule"), using=schema_editor.connection.alias)


def leave_notes(apps: Any, schema_editor: Any) -> None:
    """An older build knows no notes: a house's rules about these alone are switched off with it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE requisitions_wordingrule SET is_active = is_active AND uses <> ARRAY['note']::varchar[],"
            " uses = CASE WHEN uses = ARRAY['note']::varchar[] THEN ARRAY['feedback']::varchar[]"
            " ELSE array_remove(uses, 'note') END"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('requisitions', '0008_stands_in_for'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='wordingrule',
            name='wording_rule_is_about_something',
        ),
        migrations.AlterField(
            model_name='wordingrule',
            name='uses',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('question', 'Interview questions and kits'), ('advert', 'Adverts'), ('message', 'Messages to candidates'), ('feedback', 'Scorecards and feedback'), ('criterion', 'Must-haves'), ('note', 'Notes and instructions')], max_length=10), size=None),
        ),
        migrations.AddConstraint(
            model_name='wordingrule',
            constraint=models.CheckConstraint(condition=models.Q(('uses__len__gt', 0), ('phrases__len__gt', 0), ('uses__contained_by', ['question', 'advert', 'message', 'feedback', 'criterion', 'note']), models.Q(('reason', ''), _negated=True), models.Q(('alternative', ''), _negated=True)), name='wording_rule_is_about_something', violation_error_message='A rule names what it looks for and where, why, and what to write instead.'),
        ),
        migrations.RunPython(ship, leave_notes),
    ]
