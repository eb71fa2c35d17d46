"""`manage.py resume_figures --truth DIR`: precision and recall of what is read, by field; the last line is JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from candidates.resumes import figures
from candidates.resumes.domain.reader import VERSION

MAKE = "Make some: python -m benchmarks.resumes {folder} --people 20 --seed 1"


class Command(BaseCommand):
    help = "Read résumés whose truth is known, and say how much of it was found and how much was right."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--truth", type=Path, metavar="DIR", help="files with NAME.pdf.truth.json or NAME.yaml beside"
        )
        parser.add_argument(
            "--misses", action="store_true", help="say each thing that was read wrongly or not at all"
        )
        parser.add_argument("--makes", action="store_true", help="the figures of each make of file too")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["truth"] or Path(settings.VAR) / "resumes"
        found = figures.measured(folder) if folder.is_dir() else figures.Figures()
        if not found.files:
            raise CommandError(
                f"No résumés with their truth beside in {folder}. {MAKE.format(folder=folder)}"
            )
        if options["misses"]:
            self.stdout.write("\n".join(found.misses))
        said = {key: count.figures() for key, count in found.fields.items()}
        self._table(said)
        if options["makes"]:
            for make, counts in sorted(found.makes.items()):
                f1 = {key: count.figures()["f1"] for key, count in counts.items()}
                self.stdout.write(f"{make:36} " + " ".join(f"{key}={value}" for key, value in f1.items()))
        for line in found.unread:
            self.stdout.write(f"not read: {line}")
        last = {"files": found.files, "unread": len(found.unread), "version": VERSION, "fields": said}
        self.stdout.write(json.dumps(last))

    def _table(self, said: dict[str, dict[str, Any]]) -> None:
        columns = ("precision", "recall", "f1", "sure", "sure_of", "there")
        self.stdout.write(f"{'':12}" + "".join(f"{column:>11}" for column in columns))
        for key, row in said.items():
            self.stdout.write(f"{key:12}" + "".join(f"{_shown(row[column]):>11}" for column in columns))


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
