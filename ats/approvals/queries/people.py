"""Who is asked: the steps of a chain and the people of a matter, made into names."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ats.accounts.domain import sides
from ats.accounts.models import Role, User
from ats.approvals.domain import kinds
from ats.approvals.domain.kinds import ApprovalKind
from ats.approvals.models import ApprovalRequest, ApprovalStep
from ats.kernel.kept import kept
from ats.kernel.languages import recorded

NOBODY_ELSE = "there is nobody else to ask"


@dataclass(frozen=True)
class Seat:
    """One person to ask: when in the order, in which capacity, and why them if the step names another."""

    position: int
    label: str
    approver: User
    because: str = ""


class House:
    """The people who may be asked for their role: recruiting leads and administrators, and who else a chain names.

    All of them may know of the organisation whose matter it is.
    """

    def __init__(self, organisation: int, roles: Iterable[str] = ()) -> None:
        wanted = {*roles, Role.LEAD, Role.ADMIN}
        self.organisation = organisation
        self._by_role: dict[str, list[User]] = defaultdict(list)
        for user in User.objects.filter(is_active=True, role__in=wanted).order_by("name", "pk"):
            if user.may_work_for(organisation):
                self._by_role[user.role].append(user)

    def with_role(self, role: str) -> list[User]:
        return self._by_role[role]

    def overseers(self, *, but_not: Collection[int]) -> list[User]:
        """The recruiting leads, or where there is none the administrators, without these."""
        for role in (Role.LEAD, Role.ADMIN):
            if found := [user for user in self._by_role[role] if user.pk not in but_not]:
                return found
        return []


def wrote(request: ApprovalRequest) -> int | None:
    """The number of who wrote what is asked, where that is known of its kind."""
    kind = kinds.known().get(request.kind)
    if kind is None or kind.wrote is None:
        return None
    return kind.wrote(request.subject_id, request.subject_version)


def never(kind: ApprovalKind | None, subject_id: int) -> frozenset[int]:
    """Who must not know of this matter at all."""
    return kind.never(subject_id) if kind is not None and kind.never is not None else frozenset()


def kept_out(request: ApprovalRequest) -> set[int]:
    """Who is never asked about it: whose own matter it is, and who must not know of it."""
    return owners(request) | never(kinds.known().get(request.kind), request.subject_id)


def owners(request: ApprovalRequest) -> set[int]:
    """Whose own matter it is: who asks for it, and who wrote it."""
    return {request.requested_by_id, *filter(None, [wrote(request)])}


def label_of(step: ApprovalStep, kind: ApprovalKind) -> str:
    """In which capacity the step asks: its own label, or what it asks for."""
    if step.label:
        return step.label
    if step.part:
        return kind.parts.get(step.part, step.part.replace("_", " ").capitalize())
    return recorded(Role(step.role).label) if step.role else str(step.person)


def seats(
    steps: Iterable[ApprovalStep],
    *,
    kind: ApprovalKind,
    parts: Mapping[str, User | None],
    holds: Collection[str],
    by: User,
    organisation: int,
    wrote: User | None = None,
    never: Collection[int] = (),
) -> list[Seat]:
    """Everybody to ask, in the order of the steps whose condition holds.

    Nobody approves what they ask for or wrote themselves, and nobody is asked twice in the same capacity. Where
    that or somebody's leaving leaves a step without anybody, a recruiting lead is asked, or an administrator, or
    who else has a part in the matter.
    """
    asked = [step for step in steps if _applies(step, kind, holds)]
    house = House(organisation, (step.role for step in asked if step.role))
    found: list[Seat] = []
    taken: set[tuple[str, int]] = set()
    for step in sorted(asked, key=lambda step: (step.position, step.pk)):
        for seat in _of(step, kind=kind, parts=parts, house=house, by=by, wrote=wrote, never=never):
            if (seat.label, seat.approver.pk) not in taken:
                taken.add((seat.label, seat.approver.pk))
                found.append(seat)
    return found


def _applies(step: ApprovalStep, kind: ApprovalKind, holds: Collection[str]) -> bool:
    """A condition that nobody knows any more asks rather than skips."""
    return not step.condition or step.condition in holds or step.condition not in kind.conditions


def _of(
    step: ApprovalStep,
    *,
    kind: ApprovalKind,
    parts: Mapping[str, User | None],
    house: House,
    by: User,
    wrote: User | None,
    never: Collection[int],
) -> list[Seat]:
    label = label_of(step, kind)
    named, missing = _named(step, label=label, parts=parts, house=house)
    own = {by, wrote}
    named = sides.working_for((user for user in named if user.pk not in never), house.organisation)
    others = [user for user in named if user.is_active and user not in own]
    if others:
        return [Seat(step.position, label, user) for user in others]
    if by in named:
        missing = kept(f"{by} asks for it and does not approve it alone")
    elif wrote in named:
        missing = kept(f"{wrote} wrote it and does not approve it alone")
    elif named:
        missing = kept(f"{named[0]} no longer signs in")
    but_not = {*never, *(user.pk for user in own if user)}
    return (
        instead(step.position, label, house=house, but_not=but_not, missing=missing)
        or _with_a_part(step.position, label, parts=parts, but_not=but_not, missing=missing)
        or [Seat(step.position, label, by, NOBODY_ELSE)]
    )


def _with_a_part(
    position: int, label: str, *, parts: Mapping[str, User | None], but_not: Collection[int], missing: str
) -> list[Seat]:
    """Where nobody oversees beside who asks, another of the matter says yes or no to it."""
    found = {user for user in parts.values() if user and user.is_active and user.pk not in but_not}
    return [Seat(position, label, user, missing[:200]) for user in sorted(found, key=lambda user: user.pk)]


def _named(
    step: ApprovalStep, *, label: str, parts: Mapping[str, User | None], house: House
) -> tuple[list[User], str]:
    """Whom the step names, and what to say if that is nobody."""
    if step.person is not None:
        return [step.person], ""
    if step.part:
        user = parts.get(step.part)
        return ([user] if user else []), kept(f"nobody is named for this part: {label.lower()}")
    return house.with_role(step.role), kept(
        f"nobody has this role: {recorded(Role(step.role).label).lower()}"
    )


def instead(position: int, label: str, *, house: House, but_not: Collection[int], missing: str) -> list[Seat]:
    """Who oversees, asked in place of somebody who cannot be; each of them may answer."""
    return [Seat(position, label, user, missing[:200]) for user in house.overseers(but_not=but_not)]
