"""The face of the package's models."""

from candidates.applications.models import Answer, Application, ApplicationState, DispositionReason, Note
from candidates.automation.models import ActState, DryRun, KnockOutChoice, Rule, RuleAct, RuleState
from candidates.bulk.models import BulkItem, BulkKind, BulkRun, ItemState, RunState
from candidates.consents.models import Consent, Purpose
from candidates.data_requests.models import (
    ComplaintOutcome,
    ComplaintState,
    CopyState,
    CorrectionState,
    DataComplaint,
    DataCopy,
    DataCorrection,
)
from candidates.documents.models import Document, DocumentKind, DocumentPage, ReadingState
from candidates.duplicates.models import Likeness, LookedThrough, Merge
from candidates.duplicates.models import Reason as AlikeReason
from candidates.erasure.models import Erasure, ErasureState, LegalHold, RetentionPolicy, RetentionRule
from candidates.feedback.models import (
    ClientWord,
    Depth,
    Feedback,
    FeedbackDraft,
    FeedbackPoint,
    FeedbackRequest,
    FeedbackRules,
    FeedbackState,
    RequestState,
)
from candidates.follow_ups.models import FollowUp, FollowUpState
from candidates.hires.models import HireRecord, HireState
from candidates.internal.models import KEPT_FROM_ANYBODY, KeptFrom
from candidates.interviews.models import Interview, InterviewSeat, InterviewState, Reply, SeatKind, Shadowing
from candidates.journeys.models import FromUs, Journey, JourneyStep, Replan, ReplanState, StepTask
from candidates.matters.models import MatterMark, Met
from candidates.messages.models import Direction, Message, Praise
from candidates.offers.models import (
    Offer,
    OfferDocument,
    OfferLetterTemplate,
    OfferState,
    OfferTerms,
    Signature,
)
from candidates.people.models import AddressKind, Candidate, FurtherAddress, Source, Tag, WordsTaken
from candidates.portal.models import AddressChange, PortalLink
from candidates.promises.models import WAITS_TOO_LONG, Promise, PromiseKind, PromiseState, waits_too_long
from candidates.reaching.models import AnotherWay, Trouble, WayState
from candidates.resumes.models import KnownFact, KnownKind, Origin, ReadState, ResumeDraft, ResumeReading
from candidates.reviews.models import Review, ReviewState, Slate, Verdict
from candidates.saved_filters.models import FollowedFilter, SavedFilter
from candidates.scheduling.models import (
    AvailabilityRequest,
    AvailabilityState,
    BookingRequest,
    BookingState,
    BookingWay,
    ProposalState,
    ProposedTime,
    RequestedInterview,
)
from candidates.scorecards.models import (
    Debrief,
    Outcome,
    Rating,
    Scorecard,
    ScorecardMark,
    ScorecardState,
    ScorecardVersion,
)
from candidates.shadowing.models import AloneConfirmed, AlonePlanned, ShadowingRules
from candidates.signals.models import Signal, SignalPerson
from candidates.sms.models import SmsAbout, SmsChoice, SmsCode
from candidates.submissions.models import Ownership, Submission, SubmissionState, Way
from candidates.surveys.models import SurveyFigure, SurveyResponse, SurveyRules, SurveyUse

__all__ = [
    "KEPT_FROM_ANYBODY",
    "WAITS_TOO_LONG",
    "ActState",
    "AddressChange",
    "AddressKind",
    "AlikeReason",
    "AloneConfirmed",
    "AlonePlanned",
    "AnotherWay",
    "Answer",
    "Application",
    "ApplicationState",
    "AvailabilityRequest",
    "AvailabilityState",
    "BookingRequest",
    "BookingState",
    "BookingWay",
    "BulkItem",
    "BulkKind",
    "BulkRun",
    "Candidate",
    "ClientWord",
    "ComplaintOutcome",
    "ComplaintState",
    "Consent",
    "CopyState",
    "CorrectionState",
    "DataComplaint",
    "DataCopy",
    "DataCorrection",
    "Debrief",
    "Depth",
    "Direction",
    "DispositionReason",
    "Document",
    "DocumentKind",
    "DocumentPage",
    "DryRun",
    "Erasure",
    "ErasureState",
    "Feedback",
    "FeedbackDraft",
    "FeedbackPoint",
    "FeedbackRequest",
    "FeedbackRules",
    "FeedbackState",
    "FollowUp",
    "FollowUpState",
    "FollowedFilter",
    "FromUs",
    "FurtherAddress",
    "HireRecord",
    "HireState",
    "Interview",
    "InterviewSeat",
    "InterviewState",
    "ItemState",
    "Journey",
    "JourneyStep",
    "KeptFrom",
    "KnockOutChoice",
    "KnownFact",
    "KnownKind",
    "LegalHold",
    "Likeness",
    "LookedThrough",
    "MatterMark",
    "Merge",
    "Message",
    "Met",
    "Note",
    "Offer",
    "OfferDocument",
    "OfferLetterTemplate",
    "OfferState",
    "OfferTerms",
    "Origin",
    "Outcome",
    "Ownership",
    "PortalLink",
    "Praise",
    "Promise",
    "PromiseKind",
    "PromiseState",
    "ProposalState",
    "ProposedTime",
    "Purpose",
    "Rating",
    "ReadState",
    "ReadingState",
    "Replan",
    "ReplanState",
    "Reply",
    "RequestState",
    "RequestedInterview",
    "ResumeDraft",
    "ResumeReading",
    "RetentionPolicy",
    "RetentionRule",
    "Review",
    "ReviewState",
    "Rule",
    "RuleAct",
    "RuleState",
    "RunState",
    "SavedFilter",
    "Scorecard",
    "ScorecardMark",
    "ScorecardState",
    "ScorecardVersion",
    "SeatKind",
    "Shadowing",
    "ShadowingRules",
    "Signal",
    "SignalPerson",
    "Signature",
    "Slate",
    "SmsAbout",
    "SmsChoice",
    "SmsCode",
    "Source",
    "StepTask",
    "Submission",
    "SubmissionState",
    "SurveyFigure",
    "SurveyResponse",
    "SurveyRules",
    "SurveyUse",
    "Tag",
    "Trouble",
    "Verdict",
    "Way",
    "WayState",
    "WordsTaken",
    "waits_too_long",
]
