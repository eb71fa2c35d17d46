"""The face of the package's models."""

from partners.advice.models import Advice, AdviceRun, AdviceState
from partners.alignment.models import (
    Contradiction,
    ContradictionState,
    Look,
    ServedOutcome,
    Signature,
    SignatureState,
    Signer,
    SigningFunction,
    SigningRules,
)
from partners.celebrations.models import Celebration, CelebrationKind, CelebrationState, QuietUser
from partners.checkins.models import CheckIn, CheckInAction, CheckInReason, CheckInState
from partners.commitments.models import Commitment, CommitmentState, Digest, ToMeasure
from partners.corrections.models import CorrectionState, CorrectionStep, CourseCorrection, Verdict
from partners.declined.models import DeclinedAddition, DeclinedReader, DeclinedRequest
from partners.delegations.models import Delegation, DelegationState
from partners.intake.models import Brief, BriefVersion
from partners.outcomes.models import (
    AnswerSide,
    HireOutcome,
    HireOutcomeState,
    OutcomeLink,
    OutcomeReview,
    ReviewAnswer,
)
from partners.partnerships.models import (
    Agreement,
    AgreementState,
    HouseRules,
    Partnership,
    PartnershipState,
    PartnerSide,
    Term,
)
from partners.path.models import ExerciseDone, PathRead
from partners.retrospectives.models import Keepsake, LookBack, Retrospective, RetrospectiveState

__all__ = [
    "Advice",
    "AdviceRun",
    "AdviceState",
    "Agreement",
    "AgreementState",
    "AnswerSide",
    "Brief",
    "BriefVersion",
    "Celebration",
    "CelebrationKind",
    "CelebrationState",
    "CheckIn",
    "CheckInAction",
    "CheckInReason",
    "CheckInState",
    "Commitment",
    "CommitmentState",
    "Contradiction",
    "ContradictionState",
    "CorrectionState",
    "CorrectionStep",
    "CourseCorrection",
    "DeclinedAddition",
    "DeclinedReader",
    "DeclinedRequest",
    "Delegation",
    "DelegationState",
    "Digest",
    "ExerciseDone",
    "HireOutcome",
    "HireOutcomeState",
    "HouseRules",
    "Keepsake",
    "Look",
    "LookBack",
    "OutcomeLink",
    "OutcomeReview",
    "PartnerSide",
    "Partnership",
    "PartnershipState",
    "PathRead",
    "QuietUser",
    "Retrospective",
    "RetrospectiveState",
    "ReviewAnswer",
    "ServedOutcome",
    "Signature",
    "SignatureState",
    "Signer",
    "SigningFunction",
    "SigningRules",
    "Term",
    "ToMeasure",
    "Verdict",
]
