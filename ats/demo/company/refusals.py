"""What recruiters of the demo company were asked for and declined, and what came of it."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ats.demo.company.house import House
from ats.demo.company.timeline import Role, Timeline
from partners.declined import actions
from partners.declined.models import DeclinedRequest


def name_readers(house: House, *, now: datetime) -> None:
    """HR sees them, and stands in for the lead; the administrator comes after her."""
    hanna, admin = house["hanna"], house["admin"]
    actions.name_readers(hr=[hanna.pk], following=[hanna.pk, admin.pk], by=admin, now=now)


def tell(story: Timeline, role: Role) -> None:
    """A request that was dropped, and was put to somebody else before; one for which support is wanted."""
    if role.plan.key == "data":
        story.at(story.morning(12) + timedelta(hours=3), partial(_to_another, story, role))
        story.at(story.morning(10) + timedelta(hours=2), partial(_too_old, story, role))
    if role.plan.key == "design":
        story.at(story.morning(1) + timedelta(hours=1), partial(_pay_so_far, story, role))


def _decline(
    story: Timeline, role: Role, by: str, *, now: datetime, support: bool = False, **facts: Any
) -> DeclinedRequest:
    said = actions.Declined(asked_at=now - timedelta(minutes=50), **facts)
    manager = story.house[role.plan.manager]
    return actions.decline(
        said,
        by=story.house[by],
        now=now,
        asked_by_id=manager.pk,
        requisition_id=role.requisition.pk,
        wants_support=support,
    )


AGE: dict[str, Any] = {
    "subject": "Age",
    "ground": "illegal",
    "rule": "AGG §§ 1, 7: nobody may be put at a disadvantage for their age.\nDirective 2000/78/EC, Art. 2",
}


def _to_another(story: Timeline, role: Role, now: datetime) -> None:
    _decline(
        story,
        role,
        "coordinator",
        now=now,
        asked="When you plan the interviews, put those over forty last.",
        asked_how="talk",
        alternative="In the order in which they were found good enough, whoever they are.",
        **AGE,
    )


def _too_old(story: Timeline, role: Role, now: datetime) -> None:
    record = _decline(
        story,
        role,
        "recruiter",
        now=now,
        asked="No one over forty on the short list, please. The team is young, and it should stay so.",
        asked_how="call",
        alternative="Say what the team needs that it has not got: I look at everybody for that, and show you three.",
        **AGE,
    )
    by = story.house["recruiter"]
    text = (
        "about the short list: what is it that the team needs and has not got? Tell me in two lines, and I look at"
        " everybody for that and show you the three strongest on Thursday."
    )
    given: dict[str, Any] = {"declined_id": record.pk, "by": by}
    actions.answer(text=text, now=now + timedelta(minutes=20), **given)
    outcome = "Max sent two lines: streaming experience, and somebody who writes things down. Age was not named again."
    story.at(
        now + timedelta(days=4), lambda later: actions.add(kind="outcome", text=outcome, now=later, **given)
    )


def _pay_so_far(story: Timeline, role: Role, now: datetime) -> None:
    _decline(
        story,
        role,
        role.plan.recruiter,
        now=now,
        support=True,
        asked="Find out what she earns now, and offer her five per cent more. This is the third time I ask.",
        asked_how="message",
        subject="Pay so far",
        ground="illegal",
        rule="Pay transparency directive (EU) 2023/970, Art. 5(2): an employer does not ask what somebody earned.",
        alternative="We name our range and ask whether it works for her; the offer lies where the role is worth it.",
    )
