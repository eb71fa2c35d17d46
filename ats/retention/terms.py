"""How long what is kept: the one table. Each model is either in `TERMS` or in `KEPT`, with the reason.

Models are named by label, for the table speaks of all floors. `docs/retention.md` shows it (`as_markdown`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from ats.kernel.when import counted
from ats.mail.forgetting import PURGED


@dataclass(frozen=True, kw_only=True)
class Term:
    """Rows of `model` that satisfy `only` go so many days after `since`; or, with `forget`, those fields do."""

    name: str
    what: str
    model: str
    days: int
    since: str
    why: str
    only: Q = field(default_factory=Q)
    forget: Mapping[str, Any] = field(default_factory=dict)
    """What stands in the fields afterwards; empty: the row itself goes."""

    @property
    def done(self) -> Q:
        """What this term has dealt with already."""
        return Q(**self.forget) if self.forget else Q(pk__in=[])


LEFT = Q(state__in=["sent", "bounced", "cancelled", "unknown", "failed", "withheld"])
OF_CANDIDATES = Q(candidate_id__isnull=False)

TERMS = (
    Term(
        name="api-answers",
        what="answers to API calls, kept so that a repeated call is not carried out twice",
        model="ats.IdempotentCall",
        days=1,
        since="created_at",
        why="a call is repeated within minutes, and its answer holds people's data",
    ),
    Term(
        name="resume-drafts",
        what="résumés that were dropped for somebody new, and what was read of them",
        model="candidates.ResumeDraft",
        days=1,
        since="created_at",
        why="whoever is added takes theirs along; the others go by themselves after four hours",
    ),
    Term(
        name="address-changes",
        what="other addresses that candidates asked us to write to, and who agreed",
        model="candidates.AddressChange",
        days=180,
        since="expires_at",
        why="as long as somebody may ask who changed it; the record says that it was changed",
    ),
    Term(
        name="sign-in-codes",
        what="mailed codes for signing in, as hashes",
        model="ats.SignInCode",
        days=1,
        since="expires_at",
        why="they work for ten minutes",
    ),
    Term(
        name="mail-keys",
        what="links in mails that act without a sign-in, as hashes",
        model="ats.MailKey",
        days=90,
        since="expires_at",
        why="they work for a week; what was done with one is on record",
    ),
    Term(
        name="first-months-links",
        what="links to new hires' pages of their first months, as hashes",
        model="partners.OutcomeLink",
        days=30,
        since="expires_at",
        why="they open nothing",
    ),
    Term(
        name="known-devices",
        what="browsers in which somebody has signed in, as hashes",
        model="ats.KnownDevice",
        days=365,
        since="used_at",
        why="after a year without a sign-in a browser is a new one",
    ),
    Term(
        name="tasks",
        what="small jobs that are done or were called off",
        model="ats.DueTask",
        days=90,
        since="settled_at",
        only=Q(state__in=["done", "cancelled"]),
        why="what they did is on record; a quarter is long enough to find out why something went wrong",
    ),
    Term(
        name="tasks-set-aside",
        what="small jobs that could not be done, and that nobody took in hand",
        model="ats.DueTask",
        days=365,
        since="due_at",
        only=Q(state="failed") | Q(state="waiting", attempts__gte=8),
        why="after a year there is nothing left to do about them",
    ),
    Term(
        name="mail-words",
        what="the words of messages to candidates; that they were sent, to whom and when stays",
        model="ats.OutgoingMail",
        days=3 * 365,
        since="created_at",
        only=LEFT & OF_CANDIDATES,
        forget={"text": PURGED, "html": "", "headers": {}},
        why="claims about a rejection can be made for that long; the conversation itself is with the application",
    ),
    Term(
        name="colleagues-mail-words",
        what="the words of messages to colleagues, such as reminders",
        model="ats.OutgoingMail",
        days=90,
        since="created_at",
        only=LEFT & ~OF_CANDIDATES,
        forget={"text": PURGED, "html": "", "headers": {}},
        why="they say what a page says better, and name candidates, who may be erased after a quarter",
    ),
    Term(
        name="chat-words",
        what="what was said in rooms of a team's chat, and what came of it",
        model="ats.ChatMessage",
        days=90,
        since="created_at",
        why="it says what a page says better; a quarter is long enough to find out why something did not arrive",
    ),
    Term(
        name="sms-words",
        what="the words of SMS to candidates; that they were sent, and when, stays",
        model="ats.SmsMessage",
        days=365,
        since="created_at",
        only=~Q(state__in=["queued", "sending"]) & OF_CANDIDATES,
        forget={"text": PURGED},
        why="the message beside which they stood says it all, and is kept longer",
    ),
    Term(
        name="sms-tests",
        what="SMS that tested a provider",
        model="ats.SmsMessage",
        days=30,
        since="created_at",
        only=~OF_CANDIDATES,
        why="a month is long enough to find out why one did not arrive",
    ),
    Term(
        name="sms-codes",
        what="codes by which candidates confirm a number for SMS, as digests",
        model="candidates.SmsCode",
        days=1,
        since="expires_at",
        why="they work for ten minutes",
    ),
    Term(
        name="sms-heard",
        what="the numbers that a provider gave to SMS that came in",
        model="ats.HeardSms",
        days=90,
        since="heard_at",
        why="providers repeat a call within days",
    ),
    Term(
        name="mail-files",
        what="files that went with messages, such as calendar entries",
        model="ats.MailAttachment",
        days=365,
        since="mail__created_at",
        only=~Q(mail__state__in=["queued", "sending", "draft"]),
        why="interviews are over; letters of offers are kept with the offer",
    ),
    Term(
        name="incoming-bytes",
        what="the bytes of messages that came in and were dealt with",
        model="ats.IncomingContent",
        days=180,
        since="mail__settled_at",
        why="what was said in them is in the conversation, files are with their candidate; for half a year one can"
        " still look what a program made of it",
    ),
    Term(
        name="incoming",
        what="messages that came in, dealt with or not; what was said in them stays in the conversation",
        model="ats.IncomingMail",
        days=365,
        since="received_at",
        why="mailboxes repeat themselves within days; who wrote to us and is no candidate need not be known longer",
    ),
    Term(
        name="notifications",
        what="what colleagues were told in the app",
        model="ats.Notification",
        days=90,
        since="at",
        why="it is no news any more; what it was about stands where it happened",
    ),
    Term(
        name="bulk-people",
        what="whom something was done with together with many others; what happened to each stays on record",
        model="candidates.BulkItem",
        days=90,
        since="run__updated_at",
        only=~Q(run__state__in=["running", "undoing"]),
        why="a quarter is long enough to take something back, or to ask why it was not done with somebody",
    ),
    Term(
        name="rule-acts",
        what="what a rule looked at and what it did with it; what happened to each stays on record",
        model="candidates.RuleAct",
        days=365,
        since="noticed_at",
        only=~Q(state__in=["waiting", "delayed"]),
        why="for a year the report of a rule can be read, and what people overturned",
    ),
    Term(
        name="dry-runs",
        what="what rules would have done in the past",
        model="candidates.DryRun",
        days=365,
        since="at",
        why="whoever asks how a rule came to be on finds what was seen before",
    ),
    Term(
        name="bulk-runs",
        what="what was done with many at once, and what was looked at and never begun",
        model="candidates.BulkRun",
        days=91,
        since="updated_at",
        only=~Q(state__in=["running", "undoing"]),
        why="it goes after its people",
    ),
    Term(
        name="portal-links",
        what="links to candidates' own pages that have run out",
        model="candidates.PortalLink",
        days=30,
        since="expires_at",
        why="they open nothing; for a month their page can say so and offer a new one",
    ),
    Term(
        name="surveys-answered",
        what="that somebody has answered a survey, apart from what they answered",
        model="candidates.SurveyUse",
        days=1,
        since="ends_on",
        why="by then no link of theirs opens the survey again",
    ),
    Term(
        name="survey-words",
        what="what candidates wrote in surveys; the numbers stay",
        model="candidates.SurveyResponse",
        days=3 * 365,
        since="week",
        forget={"words": "", "tags": []},
        why="three years show what has changed; what was said before is of no more use",
    ),
    Term(
        name="data-copies",
        what="that somebody asked for a copy of their data, and when they had it; the file is gone long before",
        model="candidates.DataCopy",
        days=3 * 365,
        since="settled_at",
        why="that the request was answered, and in time, is ours to show for as long as somebody may ask",
    ),
    Term(
        name="data-corrections",
        what="requests to put data right that were answered, with the answer",
        model="candidates.DataCorrection",
        days=3 * 365,
        since="settled_at",
        why="that the request was answered, and in time, is ours to show for as long as somebody may ask",
    ),
    Term(
        name="data-complaints",
        what="complaints about data that were answered, with the answer",
        model="candidates.DataComplaint",
        days=6 * 365,
        since="settled_at",
        why="an authority or a court may ask years later what we answered: claims can be made for six years in the"
        " United Kingdom, and for shorter elsewhere",
    ),
    Term(
        name="calendar-links",
        what="private addresses of interviewers' calendars that were taken back",
        model="ats.CalendarLink",
        days=30,
        since="revoked_at",
        why="they open nothing",
    ),
    Term(
        name="busy-times",
        what="times at which somebody's own calendar said they were busy",
        model="ats.BusyTime",
        days=30,
        since="period__endswith",
        why="nobody is booked for the past, and it is the private life of a colleague",
    ),
    Term(
        name="times-given",
        what="the times that candidates gave for interviews, and their word with them",
        model="candidates.BookingRequest",
        days=180,
        since="settled_at",
        forget={"times": [], "note": ""},
        why="the interview that came of it is kept; when else they were free is theirs",
    ),
    Term(
        name="times-proposed",
        what="other times that candidates and interviewers proposed for an interview, and their word with them",
        model="candidates.ProposedTime",
        days=180,
        since="settled_at",
        why="what came of it is on record; when else they were free is theirs",
    ),
    Term(
        name="availability-given",
        what="the times that interviewers and hiring managers gave for an interview",
        model="candidates.AvailabilityRequest",
        days=180,
        since="settled_at",
        forget={"times": []},
        why="the interview that came of it is kept; when else they were free is theirs",
    ),
    Term(
        name="invitations",
        what="invitations of colleagues that were never taken up",
        model="ats.Invitation",
        days=180,
        since="expires_at",
        only=Q(accepted_at__isnull=True),
        why="an address of somebody who never joined",
    ),
    Term(
        name="api-tokens-revoked",
        what="API tokens that were taken back",
        model="ats.ApiToken",
        days=365,
        since="revoked_at",
        why="they open nothing; the record says who had them",
    ),
    Term(
        name="api-tokens-expired",
        what="API tokens that have run out",
        model="ats.ApiToken",
        days=365,
        since="expires_at",
        why="they open nothing; the record says who had them",
    ),
    Term(
        name="sessions",
        what="sessions that have ended",
        model="sessions.Session",
        days=1,
        since="expire_date",
        why="they open nothing",
    ),
    Term(
        name="sign-in-traces",
        what="from which address and browser somebody was signed in",
        model="usersessions.UserSession",
        days=90,
        since="last_seen_at",
        why="long enough to notice somebody else's, and no longer a log of where people are",
    ),
    Term(
        name="address-confirmations",
        what="links that confirm a colleague's address",
        model="account.EmailConfirmation",
        days=30,
        since="created",
        why="they open nothing",
    ),
)

RECORD = "the record of what happened, which only grows: every clock and every figure rests on it"
THEIRS = (
    "the candidate's own: it stays as long as they are known here, and goes with them when they are erased"
)
HIRING = (
    "how and by whom people are hired here: it grows with roles, not with time, and past roles rest on it"
)
PARTNERS = "what the partners of a role agreed and kept: reports and later agreements rest on it"
DECLINED = (
    "it protects who declined: claims come years later, and nobody may make it go; the name of an erased candidate"
    " leaves it"
)
HOUSE = "the house itself: people, places, calendars, words and rules"
FRAMEWORK = "the framework's own list, which does not grow"

KEPT: dict[str, str] = {
    "ats.Activity": RECORD,
    **dict.fromkeys(("ats.ApprovalRequest", "ats.Approval"), "who agreed to what, which pay and roles rest on"),
    "ats.SuppressedAddress": "without it we would write again to who asked us not to, or to nobody",
    "ats.SuppressedNumber": "without it we would send SMS again to who asked us not to",
    "candidates.ApprovedWords": "who stood for the words in which candidates were told that our word was broken",
    "ats.RetentionRun": "one row for each term",
    "ats.SignInPolicy": "one row: what signing in asks of everybody",
    "ats.Pulse": "one row, written to see whether the database can",
    "ats.Standstill": "one row for each restore: when, and who let work go on",
    "mfa.Authenticator": "with it people sign in",
    "requisitions.ResponseRecord": "one row of counts for each organisation",
    "partners.ToMeasure": "gone as soon as it is measured",
    "partners.AdviceRun": "one row for each rule of advice",
    "partners.Look": "one row for each role that is looked for, gone when it ends",
    **dict.fromkeys(
        (
            "ats.User", "ats.WorkingCalendar", "ats.Holiday", "ats.ConfirmedDays", "ats.HiringOrganisation",
            "ats.Department", "ats.Location", "ats.ChatRoom",
            "candidates.SavedFilter", "candidates.FollowedFilter",
            "ats.NotificationChoice", "ats.SmsAccount", "ats.ApprovalChain", "ats.ApprovalStep",
            "ats.MailTemplate", "account.EmailAddress",
            "requisitions.PipelineTemplate", "requisitions.TemplateStage", "requisitions.InterviewPool",
            "requisitions.PoolMember", "requisitions.PlanTemplate", "requisitions.TemplateInterview",
            "requisitions.WordingRule", "candidates.Source", "candidates.Tag", "candidates.WordsTaken",
            "candidates.LookedThrough", "ats.HeardTo", "candidates.Rule", "candidates.KnockOutChoice",
            "candidates.DispositionReason", "candidates.Journey", "candidates.JourneyStep", "candidates.Replan",
            "candidates.FromUs", "candidates.SurveyRules", "candidates.FeedbackRules",
            "candidates.TalentPool", "candidates.Sequence", "candidates.SequenceStep",
            "candidates.OfferLetterTemplate", "ats.WorkingHours", "ats.CalendarSubscription",
        ),
        HOUSE,
    ),
    **dict.fromkeys(
        (
            "requisitions.Requisition", "requisitions.TeamMember", "requisitions.Opening",
            "requisitions.Criterion", "requisitions.Stage", "requisitions.PlannedInterview",
            "requisitions.KitQuestion", "requisitions.JobPost", "requisitions.Question", "candidates.Slate",
            "requisitions.Misreading", "candidates.AlonePlanned",
        ),
        HIRING,
    ),
    **dict.fromkeys(
        (
            "candidates.Candidate", "candidates.FurtherAddress", "candidates.Likeness", "candidates.Merge",
            "candidates.Signal", "candidates.SignalPerson",
            "candidates.Consent", "candidates.SmsChoice", "candidates.Document",
            "candidates.ResumeReading", "candidates.KnownFact",
            "candidates.TalentMember", "candidates.SequenceRun", "candidates.SequenceMail",
            "candidates.DocumentPage",
            "candidates.Promise", "candidates.FollowUp", "candidates.StepTask", "candidates.Application",
            "candidates.Answer", "candidates.Note", "candidates.MatterMark", "candidates.Feedback",
            "candidates.FeedbackDraft", "candidates.FeedbackPoint", "candidates.FeedbackRequest",
            "candidates.ClientWord",
            "candidates.Submission", "candidates.Ownership",
            "candidates.Message", "candidates.Praise", "candidates.Offer", "candidates.OfferTerms",
            "candidates.OfferDocument", "candidates.KeptFrom", "candidates.AnotherWay",
            "candidates.Signature", "candidates.HireRecord", "candidates.RequestedInterview",
            "candidates.Interview", "candidates.InterviewSeat", "candidates.Shadowing",
            "candidates.AloneConfirmed", "candidates.Review", "candidates.Scorecard",
            "candidates.ScorecardMark", "candidates.ScorecardVersion", "candidates.Debrief",
            "partners.CalibrationVerdict", "partners.HireOutcome", "partners.ReviewAnswer",
        ),
        THEIRS,
    ),
    **dict.fromkeys(
        (
            "partners.Partnership", "partners.Agreement", "partners.Term", "partners.CheckIn",
            "partners.CheckInAction", "partners.CheckInReason", "partners.CourseCorrection", "partners.CorrectionStep",
            "partners.Commitment", "partners.HouseRules",
            "partners.Brief",
            "partners.BriefField", "partners.OtherWords", "partners.MustHave", "partners.BriefVersion",
            "partners.Profile", "partners.SigningRules", "partners.Signer", "partners.Signature",
            "partners.ServedOutcome", "partners.Contradiction",
            "partners.Delegation", "partners.Digest", "partners.Celebration", "partners.OutcomeReview",
            "partners.Advice",
            "partners.Retrospective", "partners.LookBack", "partners.Keepsake",
            "partners.PathRead", "partners.ExerciseDone",
        ),
        PARTNERS,
    ),
    **dict.fromkeys(("partners.DeclinedRequest", "partners.DeclinedAddition"), DECLINED),
    "partners.DeclinedReader": HOUSE,
    "candidates.ShadowingRules": HOUSE,
    **dict.fromkeys(
        ("candidates.Erasure", "candidates.LegalHold"),
        "that somebody was erased or held back, by whose word and when: proof without a person",
    ),
    **dict.fromkeys(("candidates.RetentionPolicy", "candidates.RetentionRule"), HOUSE),
    "candidates.SurveyFigure": "counts without people: what respect was like over the years",
    "partners.QuietUser": "somebody's own choice, gone with them",
    **dict.fromkeys(("auth.Permission", "auth.Group", "contenttypes.ContentType"), FRAMEWORK),
}  # fmt: skip

FILES = {"stash": 30, "copies": 7}
"""Folders of the file storage whose files go after so many days."""
FILES_WHY = {
    "stash": ("uploads of forms", "a form that was never sent again; its own task deletes it after an hour"),
    "copies": (
        "copies of people's data that they asked for",
        "so long their link works; whoever did not take it asks for another",
    ),
}
"""What lies there, and why it goes."""


def as_markdown() -> str:
    """The table as people read it."""
    lines = ["| what | goes | why |", "|---|---|---|"]
    for term in TERMS:
        how = "forgotten" if term.forget else "deleted"
        lines.append(f"| {term.what} (`{term.model}`) | {how} after {_span(term.days)} | {term.why} |")
    for folder, days in FILES.items():
        what, why = FILES_WHY[folder]
        lines.append(f"| {what} in `{folder}/` | deleted after {_span(days)} | {why} |")
    lines += ["", "| stays | why |", "|---|---|"]
    for label, why in sorted(KEPT.items(), key=lambda pair: (pair[1], pair[0])):
        lines.append(f"| `{label}` | {why} |")
    return "\n".join(lines) + "\n"


def _span(days: int) -> str:
    years, rest = divmod(days, 365)
    return counted(days, "day", "days") if rest else counted(years, "year", "years")
