"""The roof of the API: every resource under its name."""

from rest_framework.routers import DefaultRouter

from ats.api.views import Root
from candidates.applications.api import ApplicationResource
from candidates.consents.api import ConsentResource
from candidates.duplicates.api import MergingCandidateResource
from candidates.feedback.api import FeedbackResource
from candidates.inbox.api import InboxResource
from candidates.journeys.api import JourneyResource, PlannedStepResource
from candidates.messages.api import MessageResource
from candidates.offers.api import OfferResource
from candidates.promises.api import PromiseResource
from candidates.scheduling.api import AvailabilityRequestResource, InterviewResource
from candidates.scorecards.api import ScorecardResource
from candidates.sms.api import SmsChoiceResource
from candidates.submissions.api import SubmissionResource
from candidates.surveys.api import SurveyResource
from partners.advice.api import AdviceResource
from partners.alignment.api import ContradictionResource, SignatureResource
from partners.corrections.api import CourseCorrectionResource
from partners.intake.api import BriefResource
from partners.outcomes.api import OutcomeReviewResource
from requisitions.posts.api import JobPostResource
from requisitions.roles.api import RequisitionResource

router = DefaultRouter()
router.APIRootView = Root
router.include_format_suffixes = False
router.register("requisitions", RequisitionResource, basename="requisition")
router.register("job-posts", JobPostResource, basename="job-post")
router.register("candidates", MergingCandidateResource, basename="candidate")
router.register("applications", ApplicationResource, basename="application")
router.register("promises", PromiseResource, basename="promise")
router.register("consents", ConsentResource, basename="consent")
router.register("sms-choices", SmsChoiceResource, basename="sms-choice")
router.register("journeys", JourneyResource, basename="journey")
router.register("planned-steps", PlannedStepResource, basename="planned-step")
router.register("surveys", SurveyResource, basename="survey")
router.register("feedback", FeedbackResource, basename="feedback")
router.register("submissions", SubmissionResource, basename="submission")
router.register("messages", MessageResource, basename="message")
router.register("inbox", InboxResource, basename="inbox")
router.register("interviews", InterviewResource, basename="interview")
router.register("availability-requests", AvailabilityRequestResource, basename="availability-request")
router.register("scorecards", ScorecardResource, basename="scorecard")
router.register("offers", OfferResource, basename="offer")
router.register("briefs", BriefResource, basename="brief")
router.register("signatures", SignatureResource, basename="signature")
router.register("contradictions", ContradictionResource, basename="contradiction")
router.register("advice", AdviceResource, basename="advice")
router.register("outcome-reviews", OutcomeReviewResource, basename="outcome-review")
router.register("course-corrections", CourseCorrectionResource, basename="course-correction")
