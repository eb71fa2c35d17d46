"""Which parts of the day there are at all, asked at once: of most there is nothing. And what a new house lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ats.accounts.actions import MANAGE as MANAGE_PEOPLE
from ats.accounts.models import User
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel.rows import answers
from ats.kernel.staff_words import gettext
from ats.mail.models import MailState
from ats.organisation.actions import MANAGE
from requisitions.roles.pages.wizard import next_stop, way
from requisitions.roles.queries import with_way

TROUBLE = (MailState.FAILED, MailState.UNKNOWN, MailState.BOUNCED, MailState.WITHHELD)
TROUBLE_LASTS = timedelta(days=30)
CHECK_INS_AHEAD = timedelta(days=7)
GLAD_FOR = timedelta(days=3)
"""How long an offer that was accepted is told on my day."""

_TROUBLE = ", ".join(f"'{state.value}'" for state in TROUBLE)

THERE = f"""
    SELECT
    ARRAY(SELECT application_id FROM candidates_keptfrom WHERE user_id = %(user)s AND lifted_at IS NULL) AS kept,
    ARRAY(SELECT id || ' ' || name FROM ats_hiringorganisation WHERE id = ANY(%(organisations)s)
          ORDER BY name, id) AS organisations,
    EXISTS (SELECT FROM candidates_application
            WHERE state IN ('rejected', 'hired') AND told_at IS NULL) AS untold,
    EXISTS (SELECT FROM ats_outgoingmail WHERE requisition_id = ANY(%(roles)s)
            AND (state IN ({_TROUBLE}) OR state = 'queued' AND delayed_at IS NOT NULL)
            AND created_at >= %(recently)s) AS troubled,
    EXISTS (SELECT FROM candidates_anotherway WHERE state = 'open') AS unreached,
    EXISTS (SELECT FROM candidates_feedbackrequest WHERE state = 'open') AS feedback,
    (SELECT said_at FROM candidates_message WHERE direction = 'in' AND answered_at IS NULL
     ORDER BY said_at LIMIT 1) IS NOT NULL AS wrote,
    EXISTS (SELECT FROM ats_incomingmail WHERE state = 'open'
            OR state = 'waiting' AND attempts >= %(most_attempts)s) AS inbox,
    EXISTS (SELECT FROM partners_checkin WHERE state IN ('planned', 'ready')
            AND scheduled_at < %(next_week)s) AS check_ins,
    EXISTS (SELECT FROM candidates_review WHERE state = 'open') AS reviews,
    EXISTS (SELECT FROM partners_declinedaddition a JOIN partners_declinedrequest d ON d.id = a.record_id
            WHERE a.kind = 'support' AND d.recorded_by_id <> %(user)s
              AND d.asked_by_id IS DISTINCT FROM %(user)s AND %(user)s <> ALL (d.kept_from)
              AND NOT EXISTS (SELECT FROM partners_declinedaddition g
                              WHERE g.record_id = a.record_id AND g.kind = 'supported' AND g.id > a.id)) AS support,
    EXISTS (SELECT FROM ats_approval WHERE approver_id = %(user)s AND state = 'open') AS approvals,
    EXISTS (SELECT FROM partners_signature WHERE person_id = %(user)s AND state = 'open') AS to_sign,
    EXISTS (SELECT FROM partners_contradiction WHERE decider_id = %(user)s AND state = 'open') AS contradictions,
    EXISTS (SELECT FROM partners_retrospective WHERE state = 'open') AS looks_back,
    EXISTS (SELECT FROM candidates_datacorrection WHERE state = 'open')
        OR EXISTS (SELECT FROM candidates_datacomplaint WHERE state = 'open')
        OR EXISTS (SELECT FROM candidates_datacopy WHERE state = 'making') AS about_data,
    EXISTS (SELECT FROM candidates_steptask WHERE done_at IS NULL AND skipped_at IS NULL) AS tasks,
    EXISTS (SELECT FROM candidates_talentmember WHERE left_at IS NULL AND touch_at < %(tonight)s
            AND (touch_by_id = %(user)s OR %(whole_team)s)) AS touches,
    EXISTS (SELECT FROM candidates_scorecard WHERE interviewer_id = %(user)s AND state = 'draft') AS evidence,
    EXISTS (SELECT FROM candidates_scorecard WHERE state = 'draft' AND due_at < %(now)s) AS late_evidence,
    EXISTS (SELECT FROM candidates_scorecard WHERE state = 'submitted') AS debriefs,
    EXISTS (SELECT FROM requisitions_opening WHERE requisition_id = ANY(%(roles)s)
            AND state = 'filled') AS filled,
    EXISTS (SELECT FROM candidates_bookingrequest WHERE state IN ('given', 'expired')) AS times,
    EXISTS (SELECT FROM candidates_availabilityrequest WHERE state IN ('open', 'given')) AS availability,
    EXISTS (SELECT FROM candidates_proposedtime WHERE state = 'open') AS proposed,
    EXISTS (SELECT FROM candidates_interview WHERE state = 'booked'
            AND ends_at > %(now)s AND starts_at < %(tonight)s) AS meetings,
    EXISTS (SELECT FROM candidates_interview i JOIN candidates_interviewseat s ON s.interview_id = i.id
            JOIN candidates_application a ON a.id = i.application_id
            WHERE i.state = 'booked' AND NOT s.released
            AND (s.reply = 'declined' OR s.user_id IN (SELECT id FROM ats_user WHERE NOT is_active)
                 OR s.pool_member_id IS NULL AND (s.user_id, a.requisition_id) NOT IN (
                    SELECT user_id, requisition_id FROM requisitions_teammember)
                 OR (s.user_id, a.id) IN (
                    SELECT user_id, application_id FROM candidates_keptfrom WHERE lifted_at IS NULL))) AS wanting,
    EXISTS (SELECT FROM candidates_offer WHERE 'approved' IN (state, next_state)) AS to_send,
    EXISTS (SELECT FROM candidates_offer WHERE state = 'accepted' AND settled_at >= %(glad)s) AS accepted
