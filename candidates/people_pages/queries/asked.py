"""What each field of a question means: of a person, or of one and the same application of theirs."""

from collections.abc import Callable
from typing import Any, NamedTuple

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
from candidates.pools.models import TalentMember, TalentPool
from candidates.resumes.domain.skills import canonical
from requisitions.models import StageKind

ANY = frozenset({"any", "yes", "*"})


def _staged(value: str) -> Q:
    kinds = [kind for kind, label in StageKind.choices if value.lower() in (kind, str(label).lower())]
    of_stage = Q(stage__kind__in=kinds) | Q(stage__name__icontains=value)
    return Q(state=ApplicationState.ACTIVE) & of_stage


def _states(value: str) -> list[str]:
    return [one for one, said in ApplicationState.choices if value.lower() in (one, str(said).lower())]


def _rejected(value: str) -> Q:
    if value.lower() in ANY:
        return Q()
    parts = value.split("-")
    if all(part.isdecimal() for part in parts) and len(parts[0]) == 4 and len(parts) <= 2:
        year = Q(decided_at__year=int(parts[0]) or 1)
        return year & Q(decided_at__month=int(parts[1])) if len(parts) == 2 else year
    return Q(reason__label__icontains=value) | Q(reason__code=value.lower())


def _dialled(value: str) -> Q:
    dialled = Q(pk__in=[])
    for digits in asked_digits(value):
        dialled |= Q(pk__in=Candidate.objects.with_digits(digits).values("pk"))
    return dialled


def _skilled(value: str) -> Q:
    """In their words, and in the one under which it is kept where somebody confirmed it: `k8s` is Kubernetes."""
    spellings = dict.fromkeys([value, canonical(value)])
    return Q(*(("search__answers", query(f'"{each}"')) for each in spellings), _connector=Q.OR)


_OF_PEOPLE: dict[str, Callable[[str], Q | Exists]] = {
    "city": lambda value: Q(city__icontains=value),
    "email": lambda value: Q(email__icontains=value),
    "phone": _dialled,
    "skill": _skilled,
    "tag": lambda value: Exists(_tagged().filter(tag__name__icontains=value)),
}
_OF_APPLICATIONS: dict[str, Callable[[str], Q]] = {
    "rejected": lambda value: Q(state=ApplicationState.REJECTED) & _rejected(value),
    "role": lambda value: Q(requisition__title__icontains=value),
    "source": lambda value: Q(source__name__icontains=value) | Q(source__kind=value.lower()),
    "stage": _staged,
    "state": lambda value: Q(state__in=_states(value)),
}


def narrowed(rows: QuerySet[Candidate], fields: tuple[Field, ...], user: User) -> QuerySet[Candidate]:
    """Those of `rows` who are as the fields say, as far as `user` may know it."""
    seen = Application.objects.visible_to(user).filter(candidate=OuterRef("pk"))
    together = Q()
    is_asked = False
    for field in fields:
        if field.name == "has":
            rows = _has(rows, field, seen, user)
        elif field.name == "pool":
            rows = (
                rows.exclude(_kept(field.value, user))
                if field.is_not
                else rows.filter(_kept(field.value, user))
            )
        elif field.name in _OF_PEOPLE:
            of_them = _OF_PEOPLE[field.name](field.value)
            rows = rows.exclude(of_them) if field.is_not else rows.filter(of_them)
        elif field.is_not:
            rows = rows.exclude(Exists(seen.filter(_OF_APPLICATIONS[field.name](field.value))))
        else:
            together, is_asked = together & _OF_APPLICATIONS[field.name](field.value), True
    return rows.filter(Exists(seen.filter(together))) if is_asked else rows


def _kept(value: str, user: User) -> Exists:
    """In a pool of this name, of those that `user` sees; in any of them."""
    pools = TalentPool.objects.visible_to(user).open()
    if value.lower() not in ANY:
        exactly = pools.filter(name__iexact=value)
        pools = exactly if exactly.exists() else pools.filter(name__icontains=value)
    return Exists(TalentMember.objects.inside().filter(candidate=OuterRef("pk"), pool__in=pools))


class _Seen(NamedTuple):
    """Whoever asks, and the applications of the person that they may see."""

    user: User
    applications: QuerySet[Application]


def _has(
    rows: QuerySet[Candidate], field: Field, seen: QuerySet[Application], user: User
) -> QuerySet[Candidate]:
    asks = _ASKS.get(field.value.lower())
    if asks is None:
        return rows.none()
    condition = asks(_Seen(user, seen))
    return rows.exclude(condition) if field.is_not else rows.filter(condition)


def _tagged() -> "QuerySet[Any]":
    return Tag.candidates.through.objects.filter(candidate=OuterRef("pk"))


def _of_theirs(rows: "QuerySet[Any]", seen: _Seen) -> Exists:
    return Exists(seen.applications.filter(Exists(rows.filter(application=OuterRef("pk")))))


def _files(seen: _Seen, kind: str = "") -> Exists:
    rows = Document.objects.filter(candidate=OuterRef("pk"))
    rows = rows.filter(kind=kind) if kind else rows
    return Exists(rows.filter(Q(application=None) | Q(application__in=seen.applications.values("pk"))))


def _notes(user: User) -> QuerySet[Note]:
    return Note.objects.all() if user.recruits else Note.objects.filter(visibility="team")


_ASKS: dict[str, Callable[[_Seen], Q | Exists]] = {
    "application": lambda seen: Exists(seen.applications),
    "city": lambda _: ~Q(city=""),
    "consent": lambda _: Q(pool_consent_until__gt=timezone.now()),
    "document": _files,
    "email": lambda _: ~Q(email=""),
    "interview": lambda seen: _of_theirs(Interview.objects.all(), seen),
    "link": lambda _: ~Q(links=[]),
    "message": lambda seen: _of_theirs(Message.objects.all(), seen),
    "note": lambda seen: _of_theirs(_notes(seen.user), seen),
    "offer": lambda seen: _of_theirs(Offer.objects.visible_to(seen.user), seen),
    "phone": lambda _: ~Q(phone=""),
    "resume": lambda seen: _files(seen, "resume"),
    "tag": lambda _: Exists(_tagged()),
}
"""What somebody can have, by the word that asks for it."""


def unknown(fields: tuple[Field, ...]) -> list[str]:
    """What of the fields nobody can be, in words."""
    said = []
    for field in fields:
        if field.name == "has" and field.value.lower() not in _ASKS:
            said.append(gettext("“has:” knows: %(names)s.") % {"names": ", ".join(_ASKS)})
        elif field.name == "state" and not _states(field.value):
            said.append(gettext("“state:” knows: %(names)s.") % {"names": ", ".join(ApplicationState.values)})
    return said
