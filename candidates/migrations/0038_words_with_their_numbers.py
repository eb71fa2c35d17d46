"""Words are found with their numbers, glued or apart: where there is nobody, nobody is to be taken up again."""

from django.db import migrations

NOBODY_YET = "UPDATE candidates_wordstaken SET form = 3 WHERE NOT EXISTS (SELECT FROM candidates_candidate)"


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0037_one_name_and_any_number'),
    ]

    operations = [
        migrations.RunSQL(NOBODY_YET, migrations.RunSQL.noop),
    ]
