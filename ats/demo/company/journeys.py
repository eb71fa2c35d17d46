"""The journey of the demo company's candidates, as its lead has changed it, and what marketing says on the way."""

from datetime import datetime
from typing import Any

from ats.demo.company.house import House
from ats.mail.roles import Words
from candidates.journeys import actions, queries
from candidates.journeys.actions import StepFacts
from candidates.models import Journey

SWITCHED_ON = ("preparation", "feedback", "keep-in-touch")
OWN = (
    StepFacts(
        name="Who reads your application",
        trigger="stage",
        stage_kind="review",
        amount=1,
        sender="team",
        words=Words(
            subject="{{ job.title }}: who is reading your application",
            body=(
                "Hello {{ candidate.first_name }},\n\n"
                "your application for {{ job.title }} has left the recruiting team: the person whom you would work "
                "with reads it this week, all of it, and says what they think of each point that the job needs.\n\n"
                "Until when you hear from us stands on your page.\n\n"
                "[See where you stand]({{ portal_link }})\n\n"
                "The hiring team, {{ organisation.name }}"
            ),
        ),
    ),
    StepFacts(
        name="Ring who has heard nothing",
        trigger="no_news",
        amount=7,
        act="task",
        task="Ring them: say where it stands and when they hear more, also where nothing is new.",
    ),
)
SAID = (
    ("", "en", "Our trains, from the inside: the night line to Lyon in two minutes of film.", "film"),
    ("", "de", "Unsere Züge von innen: die Nachtlinie nach Lyon, in zwei Minuten Film.", "film"),
    (
        "decision",
        "en",
        "Thank you for the hours that you gave us. A journey with us is a quarter cheaper for you this year.",
        "thanks",
    ),
)


def change(house: House, now: datetime) -> None:
    """Each change is a version of its own; the last one is what is brought to everybody."""
    organisation = house.organisation

    def who() -> dict[str, Any]:
        seen = queries.current(organisation).journey.version
        return {"organisation_id": organisation.pk, "seen": seen, "by": house["lead"], "now": now}

    for key in SWITCHED_ON:
        actions.switch_step(key=key, on=True, **who())
    for facts in OWN:
        actions.add_step(facts=facts, **who())
    Journey.objects.filter(organisation=organisation).update(created_at=now)
    for step, language, text, page in SAID:
        actions.say(
            organisation_id=organisation.pk,
            step=step,
            language=language,
            text=text,
            link=f"https://fernweh.example.com/{page}",
            by=house["mila"],
            now=now,
        )
