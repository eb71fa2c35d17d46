"""`manage.py tick`: everything that is due, once, in this process."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ats.duework import engine, standstill
from ats.kernel import clock, request_context


class Command(BaseCommand):
    help = "Do everything that is due at this moment (or, outside production, at --now) and say how much."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", help="pretend that it is this moment (ISO 8601); a demo goes on from there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = self._moment(options["now"])
        if clock.go_on_to(now):
            self.stdout.write(f"The demo's clock goes on from {now:%A %d %B %Y, %H:%M %Z}, on every page.")
        with request_context.running(id=None, via="system"):
            done = engine.tick(now)
        if standstill.stands():
            self.stdout.write("Everything stands still after the restore: release the outbox under Settings.")
        for name, count in done.items():
            self.stdout.write(f"{name}: {count}")

    def _moment(self, text: str | None) -> datetime:
        if text is None:
            return timezone.now()
        if settings.PRODUCTION:
            raise CommandError("--now is for demos and tests; in production the clock is the clock.")
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise CommandError(f"{text!r} is not a moment such as 2026-11-24T09:00:00Z.") from None
        return moment if moment.tzinfo else timezone.make_aware(moment)
