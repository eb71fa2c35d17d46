"""Answers to surveys at scale, counted week by week."""

from datetime import timedelta
from random import Random

from django.utils import timezone

WEEKS, A_WEEK = 100, 1_000


def hundred_thousand_answers() -> None:
    """So many anonymous answers of one organisation, made once and counted."""
    from candidates.models import SurveyFigure, SurveyResponse
    from candidates.surveys.actions.publish import figures_of, monday
    from requisitions.models import Requisition

    if SurveyFigure.objects.exists():
        return
    roles = list(Requisition.objects.order_by("pk")[:40])
    organisation, chance = roles[0].organisation, Random(12)
    last = monday(timezone.now().date())
    for back in range(WEEKS, 0, -1):
        day = last - timedelta(weeks=back)
        rows = [_made(SurveyResponse, organisation.pk, day, roles, chance) for _ in range(A_WEEK)]
        SurveyFigure.objects.bulk_create(figures_of(rows, organisation_id=organisation.pk, day=day))
        for row in rows:
            row.facts = {}
        SurveyResponse.objects.bulk_create(rows)


def _made(model, organisation_id, day, roles, chance):
    role = chance.choice(roles)
    outcome = chance.choices(["rejected", "withdrawn", "hired"], [85, 10, 5])[0]
    facts = {
        "occasion": "exit",
        "outcome": outcome,
        "stage": "hired" if outcome == "hired" else chance.choice(["applied", "review", "interview"]),
        "promise": chance.choice(["kept", "kept", "broken"]),
        "language": chance.choice(["en", "en", "de", "fr"]),
        "marketing": chance.choice(["with", "without"]),
        "source": "",
        "role": str(role.pk),
        "partnership": f"{role.recruiter_id}:{role.hiring_manager_id}",
    }
    would = chance.choice(["yes", "unsure", "no"])
    return model(
        organisation_id=organisation_id,
        week=day,
        published_on=day,
        facts=facts,
        score=chance.randrange(11),
        product=chance.choice(["grown", "same", "shrunk"]),
        organisation_respect=chance.choice(["grown", "same", "shrunk"]),
        culture=chance.choice(["grown", "same", "shrunk"]),
        again=would,
        refer=would,
        buy=would,
        words="What somebody wrote about it." if chance.random() < 0.3 else "",
    )
