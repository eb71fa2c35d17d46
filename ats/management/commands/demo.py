"""`manage.py demo`: the demo company, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from ats.accounts.models import User

NOT_INSTALLED = "Nobody is made up in a production install: requirements/run.txt has what this needs."


class Command(BaseCommand):
    help = "Load the demo company into an empty system; where people exist already, nothing happens."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not settings.DEMO:
            raise CommandError(
                "The demo company has known passwords: not in production, unless DEMO=1 asks for it."
            )
        if User.objects.exists():
            return
        try:
            from ats.demo.company.house import House
            from ats.demo.company.story import Story
        except ModuleNotFoundError as missing:
            raise CommandError(NOT_INSTALLED) from missing

        now = timezone.now()
        self.stdout.write("Loading the demo company")
        with transaction.atomic():  # all of it or nothing: a start that is cut off begins anew
            Story(House(now), now, say=lambda title: self.stdout.write(f"  {title}")).tell()
