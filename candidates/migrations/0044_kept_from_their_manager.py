"""From whom an application from within the house is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0043_availability_requests"),
        ("ats", "0025_for_whom_they_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptFrom",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
                (
                    "until_known",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="The role's own manager, until a recruiter knows for whom the applicant works.",
                    ),
                ),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_from",
                        to="candidates.application",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who is the partner on this application in their place.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Nobody but the candidate lifts it.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="candidates.candidate",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=["user", "application"],
                        name="kept_from_in_force",
                    ),
                    models.Index(
                        condition=models.Q(("lifted_at__isnull", True), ("stand_in__isnull", False)),
                        fields=["stand_in", "application"],
                        name="kept_from_stand_in",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "user"),
                        name="kept_from_once",
                        violation_error_message="It is kept from this person already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lifted_at__isnull", False),
                                models.Q(("lifted_by__isnull", True), _negated=True),
                            ),
                            models.Q(
                                models.Q(("lifted_at__isnull", False), _negated=True),
                                ("lifted_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="kept_from_lifted_by",
                        violation_error_message="What is lifted names the candidate who said so.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in__isnull", True),
                            models.Q(("stand_in", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="kept_from_stand_in_other",
                        violation_error_message="Nobody stands in for themselves.",
                    ),
                ],
            },
        ),
    ]
