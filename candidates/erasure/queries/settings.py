"""What the settings page of retention shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ats.accounts.models import User
from ats.organisation.domain.places import name_of
from ats.organisation.models import HiringOrganisation, Location
from candidates.erasure.domain.rules import BY_CODE, Own, kept
from candidates.erasure.domain.rules_table import WORDS, Outcome, Rule
from candidates.erasure.models import Erasure, ErasureState, LegalHold, RetentionPolicy
from candidates.erasure.queries.over import Month, Next, ahead, by_month, own_months
from requisitions.models import Requisition

MOST_NEXT = 10
MOST_DONE = 15


@dataclass(frozen=True)
class Line:
    """One outcome at one place: what holds, and what the organisation says itself."""

    field: str
    outcome: str
    months: int
    own: str
    usual: int
    rules: list[Rule]
    problem: str


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Settings:
    policy: RetentionPolicy | None
    places: list[Place]
    months: list[Month]
    next: list[tuple[Next, Rule | None]]
    holds: list[LegalHold]
    roles: list[Requisition]
    done: list[Erasure]

    @property
    def this_month(self) -> int:
        """How many are over already, or will be this month."""
        return self.months[0].people if self.months else 0


def settings_of(
    organisation: HiringOrganisation,
    *,
    user: User,
    now: datetime,
    problems: Mapping[str, str],
    typed: Mapping[str, Any],
) -> Settings:
    """All of one organisation; who goes next is named, for whoever reads this oversees all of them."""
    erasures = Erasure.objects.select_related("candidate", "asked_by").order_by("-erased_at", "-id")
    holds = LegalHold.objects.standing().select_related("candidate", "requisition", "placed_by")
    return Settings(
        policy=RetentionPolicy.objects.filter(organisation=organisation).first(),
        places=_places(organisation, _Form(own_months(organisation.pk), typed, problems)),
        months=by_month(organisation.pk, now=now),
        next=[(row, BY_CODE.get(row.code)) for row in ahead(organisation.pk, now=now, most=MOST_NEXT)],
        holds=list(holds.order_by("placed_at")),
        roles=list(Requisition.objects.visible_to(user).filter(organisation=organisation).order_by("title")),
        done=list(erasures.filter(state__in=[ErasureState.ERASED, ErasureState.DONE])[:MOST_DONE]),
    )


@dataclass(frozen=True)
class _Form:
    """What was typed and what was wrong with it, where the page shows it again."""

    own: Own
    typed: Mapping[str, Any]
    problems: Mapping[str, str]


def _places(organisation: HiringOrganisation, form: _Form) -> list[Place]:
    """Everywhere, and the places of its offices."""
    offices = {row.jurisdiction for row in Location.objects.filter(organisation=organisation)} - {""}
    codes = ["", *sorted(offices | {place for place, _ in form.own if place}, key=name_of)]
    return [
        Place(
            code=code,
            name=name_of(code) if code else "",
            lines=[
                _line(organisation, code, outcome, form)
                for outcome in Outcome
                if not (code and outcome is Outcome.NONE)
            ],
        )
        for code in codes
    ]


def _line(organisation: HiringOrganisation, place: str, outcome: Outcome, form: _Form) -> Line:
    holds = kept(place, outcome, employees=organisation.employees, own=form.own)
    ships = kept(place, outcome, employees=organisation.employees, own={})
    name = f"{place}:{outcome.value}"
    said = form.own.get((place, outcome.value), "")
    rules = [rule for rule in (holds.least, holds.most, ships.rule) if rule is not None]
    return Line(
        field=f"months:{name}",
        outcome=str(WORDS[outcome]),
        months=holds.months,
        own=str(form.typed.get(f"months:{name}", said)),
        usual=ships.months,
        rules=list(dict.fromkeys(rules)),
        problem=form.problems.get(name, ""),
    )
