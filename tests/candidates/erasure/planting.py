"""A row of every table that holds something of a candidate, with their name in every field that is theirs.

The rows are made from the models themselves: a table that comes tomorrow is planted too.
"""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from itertools import count
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeField
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ats.kernel.data_classes import Of
from tests.factories import NOW, make_application, make_candidate, make_requisition, make_user

LINKS = {"candidates.Candidate", "candidates.Application", "candidates.Slate"}
PACKAGES = ("ats", "requisitions", "candidates", "partners")
_number = count(1)
MONDAY = NOW.date() - dt.timedelta(days=NOW.weekday())

SPECIAL: dict[str, dict[str, Any]] = {
    "candidates.AnotherWay": {"state": "aside", "settled_at": NOW, "reason": "x"},
    "candidates.HireRecord": {"state": "undone", "ended_at": NOW},
    "candidates.Interview": {"state": "held", "settled_at": NOW, "ends_at": NOW + dt.timedelta(hours=1)},
    "candidates.InterviewSeat": {"period": DateTimeTZRange(NOW, NOW + dt.timedelta(hours=1)), "week": NOW.date()},
    "candidates.Offer": {"state": "withdrawn", "settled_at": NOW},
    "candidates.Promise": {"state": "kept", "settled_at": NOW, "due_at": NOW + dt.timedelta(days=1)},
    "candidates.MatterMark": {"why": "x"},
    "candidates.FollowUp": {"state": "done", "settled_at": NOW},
    "candidates.Review": {"state": "answered", "verdict": "yes", "settled_at": NOW, "reason": "x"},
    "candidates.BookingRequest": {"state": "booked", "settled_at": NOW},
    "candidates.ProposedTime": {"state": "taken", "settled_at": NOW, "ends_at": NOW + dt.timedelta(hours=1)},
    "candidates.Scorecard": {"state": "submitted", "submitted_at": NOW, "recommendation": "yes", "reason": "x"},
    "candidates.ScorecardVersion": {"number": 2, "why": "x"},
    "candidates.DataComplaint": {
        "state": "answered", "outcome": "upheld", "answer": "x", "settled_at": NOW, "name": "x",
        "due_at": NOW + dt.timedelta(days=1),
    },
    "candidates.DataCorrection": {"state": "done", "settled_at": NOW},
    "candidates.Shadowing": {"written_at": NOW, "evidence": "x"},
    "candidates.StepTask": {"skipped_at": NOW, "reason": "x"},
    "candidates.SurveyResponse": {"occasion": "exit", "score": 5, "week": MONDAY},
    "candidates.ResumeReading": {"origin": "json_resume", "state": "read"},
    "candidates.LegalHold": {"requisition": None, "lifted_at": NOW},
    "candidates.SmsChoice": {"about_what": ["interviews"]},
    "ats.OutgoingMail": {"state": "sent", "sent_at": NOW, "to": "x@example.net"},
    "ats.IncomingMail": {"state": "settled", "settled_at": NOW},
    "ats.ApprovalRequest": {"kind": "offer", "state": "approved", "settled_at": NOW},
    "ats.Approval": {"state": "approved", "settled_at": NOW},
    "ats.SmsMessage": {"state": "sent", "sent_at": NOW},
    "ats.Activity": {"verb": "candidate.hold_placed", "actor_kind": "user"},
    "ats.DueTask": {"state": "done", "settled_at": NOW},
    "partners.CheckIn": {"state": "held", "held_at": NOW, "agenda_written_at": NOW},
    "partners.Profile": {"sample": ""},
    "partners.CourseCorrection": {"state": "stopped", "settled_at": NOW, "why": "x"},
    "partners.ReviewAnswer": {"side": "new_hire"},
    "partners.OutcomeLink": {"expires_at": NOW + dt.timedelta(days=1)},
    "partners.DeclinedRequest": {"candidate_name": "", "asked_by_name": "Somebody"},
    "partners.Celebration": {"kind": "hire", "state": "told", "told_at": NOW},
}  # fmt: skip


