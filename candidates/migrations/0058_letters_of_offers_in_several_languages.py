from django.db import migrations, models

FIRST = """
    UPDATE candidates_offerlettertemplate t SET language = o.language FROM ats_hiringorganisation o
    WHERE o.id = t.organisation_id AND t.language <> o.language
"""
"""The editor knew one language; it is the organisation's first."""


class Migration(migrations.Migration):
    dependencies = [("ats", "0031_chat"), ("candidates", "0057_words_of_steps_in_the_first_language")]

    operations = [
        migrations.RemoveConstraint(model_name="offerlettertemplate", name="offer_letter_one_default"),
        migrations.AddField(
            model_name="offerlettertemplate",
            name="language",
            field=models.CharField(db_default="en", default="en", max_length=10),
        ),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop, elidable=True),
        migrations.AddField(
            model_name="offerterms",
            name="language",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="That of the letter; empty where nobody said it yet: the organisation's first.",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="offerlettertemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)),
                fields=("organisation", "language"),
                name="offer_letter_one_in_each_language",
                nulls_distinct=False,
                violation_error_message="Another letter is the usual one in this language already.",
            ),
        ),
    ]
