"""Who came far for a role like this one and was not hired: proposed to people, who decide by themselves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from candidates.applications.models import Application, ApplicationState, DispositionKind
from candidates.consents.models import Consent, Purpose
from candidates.people.domain.questions import query
from candidates.people.models import Candidate
from candidates.pools.domain.titles import telling_words
from requisitions.models import Requisition, StageKind

LATE = (StageKind.INTERVIEW, StageKind.ASSESSMENT, StageKind.OFFER)
NOT_FOR = ("missing-must-have", "expectations")
"""Reasons that would hold for a like role too."""
SINCE = timedelta(days=730)
LOOKED_AT, SHOWN, MOST_NEEDS = 300, 12, 8


@dataclass(frozen=True)
class Medallist:
    """Somebody who came far, how far, and why they may suit this role."""

    candidate: Candidate
    application: Application
    same_department: bool
    words: tuple[str, ...]
    knows: tuple[str, ...]

    @property
    def weight(self) -> tuple[int, bool, datetime]:
        likeness = 2 * len(self.words) + 2 * self.same_department + len(self.knows)
        came_far = self.application.stage.kind == StageKind.OFFER
        return likeness, came_far, self.application.decided_at or self.application.applied_at


def medallists(role: Requisition, user: User, now: datetime) -> list[Medallist]:
    """Likest first; as many queries for one as for hundreds."""
    words = telling_words(role.title)
    best: dict[int, Application] = {}
    for application in _came_far(role, words, user, now)[:LOOKED_AT]:
        best.setdefault(application.candidate_id, application)
    knows = _knows(role, best)
    found = [
        Medallist(
            candidate=application.candidate,
            application=application,
            same_department=_is_of(application, role),
            words=tuple(sorted(words & telling_words(application.requisition.title))),
            knows=tuple(knows.get(number, ())),
        )
        for number, application in best.items()
    ]
    like = [each for each in found if each.words or each.same_department]
    return sorted(like, key=lambda each: each.weight, reverse=True)[:SHOWN]


def _is_of(application: Application, role: Requisition) -> bool:
    return role.department_id is not None and application.requisition.department_id == role.department_id


def _came_far(role: Requisition, words: Iterable[str], user: User, now: datetime) -> QuerySet[Application]:
    """Those who were told a no late, for want of a place and not of what any such role asks; and who agreed to hear."""
    agreed = Consent.objects.valid(now).filter(candidate=OuterRef("candidate"), purpose=Purpose.ROLES)
    here = Application.objects.filter(candidate=OuterRef("candidate"), requisition=role)
    like = Q(pk__in=[])
    for word in words:
        like |= Q(requisition__title__icontains=word)
    if role.department_id is not None:
        like |= Q(requisition__department=role.department_id)
    rows = Application.objects.visible_to(user).filter(
        like,
        Exists(agreed),
        ~Exists(here),
        state=ApplicationState.REJECTED,
        stage__kind__in=LATE,
        reason__kind=DispositionKind.CHOSE_OTHERWISE,
        decided_at__gt=now - SINCE,
        candidate__anonymised_at=None,
        requisition__organisation=role.organisation_id,
        requisition__confidential=False,
    )
    told = rows.exclude(reason__code__in=NOT_FOR).exclude(told_at=None)
    shown = told.select_related("candidate", "requisition", "stage", "reason").defer("candidate__search")
    return shown.order_by("-decided_at", "-pk")


def _knows(role: Requisition, people: Iterable[int]) -> Mapping[int, list[str]]:
    """Which of what the role asks stands in somebody's words; a query for each of the first few."""
    found: dict[int, list[str]] = defaultdict(list)
    numbers = list(people)
    names = role.criteria.order_by("kind", "position", "pk").values_list("name", flat=True)
    for name in names[:MOST_NEEDS] if numbers else ():
        asked = query(f'"{name}"')
        rows = Candidate.objects.filter(pk__in=numbers, search__answers=asked) if asked else None
        for number in rows.values_list("pk", flat=True) if rows is not None else ():
            found[number].append(name)
    return found
