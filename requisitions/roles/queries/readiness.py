"""What is missing before a requisition can open, and before somebody can apply to it, in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ats.kernel.staff_words import gettext
from requisitions.roles.models import CriterionKind, OpeningState, Requisition, RequisitionState
from requisitions.roles.queries import approval
from requisitions.roles.queries.both_parts import is_one_too_few


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: what to do, and where on the form it is done."""

    text: str
    field: str


AdvertCheck = Callable[[Requisition, datetime], list[Gap]]
_advert: list[AdvertCheck] = []


def advert(check: AdvertCheck) -> AdvertCheck:
    """Let the decorated function say what the text of the advert still needs."""
    _advert[:] = [check]
    return check


_while_advertised: list[AdvertCheck] = []


def while_advertised(check: AdvertCheck) -> AdvertCheck:
    """Let the decorated function say what posts that are out would lack by a change of the role."""
    _while_advertised[:] = [check]
    return check


def to_stay_advertised(requisition: Requisition, now: datetime) -> list[Gap]:
    """What its posts that are out would lack, as its facts are now."""
    return [gap for check in _while_advertised for gap in check(requisition, now)]


def to_open(requisition: Requisition) -> list[Gap]:
    """The gaps that keep it from opening; three queries where nothing was prefetched."""
    gaps = []
    if requisition.hiring_manager_id is None:
        gaps.append(Gap(gettext("Name the hiring manager."), "hiring_manager"))
    elif is_one_too_few(requisition):
        said = gettext("%(recruiter)s cannot be both recruiter and hiring manager: name somebody else.") % {
            "recruiter": requisition.recruiter
        }
        gaps.append(Gap(said, "hiring_manager"))
    if not any(row.kind == CriterionKind.MUST for row in requisition.criteria.all()):
        gaps.append(Gap(gettext("Say at least one must-have, and why it decides."), "must_haves"))
    if not any(seat.state == OpeningState.OPEN for seat in requisition.openings.all()):
        gaps.append(Gap(gettext("Say how many people you want to hire."), "openings"))
    if not requisition.stages.all():
        gaps.append(Gap(gettext("Choose the steps that a candidate goes through."), "pipeline"))
    return gaps


def to_advertise(requisition: Requisition) -> list[Gap]:
    """What an open role still owes those who might apply, whatever its advert says; no query."""
    gaps = []
    if requisition.confidential:
        gaps.append(
            Gap(gettext("This role is confidential: a post would show it to everybody."), "confidential")
        )
    if requisition.pay_min is None or requisition.pay_max is None:
        gaps.append(
            Gap(gettext("Give the pay range: nobody applies here without knowing what it pays."), "pay_min")
        )
    if requisition.location_id is None:
        gaps.append(
            Gap(gettext("Say where the role is; for remote work, the office it belongs to."), "location")
        )
    return gaps


def to_open_now(requisition: Requisition) -> list[Gap]:
    """What keeps a draft from opening at this moment: what is missing, and whose approval."""
    gaps = to_open(requisition)
    standing = approval.standing(requisition)
    if standing is not None and not standing.given:
        gaps.append(Gap(gettext("Ask for approval: this role opens once it is given."), "approval"))
    return gaps


def to_be_found(requisition: Requisition, now: datetime) -> list[Gap]:
    """What keeps anybody from applying, beside its opening: the checks that publishing makes, before it does.

    Nothing for a role that is confidential: it is filled without an advert.
    """
    if requisition.confidential:
        return []
    return [*to_advertise(requisition), *(gap for check in _advert for gap in check(requisition, now))]


def is_on_its_way(requisition: Requisition) -> bool:
    """Whether it may still come to an advert: a draft, or open."""
    return requisition.state in {RequisitionState.DRAFT, RequisitionState.OPEN}
