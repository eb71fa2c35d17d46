"""`manage.py seed`: realistic data at scale."""

import time
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ats.management.commands.demo import NOT_INSTALLED


class Command(BaseCommand):
    help = "Add a company with candidates, applications, history, promises and messages, through COPY."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--candidates", type=int, required=True)
        parser.add_argument("--requisitions", type=int, help="default: one for 250 candidates, at least 12")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same data")
        parser.add_argument("--now", type=datetime.fromisoformat, help="the moment that it leads up to")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is not for production: the people are made up.")
        try:
            from ats.demo.scale.run import seed
        except ModuleNotFoundError as missing:
            raise CommandError(NOT_INSTALLED) from missing

        count = options["candidates"]
        if count < 1:
            raise CommandError("--candidates takes a number from 1 on.")
        started = time.monotonic()
        seed(
            candidates=count,
            requisitions=options["requisitions"] or max(12, count // 250),
            seed=options["seed"],
            now=options["now"] or timezone.now(),
            say=self.stdout.write,
        )
        self.stdout.write(f"{count} candidates in {time.monotonic() - started:.0f} s")
