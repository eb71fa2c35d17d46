"""The pages on which feedback is put together, looked at and declined."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Conflict
from ats.kernel.languages import name_of, shipped, speaking
from ats.kernel.staff_words import gettext
from ats.mail.models import MailState, OutgoingMail
from ats.mail.render import Rendered
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.compose import letters
from candidates.feedback.domain.points import Evidence, text_of
from candidates.feedback.mails import DECLINED, GIVEN, TALK
from candidates.feedback.models import (
    ClientWord,
    Depth,
    Feedback,
    FeedbackDraft,
    FeedbackRequest,
    FeedbackRules,
)
from candidates.feedback.queries.evidence import OnCriterion, by_criterion, evidence_of
from candidates.feedback.rules import GIVE

SAMPLE_LINK = "(the link to their page)"


@dataclass(frozen=True, kw_only=True)
class Page:
    """All that somebody needs who writes feedback."""

    application: Application
    depth: Depth
    criteria: Sequence[OnCriterion]
    client_words: Sequence[ClientWord]
    given: Feedback | None
    request: FeedbackRequest | None
    refusal: str
    """Why none can be given now; empty where it can."""
    language: str
    """In which the template's words are, by name."""
    drafts: Sequence[FeedbackDraft]
    """What was put aside, the newest first."""
    user: User
    waits: bool
    """Whether they do not know the decision yet, so that it leaves after it."""

    @property
    def evidence(self) -> list[Evidence]:
        return [each for row in self.criteria for each in row.evidence]

    @property
    def without(self) -> list[str]:
        return [row.name for row in self.criteria if not row.evidence]

    @property
    def own_draft(self) -> FeedbackDraft | None:
        return next((each for each in self.drafts if each.author_id == self.user.pk), None)

    @property
    def others_drafts(self) -> list[FeedbackDraft]:
        return [each for each in self.drafts if each.author_id != self.user.pk]

    def draft(self, number: str) -> FeedbackDraft | None:
        """The one that somebody goes on with: that of this number, else their own."""
        return next((each for each in self.drafts if str(each.pk) == number), self.own_draft)

    @property
    def foreign(self) -> list[Evidence]:
        return [each for each in self.evidence if each.tongue]


def application_for(user: User, application_id: int) -> Application:
    rows = Application.objects.whole().select_related("requisition__location", "reason", "decided_by")
    return get_for(rows, application_id, user=user, permission=GIVE)


def page(user: User, application_id: int) -> Page:
    application = application_for(user, application_id)
    given = given_in(application)
    words = letters.shipped(GIVEN, application)
    rows = by_criterion(application, evidence_of(application, user))
    return Page(
        application=application,
        depth=depth_of(application),
        criteria=rows,
        client_words=list(ClientWord.objects.filter(application=application).order_by("said_on", "pk")),
        given=given,
        request=request_of(application),
        refusal=refusal_of(application, given),
        language=name_of(words.language or application.candidate.language),
        drafts=[] if given else drafts_of(application),
        user=user,
        waits=application.told_at is None,
    )


def rules_of(organisation_id: int) -> FeedbackRules:
    """How this organisation gives feedback; as it ships where it has said nothing."""
    found = FeedbackRules.objects.filter(organisation=organisation_id).first()
    return found or FeedbackRules(organisation_id=organisation_id)


def depth_of(application: Application) -> Depth:
    """How deep feedback goes for somebody who came as far as they did: the stage in which they were decided about."""
    return rules_of(application.requisition.organisation_id).at(application.stage.kind)


def given_in(application: Application) -> Feedback | None:
    return Feedback.objects.standing().filter(application=application).select_related("author").first()


def request_of(application: Application) -> FeedbackRequest | None:
    return FeedbackRequest.objects.filter(application=application).select_related("settled_by").first()


def refusal_of(application: Application, given: Feedback | None) -> str:
    """Why no feedback can be given now, in a sentence."""
    name = application.candidate.first_name
    if application.state == ApplicationState.ACTIVE:
        said = gettext("%(name)s is still in play: feedback is given once it is decided.")
    elif application.state == ApplicationState.HIRED:
        said = gettext("%(name)s is hired: feedback of this kind is for those with whom we did not go on.")
    elif application.state == ApplicationState.WITHDRAWN:
        said = gettext("%(name)s withdrew, and we decided nothing about them.")
    elif given is not None:
        said = gettext("Feedback has been given already. Write a message if there is more to say.")
    elif application.told_at is None and not letter_waits(application):
        said = gettext("%(name)s does not know the decision, and no letter is on its way: tell them first.")
    else:
        return ""
    return said % {"name": name}


def drafts_of(application: Application) -> list[FeedbackDraft]:
    """What was put aside of feedback to them, the newest first; whoever may give it sees all of it."""
    rows = FeedbackDraft.objects.filter(application=application).select_related("author")
    return list(rows.order_by("-kept_at", "-pk"))


def letter_waits(application: Application) -> bool:
    """Whether the letter that tells them is about to leave."""
    mails = OutgoingMail.objects.filter(application_id=application.pk, role__in=DECISION_MAILS)
    return mails.filter(
        state__in=[MailState.QUEUED, MailState.SENDING], not_before__gte=application.decided_at
    ).exists()


def chosen(evidence: Sequence[Evidence], seals: Sequence[str]) -> list[Evidence]:
    """The evidence of these seals, in its own order; `Conflict` where some was corrected or is gone since."""
    by_seal = {each.seal: each for each in evidence}
    known = {each.key: each for each in evidence}
    wanted = list(dict.fromkeys(seals))
    gone = [seal for seal in wanted if seal not in by_seal]
    if gone:
        now_other = known.get(gone[0].partition("-")[0])
        if now_other is None:
            raise Conflict(
                gettext("Some of the evidence is not there any more. Look at the points once more.")
            )
        said = gettext(
            "The evidence on %(criterion)s was corrected since you put this together. Look at it once more."
        )
        raise Conflict(said % {"criterion": now_other.criterion})
    return [each for each in evidence if each.seal in wanted]


def put_together(application: Application, points: Sequence[Evidence], depth: Depth) -> tuple[str, str]:
    """Subject and words to begin with: the template in the candidate's language, and what was recorded, as it is."""
    words = letters.shipped(GIVEN, application)
    with speaking(words.language or application.candidate.language):
        talk = str(TALK) if depth == Depth.WHOLE else ""
        reason = shipped(application.reason.candidate_text) if application.reason else ""
    extra = {"feedback.reason": reason, "feedback.points": text_of(points), "feedback.talk": talk}
    subject, body = letters.edited(words, GIVEN, application=application, extra=extra)
    return subject, _closed(body)


def decline_begun(application: Application) -> tuple[str, str]:
    """Subject and words to begin with where none is given: why is for a person to write."""
    return letters.preview(DECLINED, application=application)


def as_sent(application: Application, *, subject: str, body: str, now: datetime) -> Rendered:
    """Exactly as it would leave, except that no link is made for it."""
    words = letters.own_words(subject, body, gaps_meant=True)
    return letters.write(letters.MESSAGE, application=application, words=words, link=SAMPLE_LINK, now=now)


def _closed(body: str) -> str:
    """Without the room of paragraphs that say nothing."""
    return "\n\n".join(block for block in body.split("\n\n") if block.strip())
