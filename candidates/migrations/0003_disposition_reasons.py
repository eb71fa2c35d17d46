"""The reasons that ship, and the source of whoever comes by the careers site."""

from typing import Any

from django.db import migrations

from candidates.applications.seeds import ship


def forwards(apps: Any, schema_editor: Any) -> None:
    ship(apps.get_model("candidates", "DispositionReason"))
    source = apps.get_model("candidates", "Source")
    source.objects.get_or_create(name="Careers site", defaults={"kind": "careers"})


class Migration(migrations.Migration):
    dependencies = [("candidates", "0002_promise_kinds_and_telling")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
