"""What an advert waits for: the brief that both partners have settled and every named function has signed."""

from django.urls import reverse

from partners.alignment.domain.contradictions import SHOWN
from partners.alignment.models import Signature, SignatureState, SigningRules
from partners.intake.domain.fields import labels
from partners.intake.models import BriefVersion
from partners.intake.queries import said_now, settled
from partners.partnerships.models import Partnership
from requisitions.models import Requisition
from requisitions.posts.queries.readiness import brief
from requisitions.roles.queries.readiness import Gap

ADVERTISED = (*SHOWN, "pay")
"""What candidates read of a brief: an advert says them as they were settled, or waits."""


@brief
def waits_for(requisition: Requisition) -> list[Gap]:
    """Nothing where nobody signs, or where the role had opened before somebody did; one query then, else nine."""
    asks = SigningRules.objects.filter(organisation=requisition.organisation_id, since__isnull=False).first()
    if asks is None or asks.since is None:
        return []
    if requisition.opened_at is not None and requisition.opened_at < asks.since:
        return []
    partnership = Partnership.objects.filter(requisition=requisition).first()
    if partnership is None:
        place = reverse("requisition", args=[requisition.pk])
        return [Gap("Open the role first: then both partners settle its brief, and it is signed.", place)]
    partnership.requisition = requisition
    return [Gap(text, reverse("alignment", args=[partnership.pk])) for text in _missing(partnership)]


def _missing(partnership: Partnership) -> list[str]:
    version = settled(partnership)
    requisition = partnership.requisition
    if version is None:
        both = f"{requisition.recruiter} and {requisition.hiring_manager}"
        return [f"Its brief is not settled yet: {both} both say yes to it first."]
    said = [_in_words(row) for row in version.signatures.select_related("person") if not row.agrees]
    if codes := _changed(version, partnership):
        since = f"Since version {version.number} of its brief was settled, this changed: {labels(codes)}."
        said.insert(0, f"{since} Both partners settle it anew.")
    return said


def _changed(version: BriefVersion, partnership: Partnership) -> list[str]:
    now = said_now(partnership)
    return [code for code in ADVERTISED if version.content.get(code) != now[code]]


def _in_words(row: Signature) -> str:
    function = row.get_function_display()
    if row.state == SignatureState.NO:
        return f"{row.person} said no to the brief for {function}: {row.words}"
    if not row.person.is_active:
        return f"{function} has not signed: {row.person} has no access any more, an administrator names somebody."
    return f"{row.person} has not signed the brief for {function} yet."