"""  # noqa: S608
"""Messages in their order, so that the short index of those without an answer is read. States stand in the words
themselves: a plan for all values must know that the index of the few open mails will do, not read all there are."""


def parts_there(
    user: User,
    roles: list[int],
    *,
    now: datetime,
    tonight: datetime,
    organisations: Iterable[int] = (),
    whole_team: bool = False,
) -> dict[str, Any]:
    """Of which parts there may be any: the others are not asked for; and the applications `kept` from this user.

    `organisations`: those for which they work, where they are several; answered with their names, in order.
    """
    values = {
        "user": user.pk,
        "whole_team": whole_team,
        "roles": roles,
        "organisations": list(organisations),
        "now": now,
        "tonight": tonight,
        "next_week": now + CHECK_INS_AHEAD,
        "recently": now - TROUBLE_LASTS,
        "glad": now - GLAD_FOR,
        "most_attempts": MAX_ATTEMPTS,
    }
    found = answers(THERE, values)
    named = (each.partition(" ") for each in found["organisations"])
    return found | {"organisations": {int(number): name for number, _, name in named}}


@dataclass(frozen=True)
class Step:
    """The next thing that a new house lacks: what it is, and where it is done, if this person may."""

    sentence: str
    action: str = ""
    href: str = ""


HOUSE = """
    SELECT
    EXISTS (SELECT FROM ats_hiringorganisation WHERE is_active) AS hires,
    EXISTS (SELECT FROM requisitions_jobpost WHERE published_at IS NOT NULL) AS published,
    EXISTS (SELECT FROM requisitions_requisition) AS begun,
    EXISTS (SELECT FROM ats_user WHERE is_active AND id <> %(user)s) AS company,
    EXISTS (SELECT FROM ats_invitation WHERE accepted_at IS NULL AND revoked_at IS NULL) AS asked,
    (SELECT id FROM requisitions_requisition WHERE recruiter_id = %(user)s AND NOT confidential
     AND state IN ('draft', 'open') ORDER BY id LIMIT 1) AS role,
    (SELECT id FROM requisitions_requisition WHERE recruiter_id = %(user)s AND hiring_manager_id = %(user)s
     AND state IN ('draft', 'open', 'on_hold') ORDER BY id LIMIT 1) AS alone
"""


def way_in(user: User) -> Step | None:
    """What is missing next until somebody can apply, and until two people lead the search; None where nothing is."""
    house = answers(HOUSE, {"user": user.pk})
    if not house["hires"]:
        return _organisation(user)
    if not house["published"]:
        return _first_role(user, house)
    return _partner(user, house) if house["alone"] else None


def _organisation(user: User) -> Step:
    if not user.has_perm(MANAGE):
        return Step(
            gettext("Roles belong to an organisation, and there is none yet. An administrator adds it.")
        )
    return Step(
        gettext(
            "Nobody can apply yet. In a few steps the first role stands on your careers page: your organisation,"
            " your team, the role."
        ),
        gettext("Begin"),
        reverse("start_house"),
    )


def _first_role(user: User, house: dict[str, object]) -> Step | None:
    if not user.opens_roles:
        return None
    if house["role"] is None:
        if house["begun"]:
            return None
        return Step(
            gettext("The organisation is there. Next is the first role."),
            gettext("Begin a role"),
            reverse("requisition_new"),
        )
    role = with_way(user, int(str(house["role"])))
    leads = user.has_perm("requisitions.change_team", role)
    following = next_stop(way(role, runs=True, leads=leads, now=timezone.now()), "")
    if following is None:
        return None
    sentence = gettext("%(role)s is on its way to the careers page. Next: %(step)s.") % {
        "role": role.title,
        "step": following.title,
    }
    return Step(sentence, gettext("Go on"), following.href)


def _partner(user: User, house: dict[str, object]) -> Step | None:
    if house["company"]:
        team = reverse("requisition_step", args=[house["alone"], "team"])
        return Step(
            gettext("You lead a role alone, and are not alone any more. Who is its hiring manager?"),
            gettext("Hand it over"),
            team,
        )
    if house["asked"] or not user.has_perm(MANAGE_PEOPLE):
        return None
    sentence = gettext(
        "The role is out, and you take both parts in it. Ask in the hiring manager, your partner."
    )
    return Step(sentence, gettext("Invite them"), reverse("start_team"))
