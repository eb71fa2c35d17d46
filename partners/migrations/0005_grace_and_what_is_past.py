import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


def count_as_before(apps, schema_editor):
    """Agreements that were made have no grace: what they say stays, up to the end of the time itself."""
    apps.get_model("partners", "Commitment").objects.filter(until_at=None).update(until_at=F("due_at"))


def measure_again(apps, schema_editor):
    """What was missed and is past, and what nobody can settle any more, is found by measuring it again."""
    measured = apps.get_model("partners", "ToMeasure").objects
    roles = apps.get_model("partners", "Partnership").objects.values_list("requisition_id", flat=True)
    rows = (measured.model(requisition_id=number) for number in roles.iterator())
    measured.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("ats", "0005_approvals_on_their_way"),
        ("partners", "0004_terms_in_days_or_hours"),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True, db_index=True)),
                ("grace_days", models.PositiveSmallIntegerField(default=1)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partnership_rules",
                        to="ats.hiringorganisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "house rules",
                "constraints": [
                    models.CheckConstraint(condition=Q(grace_days__lte=5), name="house_rules_grace")
                ],
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="grace_days",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Working days after its time in which a thing still counts as kept."
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(condition=Q(grace_days__lte=5), name="agreement_grace"),
        ),
        migrations.AddField(
            model_name="commitment",
            name="applications",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                help_text="Whom it is about, or still waits for.",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="over_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Missed, and since then past: what it was about is decided.",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=Q(over_at__isnull=True) | Q(state="missed"), name="commitment_over_once_missed"
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="until_at",
            field=models.DateTimeField(
                null=True,
                help_text="Up to when it counts as kept: its time, and the grace of the agreement.",
            ),
        ),
        migrations.RunPython(count_as_before, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="commitment",
            name="until_at",
            field=models.DateTimeField(
                help_text="Up to when it counts as kept: its time, and the grace of the agreement."
            ),
        ),
        migrations.RemoveIndex(model_name="commitment", name="commitment_due"),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(condition=Q(state="due"), fields=["until_at"], name="commitment_running"),
        ),
        migrations.RunPython(measure_again, migrations.RunPython.noop),
    ]
