"""The rest of what a copy tells: terms of offers, hires, what was sent to them, and what they asked of us."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from ats.mail.roles import to_candidates
from candidates.data_requests.queries.masking import mail_as_told
from candidates.data_requests.queries.told import (
    FOR,
    OF_ROLE,
    PARTS,
    REASON,
    SUBJECT,
    TO,
    WHEN,
    WORDS,
    Part,
    Told,
    named,
)
from candidates.people.models import Candidate

ANSWER = gettext_lazy("Our answer")


def _to_them() -> Q:
    """Not what colleagues were written about them: it says what stands elsewhere, to somebody else."""
    return Q(sent_at__isnull=False, role__in=to_candidates())


def _beside_mail_to_them() -> Q:
    return Q(mail__sent_at__isnull=False, mail__role__in=to_candidates())


def _at_their_address(candidate: Candidate) -> Q:
    return Q(address__iexact=candidate.email) if candidate.email else Q(pk__in=[])


MORE = (
    Part(
        key="surveys",
        model="candidates.SurveyResponse",
        whose="application__candidate",
        title=gettext_lazy("Surveys that you answered with your name"),
        told=(
            OF_ROLE,
            Told("score", gettext_lazy("Would you recommend us, from 0 to 10")),
            Told("words", WORDS),
            *named("occasion", "week", "product", "organisation_respect", "culture", "again", "refer", "buy"),
            *named("customer", "facts"),
        ),
    ),
    Part(
        key="offer_terms",
        model="candidates.OfferTerms",
        whose="offer__application__candidate",
        title=gettext_lazy("Terms of offers"),
        only=Q(offer__sent_at__isnull=False, number__lte=F("offer__number")),
        told=(
            Told("offer__application__requisition__title", FOR),
            Told("pay", gettext_lazy("Pay")),
            Told("pay_currency", gettext_lazy("Currency")),
            Told("starts_on", gettext_lazy("First day")),
            Told("place", gettext_lazy("Where")),
            Told("bonus", gettext_lazy("Bonus")),
            Told("equity", gettext_lazy("Equity")),
            *named(
                "offer_id",
                "number",
                "pay_period",
                "employment_type",
                "ends_on",
                "hours_a_week",
                "remote_mode",
            ),
            *named("custom", "letter", "language", "changes", "made_at"),
        ),
    ),
    Part(
        key="hires",
        model="candidates.HireRecord",
        whose="application__candidate",
        title=gettext_lazy("Your hire"),
        only=Q(application__told_at__isnull=False),
        told=(
            OF_ROLE,
            Told("starts_on", gettext_lazy("First day")),
            Told("end_reason", REASON),
            *named("state", "facts", "exported_at", "ended_at"),
        ),
    ),
    Part(
        key="first_months",
        model="partners.HireOutcome",
        whose="hire__application__candidate",
        told=named("state", "starts_on", "expected", "points", "seen_at", "their_words"),
    ),
    Part(
        key="answers_of_the_first_months",
        model="partners.ReviewAnswer",
        whose="review__outcome__hire__application__candidate",
        told=named("side", "given_at", "outcomes", "points", "well_used", "again", "words", "shared"),
    ),
    Part(
        key="other_addresses",
        model="candidates.AddressChange",
        whose="candidate",
        told=named("email", "instead_of", "asked_at", "new_said_at", "old_said_at", "refused_at", "done_at"),
    ),
    Part(
        key="ways_to_reach_you",
        model="candidates.AnotherWay",
        whose="application__candidate",
        told=named("trouble", "detail", "state", "opened_at", "settled_at", "reason"),
    ),
    Part(
        key="steps",
        model="candidates.FollowUp",
        whose="application__candidate",
        only=~Q(state="waiting"),
        told=named("application_id", "step", "due_at", "state", "reason", "settled_at"),
    ),
    Part(
        key="tasks_of_colleagues",
        model="candidates.StepTask",
        whose="application__candidate",
        told=named("application_id", "what", "asked_at", "done_at", "skipped_at", "reason"),
    ),
    Part(
        key="sms_choice",
        model="candidates.SmsChoice",
        whose="candidate",
        told=named("number", "about_what", "confirmed_at"),
    ),
    Part(
        key="mail",
        model="ats.OutgoingMail",
        whose="candidate_id",
        title=gettext_lazy("Mail that we sent you"),
        only=_to_them,
        holds=mail_as_told,
        by=("sent_at", "pk"),
        told=(
            Told("sent_at", WHEN),
            Told("to", TO),
            Told("subject", SUBJECT),
            *named("application_id", "role", "state", "to_name", "text", "response"),
        ),
    ),
    Part(
        key="mail_attachments",
        model="ats.MailAttachment",
        whose="mail__candidate_id",
        only=_beside_mail_to_them,
        file="content",
        called="filename",
        folder="mail",
        told=named("mail_id", "filename", "content_type"),
    ),
    Part(
        key="mail_from_you",
        model="ats.IncomingMail",
        whose="candidate_id",
        by=("received_at", "pk"),
        told=named(
            "received_at", "sender", "sender_name", "subject", "message_id", "size", "state", "reason"
        ),
    ),
    Part(
        key="mail_from_you_as_it_came",
        model="ats.IncomingContent",
        whose="mail__candidate_id",
        file="content",
        folder="mail-from-you",
        told=named("mail_id"),
    ),
    Part(
        key="sms",
        model="ats.SmsMessage",
        whose="candidate_id",
        title=gettext_lazy("SMS that we sent you"),
        only=~Q(state__in=["queued", "sending"]),
        told=(Told("sent_at", WHEN), Told("to", TO), Told("text", WORDS), *named("kind", "state")),
    ),
    Part(
        key="addresses_that_refuse_our_mail",
        model="ats.SuppressedAddress",
        of=_at_their_address,
        told=named("address", "kind", "reason", "detail", "since"),
    ),
    Part(
        key="copies",
        model="candidates.DataCopy",
        whose="candidate",
        told=named("asked_at", "settled_at", "taken_at", "asked_by__role"),
    ),
    Part(
        key="corrections",
        model="candidates.DataCorrection",
        whose="candidate",
        title=gettext_lazy("What you asked us to put right"),
        told=(
            Told("asked_at", WHEN),
            Told("text", WORDS),
            Told("answer", ANSWER),
            *named("state", "settled_at"),
        ),
    ),
    Part(
        key="complaints",
        model="candidates.DataComplaint",
        whose="candidate",
        title=gettext_lazy("Your complaints about data"),
        told=(
            Told("asked_at", WHEN),
            Told("text", WORDS),
            Told("answer", ANSWER),
            *named("name", "email", "language", "state", "outcome", "settled_at"),
        ),
    ),
)
ALL = PARTS + MORE