class Planted:
    """One person with a row everywhere; `name` is what stands in each field of theirs."""

    def __init__(self, first: str, last: str) -> None:
        self.name, self.email = f"{first} {last}", f"{first}.{last}@example.org".lower()
        self.first = first
        self.candidate = make_candidate(first_name=first, last_name=last, email=self.email)
        self.requisition = make_requisition()
        self.application = make_application(
            candidate=self.candidate, requisition=self.requisition, state="rejected"
        )
        self.known: dict[str, models.Model] = {
            row._meta.label: row for row in (self.candidate, self.application, self.requisition, make_user())
        }
        self.known["ats.HiringOrganisation"] = self.requisition.organisation
        self.files: list[str] = []
        with connection.cursor() as cursor:  # what is planted need not have happened
            cursor.execute("SET session_replication_role = replica")
            try:
                for label in sorted(of_candidates()):
                    self.row(label)
                for label, fields in of_candidates().items():
                    self._plant(label, fields)
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")

    def row(self, label: str) -> models.Model:
        if label not in self.known:
            self.known[label] = self._made(apps.get_model(label))
        return self.known[label]

    def _made(self, model: type[models.Model]) -> models.Model:
        special = SPECIAL.get(model._meta.label, {})
        values = dict(special)
        for field in model._meta.local_concrete_fields:
            if field.name not in values and not field.primary_key:
                found = self._value(field)
                if found is not None:
                    values[field.name] = found
        for name in ("candidate_id", "application_id"):
            if name in {field.attname for field in model._meta.local_fields} and name not in special:
                values.setdefault(name, self._number(name))
        self._make_whole(model._meta.label, values)
        return model._base_manager.create(**values)

    def _make_whole(self, label: str, values: dict[str, Any]) -> None:
        """What the fields of a model alone do not say."""
        if label == "ats.ApprovalRequest":
            values["subject_id"] = self.row("candidates.Offer").pk
        if label == "ats.IncomingContent":
            values["mail"] = self.row("ats.IncomingMail")
        if label == "requisitions.Misreading":
            values["subject"] = {"candidate_id": self.candidate.pk}
        if label == "candidates.Merge":
            values["lost"] = make_candidate(first_name="", last_name="", email="", merged_into=self.candidate)
        if label == "candidates.StepTask":
            values["follow_up"] = self.row("candidates.FollowUp")
        if label == "candidates.LegalHold":
            values |= {"candidate": self.candidate, "lifted_by": self.row("ats.User")}

    def _number(self, name: str) -> int:
        return self.candidate.pk if name == "candidate_id" else self.application.pk

    def _value(self, field: models.Field) -> Any:
        if isinstance(field, models.ForeignKey):
            label = field.related_model._meta.label
            wanted = not field.null or label in LINKS
            return self.row(label) if wanted and label != field.model._meta.label else None
        blank = field.blank and field.empty_strings_allowed
        if blank or field.has_default() or field.null or field.db_default is not models.NOT_PROVIDED:
            return None
        if field.choices:
            return next(value for value, _ in field.flatchoices if value)
        return _plain(field)

    def _plant(self, label: str, fields: tuple[str, ...]) -> None:
        model, row = apps.get_model(label), self.known[label]
        for name in fields:
            field = model._meta.get_field(name)
            with connection.cursor() as cursor:
                if isinstance(field, models.FileField):
                    path = default_storage.save(
                        f"planted/{uuid.uuid4().hex}", ContentFile(self.name.encode())
                    )
                    self.files.append(path)
                    value, place = path, "%s"
                else:
                    value, place = self._marker(label, field)
                cursor.execute(
                    f'UPDATE {model._meta.db_table} SET "{field.column}" = {place}'
                    f' WHERE "{model._meta.pk.column}" = %s',
                    [value, row.pk],
                )

    def _marker(self, label: str, field: models.Field) -> tuple[Any, str]:  # noqa: PLR0911 - a kind a line
        kind = field.get_internal_type()
        if kind == "SearchVectorField":
            return self.name, "to_tsvector('simple', %s)"
        if kind == "BinaryField":
            return self.name.encode(), "%s"
        if kind == "JSONField":
            key = {"DueTask": "email_key", "Activity": "reason"}.get(field.model.__name__, "said")
            said = {key: self.email if key == "email_key" else self.name, "candidate_id": self.candidate.pk}
            return json.dumps(said), "%s::jsonb"
        if isinstance(field, ArrayField):
            return [self.name[: field.base_field.max_length or 99]], "%s::text[]"
        if kind == "GenericIPAddressField":
            return "192.0.2.7", "%s"
        mail = "mail" in field.name or kind == "EmailField" or field.name in {"to", "sender", "address"}
        most = field.max_length or 200
        if mail and most >= len(self.email):
            return self.email, "%s"
        return (self.name if most >= len(self.name) else self.first[:most]), "%s"


def of_candidates() -> dict[str, tuple[str, ...]]:
    """The candidate's own fields of every table, as `data_classes.py` has them."""
    return {
        f"{package}.{model}": by_class[Of.CANDIDATE]
        for package in PACKAGES
        for model, by_class in import_module(f"{package}.data_classes").CLASSES.items()
        if Of.CANDIDATE in by_class
    }


def _plain(field: models.Field) -> Any:
    kind = field.get_internal_type()
    if isinstance(field, RangeField):
        return DateTimeTZRange(NOW, NOW + dt.timedelta(hours=1))
    return {
        "DateTimeField": NOW,
        "DateField": NOW.date(),
        "TimeField": dt.time(9),
        "DecimalField": Decimal("1"),
        "FloatField": 1.0,
        "BooleanField": False,
        "UUIDField": uuid.uuid4(),
        "JSONField": {},
        "BinaryField": b"x",
        "EmailField": f"x{next(_number)}@example.net",
        "FileField": f"planted/{uuid.uuid4().hex}",
    }.get(
        kind,
        (f"x{next(_number)}"[: field.max_length or 9]) if "Char" in kind or "Text" in kind else next(_number),
    )


def found(*words: str) -> Iterator[str]:
    """Where any of these words stands: `table.column` of every table of the database, and files."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name IN (SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE')"
        )
        for table, column in cursor.fetchall():
            said = (
                f"encode(\"{column}\", 'escape')" if _is_bytes(cursor, table, column) else f'"{column}"::text'
            )
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {said} ~* %s', ["|".join(words)])
            if number := cursor.fetchone()[0]:
                yield f"{table}.{column}: {number}"
    yield from _in_files(words)


def _is_bytes(cursor: Any, table: str, column: str) -> bool:
    cursor.execute(
        "SELECT data_type = 'bytea' FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
        [table, column],
    )
    return bool(cursor.fetchone()[0])


def _in_files(words: tuple[str, ...], folder: str = "") -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        with default_storage.open(path) as file:
            text = file.read().decode(errors="replace").lower()
        if any(word.lower() in text for word in words):
            yield f"file {path}"
    for name in folders:
        yield from _in_files(words, f"{folder}/{name}".lstrip("/"))
