"""Doing what rules say with one application: by the very actions that do it by hand, all of it or nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework import engine
from ats.kernel.access import lock
from ats.kernel.errors import ActionError, Missing, WrongState
from ats.kernel.kept import kept, retold
from ats.kernel.request_context import done_by_rule
from ats.mail import outbox, roles
from ats.notifications.actions import tell
from ats.notifications.models import Kind
from ats.organisation.domain import working_time
from candidates.applications.actions import move, reject
from candidates.applications.actions.note import set_tags
from candidates.applications.models import Application, ApplicationState
from candidates.automation.actions.switch import switch_off_broken
from candidates.automation.domain.conditions import fits
from candidates.automation.domain.sample import is_in_sample
from candidates.automation.models import ActState, KnockOutChoice, Rule, RuleAct, RuleState, When
from candidates.automation.queries.facts import facts_of
from candidates.compose import letters
from candidates.internal.queries import partner_of, recruiter_of
from candidates.journeys.actions.ask_task import ask_by_hand
from candidates.messages.actions import send
from candidates.people.models import Candidate, Tag
from candidates.reviews.actions import ask
from requisitions.models import Stage

Said = dict[str, Any]
MOVED_ON = kept("Somebody has gone on with them meanwhile: it was left to them.")
NOT_THERE = kept("They are not there any more, or not for whoever it acts for.")
NO_MANAGER = kept("The role has nobody for that.")
NOT_CHOSEN = kept("Rules may not say no here any more.")


def work(now: datetime) -> int:
    """A batch. A rule that names something that is gone is switched off before it does anything."""
    ready = RuleAct.objects.ready(now)
    for number in sorted(set(ready.values_list("rule", flat=True))):
        switch_off_broken(number, now=now)
    return engine.under_lock(ready.order_by("due_at", "id"), _perform, now=now, first=_hold)


def _hold(key: int) -> None:
    """The rule, so that its end waits for us; then, in the order of the house, whom it is about."""
    found = (
        RuleAct.objects.filter(pk=key).values_list("rule", "application", "application__candidate").first()
    )
    if found is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM candidates_rule WHERE id = %s FOR SHARE", [found[0]])
    lock(Candidate, found[2])
    lock(Application, found[1])


def _perform(act: RuleAct, now: datetime) -> None:
    rule = Rule.objects.select_related("owner", "organisation__calendar", "requisition").get(pk=act.rule_id)
    application = Application.objects.whole().get(pk=act.application_id)
    if rule.state != RuleState.ON or rule.version != act.version:
        return _settle(act, ActState.CANCELLED, now, why=kept("The rule was switched off or changed before."))
    try:
        with transaction.atomic(), done_by_rule(rule.pk, rule.name, [*act.chain, rule.pk]):
            if act.state == ActState.DELAYED:
                _say_no(act, rule, application, now)
            else:
                _do(act, rule, application, now)
    except ActionError as error:
        _settle(act, ActState.FAILED, now, why=error.message)
    except Missing:
        _settle(act, ActState.FAILED, now, why=NOT_THERE)
    return None


def _settle(act: RuleAct, state: str, now: datetime, *, why: str = "") -> None:
    act.state, act.why, act.settled_at = state, why[:300], now
    act.save(update_fields=["state", "why", "settled_at", "due_at", "seen", "said_no"])


def _do(act: RuleAct, rule: Rule, application: Application, now: datetime) -> None:
    if not _still_so(act, rule, application) or not _fits(rule, application, now):
        return _settle(act, ActState.NOT_MET, now)
    for each in rule.actions:
        if each["act"] != "reject":
            _DO[each["act"]](each, rule, act, application, now)
    if not rule.says_no:
        return _settle(act, ActState.DONE, now)
    return _plan_no(act, rule, application, now)


def _still_so(act: RuleAct, rule: Rule, application: Application) -> bool:
    """Whoever has left play, or the stage that it is about, is nobody for it any more; answers to offers stay."""
    if application.candidate.anonymised_at is not None:
        return False
    if rule.when in {When.ACCEPTED, When.DECLINED}:
        return True
    if application.state != ApplicationState.ACTIVE:
        return False
    return act.entered_at is None or act.entered_at == application.stage_entered_at


def _fits(rule: Rule, application: Application, now: datetime) -> bool:
    if not rule.conditions:
        return True
    return fits(rule.conditions, facts_of([application], now=now)[application.pk], any_of=rule.any_of)


# A no: never at once, and never to everybody


def _plan_no(act: RuleAct, rule: Rule, application: Application, now: datetime) -> None:
    choice = KnockOutChoice.objects.filter(organisation=rule.organisation_id, is_allowed=True).first()
    if choice is None:
        raise WrongState(retold(NOT_CHOSEN))
    fresh = Application.objects.get(pk=application.pk)
    if is_in_sample(rule.pk, application.pk, choice.share):
        record("rule.set_aside", subject=application, by=rule.owner, now=now)
        tell(
            recruiter_of(application),
            Kind.RULE,
            key=f"rule-aside:{act.pk}",
            text=kept("A rule left somebody for you to decide about: they are in its sample."),
            link=f"/applications/{application.pk}/",
            now=now,
        )
        return _settle(act, ActState.SET_ASIDE, now)
    act.state, act.due_at = ActState.DELAYED, now + timedelta(hours=choice.delay_hours)
    act.seen = fresh.version
    act.save(update_fields=["state", "due_at", "seen"])
    record("rule.no_waits", subject=application, by=rule.owner, now=now)
    return None


def _say_no(act: RuleAct, rule: Rule, application: Application, now: datetime) -> None:
    """After the delay, if nobody has gone on with them, and it still fits."""
    if not KnockOutChoice.objects.filter(organisation=rule.organisation_id, is_allowed=True).exists():
        raise WrongState(retold(NOT_CHOSEN))
    if application.version != act.seen or application.state != ApplicationState.ACTIVE:
        return _settle(act, ActState.CANCELLED, now, why=MOVED_ON)
    if not _fits(rule, application, now):
        return _settle(act, ActState.NOT_MET, now)
    reason = next(each["reason"] for each in rule.actions if each["act"] == "reject")
    reject(
        application_id=application.pk,
        reason=reason,
        message=_letter(application),
        by=rule.owner,
        now=now,
        version=act.seen,
    )
    act.said_no = True
    return _settle(act, ActState.DONE, now)


def _letter(application: Application) -> tuple[str, str]:
    """The organisation's own no, in the language of its reader; the link to their page comes with every letter."""
    words = outbox.words_for(
        roles.get("application.rejected"),
        organisation=application.requisition.organisation,
        language=application.candidate.language,
    )
    body = "\n\n".join(block for block in words.body.split("\n\n") if not letters.PORTAL.search(block))
    return words.subject, body


