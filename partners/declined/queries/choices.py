"""Whom and what one can choose when a request is recorded, and what a warning knows of it already."""

from typing import Any

from ats.accounts.models import Role, User
from candidates.models import Application
from partners.declined.models import DeclinedPart, DeclinedReader, Ground, Way
from partners.partnerships.domain.wording import in_sentence
from requisitions.models import Requisition, TeamMember
from requisitions.roles.workflow import LIVE
from requisitions.wording.models import Severity
from requisitions.wording.queries import checks

MOST_ROLES = 500


def people(*, but: User) -> list[tuple[int, str]]:
    """Everybody of the house who is here and may be known to them, but oneself."""
    return [one for one in everybody(known_to=but) if one[0] != but.pk]


def everybody(*, known_to: User | None = None) -> list[tuple[int, str]]:
    """Everybody of the house who is here."""
    rows = User.objects.filter(is_active=True)
    found = (rows.known_to(known_to) if known_to else rows).order_by("name", "pk")
    return [(person.pk, f"{person}, {in_sentence(person.get_role_display())}") for person in found]


def leads() -> list[User]:
    return list(User.objects.filter(is_active=True, role=Role.LEAD).order_by("name", "pk"))


def roles(user: User, *, also: int | None) -> list[tuple[int, str]]:
    """Live roles that this person sees, those of their own on top, and the one that a warning stood on."""
    seen = Requisition.objects.visible_to(user)
    own = TeamMember.objects.filter(user=user).values_list("requisition", flat=True)
    live = list(seen.filter(state__in=LIVE).order_by("title", "pk")[:MOST_ROLES])
    if also is not None and also not in {role.pk for role in live}:
        live += seen.filter(pk=also)
    mine = set(own)
    live.sort(key=lambda role: role.pk not in mine)
    return [(role.pk, f"{role.title} ({role.reference})") for role in live]


def known_of(user: User, *, code: str, role: int | None, application: int | None) -> dict[str, Any]:
    """What the form begins with: from the rule that warned, the role, and the application that it stood on."""
    facts: dict[str, Any] = {}
    if application is not None:
        found = Application.objects.visible_to(user).filter(pk=application).first()
        facts["application"] = found.pk if found else None
        role = found.requisition_id if found else role
    requisition = Requisition.objects.visible_to(user).filter(pk=role).first() if role else None
    if requisition is not None:
        facts["requisition"] = requisition.pk
        if requisition.hiring_manager_id != user.pk:
            facts["asked_by"] = requisition.hiring_manager_id
    return facts | _of_rule(code)


def _of_rule(code: str) -> dict[str, Any]:
    rule = checks.rule_in_force(code) if code else None
    if rule is None:
        return {}
    told = rule.told
    return {
        "subject": told.topic,
        "rule": "\n".join(part for part in (told.source, told.reason) if part),
        "alternative": told.alternative,
        "ground": Ground.ILLEGAL if rule.severity == Severity.UNLAWFUL else Ground.BAD_PRACTICE,
        "asked_how": Way.HERE,
    }


def named() -> dict[str, list[int]]:
    """Who is named to see declined requests, by part, in their order."""
    rows = DeclinedReader.objects.order_by("part", "position", "pk").values_list("part", "user")
    found: dict[str, list[int]] = {part: [] for part in DeclinedPart.values}
    for part, user in rows:
        found[part].append(user)
    return found
