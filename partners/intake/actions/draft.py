"""Drafting from the brief what is said and asked of candidates; each is read and edited before anybody sees it."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import WrongState
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext
from partners.intake.actions.fetch import Held, fetch
from partners.intake.domain import drafts
from partners.intake.domain.content import Content
from partners.intake.queries.brief import settled
from partners.intake.rules import FILL
from requisitions.interview_plan import actions as plan
from requisitions.interview_plan.actions import Line
from requisitions.models import JobPost, PlannedInterview, PostState
from requisitions.posts import actions as posts


def _from(held: Held) -> tuple[Content, str]:
    """The settled brief, or its draft while nothing is settled; and which of the two, in words."""
    version = settled(held.partnership)
    if version is None:
        return held.said, "the draft of the brief"
    return version.content, kept(f"version {version.number} of the brief")


def _note(held: Held, what: str, source: str, *, by: User, now: datetime) -> None:
    data = {"what": what, "source": source}
    record("brief.drafted", subject=held.brief, by=by, now=now, data=data)


@transaction.atomic
def draft_advert(*, partnership_id: int, by: User, now: datetime) -> JobPost:
    """A draft of the advert's text; in a draft that is empty yet, else as another one. Nothing is written over."""
    held = fetch(partnership_id, by, FILL)
    content, source = _from(held)
    body = drafts.advert(content)
    if not body:
        raise WrongState(gettext("Say first why the role exists: there is nothing to draft an advert from."))
    empty = held.requisition.posts.filter(state=PostState.DRAFT, body="").order_by("pk").first()
    if empty is not None:
        post = posts.change_post(post_id=empty.pk, by=by, now=now, body=body)
    else:
        post = posts.create_post(requisition_id=held.requisition.pk, by=by, now=now, body=body)
    _note(held, "the advert", source, by=by, now=now)
    return post


@transaction.atomic
def draft_kits(*, partnership_id: int, by: User, now: datetime) -> int:
    """A question for each must-have that an interview assesses and does not ask about yet; how many there are."""
    held = fetch(partnership_id, by, FILL)
    source = "the must-haves of the brief"
    rows = PlannedInterview.objects.filter(requisition=held.requisition.pk, retired=False)
    count = sum(_draft_kit(held, row, by=by, now=now) for row in rows.order_by("position", "pk"))
    if count:
        _note(held, "questions for the interviews", source, by=by, now=now)
    return count


def _draft_kit(held: Held, planned: PlannedInterview, *, by: User, now: datetime) -> int:
    asked = list(planned.questions.order_by("position", "id"))
    known = {row.criterion_id for row in asked}
    wanted = [
        row for row in held.said["must_haves"] if planned.pk in row["interviews"] and row["id"] not in known
    ]
    if not wanted:
        return 0
    lines = [Line(row.text, row.good, row.criterion_id) for row in asked]
    lines += [Line(*drafts.question(row), row["id"]) for row in wanted]
    criteria = list(planned.criteria.order_by("pk").values_list("pk", flat=True))
    plan.set_kit(planned_id=planned.pk, criterion_ids=criteria, questions=lines, by=by, now=now)
    return len(wanted)
