"""The steps of a chain as somebody asks for them, and said in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ats.accounts.models import Role, User
from ats.approvals.domain.kinds import ApprovalKind
from ats.approvals.models import ApprovalStep
from ats.kernel.errors import Invalid
from ats.kernel.kept import kept
from ats.kernel.languages import recorded
from ats.kernel.staff_words import gettext

MOST_STEPS = 12
NOBODY = kept("Nobody has to approve it.")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One step as somebody asks for it: the turn, and one of `part`, `role` and `person`."""

    turn: int
    part: str = ""
    role: str = ""
    person: User | None = None
    label: str = ""
    condition: str = ""


def made(wanted: Sequence[Wanted], kind: ApprovalKind) -> list[ApprovalStep]:
    """The steps as rows that are not saved, in order and numbered from one; Invalid where one makes no sense."""
    if len(wanted) > MOST_STEPS:
        raise Invalid(
            gettext("%(MOST_STEPS)s steps are more than anybody should wait for.")
            % {"MOST_STEPS": MOST_STEPS}
        )
    turns = sorted({step.turn for step in wanted})
    rows = []
    for step in sorted(wanted, key=lambda step: step.turn):
        _check(step, kind)
        rows.append(
            ApprovalStep(
                position=turns.index(step.turn) + 1,
                part=step.part,
                role=step.role,
                person=step.person,
                label=step.label.strip(),
                condition=step.condition,
            )
        )
    return rows


def _check(step: Wanted, kind: ApprovalKind) -> None:
    if [bool(step.part), bool(step.role), step.person is not None].count(True) != 1:
        raise Invalid(gettext("Say who is asked in each step."))
    if step.part and step.part not in kind.parts:
        raise Invalid(gettext("Choose one of the list."))
    if step.role and step.role not in Role.values:
        raise Invalid(gettext("Choose one of the list."))
    if step.person is not None and not step.person.is_active:
        raise Invalid(gettext("%(person)s no longer signs in here.") % {"person": step.person})
    if step.condition and step.condition not in kind.conditions:
        raise Invalid(gettext("Choose one of the list."))
    if len(step.label.strip()) > 80:
        raise Invalid(gettext("Keep each name under 80 characters."))


def in_words(steps: Sequence[ApprovalStep], kind: ApprovalKind) -> str:
    """`First the hiring manager and Pia Pay (Compensation) at once, then any recruiting lead.`"""
    ordered = sorted(steps, key=lambda step: step.position)
    turns = [list(group) for _, group in groupby(ordered, key=lambda step: step.position)]
    if not turns:
        return NOBODY
    said = [_together(turn, kind) for turn in turns]
    if len(said) == 1:
        return said[0][0].upper() + said[0][1:] + "."
    first, *others, rest = said
    for each in reversed(others):
        rest = kept(f"{each}, then {rest}")
    return kept(f"First {first}, then {rest}.")


def _together(steps: Sequence[ApprovalStep], kind: ApprovalKind) -> str:
    """All of one turn; who stands for the same thing answers instead of the others."""
    by_label: dict[str, list[str]] = {}
    for number, step in enumerate(steps):
        by_label.setdefault(step.label or f"#{number}", []).append(_who(step, kind))
    said = [" or ".join(people) for people in by_label.values()]
    if len(said) == 1:
        return said[0]
    several, last = ", ".join(said[:-1]), said[-1]
    return kept(f"{several} and {last} at once")


def _who(step: ApprovalStep, kind: ApprovalKind) -> str:
    if step.part:
        words = f"the {kind.parts.get(step.part, step.part).lower().removeprefix('the ')}"
    elif step.role:
        role = recorded(Role(step.role).label).lower()
        words = kept(f"any {role}")
    else:
        words = str(step.person)
    notes = [step.label] if step.label else []
    if step.condition:
        condition = kind.conditions.get(step.condition, step.condition)
        condition = f"{condition[:1].lower()}{condition[1:]}"
        notes.append(kept(f"only if: {condition}"))
    return f"{words} ({', '.join(notes)})" if notes else words
