"""Organisations for which we recruit as an agency."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ats", "0037_mail_to_colleagues"),
    ]

    operations = [
        migrations.AddField(
            model_name="hiringorganisation",
            name="client_agreement",
            field=models.TextField(
                blank=True, db_default="", help_text="Where the ownership period is agreed, in words."
            ),
        ),
        migrations.AddField(
            model_name="hiringorganisation",
            name="client_since",
            field=models.DateTimeField(
                blank=True,
                help_text="Since when it was first a client; it stays where it is one no more.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="hiringorganisation",
            name="is_client",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Whether we recruit for it as an agency: a person is put forward to it only with their yes.",
            ),
        ),
        migrations.AddField(
            model_name="hiringorganisation",
            name="owned_months",
            field=models.PositiveSmallIntegerField(
                db_default=12,
                default=12,
                help_text="How many months a person whom we put forward counts as ours there; 0: not agreed.",
                validators=[django.core.validators.MaxValueValidator(60)],
            ),
        ),
        migrations.AddConstraint(
            model_name="hiringorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_client", False), ("client_since__isnull", False), _connector="OR"),
                name="organisation_client_since",
                violation_error_message="A client says since when it is one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hiringorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("owned_months__lte", 60)),
                name="organisation_owned_months",
                violation_error_message="An ownership period is at most 60 months.",
            ),
        ),
    ]
