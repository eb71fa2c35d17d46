"""Every partnership has a brief from its first moment on; those that are there get theirs."""

from django.db import migrations

INSERT = """
    INSERT INTO partners_brief (created_at, updated_at, partnership_id, revision, outcomes_12_months, talent_bar,
                                pay_source, deal_breakers, sourcing, decides, agreed_words)
    SELECT now(), now(), id, 0, '', '', '', '', '', '', '' FROM partners_partnership
    ON CONFLICT (partnership_id) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_brief")]

    operations = [migrations.RunSQL(INSERT, reverse_sql=migrations.RunSQL.noop)]
