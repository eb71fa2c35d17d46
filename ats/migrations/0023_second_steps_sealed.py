"""What an app's codes and the recovery codes are worked out from lay in the table as it is: sealed from now on."""

from django.db import migrations

from ats.accounts.domain import sealing

SECRETS = {"totp": "secret", "recovery_codes": "seed"}


def seal(apps, editor):
    rows = apps.get_model("mfa", "Authenticator").objects.filter(type__in=SECRETS)
    for row in rows.select_for_update():
        kept = row.data.get(SECRETS[row.type], "")
        if kept and not kept.startswith(sealing.PREFIX):
            row.data[SECRETS[row.type]] = sealing.seal(kept)
            row.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("ats", "0022_approval_links_end"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
