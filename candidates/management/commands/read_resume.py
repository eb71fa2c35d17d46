"""`manage.py read_resume FILE...`: what is read from résumés in files. Nothing is kept, and no database is asked."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from candidates.resumes.domain.facts import Fact, Facts
from candidates.resumes.figures import facts_of


class Command(BaseCommand):
    help = "Say what is read from each résumé, and how surely."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="an object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        unread = [name for name in options["files"] if not self._read(name, as_json=options["json"])]
        if unread:
            raise CommandError(f"{len(unread)} of {len(options['files'])} could not be read.")

    def _read(self, name: str, *, as_json: bool) -> bool:
        """Write what this file says; False where it cannot be read."""
        shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        try:
            facts, problem = facts_of(Path(name))
        except (OSError, ValueError) as error:  # also a name that no file can have
            problem = getattr(error, "strerror", None) or str(error)
        if problem:
            self.stderr.write(f"{shown}: {problem}")
            return False
        if as_json:
            self.stdout.write(json.dumps({"file": shown} | facts.as_json(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join([shown, *_told(facts)]))
        return True


def _told(facts: Facts) -> list[str]:
    rows = []
    for key, fact in facts.each():
        kind = key.split("-")[0]
        if isinstance(fact, Fact):
            said = fact.value
        else:
            end = "today" if fact.current else fact.end
            said = f"{fact.start or '?'} to {end or '?'}: {fact.what or '?'}, {fact.where or '?'}"
        rows.append(f"  {kind:10} {fact.confidence.value:7} {said}")
    return [*rows, *(f"  {note}" for note in facts.notes)]
