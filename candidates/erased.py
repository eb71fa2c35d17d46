"""What becomes of the package's tables when a person is erased: what was said goes, that it happened stays.

An application keeps its role, stage, source, dates and outcome: counts rest on them, and without a person they are
nobody's. Offers lose the words of their terms, letters and signatures; whoever was hired is
not erased before the term of a hire (`erasure/domain/rules_table.py`).
"""

from collections.abc import Sequence
from datetime import datetime

from ats.kernel.erasing import ERASED, Goes, Person, Work, declare, hidden
from ats.kernel.redacting import redact
from candidates.data_requests.actions.forget import COMPLAINT, by_address
from candidates.models import (
    AddressChange,
    AnotherWay,
    Answer,
    Application,
    BookingRequest,
    BulkItem,
    Candidate,
    ClientWord,
    Consent,
    DataComplaint,
    DataCopy,
    DataCorrection,
    Debrief,
    Document,
    DocumentPage,
    Feedback,
    FeedbackDraft,
    FeedbackPoint,
    FeedbackRequest,
    FollowUp,
    FurtherAddress,
    HireRecord,
    Interview,
    KnownFact,
    LegalHold,
    Likeness,
    MatterMark,
    Merge,
    Message,
    Note,
    Offer,
    OfferDocument,
    OfferTerms,
    PortalLink,
    Promise,
    ProposedTime,
    ResumeDraft,
    ResumeReading,
    Review,
    RuleAct,
    Scorecard,
    ScorecardMark,
    ScorecardVersion,
    SequenceMail,
    SequenceRun,
    Shadowing,
    SignalPerson,
    Signature,
    Slate,
    SmsChoice,
    SmsCode,
    StepTask,
    Submission,
    SurveyResponse,
    SurveyUse,
    TalentMember,
)
from candidates.people.actions.forget import rows, tags
from candidates.resumes.actions.forget_drafts import drafts
from candidates.submissions.actions.forget import end_ownerships

OF = "application__candidate"

SLATES = """
    id IN (SELECT r.slate_id FROM candidates_review r JOIN candidates_application a ON a.id = r.application_id
           WHERE a.candidate_id = %(person)s)
"""


def slates(people: Sequence[Person], now: datetime) -> None:
    """What was written over the slates in which they stood; others stand there too."""
    for person in people:
        redact(person, Slate, ["note"], where=SLATES)


declare(
    goes=[
        Goes(model=DocumentPage, of="document__candidate"),
        Goes(model=Answer, of=OF),
        Goes(model=ResumeReading, of="candidate"),
        Goes(model=KnownFact, of="candidate"),
        Goes(model=Document, of="candidate"),
        Goes(model=Note, of=OF),
        Goes(model=MatterMark, of=OF),
        Goes(model=AnotherWay, of=OF),
        Goes(model=StepTask, of=OF),
        Goes(model=BulkItem, of="candidate"),
        Goes(model=TalentMember, of="candidate"),
        Goes(model=SequenceMail, of="run__candidate"),
        Goes(model=SequenceRun, of="candidate"),
        Goes(
            model=Message,
            of="candidate",
            leaves={"subject": "", "body": "", "below": "", "sent_from": "", "not_kept": []},
        ),
        Goes(model=Promise, of=OF, leaves={"reason": "", "last_error": ""}),
        Goes(
            model=FollowUp, of="candidate", leaves={"payload": {}, "reason": "", "last_error": ""}
        ),
        Goes(
            model=Application,
            of="candidate",
            leaves={
                "source_detail": {}, "submitted": {}, "cover_letter": "", "matters": "", "reason_note": ""
            },
        ),
        Goes(model=AddressChange, of="candidate"),
        Goes(model=FurtherAddress, of="candidate"),
        Goes(model=PortalLink, of="candidate"),
        Goes(model=SmsChoice, of="candidate"),
        Goes(model=SmsCode, of="candidate"),
        Goes(model=Consent, of="candidate"),
        Goes(model=SurveyResponse, of=OF),
        Goes(model=SurveyUse, of=OF),
        Goes(model=Review, of=OF, leaves={"reason": hidden("reason"), "criteria": {}}),
        Goes(model=BookingRequest, of=OF, leaves={"times": [], "note": ""}),
        Goes(
            model=Interview,
            of="candidate",
            leaves={"cancel_reason": "", "accessibility": "", "candidate_comment": ""},
        ),
        Goes(model=ProposedTime, of="interview__candidate", leaves={"comment": "", "reason": ""}),
        Goes(
            model=Shadowing,
            of="seat__interview__candidate",
            leaves={"evidence": hidden("evidence")},
        ),
        Goes(model=ScorecardVersion, of=f"scorecard__{OF}"),
        Goes(model=ScorecardMark, of=f"scorecard__{OF}", leaves={"evidence": ""}),
        Goes(
            model=Scorecard,
            of=OF,
            leaves={"reason": hidden("reason"), "private_notes": "", "last_error": ""},
        ),
        Goes(model=Debrief, of=OF, leaves={"reason": ERASED, "evidence": {}}),
        Goes(model=OfferDocument, of=f"offer__{OF}"),
        Goes(model=Signature, of=f"offer__{OF}"),
        Goes(
            model=OfferTerms,
            of=f"offer__{OF}",
            leaves={
                "range_reason": "", "place": "", "bonus": "", "equity": "", "custom": [], "letter": "", "changes": []
            },
            kept="offer_terms_are_kept",
        ),
        Goes(model=Offer, of=OF, leaves={"end_reason": ""}),
        Goes(model=FeedbackRequest, of=OF),
        Goes(model=FeedbackDraft, of=OF),
        Goes(model=FeedbackPoint, of=f"feedback__{OF}"),
        Goes(model=ClientWord, of=OF),
        # That we put somebody forward, when, and until when they counted as ours stays, without a person.
        Goes(model=Submission, of="candidate", leaves={"words": "", "text": ""}),
        Goes(model=Feedback, of=OF, leaves={"subject": "", "body": ""}),
        Goes(model=DataCopy, of="candidate"),
        Goes(model=DataCorrection, of="candidate"),
        Goes(model=DataComplaint, of="candidate", leaves=COMPLAINT),
        Goes(model=RuleAct, of=OF, leaves={"why": "", "last_error": ""}),
        Goes(model=SignalPerson, of="candidate"),
        Goes(model=Likeness, of="first"),
        Goes(model=Likeness, of="second"),
        Goes(model=Merge, of="kept", leaves={"came": {}, "before": {}, "why": ""}),
        Goes(model=LegalHold, of="candidate", leaves={"reason": ERASED}),
        Goes(model=HireRecord, of=OF, leaves={"facts": {}, "end_reason": ""}),
    ],
    works=[
        Work(name="tags", fields={}, does=tags),
        Work(name="complaints", fields={}, does=by_address),
        Work(name="ownerships", fields={}, does=end_ownerships),
        Work(
            name="drafts",
            fields={ResumeDraft: ("file", "filename", "facts", "problem")},
            does=drafts,
        ),
        Work(name="slates", fields={Slate: ("note",)}, does=slates),
        Work(
            name="people",
            fields={
                Candidate: (
                    "first_name", "last_name", "called", "email", "email_key", "phone", "phone_normalised", "city",
                    "country", "time_zone", "language", "headline", "links", "name_key", "search",
                ),
            },
            does=rows,
            last=True,  # triggers take along what the person's own row alone leads to
        ),
    ],
)  # fmt: skip
