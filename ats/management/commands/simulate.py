"""`manage.py simulate`: a made-up stretch of time in a database of its own, and what it says of our word."""

import json
import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ats.management.commands.demo import NOT_INSTALLED

MAILBOX = "hiring@accord.internal"
INSIDE = "SIMULATED_HERE"
"""Set in the process that lives it, whose servers are its own."""


class Command(BaseCommand):
    help = "Live some days of a made-up company by the hour; the last line is one JSON object of figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, required=True)
        parser.add_argument("--applications", type=int, required=True)
        parser.add_argument(
            "--faults", action="store_true", help="mail servers and workers that fail for hours"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same life")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is not for production: the people are made up.")
        if options["days"] < 1 or options["applications"] < 1:
            raise CommandError("--days and --applications take numbers from 1 on.")
        if os.environ.get(INSIDE):
            self._live(options)
        else:
            self._beside(options)

    def _beside(self, options: dict[str, Any]) -> None:
        """Start servers of its own in a folder that goes again, and live it there."""
        try:
            from ats.embedded import running
        except ModuleNotFoundError as missing:
            raise CommandError(NOT_INSTALLED) from missing
        order = [sys.executable, "manage.py", "simulate", "--skip-checks"]
        order += [f"--{name}={options[name]}" for name in ("days", "applications", "seed")]
        order += ["--faults"] if options["faults"] else []
        folder = tempfile.TemporaryDirectory(prefix="accord-simulate-")
        with folder as var, running(Path(var), fsync=False) as urls:
            env = os.environ | urls | {"VAR": var, "MEDIA_ROOT": f"{var}/files", INSIDE: "1", "DEMO": "1"}
            done = subprocess.run(order, cwd=settings.ROOT, env=env, check=False)  # noqa: S603  (our own command)
        if done.returncode:
            raise CommandError(f"It ended with {done.returncode}.")

    def _live(self, options: dict[str, Any]) -> None:
        from ats.demo.company.house import House
        from ats.demo.simulation import cases, figures
        from ats.demo.simulation.answers import Answers
        from ats.demo.simulation.life import Life
        from ats.demo.simulation.weather import Weather

        call_command("migrate", verbosity=0)
        began, end = time.monotonic(), timezone.now().replace(minute=0, second=0, microsecond=0)
        start = end - timedelta(days=options["days"])
        chance = Random(options["seed"])  # noqa: S311  (no secret)
        with Weather(chance, faults=options["faults"]) as weather:
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", weather.port
            settings.INBOUND_ADDRESS = MAILBOX
            answers = Answers(weather, to=MAILBOX, seed=options["seed"])
            life = Life(
                House(start),
                start=start,
                days=options["days"],
                applicants=options["applications"],
                seed=options["seed"],
                weather=weather,
                answers=answers,
                say=self.stdout.write,
            )
            life.tell()
        for name, count in sorted(life.took.items()):
            self.stdout.write(f"{name.replace('_', ' ')}: {count}")
        self.stdout.write(f"hours of the mail server: {dict(weather.hours)}")
        self.stdout.write(f"by mail came: {dict(answers.kinds)}")
        self.stdout.write(f"{options['days']} days in {time.monotonic() - began:.0f} s")
        lost = answers.lost(erased=life.erased)
        found = figures.measure(
            now=end,
            arrived=answers.arrived(),
            asked=life.asked,
            lost_by_mail=len(lost),
            letters=life.letters,
        )
        for case in cases.behind(now=end, lost=lost):
            self.stdout.write(case)
        self.stdout.write(json.dumps(asdict(found)))
