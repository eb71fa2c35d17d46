"""What a word is changes: the tick takes up those of all people again. Where there is nobody, nothing is to be done.

`unaccent` counts as something that may change at any time, so that PostgreSQL would ask it anew for every person
whom a question is held against; within one question it does not change, and is asked once.
"""

from django.db import migrations, models

BARE = "CREATE FUNCTION unaccent_once(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT unaccent($1)'"
NOBODY_YET = """
    INSERT INTO candidates_wordstaken (id, form, knows_letters)
    SELECT 1, 2, to_tsvector('simple', U&'\\2022a') @@ 'a'::tsquery
    WHERE NOT EXISTS (SELECT FROM candidates_candidate)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0035_own_calendar_files'),
    ]

    operations = [
        migrations.RunSQL(BARE, 'DROP FUNCTION unaccent_once(text)'),
        migrations.CreateModel(
            name='WordsTaken',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('form', models.PositiveSmallIntegerField()),
                ('knows_letters', models.BooleanField()),
                ('done_up_to', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='words_taken_once', violation_error_message='There is one such row.')],
            },
        ),
        migrations.RunSQL(NOBODY_YET, migrations.RunSQL.noop),
    ]
