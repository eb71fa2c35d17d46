"""Who is put forward to which client, with whose yes, and until when they count as ours there."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ats", "0038_clients"),
        ("candidates", "0066_feedback"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ownership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Not put forward yet"),
                            ("asked", "Asked for their yes"),
                            ("no", "Said no"),
                            ("forward", "Put forward"),
                            ("back", "Took their yes back"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("applied", "by applying for this client's role"),
                            ("page", "on their own page"),
                            ("telephone", "by telephone"),
                            ("writing", "in writing"),
                            ("spoken", "face to face"),
                            ("standing", "by the yes that they gave for this client before"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_on", models.DateField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("version", models.CharField(blank=True, max_length=20)),
                ("forward_at", models.DateTimeField(blank=True, null=True)),
                ("back_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="keptfrom",
            name="kept_from_once",
        ),
        migrations.AddField(
            model_name="keptfrom",
            name="until_put_forward",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Somebody of a client, until the candidate has said yes to being put forward there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptfrom",
            constraint=models.UniqueConstraint(
                fields=("application", "user", "until_put_forward"),
                name="kept_from_once",
                violation_error_message="It is kept from this person already.",
            ),
        ),
        migrations.AddField(
            model_name="ownership",
            name="candidate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ownerships",
                to="candidates.candidate",
            ),
        ),
        migrations.AddField(
            model_name="ownership",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ownerships",
                to="ats.hiringorganisation",
            ),
        ),
        migrations.AddField(
            model_name="ownership",
            name="owner",
            field=models.ForeignKey(
                help_text="Whose role it was.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="submission",
                to="candidates.application",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="candidate",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="submissions",
                to="candidates.candidate",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="forward_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="noted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="ats.hiringorganisation",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="ownership",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty where nothing is agreed with the client.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="submissions",
                to="candidates.ownership",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownership",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gte", models.F("starts_at"))),
                name="ownership_ends_later",
                violation_error_message="An ownership ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("candidate", "="),
                    ("organisation", "="),
                    (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                ],
                name="ownership_once_at_a_time",
                violation_error_message="This person has been put forward to this client already.",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["organisation", "-forward_at"], name="submission_of_client"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["candidate", "organisation"], name="submission_of_person"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "asked", "no", "forward", "back"])),
                name="submission_state_known",
                violation_error_message="This is none of the choices of state.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("way__in", ["", "applied", "page", "telephone", "writing", "spoken", "standing"])
                ),
                name="submission_way_known",
                violation_error_message="This is none of the choices of way.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["no", "forward", "back"]),
                        models.Q(("answered_at__isnull", True), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state__in", ["no", "forward", "back"]), _negated=True),
                        ("answered_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="submission_answered_at",
                violation_error_message="An answer says when it was given, and there is none before.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("way", "")),
                    models.Q(("answered_at__isnull", False), models.Q(("way", ""), _negated=True)),
                    _connector="OR",
                ),
                name="submission_answer_says_how",
                violation_error_message="An answer says how it was given.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["forward", "back"]),
                        models.Q(("forward_at__isnull", True), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state__in", ["forward", "back"]), _negated=True),
                        ("forward_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="submission_forward_at",
                violation_error_message="Who is put forward is so since some moment, and nobody else is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "back"), models.Q(("back_at__isnull", True), _negated=True)),
                    models.Q(models.Q(("state", "back"), _negated=True), ("back_at__isnull", True)),
                    _connector="OR",
                ),
                name="submission_back_at",
                violation_error_message="A yes that was taken back says since when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "asked"), _negated=True),
                    models.Q(("asked_at__isnull", False), ("asked_by__isnull", False)),
                    _connector="OR",
                ),
                name="submission_asked_by",
                violation_error_message="Who is asked was asked by somebody.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way__in", ["telephone", "writing", "spoken"]), _negated=True),
                    models.Q(("noted_by__isnull", False), ("said_on__isnull", False)),
                    _connector="OR",
                ),
                name="submission_noted_says_who",
                violation_error_message="What was said elsewhere names who noted it, and the day.",
            ),
        ),
    ]
