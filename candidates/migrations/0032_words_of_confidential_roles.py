"""What people gave to confidential roles is not found by its words: a task for each of them takes these out."""

from typing import Any

from django.db import migrations
from django.utils import timezone

FIND_ANEW = "applications.find_anew"


def plan(apps: Any, editor: Any) -> None:
    task, now = apps.get_model("ats", "DueTask"), timezone.now()
    roles = apps.get_model("requisitions", "Requisition").objects.filter(confidential=True)
    task.objects.bulk_create(
        [
            task(kind=FIND_ANEW, subject_id=role, due_at=now, key=f"{FIND_ANEW}:{role}:first", payload={})
            for role in roles.values_list("pk", flat=True)
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("candidates", "0031_hidden_and_open")]

    operations = [migrations.RunPython(plan, migrations.RunPython.noop)]
