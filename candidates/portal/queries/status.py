"""Where a candidate stands, as they may see it: pure, from rows that were fetched already.

A decision exists for its candidate from the moment they have been told of it, and not before: until then
everything here is as it was before the decision.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, gettext_lazy, ngettext

from ats.activity import verbs
from ats.activity.models import Activity
from ats.kernel.languages import Words, shipped
from ats.kernel.when import day_in
from ats.mail.models import MailState, OutgoingMail
from ats.sms.models import SmsMessage, SmsState
from candidates.applications.models import Application, ApplicationState
from candidates.compose import letters
from candidates.feedback.queries import OfMine
from candidates.messages.models import Channel, Direction, Message
from candidates.portal.queries.interviews import Arranged
from candidates.promises.models import Promise, PromiseKind
from requisitions.models import Side, Stage, StageKind

AT_THIS_STAGE: dict[str, Words] = {
    StageKind.APPLIED: gettext_lazy("We read your application"),
    StageKind.REVIEW: gettext_lazy("The hiring manager looks at your application"),
    StageKind.INTERVIEW: gettext_lazy("Interview"),
    StageKind.ASSESSMENT: gettext_lazy("Assessment"),
    StageKind.OFFER: gettext_lazy("Offer"),
    StageKind.HIRED: gettext_lazy("Your start"),
}
"""A stage in the candidate's words, where its pipeline has none of its own."""

SHOWN = (
    "application.received",
    "application.added",
    "application.moved",
    "application.decision_undone",
    "interview.held",
    "interview.time_wished",
    "promise.broken",
    "promise.owed",
    "promise.asked_after",
    "promise.changed",
    "feedback.asked",
    "feedback.sent",
)
"""What has happened, as the steps tell it. Everything else shows as outcome or letter, or not at all."""

MISSED = ("promise.broken", "promise.owed")
"""Of these, those in which we did not keep our word."""

UNSENT = (MailState.DRAFT, MailState.CANCELLED)


@dataclass(frozen=True)
class Step:
    text: str
    at: datetime | None = None
    sign: str = ""
    note: str = ""


@dataclass(frozen=True)
class Next:
    """What is owed next: whose move it is, from whom it comes, by when."""

    what: str
    due_at: datetime
    who: str
    title: str
    side: str
    is_answer: bool
    is_debt: bool
    """Whether it is owed without a date: `due_at` is none of theirs."""
    is_late: bool
    broken: int
    """How many days in a row were named before and not kept."""
    reason: str
    may_ask: bool = False
    """Whether a date of ours lies behind it, and they have not asked since where it is."""


@dataclass(frozen=True)
class Letter:
    """One message of the conversation, whoever wrote it."""

    body: str
    at: datetime
    who: str = ""
    subject: str = ""
    mine: bool = False
    below: str = ""
    sent_from: str = ""
    """Where it came from, if that is not the address that we have for them: they may not have written it."""
    not_kept: tuple[str, ...] = ()
    """Files of theirs that we could not take, each with the reason."""
    how: str = ""
    """By which way it went, where that was not mail or this page."""


@dataclass(frozen=True)
class Standing:
    """One application, as its candidate may see it."""

    application: Application
    title: str
    organisation: str
    state: str
    stage: str
    next: Next | None
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...]
    reason: str
    decision: Letter | None
    arranged: Arranged | None = None
    awaited: tuple[str, ...] = ()
    """From whom feedback on their interview is still awaited."""
    offer: Any = None
    """Their offer, as `offer_queries` has it."""
    has_met: bool = False
    """Whether they were with us for an interview."""
    feedback: OfMine | None = None
    """Of what we decided and they know: given, asked for, declined, or to be asked for."""

    @property
    def is_open(self) -> bool:
        return self.state == ApplicationState.ACTIVE

    @property
    def slug(self) -> str:
        post = self.application.post
        return post.slug if post else ""


def is_untold(application: Application) -> bool:
    """Decided by us, and the candidate has not been told."""
    decided = application.state in {ApplicationState.REJECTED, ApplicationState.HIRED}
    return decided and application.told_at is None


