"""`manage.py api_token EMAIL`: a new API token of that user."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ats.accounts.models import User
from ats.api.actions import create_token
from ats.api.scopes import SCOPES
from ats.kernel.errors import Invalid


class Command(BaseCommand):
    help = "Print a new API token of the user with this e-mail address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument(
            "--scope", action="append", choices=sorted(SCOPES), help="once for each; default: all"
        )

        parser.add_argument("--days", type=int, default=90, help="how long it works; 0: until it is revoked")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody who is active signs in as {options['email']}.")
        try:
            _, secret = create_token(
                user=user,
                name=options["name"],
                scopes=options["scope"],
                now=timezone.now(),
                expires_at=timezone.now() + timedelta(days=options["days"]) if options["days"] else None,
                endless=not options["days"],
            )
        except Invalid as error:
            raise CommandError(error.message) from None
        self.stdout.write(secret)
