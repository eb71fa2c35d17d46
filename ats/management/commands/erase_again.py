"""`manage.py erase_again FILE`: after a restore, erase once more whom the list of erasures names."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ats.upkeep.again import erase_again
from ats.upkeep.errors import Refused


class Command(BaseCommand):
    help = "Erase again whoever was erased since the backup was made: FILE is erasures.jsonl of before the restore."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = erase_again(options["file"], now=timezone.now())
        except Refused as problem:
            raise CommandError(str(problem)) from None
        except OSError as problem:
            raise CommandError(f"{problem.strerror or problem}: {options['file']}") from None
        self.stdout.write(f"{count} people were here again and are erased.")