def standing(
    application: Application,
    *,
    promise: Promise | None,
    stages: Sequence[Stage],
    happened: Sequence[Activity],
    messages: Iterable[Message],
    decision: OutgoingMail | None,
    now: datetime,
    arranged: Arranged | None = None,
    awaited: Sequence[str] = (),
    offer: Any = None,
    notices: Sequence[SmsMessage] = (),
    feedback: OfMine | None = None,
) -> Standing:
    untold = is_untold(application)
    state = ApplicationState.ACTIVE if untold else ApplicationState(application.state)
    decided_at = application.decided_at if untold else None
    # Of what came after a decision that they do not know, only that we did not keep our word.
    record = [
        entry
        for entry in happened
        if decided_at is None or entry.occurred_at < decided_at or entry.verb == "promise.broken"
    ]
    stage = _stage(application, stages, happened)
    told = None if untold or state == ApplicationState.WITHDRAWN else decision
    return Standing(
        application=application,
        title=application.requisition.title,
        organisation=application.requisition.organisation.name,
        state=state,
        stage=_words(stage),
        next=_next(promise, application, now=now) if state == ApplicationState.ACTIVE and promise else None,
        steps=tuple(_steps(application, state, record, stage, stages)),
        letters=_letters(messages, notices, now),
        reason=application.reason.candidate_text if application.reason and not untold else "",
        decision=_decision(told) if told else None,
        arranged=arranged if state == ApplicationState.ACTIVE else None,
        awaited=tuple(awaited) if state == ApplicationState.ACTIVE else (),
        offer=offer,
        has_met=any(entry.verb == "interview.held" for entry in record),
        feedback=feedback if state == ApplicationState.REJECTED else None,
    )


def _stage(application: Application, stages: Sequence[Stage], happened: Sequence[Activity]) -> Stage:
    """The stage they know of: whoever is hired and does not know yet is where they were."""
    if application.state != ApplicationState.HIRED or not is_untold(application):
        return application.stage
    hired = [entry for entry in happened if entry.verb == "application.hired"]
    was = hired[-1].data.get("from_stage_id") if hired else None
    before = [stage for stage in stages if stage.kind != StageKind.HIRED]
    return next((stage for stage in before if stage.pk == was), before[-1] if before else application.stage)


def _words(stage: Stage) -> str:
    return stage.candidate_name or str(AT_THIS_STAGE[stage.kind])


def _next(promise: Promise, application: Application, *, now: datetime) -> Next:
    manages = promise.side == Side.MANAGER
    is_manager = promise.owner_id == application.requisition.hiring_manager_id
    as_whom = gettext("the hiring manager") if is_manager else gettext("who stands in for the hiring manager")
    return Next(
        what=promise.what,
        due_at=promise.due_at,
        who=str(promise.owner),
        title=as_whom if manages else promise.owner.title,
        side=promise.side,
        is_answer=promise.kind == PromiseKind.ANSWER,
        is_debt=promise.kind == PromiseKind.DEBT,
        is_late=promise.due_at <= now and promise.kind != PromiseKind.DEBT,
        broken=promise.broken_before,
        reason=promise.reason,
        may_ask=promise.asked_after_at is None
        and promise.side != Side.CANDIDATE
        and (promise.broken_before > 0 or promise.due_at <= now),
    )


def _steps(
    application: Application,
    state: str,
    record: Sequence[Activity],
    stage: Stage,
    stages: Sequence[Stage],
) -> Iterable[Step]:
    if not any(entry.verb in {"application.received", "application.added"} for entry in record):
        yield Step(gettext("You applied"), application.applied_at, "is-done")
    yield from _so_far(record, zone=application.calendar.zone)
    if state == ApplicationState.ACTIVE:
        yield Step(_words(stage), None, "is-now")
        for later in stages:
            if later.position > stage.position and later.kind != StageKind.HIRED:
                yield Step(_words(later))
    elif state == ApplicationState.WITHDRAWN:
        yield Step(gettext("You withdrew your application"), application.decided_at, "is-done")
    elif state == ApplicationState.HIRED:
        yield Step(gettext("You were hired"), application.told_at, "is-done")
    else:
        yield Step(gettext("We told you our decision"), application.told_at, "is-done")


