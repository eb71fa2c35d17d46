"""What the demo company tells those with whom it did not go on, and what matters to those with whom it does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from ats.demo.company.house import House
from ats.demo.company.timeline import Timeline
from candidates.applications.actions.note import note_matters
from candidates.feedback import actions, queries
from candidates.feedback.domain.points import Evidence
from candidates.matters.actions import mark
from candidates.matters.domain.points import points
from candidates.models import Application, FeedbackRequest
from requisitions.models import StageKind

MATTERS = (
    "Three days a week from home\nA team that writes things down\nNo nights",
    "To learn from people who know more than I do\nPay that is said before the first talk",
    "Part time in the first half year\nWork that travellers notice",
)
MET: dict[str, tuple[str, str]] = {
    "Three days a week from home": (
        "met",
        "Two with the team, three where you like: it stands in the contract.",
    ),
    "No nights": ("not_met", "One night a month with the shift, on a day that one chooses."),
    "Pay that is said before the first talk": ("met", "The range stands in the post."),
    "Part time in the first half year": ("met", "Four days for six months; Max has agreed."),
}


def tell(story: Timeline) -> None:
    """People say what matters to them; two ask for feedback, and one of them has it."""
    for day, nth in ((8, 0), (6, 1), (4, 2)):
        story.at(story.morning(day) + timedelta(hours=5), partial(_say_what_matters, story.house, nth))
    story.at(story.morning(7) + timedelta(hours=1), _ask)
    story.at(story.morning(6) + timedelta(hours=2), _answer)
    story.at(story.morning(1) + timedelta(hours=2), _ask)
    story.at(story.morning(1) + timedelta(hours=6), _put_aside)


def _say_what_matters(house: House, nth: int, now: datetime) -> None:
    """On their own page, from the interviews on; whoever recruits for them says what of it this role meets."""
    rows = Application.objects.active().filter(
        stage__kind__in=[StageKind.INTERVIEW, StageKind.OFFER], matters=""
    )
    application = rows.select_related("candidate", "requisition__recruiter").order_by("pk").first()
    if application is None:
        return
    text, by = MATTERS[nth], application.requisition.recruiter
    note_matters(application=application, text=text, by=application.candidate, now=now)
    for point in points(text):
        if said := MET.get(point.words):
            met, why = said
            later = now + timedelta(hours=1)
            mark(application_id=application.pk, key=point.key, met=met, why=why, by=by, now=later)


# --- Feedback


def _interviewed() -> Sequence[Application]:
    """Rejected after an interview, told, with evidence, and nobody has asked; the newest first."""
    rows = Application.objects.whole().select_related("reason").filter(
        state="rejected", told_at__isnull=False, scorecards__state="submitted", feedback_request=None,
        candidate__erasures=None,
    )  # fmt: skip
    return list(rows.order_by("-told_at", "pk").distinct())


def _ask(now: datetime) -> None:
    for application in _interviewed()[:1]:
        actions.ask(application=application, candidate=application.candidate, now=now)


def _answer(now: datetime) -> None:
    """Put together from what was seen, one point for each criterion, and sent."""
    asked = FeedbackRequest.objects.filter(state="open").first()
    if asked is not None:
        give(asked.application_id, now=now)


def _put_aside(now: datetime) -> None:
    """Begun, and left for the afternoon's first talk."""
    asked = FeedbackRequest.objects.filter(state="open").first()
    if asked is not None:
        application, points, (subject, body) = _put_together(asked.application_id)
        by = application.requisition.recruiter
        seals = [each.seal for each in points]
        actions.put_aside(
            application_id=application.pk, subject=subject, body=body, points=seals, by=by, now=now
        )


def give(application_id: int, *, now: datetime) -> None:
    """As the recruiter does: the points that were recorded, in the words that they begin with."""
    application, points, (subject, body) = _put_together(application_id)
    actions.give(
        application_id=application.pk,
        subject=subject,
        body=body,
        seals=[each.seal for each in points],
        by=application.requisition.recruiter,
        now=now,
        meant=True,
        gaps_meant=True,
    )


def _put_together(application_id: int) -> tuple[Application, list[Evidence], tuple[str, str]]:
    application = Application.objects.whole().select_related("reason").get(pk=application_id)
    depth = queries.depth_of(application)
    points: list[Evidence] = []
    if depth in {"each", "whole"}:
        seen = queries.evidence_of(application, application.requisition.recruiter)
        points = list({each.criterion: each for each in seen}.values())
    return application, points, queries.put_together(application, points, depth)
