"""`manage.py up`: what `make run` runs after the installation."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ats.embedded.up import up


class Command(BaseCommand):
    help = "Starts everything on this machine: servers, web, worker and beat. Ctrl-C stops it."
    requires_system_checks = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(up(settings.VAR))