# What is done otherwise


def _tag(said: Said, rule: Rule, act: RuleAct, application: Application, now: datetime) -> None:
    person = application.candidate_id
    has = set(Tag.objects.filter(candidates=person).values_list("name", flat=True))
    set_tags(candidate_id=person, tags=sorted(has | set(said["tags"])), by=rule.owner, now=now)


def _move(said: Said, rule: Rule, act: RuleAct, application: Application, now: datetime) -> None:
    stage = said.get("stage")
    if not stage:
        rows = Stage.objects.filter(requisition=application.requisition_id, kind=said["stage_kind"])
        stage = rows.order_by("position").values_list("pk", flat=True).first() or 0
    move(application_id=application.pk, stage_id=stage, by=rule.owner, now=now)


def _task(said: Said, rule: Rule, act: RuleAct, application: Application, now: datetime) -> None:
    calendar = application.calendar
    due = working_time.after_days(calendar, now, said["days"]).astimezone(calendar.zone).date()
    ask_by_hand(
        application_id=application.pk,
        what=said["text"],
        owner_id=_who(said, application).pk,
        due_on=due,
        by=rule.owner,
        now=now,
    )


def _notify(said: Said, rule: Rule, act: RuleAct, application: Application, now: datetime) -> None:
    tell(
        _who(said, application),
        Kind.RULE,
        key=f"rule:{act.pk}",
        text=kept("A rule wants you to look at somebody's application."),
        link=f"/applications/{application.pk}/",
        now=now,
    )


def _who(said: Said, application: Application) -> User:
    """Whoever may know of it: never a manager for whom somebody works."""
    who = partner_of(application) if said["who"] == "manager" else recruiter_of(application)
    if who is None or not who.has_perm("candidates.view_application", application):
        raise WrongState(retold(NO_MANAGER))
    return who


def _review(said: Said, rule: Rule, act: RuleAct, application: Application, now: datetime) -> None:
    ask(application_ids=[application.pk], by=rule.owner, now=now, note=said.get("text", ""))


def _write(said: Said, rule: Rule, act: RuleAct, application: Application, now: datetime) -> None:
    send(application_id=application.pk, subject=said["subject"], body=said["text"], by=rule.owner, now=now)


Do = Callable[[Said, Rule, RuleAct, Application, datetime], None]
_DO: dict[str, Do] = {
    "tag": _tag,
    "move": _move,
    "task": _task,
    "notify": _notify,
    "review": _review,
    "message": _write,
}
