"""`manage.py backup DIR`: database, files and secrets of this installation."""

import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ats.upkeep.backup import back_up
from ats.upkeep.errors import Refused


class Command(BaseCommand):
    help = "Write the database, candidates' files and the secrets of this installation into a new folder."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # and so clear away what is half done
        folder = options["folder"].resolve()
        try:
            made = back_up(folder, now=timezone.now(), say=self.stdout.write)
        except Refused as problem:
            raise CommandError(str(problem)) from None
        except OSError as problem:
            raise CommandError(f"{problem.strerror or problem}: {problem.filename or folder}") from None
        self.stdout.write(f"{sum(made.rows.values())} rows and {made.files} files in {folder}")
        if made.missing:
            self.stdout.write(f"{len(made.missing)} files that rows name were not there: see manifest.json")
        self.stdout.write(
            "It holds personal data and what signs links: keep it as you keep the system itself."
        )
