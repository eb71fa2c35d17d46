"""The briefs of the demo company: one settled twice, one settled and over, one settled late, one hardly begun."""

from datetime import datetime
from typing import Any

from ats.accounts.models import User
from partners.intake import actions
from partners.intake.domain.content import mark
from partners.intake.models import Profile
from partners.intake.queries import said_now
from partners.models import Partnership

Words = dict[str, Any]

DATA: Words = {
    "outcomes_12_months": "Forty railways run through the pipeline, and a delay is known here within a minute.\n"
    "Two colleagues of the night shift can mend it without a call.",
    "talent_bar": "A",
    "pay_position": {"percentile": 42, "source": "Pay survey of our association", "as_of": "2026-03-01"},
    "deal_breakers": "Four nights a quarter beside the night shift.",
    "sourcing": "People who speak at meetups about schedules and queues: Rosa writes, Max answers what is technical.\n"
    "Two former colleagues of Max’s, asked by him in the first week.",
    "target_start": "2027-03-01",
}
DATA_LATER: Words = {
    "talent_bar": "B",
    "hard_part": "Half of our sources are PDF timetables, and four nights a quarter are spent with the night shift.",
    "deal_breakers": "Four nights a quarter beside the night shift; said in the first talk.",
}
OFFICE: Words = {
    "outcomes_12_months": "Nobody asks where anything is, in either office.",
    "talent_bar": "B",
    "pay_position": {"percentile": 55, "source": "Pay survey of our association", "as_of": "2026-03-01"},
    "decides": "Carla decides, and the two offices are heard.",
}
DESIGN: Words = {
    "talent_bar": "B",
    "sourcing": "Portfolios of people who have redesigned something that is used in a hurry.",
    "outcomes_12_months": "A ticket is bought on a platform, with one hand, in forty seconds.",
}
SAMPLES = (
    "Eight years of data work in a bank, the last three on call. SQL every day. Has never explained anything to "
    "people outside of the team, and says so.",
)


def _now(partnership: Partnership) -> Words:
    """What it says at this moment of the story."""
    return said_now(Partnership.objects.select_related("requisition").get(pk=partnership.pk))


def write(partnership: Partnership, words: Words, *, by: User, now: datetime) -> None:
    """These fields, one after the other, as somebody types them."""
    said = _now(partnership)
    for code, value in words.items():
        actions.write_field(
            partnership_id=partnership.pk, code=code, value=value, read=mark(said[code]), by=by, now=now
        )


def begin(partnership: Partnership, *, by: User, now: datetime) -> None:
    """With what was kept when the manager's last role was looked back at."""
    before = Partnership.objects.filter(requisition__hiring_manager=by, retrospective__state="done")
    source = before.order_by("-pk")[0]
    actions.prefill(partnership_id=partnership.pk, source_id=source.pk, codes=["decides"], by=by, now=now)


def settle(partnership: Partnership, people: tuple[User, User], *, now: datetime) -> None:
    """Both say yes to what it says."""
    words = mark(_now(partnership))
    for person in people:
        actions.say_yes(partnership_id=partnership.pk, words=words, by=person, now=now)


def say_how(partnership: Partnership, *, by: User, now: datetime) -> None:
    """Of each must-have that it decides; how the last is assessed is left open, as it happens."""
    for row in _now(partnership)["must_haves"]:
        value = {name: row[name] for name in row if name != "id"} | {"turn_down": "yes"}
        actions.write_must_have(
            partnership_id=partnership.pk, criterion_id=row["id"], value=value, read=mark(row), by=by, now=now
        )


def calibrate(partnership: Partnership, recruiter: User, manager: User, *, now: datetime) -> None:
    """One profile that they judged differently."""
    profile: Profile = actions.add_profile(
        partnership_id=partnership.pk, sample=SAMPLES[0], by=recruiter, now=now
    )
    verdicts = (
        (recruiter, "yes", "Ran pipelines at night: the rest can be learnt."),
        (manager, "no", "The night shift decides with us. Who cannot explain it will not be heard."),
    )
    for person, verdict, why in verdicts:
        actions.give_verdict(
            partnership_id=partnership.pk, profile_id=profile.pk, verdict=verdict, why=why, by=person, now=now
        )


def side_by_side(partnership: Partnership, recruiter: User, manager: User, *, now: datetime) -> None:
    """Two who wrote in one field at the same moment."""
    read = mark(_now(partnership)["deal_breakers"])
    texts = (
        (manager, "Must have shipped something that people use standing up."),
        (recruiter, "No agency work only."),
    )
    for person, text in texts:
        actions.write_field(
            partnership_id=partnership.pk, code="deal_breakers", value=text, read=read, by=person, now=now
        )
