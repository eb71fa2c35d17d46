"""Words are taken apart before they reach the database: what it thinks of letters no longer matters to them."""

from django.db import migrations

BARE = "CREATE FUNCTION unaccent_once(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT unaccent($1)'"

NOBODY_YET = "UPDATE candidates_wordstaken SET form = 4 WHERE NOT EXISTS (SELECT FROM candidates_candidate)"


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0068_feedback_put_aside'),
    ]

    operations = [
        migrations.RemoveField(model_name='wordstaken', name='knows_letters'),
        migrations.RunSQL('DROP FUNCTION unaccent_once(text)', BARE),
        migrations.RunSQL(NOBODY_YET, migrations.RunSQL.noop),
    ]
