"""What a copy tells of somebody, model by model and field by field: the one table, of all floors, by their labels.

Art. 15 GDPR wants all personal data, and what colleagues think of somebody is that too. Its end is Art. 15(4): the
rights of others. So nobody of the house stands in it by name, only by role; and nothing of what we have decided and
not told yet. What is left out stands in `left_out.py` with its reason; a law test holds both tables together against
the classes of all fields.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from ats.kernel.languages import Words, name_of, shipped
from candidates.consents.models import Purpose
from candidates.data_requests.queries.masking import application_as_told, promise_as_told
from candidates.people.models import Candidate
from requisitions.models import InterviewFormat

Row = dict[str, Any]
NAME, WHEN, WHAT = gettext_lazy("Name"), gettext_lazy("When"), gettext_lazy("What")
FOR, WORDS, REASON = gettext_lazy("For"), gettext_lazy("In words"), gettext_lazy("Reason")
SUBJECT, TO, UNTIL = gettext_lazy("Subject"), gettext_lazy("Sent to"), gettext_lazy("Until")
CRITERION, RATING, EVIDENCE = gettext_lazy("Criterion"), gettext_lazy("Rating"), gettext_lazy("Evidence")
RATINGS: Mapping[str, Words] = {
    "definitely_not": gettext_lazy("Definitely not"),
    "no": gettext_lazy("No"),
    "yes": gettext_lazy("Yes"),
    "strong_yes": gettext_lazy("Strong yes"),
    "unsure": gettext_lazy("Unsure"),
}
SIDES: Mapping[str, Words] = {"in": gettext_lazy("From you"), "out": gettext_lazy("From us")}
FORMATS: Mapping[str, Words] = {each.value: each.label for each in InterviewFormat}
PURPOSES: Mapping[str, Words] = {each.value: each.label for each in Purpose}
TOLD = Q(application__told_at__isnull=False) | Q(application__state__in=["active", "withdrawn"])

ALL_ROWS = Q()


@dataclass(frozen=True)
class Told:
    """A field, by its path from the row; with a label it stands on the page too, its choices in words."""

    field: str
    label: Words = ""
    choices: Mapping[str, Words] | Callable[[str], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """Rows of a model that are about somebody: `whose` leads from the row to them, or `of` says which rows those are.

    `until`: rows after the moment of the copy have not happened yet. `file`: the field whose bytes come along, named by
    `called` and kept in `folder`; `holds` turns a row into what they may know of it.
    """

    key: str
    model: str
    whose: str = ""
    told: tuple[Told, ...]
    title: Words = ""
    only: Q | Callable[[], Q] = ALL_ROWS
    by: tuple[str, ...] = ("pk",)
    until: str = ""
    file: str = ""
    called: str = ""
    folder: str = "files"
    holds: Callable[[Row], Row] | None = None
    of: Callable[[Candidate], Q] | None = None

    @property
    def fields(self) -> list[str]:
        return [each.field for each in self.told]


def named(*fields: str) -> tuple[Told, ...]:
    """Fields of the data alone."""
    return tuple(Told(field) for field in fields)


OF_ROLE = Told("application__requisition__title", FOR)

PARTS = (
    Part(
        key="candidate",
        model="candidates.Candidate",
        whose="pk",
        title=gettext_lazy("Your details"),
        told=(
            Told("first_name", gettext_lazy("First name")),
            Told("last_name", gettext_lazy("Last name")),
            Told("called", gettext_lazy("How you want to be addressed")),
            Told("email", gettext_lazy("E-mail")),
            Told("phone", gettext_lazy("Phone")),
            Told("city", gettext_lazy("City")),
            Told("country", gettext_lazy("Country")),
            Told("headline", gettext_lazy("What you do now")),
            Told("links", gettext_lazy("Links")),
            Told("language", gettext_lazy("Language"), name_of),
            Told("time_zone", gettext_lazy("Time zone")),
            Told("created_at", gettext_lazy("Known here since")),
            *named("email_confirmed_at", "pool_consent_at", "pool_consent_until"),
        ),
    ),
    Part(
        key="further_addresses",
        model="candidates.FurtherAddress",
        whose="candidate",
        title=gettext_lazy("Your further addresses and numbers"),
        told=(
            Told("value", gettext_lazy("Address or number")),
            Told("label", gettext_lazy("What we noted beside it")),
            *named("kind", "confirmed_at", "created_at"),
        ),
    ),
    Part(
        key="tags",
        model="candidates.Candidate_tags",
        whose="candidate",
        title=gettext_lazy("Words by which colleagues find you"),
        told=(Told("tag__name", WORDS),),
    ),
    Part(
        key="applications",
        model="candidates.Application",
        whose="candidate",
        title=gettext_lazy("Your applications"),
        by=("applied_at", "pk"),
        holds=application_as_told,
        told=(
            Told("requisition__title", FOR),
            Told("requisition__organisation__name", gettext_lazy("At")),
            Told("applied_at", WHEN),
            Told("cover_letter", gettext_lazy("A few words to us")),
            Told("matters", gettext_lazy("What matters to you")),
            Told("reason__candidate_text", gettext_lazy("Our reason"), shipped),
            Told("reason_note", gettext_lazy("Our note on the decision")),
            *named(
                "pk", "state", "stage__candidate_name", "stage__kind", "decided_at", "told_at", "starts_on"
            ),
            *named("source__name", "source_detail", "submitted"),
        ),
    ),
    Part(
        key="what_matters_point_by_point",
        model="candidates.MatterMark",
        whose="application__candidate",
        told=named("application_id", "met", "why", "marked_at", "marked_by__role"),
    ),
    Part(
        key="feedback",
        model="candidates.Feedback",
        whose="application__candidate",
        told=named("application_id", "state", "subject", "body", "written_at", "sent_at", "author__role"),
    ),
    Part(
        key="feedback_put_aside",
        model="candidates.FeedbackDraft",
        whose="application__candidate",
        told=named("application_id", "subject", "body", "kept_at", "author__role"),
    ),
    Part(
        key="feedback_put_together_from",
        model="candidates.FeedbackPoint",
        whose="feedback__application__candidate",
        told=named("feedback_id", "criterion", "evidence"),
    ),
    Part(
        key="feedback_of_a_client",
        model="candidates.ClientWord",
        whose="application__candidate",
        told=named("application_id", "name", "words", "said_on"),
    ),
    Part(
        key="put_forward",
        model="candidates.Submission",
        whose="candidate",
        told=named(
            *(
                "application_id",
                "organisation__name",
                "state",
                "asked_at",
                "answered_at",
                "way",
                "said_on",
                "words",
            ),
            *("text", "language", "version", "forward_at", "back_at"),
        ),
    ),
    Part(
        key="counts_as_put_forward_by_us",
        model="candidates.Ownership",
        whose="candidate",
        told=named("organisation__name", "starts_at", "ends_at"),
    ),
    Part(
        key="answers",
        model="candidates.Answer",
        whose="application__candidate",
        title=gettext_lazy("Your answers to our questions"),
        told=(OF_ROLE, Told("label", gettext_lazy("Question")), Told("value", gettext_lazy("Answer"))),
    ),
    Part(
        key="documents",
        model="candidates.Document",
        whose="candidate",
        title=gettext_lazy("Your files"),
        by=("created_at", "pk"),
        file="file",
        called="filename",
        told=(
            Told("filename", NAME),
            Told("created_at", WHEN),
            *named(
                "pk", "application_id", "kind", "content_type", "size", "sha256", "text", "unread", "unseen"
            ),
            *named("reading", "reading_problem", "holds", "scan", "scan_found", "picture_pages"),
            *named("links", "europass"),
        ),
    ),
    Part(
        key="read_from_your_resumes",
        model="candidates.ResumeReading",
        whose="candidate",
        told=named("document_id", "origin", "source", "read_at", "facts", "problem", "is_recognised"),
    ),
    Part(
        key="confirmed_of_you",
        model="candidates.KnownFact",
        whose="candidate",
        title=gettext_lazy("What you know and did, as we noted it"),
        by=("kind", "pk"),
        told=(
            Told("value", WHAT),
            Told("where", gettext_lazy("At")),
            Told("start", gettext_lazy("From")),
            Told("end", UNTIL),
            *named("kind", "more", "place", "current", "created_at", "confirmed_by__role"),
        ),
    ),
    Part(
        key="messages",
        model="candidates.Message",
        whose="candidate",
        title=gettext_lazy("Messages"),
        only=Q(direction="in") | Q(mail=None) | ~Q(mail__state__in=["draft", "cancelled"]),
        by=("said_at", "pk"),
        until="said_at",
        told=(
            Told("direction", gettext_lazy("From"), SIDES),
            Told("said_at", WHEN),
            Told("subject", SUBJECT),
            Told("body", WORDS),
            *named(
                "application_id", "author__role", "channel", "below", "sent_from", "not_kept", "is_automatic"
            ),
        ),
    ),
    Part(
        key="interviews",
        model="candidates.Interview",
        whose="application__candidate",
        title=gettext_lazy("Interviews"),
        by=("starts_at", "pk"),
        told=(
            OF_ROLE,
            Told("name", NAME),
            Told("starts_at", WHEN),
            Told("format", gettext_lazy("How"), FORMATS),
            Told("place", gettext_lazy("Where")),
            Told("accessibility", gettext_lazy("What you need")),
            Told("candidate_comment", gettext_lazy("Your comment")),
            *named(
                "application_id", "state", "ends_at", "purpose", "video_link", "preparation", "cancel_reason"
            ),
            *named("cancelled_by_candidate", "changes", "candidate_reply", "candidate_replied_at"),
        ),
    ),
    Part(
        key="times_you_gave",
        model="candidates.BookingRequest",
        whose="application__candidate",
        told=named("application_id", "way", "state", "asked_at", "earliest", "latest", "times", "note"),
    ),
    Part(
        key="times_you_proposed",
        model="candidates.ProposedTime",
        whose="interview__application__candidate",
        only=Q(seat=None),
        told=named("interview_id", "state", "starts_at", "ends_at", "comment", "proposed_at", "reason"),
    ),
    Part(
        key="promises",
        model="candidates.Promise",
        whose="application__candidate",
        title=gettext_lazy("What we promised you"),
        only=~Q(state="telling"),
        by=("opened_at", "pk"),
        holds=promise_as_told,
        told=(
            OF_ROLE,
            Told("what", WHAT, shipped),
            Told("due_at", UNTIL),
            Told("reason", REASON),
            *named("application_id", "kind", "side", "state", "opened_at", "settled_at", "broken_before"),
            *named("changed_before", "asked_after_at"),
        ),
    ),
    Part(
        key="reviews",
        model="candidates.Review",
        whose="application__candidate",
        title=gettext_lazy("How your application was read"),
        only=Q(state="answered"),
        told=(
            OF_ROLE,
            Told("settled_at", WHEN),
            Told("verdict", RATING, RATINGS),
            Told("reason", REASON),
            *named("application_id", "criteria", "reviewer__role"),
        ),
    ),
    Part(
        key="scorecards",
        model="candidates.Scorecard",
        whose="application__candidate",
        title=gettext_lazy("What interviewers wrote"),
        only=Q(state="submitted"),
        told=(
            OF_ROLE,
            Told("interview__name", gettext_lazy("Interview")),
            Told("submitted_at", WHEN),
            Told("recommendation", RATING, RATINGS),
            Told("reason", REASON),
            Told("private_notes", gettext_lazy("Notes")),
            *named("pk", "application_id", "number"),
        ),
    ),
    Part(
        key="scorecard_marks",
        model="candidates.ScorecardMark",
        whose="scorecard__application__candidate",
        title=gettext_lazy("Evidence, criterion by criterion"),
        only=Q(scorecard__state="submitted"),
        by=("scorecard", "position"),
        told=(
            Told("scorecard__application__requisition__title", FOR),
            Told("name", CRITERION),
            Told("rating", RATING, RATINGS),
            Told("evidence", EVIDENCE),
            *named("scorecard_id", "is_must"),
        ),
    ),
    Part(
        key="scorecard_versions",
        model="candidates.ScorecardVersion",
        whose="scorecard__application__candidate",
        told=named("scorecard_id", "number", "handed_in_at", "content", "why"),
    ),
    Part(
        key="sitting_in",
        model="candidates.Shadowing",
        whose="seat__interview__application__candidate",
        title=gettext_lazy("What was written by who sat in"),
        only=~Q(evidence=""),
        told=(
            Told("seat__interview__name", gettext_lazy("Interview")),
            Told("written_at", WHEN),
            Told("evidence", WORDS),
        ),
    ),
    Part(
        key="debriefs",
        model="candidates.Debrief",
        whose="application__candidate",
        title=gettext_lazy("What was decided on the evidence"),
        only=Q(application__told_at__isnull=False) | Q(application__state="withdrawn"),
        told=(OF_ROLE, Told("decided_at", WHEN), Told("reason", REASON), *named("application_id", "outcome")),
    ),
    Part(
        key="notes",
        model="candidates.Note",
        whose="application__candidate",
        title=gettext_lazy("Notes of the team"),
        only=TOLD,
        by=("written_at", "pk"),
        told=(
            OF_ROLE,
            Told("written_at", WHEN),
            Told("body", WORDS),
            *named("application_id", "author__role", "visibility"),
        ),
    ),
    Part(
        key="calibration",
        model="partners.CalibrationVerdict",
        whose="profile__application__candidate",
        told=named("verdict", "why", "side", "created_at"),
    ),
    Part(
        key="offers",
        model="candidates.Offer",
        whose="application__candidate",
        title=gettext_lazy("Offers"),
        only=Q(sent_at__isnull=False),
        told=(
            OF_ROLE,
            Told("sent_at", WHEN),
            Told("expires_at", UNTIL),
            Told("end_reason", REASON),
            *named("pk", "application_id", "state", "number", "settled_at"),
        ),
    ),
    Part(
        key="offer_letters",
        model="candidates.OfferDocument",
        whose="offer__application__candidate",
        title=gettext_lazy("Letters of offers"),
        only=Q(offer__sent_at__isnull=False),
        file="file",
        folder="offers",
        told=(Told("made_at", WHEN), *named("offer_id", "number", "kind", "sha256", "says")),
    ),
    Part(
        key="signatures",
        model="candidates.Signature",
        whose="offer__application__candidate",
        title=gettext_lazy("Your signatures"),
        told=(
            Told("typed_name", NAME),
            Told("signed_at", WHEN),
            Told("ip", gettext_lazy("From the address")),
            Told("user_agent", gettext_lazy("With the browser")),
            *named("offer_id", "document_sha256"),
        ),
    ),
    Part(
        key="pools",
        model="candidates.TalentMember",
        whose="candidate",
        title=gettext_lazy("What you are kept for"),
        told=(
            Told("pool__purpose", WHAT),
            Told("why", WORDS),
            Told("added_at", WHEN),
            Told("ends_at", UNTIL),
            *named("touch_why", "asked_at", "touch_at", "touched_at", "left_at", "left"),
        ),
    ),
    Part(
        key="sequences",
        model="candidates.SequenceMail",
        whose="run__candidate",
        title=gettext_lazy("Messages planned for you"),
        told=(
            Told("subject", WORDS),
            Told("due_at", WHEN),
            *named("body", "state", "sent_at", "run_id", "position"),
        ),
    ),
    Part(
        key="consents",
        model="candidates.Consent",
        whose="candidate",
        title=gettext_lazy("What you agreed to"),
        told=(
            Told("purpose", WHAT, PURPOSES),
            Told("words", WORDS),
            Told("given_at", WHEN),
            Told("until", UNTIL),
            *named("where", "language", "withdrawn_at", "withdrawn_where"),
        ),
    ),
)
