"""What people of the demo company asked about their data: to go, to have a copy, that something is put right."""

from datetime import datetime, timedelta
from functools import partial

from ats.demo.company.house import House
from ats.demo.company.timeline import Timeline
from candidates.data_requests.actions import answer, ask, ask_copy
from candidates.erasure.actions import ask as erasures
from candidates.erasure.actions import hold
from candidates.models import Application, Candidate

HELD_FOR = "A claim about the travel costs of the second interview; our lawyer has it until January."


def tell(story: Timeline) -> None:
    """One is erased and has the receipt; one asked and is held; the rest of it waits for an answer."""
    house = story.house
    story.at(story.morning(9) + timedelta(hours=5), _is_erased)
    story.at(story.morning(4) + timedelta(hours=2), partial(_is_put_right, house))
    story.at(story.morning(3) + timedelta(hours=3), partial(_is_held, house))
    story.at(story.morning(2) + timedelta(hours=4), _complain)
    story.at(story.now - timedelta(minutes=30), _wants_a_copy)


def _somebody(nth: int, state: str = "rejected") -> Candidate | None:
    """Who was told, the longest ago first; nobody whom something stands against."""
    rows = Candidate.objects.without_words().filter(anonymised_at=None, erasures=None)
    told = Application.objects.filter(state=state, told_at__isnull=False).order_by("told_at", "pk")
    people = rows.filter(pk__in=told.values("candidate")).order_by("pk")
    return people[nth : nth + 1].first()


def _is_erased(now: datetime) -> None:
    if person := _somebody(3):
        erasures.ask(candidate=person, now=now)


def _is_held(house: House, now: datetime) -> None:
    """The hold stands first; what they ask for two days later waits for it."""
    if person := _somebody(9):
        hold.hold_person(candidate_id=person.pk, reason=HELD_FOR, by=house["lead"], now=now)
        erasures.ask(candidate=person, now=now + timedelta(hours=3))


def _is_put_right(house: House, now: datetime) -> None:
    """One correction is done, and one waits."""
    if person := _somebody(12):
        text = "My diploma is of 2017, and not of 2007."
        asked = ask.ask_for_correction(candidate=person, text=text, now=now)
        answer.answer_correction(
            correction_id=asked.pk,
            state="done",
            answer="Thank you: it says 2017 now.",
            by=house["recruiter"],
            now=now + timedelta(hours=20),
        )
    if person := _somebody(14):
        text = "My name is spelt with a k, not with a c: please change it on the letters too."
        ask.ask_for_correction(candidate=person, text=text, now=now + timedelta(hours=28))


def _complain(now: datetime) -> None:
    """Somebody whom the company knows only by this."""
    ask.complain(
        text="You wrote to my address at work, which I never gave you. Where is it from, and who has it?",
        name="Ottilie Offen",
        email="ottilie.offen@mail.demo.test",
        now=now,
    )


def _wants_a_copy(now: datetime) -> None:
    """It is made as soon as a worker is there, and its link lies in the mail."""
    if person := _somebody(0, state="active") or _somebody(6):
        ask_copy.ask_for_copy(candidate=person, now=now)
