"""`manage.py read_mail FILE...`: what messages in files are taken for when they come in. Nothing is changed."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ats.mail import incoming


class Command(BaseCommand):
    help = "Say what each message is taken for: failure, delay, complaint, automatic, calendar or letter."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="an object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        unread = [name for name in options["files"] if not self._read(name, as_json=options["json"])]
        if unread:
            raise CommandError(f"{len(unread)} of {len(options['files'])} could not be read.")

    def _read(self, name: str, *, as_json: bool) -> bool:
        """Write what this file is taken for; False where it cannot be read."""
        try:
            with Path(name).open("rb") as file:
                found = incoming.read(incoming.parsed(file.read(incoming.LARGEST)))
        except (OSError, ValueError) as error:  # also a name that no file can have
            self.stderr.write(f"{_shown(name)}: {getattr(error, 'strerror', None) or error}")
            return False
        said = {
            "file": _shown(name),
            "kind": found.kind.value,
            "recipient": found.recipient,
            "status": found.status,
            "message_id": found.message_id,
        }
        self.stdout.write(json.dumps(said) if as_json else "  ".join(each or "-" for each in said.values()))
        return True


def _shown(name: str) -> str:
    """The name, where it holds bytes that are no letters too."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
