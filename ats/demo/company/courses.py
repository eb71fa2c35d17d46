"""Where the demo company's partners corrected the course: once it worked, and once it is under way."""

from datetime import date, datetime, timedelta
from functools import partial

from ats.demo.company.house import House
from ats.demo.company.roles import Plan
from ats.demo.company.timeline import Role, Timeline
from ats.organisation.domain import working_time
from partners.checkins import actions as check_ins
from partners.corrections import actions
from partners.corrections.actions import Change, Named
from partners.corrections.queries.challenges import found
from partners.models import CheckIn, Partnership

EARLY = Named("The first slate grows slowly, and last year it took three weeks", "put_forward")
NIGHTS = Named("Too few of those who apply have run anything at night", "new_candidates")
Said = tuple[tuple[str, str], tuple[str, str]]
EARLY_ON: Said = (
    ("process", "Look at new applications every morning, and put the good ones forward the same day"),
    ("process", "Give a view from the phone on the day of being asked"),
)
SO_FAR: Said = (
    ("channel", "Write to the people of the two night-shift meetups by name"),
    ("bar", "Take “beyond the everyday” out of the must-have on SQL, and say what is asked for"),
)


def tell(story: Timeline, role: Role) -> None:
    if role.plan.key != "data":
        return
    days = role.plan.opened_days_ago
    story.at(story.morning(days - 2) + timedelta(hours=1), partial(_early, story, role))
    story.at(story.morning(4) + timedelta(hours=2), partial(_so_far, story, role))


def _early(story: Timeline, role: Role, now: datetime) -> None:
    _start(story.house, role, EARLY, EARLY_ON, days=(2, 10), now=now)


def _so_far(story: Timeline, role: Role, now: datetime) -> None:
    """What the figures show by then; in words of their own where they show nothing."""
    partnership = Partnership.objects.select_related("requisition__organisation__calendar").get(
        requisition=role.requisition
    )
    slips = [challenge for challenge in found(partnership, now=now) if challenge.code != "slate_late"]
    _start(story.house, role, slips[0].key if slips else NIGHTS, SO_FAR, days=(8, 14), now=now)


def _start(
    house: House, role: Role, challenge: str | Named, said: Said, *, days: tuple[int, int], now: datetime
) -> None:
    """The recruiter does their part at once; `days` until the changes are due, and until they look again."""
    due, again = (_working_day(house, now + timedelta(days=each)) for each in days)
    people = (house[role.plan.recruiter], house[role.plan.manager])
    correction = actions.start(
        partnership_id=role.requisition.partnership.pk,
        challenge=challenge,
        changes=[
            Change(lever, text, person.pk, due) for (lever, text), person in zip(said, people, strict=True)
        ],
        look_again_on=again,
        words="We spoke about it on the telephone, and neither of us wants to wait for the next check-in.",
        by=people[0],
        now=now,
    )
    first = correction.steps.get(side="recruiter")
    actions.set_step_done(step_id=first.pk, done=True, by=people[0], now=now + timedelta(hours=3))


def _working_day(house: House, moment: datetime) -> date:
    day = moment.astimezone(house.calendar.zone).date()
    if working_time.is_working_day(house.calendar, day):
        return day
    return working_time.next_working_day(house.calendar, day)


def agree(story: Timeline, check_in: CheckIn, plan: Plan, *, now: datetime) -> None:
    """What the two take on in their first check-in: one of it is done in time, the other was forgotten."""
    recruiter, manager = story.house[plan.recruiter], story.house[plan.manager]
    due = _working_day(story.house, now + timedelta(days=3))
    agreed = [
        check_ins.agree_action(
            check_in_id=check_in.pk, owner_id=person.pk, text=text, due_on=due, by=recruiter, now=now
        )
        for person, text in (
            (recruiter, "Say in the first lines of the advert what running it means here"),
            (manager, "Name two people of the team who talk to candidates"),
        )
    ]
    done = partial(check_ins.set_action_done, action_id=agreed[0].pk, done=True, by=recruiter)
    story.at(now + timedelta(days=1), lambda later: done(now=later))
