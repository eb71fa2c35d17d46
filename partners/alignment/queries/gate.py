"""What an advert waits for: the brief that both partners have settled and every named function has signed."""

from django.urls import reverse

from ats.kernel.staff_words import gettext
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
        return [
            Gap(gettext("Open the role first: then both partners settle its brief, and it is signed."), place)
        ]
    partnership.requisition = requisition
    return [Gap(text, reverse("alignment", args=[partnership.pk])) for text in _missing(partnership)]


def _missing(partnership: Partnership) -> list[str]:
    version = settled(partnership)
    requisition = partnership.requisition
    if version is None:
        both = gettext(
            "Its brief is not settled yet: %(recruiter)s and %(manager)s both say yes to it first."
        )
        return [both % {"recruiter": requisition.recruiter, "manager": requisition.hiring_manager}]
    said = [_in_words(row) for row in version.signatures.select_related("person") if not row.agrees]
    if codes := _changed(version, partnership):
        since = gettext(
            "Since version %(number)s of its brief was settled, this changed: %(fields)s. Both partners settle it"
            " anew."
        )
        said.insert(0, since % {"number": version.number, "fields": labels(codes)})
    return said


def _changed(version: BriefVersion, partnership: Partnership) -> list[str]:
    now = said_now(partnership)
    return [code for code in ADVERTISED if version.content.get(code) != now[code]]


def _in_words(row: Signature) -> str:
    facts = {"person": row.person, "function": row.get_function_display(), "words": row.words}
    if row.state == SignatureState.NO:
        return gettext("%(person)s said no to the brief for %(function)s: %(words)s") % facts
    if not row.person.is_active:
        return (
            gettext(
                "%(function)s has not signed: %(person)s has no access any more, an administrator names somebody."
            )
            % facts
        )
    return gettext("%(person)s has not signed the brief for %(function)s yet.") % facts
