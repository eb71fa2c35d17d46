"""How roles of the demo company end: celebrated, praised by whom they were about, looked back at by both or by one."""

from datetime import datetime, timedelta
from functools import partial

from ats.demo.company.house import House
from ats.demo.company.timeline import Role, Timeline
from candidates.messages import actions as conversation
from candidates.models import Application
from partners.models import HireOutcome, Partnership
from partners.retrospectives import actions
from requisitions.models import RequisitionState
from requisitions.roles.actions import end

RECRUITER_SAID = {
    "helped": "You looked at every slate on the day it came, and said no with a reason that I could pass on.",
    "hindered": "We wrote the advert before we knew what the first three months are about.",
    "change": "The brief first, the advert after it.",
}
THE_NIGHT = {
    "recruiter": {
        "helped": "You met everybody within the week of your yes.",
        "change": "We say who decides before the first talk, and not after the last.",
    },
    "manager": {
        "helped": "You told me early that four nights a month are what people ask about.",
        "hindered": "Three of us thought that we decide.",
    },
}
WHO_DECIDES = "Max decides within two days of the debrief, after everybody has written their evidence."
"""Kept of the night shift's role: the brief of the data role begins with it."""
PRAISE = "Nobody hurried me, and every answer came on the day that you had named. Thank you."


def tell(story: Timeline, role: Role) -> None:
    """The office manager's role ended a few days ago: the recruiter has looked back, her manager has still to."""
    if role.plan.key == "office":
        story.at(story.morning(4), partial(_end, story, role))
        story.at(story.morning(2), partial(_write, story, role, role.plan.recruiter, RECRUITER_SAID))


def _end(story: Timeline, role: Role, now: datetime) -> None:
    role.requisition.refresh_from_db()
    waiting = role.requisition.applications.filter(state="active").exists()
    if role.requisition.state == RequisitionState.OPEN and not waiting and not role.has_seat():
        by = story.house[role.plan.recruiter]
        why = "The seat is filled, and everybody knows."
        end(requisition_id=role.requisition.pk, new_state="filled", reason=why, by=by, now=now)


def _ended(role: Role) -> Partnership | None:
    rows = Partnership.objects.filter(requisition=role.requisition, retrospective__isnull=False)
    return rows.first()


def _write(story: Timeline, role: Role, who: str, said: dict[str, str], now: datetime) -> None:
    if partnership := _ended(role):
        actions.write(partnership_id=partnership.pk, said=said, by=story.house[who], now=now)


def of_the_night(house: House, outcome: HireOutcome, *, now: datetime) -> None:
    """Whom that role was about has kind words and lets us share them; both look back, and keep who decides."""
    _praise(house, outcome.hire.application, now=now)
    place, later = outcome.partnership_id, now + timedelta(hours=1)
    for who, said in THE_NIGHT.items():
        actions.write(partnership_id=place, said=said, by=house[who], now=later)
    actions.keep(partnership_id=place, code="decides", text=WHO_DECIDES, by=house["manager"], now=later)


def _praise(house: House, application: Application, *, now: datetime) -> None:
    candidate = application.candidate
    message = conversation.receive(candidate=candidate, application=application, body=PRAISE, now=now)
    asked = now + timedelta(minutes=20)
    praise = conversation.ask_to_share(message_id=message.pk, by=house["recruiter"], now=asked)
    answered = now + timedelta(minutes=50)
    conversation.answer_sharing(candidate=candidate, praise_id=praise.pk, agrees=True, now=answered)
