"""What is so of those who were asked: the facts by which answers are compared, and who was asked when."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from candidates.applications.models import Application
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.journeys.models import FromUs
from candidates.promises.models import Promise, PromiseState
from candidates.surveys.models import Occasion, SurveyRules, SurveyUse

ON_THE_WAY = {
    journeys.SURVEY_APPLIED: Occasion.APPLIED,
    journeys.SURVEY_INTERVIEWED: Occasion.INTERVIEWED,
}
OCCASIONS = {journeys.SURVEY: Occasion.EXIT, journeys.SURVEY_REMINDER: Occasion.EXIT, **ON_THE_WAY}
FIRST = (journeys.SURVEY, *ON_THE_WAY)
LATELY = timedelta(days=90)
MOST_ALIKE = 3_000
"""So many who were asked lately say enough about which facts are shared."""


def rules_of(organisation_ids: Collection[int]) -> dict[int, SurveyRules]:
    """How each of these organisations asks; as it ships where it has said nothing."""
    rows = {row.organisation_id: row for row in SurveyRules.objects.filter(organisation__in=organisation_ids)}
    return {pk: rows.get(pk) or SurveyRules(organisation_id=pk) for pk in organisation_ids}


def used(application_ids: Collection[int]) -> set[tuple[int, str]]:
    """Application and occasion, where somebody has answered."""
    rows = SurveyUse.objects.filter(application__in=application_ids)
    return set(rows.values_list("application_id", "occasion"))


def asked_before(application_ids: Collection[int]) -> set[int]:
    """Those of them whose exit survey went out already."""
    rows = FollowUp.objects.filter(
        application__in=application_ids, step=journeys.SURVEY, state=FollowUpState.DONE
    )
    return {pk for pk in rows.values_list("application_id", flat=True) if pk is not None}


def asked_lately(candidate_ids: Collection[int], now: datetime) -> dict[int, list[FollowUp]]:
    """By person the surveys of the last 90 days, and an exit survey that is planned."""
    rows = FollowUp.objects.filter(candidate__in=candidate_ids, step__in=FIRST)
    sent = rows.filter(state=FollowUpState.DONE, settled_at__gt=now - LATELY)
    planned = rows.filter(state=FollowUpState.WAITING, step=journeys.SURVEY)
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for row in (sent | planned).only("candidate_id", "step", "state"):
        found[row.candidate_id].append(row)
    return found


def owed_in(application_ids: Collection[int]) -> dict[int, Promise]:
    """What is open in each of these applications."""
    rows = Promise.objects.open().filter(application__in=application_ids)
    return {row.application_id: row for row in rows}


def facts_of(rows: QuerySet[Application], occasion: str) -> list[dict[str, str]]:
    """By what an answer about each of these applications would be compared; of a confidential role not which."""
    broken = Promise.objects.filter(application=OuterRef("pk"), state=PromiseState.BROKEN)
    said = FromUs.objects.filter(
        organisation=OuterRef("requisition__organisation"), created_at__lt=OuterRef("last_activity_at")
    )
    read = rows.annotate(broke=Exists(broken), said=Exists(said)).values(
        "requisition_id",
        "source_id",
        "state",
        "broke",
        "said",
        kind=F("stage__kind"),
        hidden=F("requisition__confidential"),
        language=F("candidate__language"),
        recruiter=F("requisition__recruiter_id"),
        manager=F("requisition__hiring_manager_id"),
    )
    return [_facts(row, occasion) for row in read]


def _facts(row: Mapping[str, Any], occasion: str) -> dict[str, str]:
    facts = {
        "occasion": occasion,
        "outcome": row["state"],
        "stage": row["kind"],
        "promise": "broken" if row["broke"] else "kept",
        "language": row["language"],
        "marketing": "with" if row["said"] else "without",
        "source": str(row["source_id"] or ""),
    }
    if not row["hidden"]:
        facts |= {"role": str(row["requisition_id"]), "partnership": f"{row['recruiter']}:{row['manager']}"}
    return facts


def others_asked(organisation_id: int, occasion: str, now: datetime) -> list[dict[str, str]]:
    """The facts of everybody who was asked on this occasion lately, the newest first."""
    steps = [step for step in FIRST if OCCASIONS[step] == occasion]
    asked = FollowUp.objects.filter(
        step__in=steps,
        state=FollowUpState.DONE,
        settled_at__gt=now - LATELY,
        application__requisition__organisation=organisation_id,
    )
    newest = asked.order_by("-settled_at").values("application_id")[:MOST_ALIKE]
    return facts_of(Application.objects.filter(pk__in=newest), occasion)
