"""`manage.py migrate`: Django's own, which draws only what has changed (`SparingState`)."""

from django.core.management.commands import migrate

from ats.kernel.migrating import SparingExecutor

migrate.MigrationExecutor = SparingExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    pass
