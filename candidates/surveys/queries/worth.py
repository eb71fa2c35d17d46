"""What respect is worth, as an estimate; and who asked to hear more of what we do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Lower

from ats.accounts.models import User
from ats.mail.models import MailKind, SuppressedAddress
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application, ApplicationState
from candidates.consents.models import Consent, Purpose
from candidates.people.models import Candidate
from candidates.surveys.domain import counting
from candidates.surveys.domain.counting import Bounded
from candidates.surveys.models import SurveyFigure, SurveyRules
from candidates.surveys.queries.asking import rules_of
from candidates.surveys.queries.report import Wanted

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Worth:
    """Who is rejected, times the share of customers, of those who end the relationship, and the value of a year."""

    rules: SurveyRules
    rejected: int = 0
    resentful: Bounded | None = None

    @property
    def is_set(self) -> bool:
        return self.rules.value_a_year is not None

    @property
    def value(self) -> int:
        return self._reckoned(self.resentful.value if self.resentful else 0)

    @property
    def low(self) -> int:
        return self._reckoned(self.resentful.low if self.resentful else 0)

    @property
    def high(self) -> int:
        return self._reckoned(self.resentful.high if self.resentful else 0)

    def _reckoned(self, percent: float) -> int:
        customers = self.rejected * float(self.rules.customers_percent or 0) / 100
        return round(customers * percent / 100 * float(self.rules.value_a_year or 0))


def of(wanted: Wanted, now: datetime) -> Worth | None:
    """Of the organisation that is looked at, or the only one; None where there are several."""
    organisation_id = wanted.organisation_id or _only_one()
    if organisation_id is None:
        return None
    rules = rules_of([organisation_id])[organisation_id]
    if rules.value_a_year is None:
        return Worth(rules)
    since = now - A_YEAR
    rejected = Application.objects.filter(
        requisition__organisation=organisation_id, state=ApplicationState.REJECTED, decided_at__gt=since
    )
    figures = SurveyFigure.objects.filter(
        organisation=organisation_id, split="outcome", value="rejected", published_on__gt=since.date()
    )
    counts = counting.total(figures.values_list("counts", flat=True))
    resentful = counting.share(counts["resentful"], counts["could_resent"])
    return Worth(rules, rejected.count(), resentful)


def _only_one() -> int | None:
    found = list(HiringOrganisation.objects.filter(is_active=True).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def future_customers(user: User, now: datetime) -> QuerySet[Candidate]:
    """Who agreed to hear of products and services, and can be written to about it; those whom this person sees."""
    agreed = Consent.objects.valid(now).filter(candidate=OuterRef("pk"), purpose=Purpose.NEWS)
    refused = SuppressedAddress.objects.annotate(key=Lower("address")).filter(
        key=Lower(OuterRef("email")), kind__in=["", MailKind.RELATIONSHIP, MailKind.TRANSACTIONAL]
    )
    rows = Candidate.objects.visible_to(user).without_words().filter(
        Exists(agreed), ~Exists(refused), anonymised_at=None, consents__purpose=Purpose.NEWS,
        consents__withdrawn_at=None,
    ).exclude(email="")  # fmt: skip
    return rows.annotate(agreed_until=F("consents__until")).order_by("last_name", "first_name", "pk")
