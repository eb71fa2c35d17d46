"""`manage.py remeasure`: all commitments again from the whole record, while people work."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from partners.commitments.actions.measure_all import Outcome, remeasure_all

NAMED = 20


class Command(BaseCommand):
    help = "Measure all commitments again from the record, and say where they stood otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--processes", type=int, help="how many at once; as many as there are processors")

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = remeasure_all(timezone.now(), at_once=options["processes"])
        self.stdout.write(said(outcome))
        if outcome.failed:
            raise CommandError(
                f"These roles could not be measured, the log says why: {_listed(outcome.failed)}."
            )


def said(outcome: Outcome) -> str:
    """What was found, in a line."""
    measured = f"{outcome.roles:,} roles measured from the record"
    if not outcome.others:
        return f"{measured}: every commitment stood as it says."
    rows, roles = sum(outcome.others.values()), _listed([*outcome.others])
    return f"{measured}: {rows:,} commitments stood otherwise and are put right, of the roles {roles}."


def _listed(roles: list[int]) -> str:
    more = f" and {len(roles) - NAMED:,} more" if len(roles) > NAMED else ""
    return ", ".join(map(str, roles[:NAMED])) + more
