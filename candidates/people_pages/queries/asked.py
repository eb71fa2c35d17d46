"""What each field of a question means: of a person, or of one and the same application of theirs."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ats.accounts.models import User
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application, ApplicationState, Note
from candidates.documents.models import Document
from candidates.interviews.models import Interview
from candidates.messages.models import Message
from candidates.offers.models import Offer
from candidates.people.domain.fields import Field
from candidates.people.domain.phones import asked_digits
from candidates.people.domain.questions import query
from candidates.people.models import Candidate, Tag
from candidates.people.queries.matching import by_digits
from requisitions.models import StageKind

ANY = frozenset({"any", "yes", "*"})


def of_people(field: Field) -> Q | None:
    """What it asks of the person; None where it asks something of their application."""
    match field.name:
        case "skill":
            return Q(search__answers=query(f'"{field.value}"'))
        case "city":
            return Q(city__icontains=field.value)
        case "phone":
            return by_digits(tuple(asked_digits(field.value)))
        case "email":
            return Q(email__icontains=field.value)
        case "tag":
            return Exists(_tagged().filter(tag__name__icontains=field.value))
        case "pool":
            return Q(pool_consent_until__gt=timezone.now()) if field.value.lower() in ANY else Q(pk__in=[])
    return None


def of_application(field: Field) -> Q | None:
    """What it asks of an application; None where it is none of these."""
    value = field.value
    match field.name:
        case "stage":
            kinds = [kind for kind, label in StageKind.choices if value.lower() in (kind, str(label).lower())]
            return Q(state=ApplicationState.ACTIVE) & (Q(stage__kind__in=kinds) | Q(stage__name__icontains=value))
        case "state":
            return Q(state__in=_states(value))
        case "source":
            return Q(source__name__icontains=value) | Q(source__kind=value.lower())
        case "role":
            return Q(requisition__title__icontains=value)
        case "rejected":
            return Q(state=ApplicationState.REJECTED) & _rejected(value)
    return None


def _states(value: str) -> list[str]:
    return [one for one, said in ApplicationState.choices if value.lower() in (one, str(said).lower())]


def _rejected(value: str) -> Q:
    if value.lower() in ANY:
        return Q()
    parts = value.split("-")
    if all(part.isdecimal() for part in parts) and len(parts[0]) == 4 and len(parts) <= 2:
        year = Q(decided_at__year=min(int(parts[0]), date.max.year) or 1)
        return year & Q(decided_at__month=int(parts[1])) if len(parts) == 2 else year
    return Q(reason__label__icontains=value) | Q(reason__code=value.lower())


def narrowed(rows: QuerySet[Candidate], fields: tuple[Field, ...], user: User) -> QuerySet[Candidate]:
    """Those of `rows` who are as the fields say, as far as `user` may know it."""
    seen = Application.objects.visible_to(user).filter(candidate=OuterRef("pk"))
    together = Q()
    is_asked = False
    for field in fields:
        if field.name == "has":
            rows = _has(rows, field, seen, user)
        elif (of_them := of_people(field)) is not None:
            rows = rows.exclude(of_them) if field.is_not else rows.filter(of_them)
        elif (of_it := of_application(field)) is not None and field.is_not:
            rows = rows.exclude(Exists(seen.filter(of_it)))
        elif of_it is not None:
            together, is_asked = together & of_it, True
    return rows.filter(Exists(seen.filter(together))) if is_asked else rows


def _has(
    rows: QuerySet[Candidate], field: Field, seen: QuerySet[Application], user: User
) -> QuerySet[Candidate]:
    asks = _ASKS.get(field.value.lower())
    if asks is None:
        return rows.none()
    condition = asks(seen, user)
    return rows.exclude(condition) if field.is_not else rows.filter(condition)


def _tagged() -> "QuerySet[Tag]":
    return Tag.candidates.through.objects.filter(candidate=OuterRef("pk"))  # type: ignore[attr-defined]


def _of_theirs(rows: "QuerySet", seen: QuerySet[Application]) -> Exists:  # type: ignore[type-arg]
    return Exists(seen.filter(Exists(rows.filter(application=OuterRef("pk")))))


def _resumes(seen: QuerySet[Application], kind: str = "") -> Exists:
    rows = Document.objects.filter(candidate=OuterRef("pk"))
    rows = rows.filter(kind=kind) if kind else rows
    return Exists(rows.filter(Q(application=None) | Q(application__in=seen.values("pk"))))


_ASKS: dict[str, Callable[[QuerySet[Application], User], Q | Exists]] = {
    "email": lambda seen, user: ~Q(email=""),
    "phone": lambda seen, user: ~Q(phone=""),
    "city": lambda seen, user: ~Q(city=""),
    "link": lambda seen, user: ~Q(links=[]),
    "tag": lambda seen, user: Exists(_tagged()),
    "resume": lambda seen, user: _resumes(seen, "resume"),
    "document": lambda seen, user: _resumes(seen),
    "application": lambda seen, user: Exists(seen),
    "note": lambda seen, user: _of_theirs(_notes(user), seen),
    "message": lambda seen, user: _of_theirs(Message.objects.all(), seen),
    "interview": lambda seen, user: _of_theirs(Interview.objects.all(), seen),
    "offer": lambda seen, user: _of_theirs(Offer.objects.visible_to(user), seen),
}


def _notes(user: User) -> QuerySet[Note]:
    return Note.objects.all() if user.recruits else Note.objects.filter(visibility="team")


def unknown(fields: tuple[Field, ...]) -> list[str]:
    """What of the fields nobody can be, in words."""
    said = []
    for field in fields:
        if field.name == "has" and field.value.lower() not in _ASKS:
            names = ", ".join(sorted(_ASKS))
            said.append(gettext("“has:” knows: %(names)s.") % {"names": names})
        elif field.name == "state" and not _states(field.value):
            names = ", ".join(ApplicationState.values)
            said.append(gettext("“state:” knows: %(names)s.") % {"names": names})
    return said
