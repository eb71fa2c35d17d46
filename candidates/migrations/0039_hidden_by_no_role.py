"""Whom a role hid that is confidential no more: they are known to everybody, unless their address is another's."""

from django.db import migrations

SHOWN = """
    UPDATE candidates_candidate AS person SET only_confidential = false
    WHERE only_confidential
    AND EXISTS (SELECT FROM candidates_application AS brought
                JOIN requisitions_requisition AS role ON role.id = brought.requisition_id
                WHERE brought.candidate_id = person.id AND NOT role.confidential)
    AND NOT EXISTS (SELECT FROM candidates_candidate AS twin
                    WHERE twin.email_key = person.email_key AND twin.id <> person.id
                    AND (NOT twin.only_confidential OR twin.id < person.id))
"""


class Migration(migrations.Migration):

    dependencies = [
        ('candidates', '0038_words_with_their_numbers'),
    ]

    operations = [
        migrations.RunSQL(SHOWN, migrations.RunSQL.noop),
    ]
