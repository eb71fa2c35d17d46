"""`manage.py restore DIR`: an installation out of its backup."""

import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from ats.upkeep.errors import Refused
from ats.upkeep.restore import restore


class Command(BaseCommand):
    help = "Restore a backup into an unused VAR, or into the empty database of DATABASE_URL and MEDIA_ROOT."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--erasures",
            type=Path,
            metavar="FILE",
            help="erasures.jsonl of the installation before: whom it names is erased again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        folder = options["folder"].resolve()
        try:
            found = restore(folder, now=timezone.now(), say=self.stdout.write, erasures=options["erasures"])
        except Refused as problem:
            raise CommandError(str(problem)) from None
        except OperationalError as problem:
            raise CommandError(f"The database does not answer: {str(problem).strip()}") from None
        except OSError as problem:
            raise CommandError(f"{problem.strerror or problem}: {problem.filename or folder}") from None
        self.stdout.write(f"{sum(found.rows.values())} rows and {found.files} files, as of {found.made_at}")
        if found.base_url != settings.BASE_URL:
            self.stdout.write(f"Links in mails that were sent point to {found.base_url}: set BASE_URL to it.")
        if options["erasures"] is None:
            self.stdout.write(
                "Whoever was erased since the backup is here again: manage.py erase_again FILE, with the"
                " erasures.jsonl of the installation before."
            )
        self.stdout.write(
            "No mail leaves, and no date is taken for broken, until somebody releases it: Settings, Outbox."
        )
