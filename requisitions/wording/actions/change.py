"""Own rules are changed freely, shipped ones are switched off and on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from requisitions.wording.domain.matching import NoPhrase, parsed
from requisitions.wording.domain.places import is_place
from requisitions.wording.models import Severity, Use, WordingRule
from requisitions.wording.queries import checks

CHANGE = "requisitions.change_wording"
MOST_PHRASES = 100
LONGEST_PHRASE = 120
LONGEST_TEXT = 1000


class RuleWords(TypedDict, total=False):
    """What can be said of an own rule."""

    topic: str
    severity: str
    uses: Sequence[str]
    jurisdictions: Sequence[str]
    phrases: Sequence[str]
    except_phrases: Sequence[str]
    reason: str
    alternative: str
    source: str


@transaction.atomic
def add_rule(*, by: User, now: datetime, **words: Unpack[RuleWords]) -> WordingRule:
    """A rule of the house's own, in force at once."""
    _permit(by)
    rule = WordingRule(**_cleaned(dict(words)))
    _check(rule)
    rule.code = "own-new"
    rule.save()
    rule.code = f"own-{rule.pk}"
    rule.save(update_fields=["code"])
    _record("wording.added", rule, by=by, now=now)
    return rule


@transaction.atomic
def change_rule(*, rule_id: int, by: User, now: datetime, **words: Unpack[RuleWords]) -> WordingRule:
    """Change an own rule; a shipped one keeps its words."""
    rule = _own(rule_id, by)
    given = _cleaned(dict(words))
    changed = [name for name, value in given.items() if value != getattr(rule, name)]
    for name in changed:
        setattr(rule, name, given[name])
    _check(rule)
    if changed:
        rule.save(update_fields=changed)
        _record("wording.changed", rule, by=by, now=now)
    return rule


@transaction.atomic
def remove_rule(*, rule_id: int, by: User, now: datetime) -> None:
    """Remove an own rule."""
    rule = _own(rule_id, by)
    _record("wording.removed", rule, by=by, now=now)
    rule.delete()


@transaction.atomic
def switch_off(*, rule_id: int, why: str, by: User, now: datetime) -> WordingRule:
    """Look for it no longer; who did so and why stays in the record."""
    rule = _get(rule_id, by)
    why = why.strip()
    if not why or len(why) > 200:
        raise Invalid(gettext("Say in a few words why it does not hold here."), field="why")
    if rule.is_active:
        rule.is_active = False
        rule.save(update_fields=["is_active"])
        _record("wording.switched_off", rule, by=by, now=now, why=why)
    return rule


@transaction.atomic
def switch_on(*, rule_id: int, by: User, now: datetime) -> WordingRule:
    """Look for it again."""
    rule = _get(rule_id, by)
    if not rule.is_active:
        rule.is_active = True
        rule.save(update_fields=["is_active"])
        _record("wording.switched_on", rule, by=by, now=now)
    return rule


def _permit(by: User) -> None:
    if not by.has_perm(CHANGE):
        raise NotAllowed(gettext("Only the recruiting lead and administrators change what is looked for."))


def _get(rule_id: int, by: User) -> WordingRule:
    _permit(by)
    lock(WordingRule, rule_id)
    rule = WordingRule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise Missing(gettext("There is no such rule."))
    return rule


def _own(rule_id: int, by: User) -> WordingRule:
    rule = _get(rule_id, by)
    if rule.is_shipped:
        raise WrongState(gettext("Shipped rules keep their words: switch it off, and add your own."))
    return rule


def _record(verb: str, rule: WordingRule, *, by: User, now: datetime, **more: str) -> None:
    record(verb, subject=rule, by=by, now=now, data={"code": rule.code, "topic": rule.topic} | more)
    checks.forget()
    transaction.on_commit(checks.forget)


def _cleaned(words: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(words) - set(RuleWords.__annotations__):
        raise TypeError(f"A wording rule has no {', '.join(sorted(unknown))}.")
    tidy: dict[str, Any] = {}
    for name, value in words.items():
        if isinstance(value, str):
            tidy[name] = value.strip()
        else:
            given = [str(one).strip() for one in value]
            tidy[name] = list(dict.fromkeys(one for one in given if one))
    if "jurisdictions" in tidy:
        tidy["jurisdictions"] = [code.upper() for code in tidy["jurisdictions"]]
    return tidy


def _check(rule: WordingRule) -> None:
    """Raise Invalid, naming the field, where the rule could not be looked for or would not help."""
    if not rule.topic or len(rule.topic) > 80:
        raise Invalid(gettext("Name the topic in at most 80 characters."), field="topic")
    if rule.severity not in Severity.values:
        raise Invalid(gettext("Choose one of the list."), field="severity")
    if not rule.uses or not set(rule.uses) <= set(Use.values):
        raise Invalid(gettext("Choose where it is looked for."), field="uses")
    for code in rule.jurisdictions:
        if not is_place(code):
            raise Invalid(
                gettext("%(code)s is no place: write DE, US-CA or EU.") % {"code": code},
                field="jurisdictions",
            )
    if not rule.phrases:
        raise Invalid(gettext("Write at least one phrase to look for."), field="phrases")
    for field in ("phrases", "except_phrases"):
        _check_phrases(getattr(rule, field), field)
    _check_words(rule)


def _check_words(rule: WordingRule) -> None:
    """What people read when it is found."""
    for field, ask in (
        ("reason", gettext("Say why it does not belong.")),
        ("alternative", gettext("Say what to do instead.")),
    ):
        if not getattr(rule, field):
            raise Invalid(ask, field=field)
        if len(getattr(rule, field)) > LONGEST_TEXT:
            raise Invalid(
                gettext("Keep it under %(LONGEST_TEXT)s characters.") % {"LONGEST_TEXT": LONGEST_TEXT},
                field=field,
            )
    if len(rule.source) > 200:
        raise Invalid(gettext("Keep it under 200 characters."), field="source")


def _check_phrases(phrases: Sequence[str], field: str) -> None:
    if len(phrases) > MOST_PHRASES:
        raise Invalid(
            gettext("%(MOST_PHRASES)s phrases are the most that one rule can have.")
            % {"MOST_PHRASES": MOST_PHRASES},
            field=field,
        )
    for phrase in phrases:
        if len(phrase) > LONGEST_PHRASE:
            raise Invalid(
                gettext("Keep each phrase under %(LONGEST_PHRASE)s characters.")
                % {"LONGEST_PHRASE": LONGEST_PHRASE},
                field=field,
            )
        try:
            parsed(phrase)
        except NoPhrase as error:
            raise Invalid(str(error), field=field) from None
