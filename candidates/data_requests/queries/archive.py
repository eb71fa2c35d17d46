"""The copy itself: a ZIP with a page to read, the same for programs, JSON Resume, and all files. Written as it is read.

Never more than one row, or a piece of one file, is in memory; the page and the data lie in files of their own until
everything that they point to is written.
"""

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, TextIO, cast
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext

from ats.kernel.languages import direction, speaking, spoken
from candidates.compose import quiet_hours
from candidates.data_requests.domain import entries, page, resume
from candidates.data_requests.queries import happened, reading
from candidates.data_requests.queries.told import Part, Row
from candidates.data_requests.queries.told_of_mail import ALL
from candidates.people.models import Candidate
from candidates.portal.actions import organisation_of

FORMAT = "accord-copy/1"
PIECE = 256 * 1024


def write(candidate: Candidate, out: IO[bytes], *, now: datetime, alive: Callable[[], Any]) -> None:
    """Everything that may be told of this person, in their language, into `out`."""
    zone = quiet_hours.zone_named(candidate.time_zone)
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as data,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as shown,
        speaking(candidate.language),
        timezone.override(zone),
    ):
        copy = _Copy(candidate, zipped, data, shown, now, alive)
        copy.begin()
        copy.standings()
        for part in ALL:
            copy.part(part)
        copy.happened()
        copy.end()
        _entry(zipped, "resume.json", io.BytesIO(_resume(candidate, now)), now)
        for name, spooled in (("data.json", data), ("index.html", shown)):
            spooled.flush()
            spooled.seek(0)
            _entry(zipped, name, cast(IO[bytes], spooled.buffer), now)


def _resume(candidate: Candidate, now: datetime) -> bytes:
    facts = {name: getattr(candidate, name) for name in ("first_name", "last_name", "headline", "email")}
    facts |= {name: getattr(candidate, name) for name in ("phone", "city", "country", "links")}
    made = resume.resume(facts, reading.hired_for(candidate), now=now)
    return json.dumps(made, ensure_ascii=False, indent=2).encode()


def _entry(zipped: zipfile.ZipFile, name: str, source: IO[bytes], now: datetime) -> None:
    """Piece by piece, readable by its owner alone where somebody unpacks it."""
    info = zipfile.ZipInfo(name, date_time=now.timetuple()[:6])
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    with zipped.open(info, "w", force_zip64=True) as entry:
        shutil.copyfileobj(source, entry, PIECE)


@dataclass
class _Copy:
    candidate: Candidate
    zipped: zipfile.ZipFile
    data: TextIO
    shown: TextIO
    now: datetime
    alive: Callable[[], Any]
    files: int = 0

    def begin(self) -> None:
        head = {"format": FORMAT, "made_at": self.now, "language": self.candidate.language}
        self.data.write(f"{_json(head)[:-1]}")
        title = gettext("Your data")
        self.shown.write(page.head(title, language=spoken(), direction=direction(spoken())))
        made = page.text(self.now)
        self.shown.write(
            page.paragraph(gettext("Everything that we hold about you, as of %(when)s.") % {"when": made})
        )
        self.shown.write(
            page.paragraph(
                gettext(
                    "Your files lie beside this page. data.json holds the same and more in a form that programs read;"
                    " resume.json is your profile as JSON Resume."
                )
            )
        )

    def standings(self) -> None:
        found = reading.standings(self.candidate, now=self.now)
        self.data.write(f',\n"standings": {_json(found)}')
        if not found:
            return
        self.shown.write(page.heading(gettext("Where your applications stand")))
        for each in found:
            lines = [(page.text(step["at"]), step["text"]) for step in each["steps"] if step["at"]]
            self.shown.write(page.subheading(f"{each['role']}, {each['organisation']}"))
            self.shown.write(page.facts(lines))
            if each["reason"]:
                self.shown.write(page.facts([(gettext("Our reason"), each["reason"])]))

    def part(self, part: Part) -> None:
        """One kind of rows, for both readers."""
        self.alive()
        self.data.write(f",\n{_json(part.key)}: [")
        for place, row in enumerate(reading.rows(part, self.candidate, now=self.now)):
            entry, why = self._file(part, row) if part.file else ("", "")
            told: Row = {name: row[name] for name in part.fields}
            told |= {"file_in_this_copy": entry} if entry else {}
            told |= {"why_not_in_this_copy": why} if why else {}
            self.data.write(f"{',' if place else ''}\n{_json(told)}")
            if part.title:
                self.shown.write("" if place else page.heading(str(part.title)))
                self._show(part, row, entry, why)
        self.data.write("]")

    def _show(self, part: Part, row: Row, entry: str, why: str) -> None:
        lines = [
            (str(each.label), page.text(_in_words(row[each.field], each.choices)))
            for each in part.told
            if each.label and row[each.field] not in (None, "", [], {})
        ]
        if why:
            lines.append((gettext("Not in this copy"), why))
        self.shown.write(page.facts(lines, href=entry))

    def _file(self, part: Part, row: Row) -> tuple[str, str]:
        """Where the bytes of this row lie in the copy; or why they do not."""
        self.alive()
        if row.get("scan") == "infected":
            return "", gettext("The virus scanner found harmful software in this file.")
        self.files += 1
        kept = row[part.file]
        called = str(row[part.called]) if part.called else _called(part, row)
        name = entries.entry(part.folder, self.files, called)
        if not isinstance(kept, str):
            _entry(self.zipped, name, io.BytesIO(bytes(kept)), self.now)
            return name, ""
        with suppress(FileNotFoundError), default_storage.open(kept, "rb") as source:
            _entry(self.zipped, name, source, self.now)
            return name, ""
        return "", gettext("The file is not there any more.")

    def happened(self) -> None:
        self.alive()
        zone = quiet_hours.zone_named(self.candidate.time_zone)
        self.data.write(',\n"happened": [')
        told = 0
        for place, row in enumerate(happened.happened(self.candidate, zone=zone)):
            is_for_them = row.pop("is_for_them")
            self.data.write(f"{',' if place else ''}\n{_json(row)}")
            if is_for_them:
                self.shown.write("" if told else page.heading(gettext("What happened")))
                told += 1
                self.shown.write(page.facts([(page.text(row["at"]), row["words"])]))
        self.data.write("]")

    def end(self) -> None:
        organisation = organisation_of(self.candidate)
        if organisation is not None and (privacy := organisation.said("privacy_text").text):
            self.shown.write(page.heading(gettext("What happens to your data")))
            self.shown.write(page.facts([(organisation.name, privacy)]))
        said = list(_left_out())
        self.data.write(f',\n"left_out": {_json(said)}\n}}\n')
        self.shown.write(page.heading(gettext("What is not in it, and why")))
        self.shown.write(page.listed(said))
        self.shown.write(page.tail())


def _left_out() -> Iterator[str]:
    yield gettext("Names of colleagues: what they wrote is here, with their role.")
    yield gettext("What we have decided and not told you yet, and offers that were not made.")
    yield gettext("Notes about several people at once, and what others earn.")
    yield gettext("What programs noted for themselves, keys, and the same words in another form.")
    yield gettext("Answers that you gave without your name: nobody can find them again.")


def _called(part: Part, row: Row) -> str:
    return f"{row['mail_id']}.eml" if "mail_id" in row else f"{row.get('kind', part.key)}-{row['number']}.pdf"


def _in_words(value: Any, choices: Any) -> Any:
    if callable(choices):
        return choices(value)
    return choices.get(value, value) if choices else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return str(value)
