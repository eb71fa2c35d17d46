"""What somebody chose to get by SMS, who would carry it, and what went."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, QuerySet

from ats.sms.models import SmsAccount, SmsKind, SmsMessage, SmsState
from candidates.applications.models import Application
from candidates.people.models import Candidate
from candidates.sms.models import SmsChoice, SmsCode

SHOWN = (SmsState.SENT, SmsState.UNKNOWN, SmsState.FAILED)
MOST = 200


def account_for(candidate: Candidate) -> SmsAccount | None:
    """Who carries SMS for the company that they last applied to, among those that have somebody."""
    rows = SmsAccount.objects.filter(
        problem="", organisation__requisitions__applications__candidate=candidate
    ).select_related("organisation")
    return rows.order_by("-organisation__requisitions__applications__applied_at").first()


def choice_of(candidate: Candidate) -> SmsChoice | None:
    return SmsChoice.objects.filter(candidate=candidate).first()


def wants(application: Application, about: str) -> bool:
    """Whether they chose this, and the organisation can send it."""
    accounts = SmsAccount.objects.filter(organisation=application.requisition.organisation_id, problem="")
    chosen = SmsChoice.objects.filter(candidate=application.candidate_id, about_what__contains=[about])
    return chosen.filter(Exists(accounts)).exists()


def code_of(candidate: Candidate, now: datetime) -> SmsCode | None:
    """The one that is waited for."""
    return SmsCode.objects.filter(candidate=candidate, expires_at__gt=now).first()


def notices_of(applications: Collection[int]) -> QuerySet[SmsMessage]:
    """What went beside the mail about these applications, or should have; the newest first."""
    rows = SmsMessage.objects.filter(application_id__in=applications, kind=SmsKind.NOTICE)
    return rows.order_by("-created_at", "-id")[:MOST]