def _so_far(record: Sequence[Activity], *, zone: tzinfo) -> Iterable[Step]:
    """What has happened, a line each; dates that were not kept one after the other are one line, once said."""
    told = [(entry, text) for entry in record if (text := _happened(entry, zone))]
    for verb, group in groupby(told, key=lambda each: each[0].verb if each[0].verb in MISSED else ""):
        lines = list(group)
        if verb == "promise.broken" and len(lines) > 1:
            text = ngettext(
                "%(number)s day that we had named passed without an answer from us",
                "%(number)s days that we had named passed without an answer from us",
                len(lines),
            ) % {"number": len(lines)}
            yield Step(text, lines[-1][0].occurred_at, "is-missed")
            continue
        for entry, text in lines:
            yield Step(text, entry.occurred_at, "is-missed" if verb else "is-done")


def _happened(entry: Activity, zone: tzinfo) -> str:
    """What happened in a few words; empty for what does not concern the candidate.

    The record is in English: its days are said anew, and so are words in it that the house ships.
    """
    if entry.verb == "application.decision_undone" and not entry.data.get("corrected"):
        return ""  # they never knew
    if entry.verb not in SHOWN:
        return ""
    words = shipped(verbs.get(entry.verb).candidate_text or "")
    data = defaultdict(str, entry.data)
    data |= {name: shipped(data[name]) for name in ("what", "to_candidate", "to_stage") if data[name]}
    data |= {
        name: day_in(datetime.fromisoformat(data[f"{name}_at"]), zone)
        for name in ("due", "was_due")
        if data[f"{name}_at"]
    }
    return words.format_map(data | {"to_candidate": data["to_candidate"] or data["to_stage"]}).strip(" :")


def _is_shown(message: Message, now: datetime) -> bool:
    if message.direction == Direction.IN:
        return not message.is_automatic
    return message.said_at <= now and (message.mail is None or message.mail.state not in UNSENT)


def _letters(messages: Iterable[Message], notices: Sequence[SmsMessage], now: datetime) -> tuple[Letter, ...]:
    """The conversation, oldest first, whichever way each of it went."""
    said = [_letter(message) for message in messages if _is_shown(message, now)]
    went = [_notice(each) for each in notices if each.state in HOW_IT_WENT]
    return tuple(sorted([*said, *went], key=lambda letter: letter.at) if went else said)


def _letter(message: Message) -> Letter:
    mine = message.direction == Direction.IN
    if message.channel in {Channel.CALL, Channel.IN_PERSON}:  # what they noted of it is for the team
        by_phone = message.channel == Channel.CALL
        return Letter(
            body=gettext("We spoke by telephone.") if by_phone else gettext("We spoke in person."),
            at=message.said_at,
            who=str(message.author),
            subject="",
            mine=False,
        )
    who = "" if mine else str(message.author or gettext("Our hiring team"))
    return Letter(
        body=message.body,
        at=message.said_at,
        who=who,
        subject="" if mine else message.subject,
        mine=mine,
        below=message.below,
        sent_from=message.sent_from,
        not_kept=tuple(message.not_kept),
        how=gettext("by SMS") if message.channel == Channel.SMS else "",
    )


HOW_IT_WENT: dict[str, Words] = {
    SmsState.SENT: gettext_lazy("by SMS"),
    SmsState.UNKNOWN: gettext_lazy("by SMS, which may not have arrived"),
    SmsState.FAILED: gettext_lazy("by SMS, which did not arrive"),
}


def _notice(sms: SmsMessage) -> Letter:
    """What went to their telephone, without the way to this page and the way out."""
    first = sms.text.partition("\n")[0].split()
    words = " ".join(word for word in first if not word.startswith(settings.BASE_URL)).rstrip(" :")
    at = sms.sent_at or sms.created_at
    return Letter(body=words, at=at, who=gettext("Our hiring team"), how=str(HOW_IT_WENT[sms.state]))


def _decision(mail: OutgoingMail) -> Letter:
    """What we wrote, without the link to this page at its end."""
    return Letter(
        body=letters.without_button(mail.text),
        at=mail.sent_at or mail.not_before,
        who=mail.from_name.rsplit(", ", 1)[0] or gettext("Our hiring team"),
        subject=mail.subject,
    )
