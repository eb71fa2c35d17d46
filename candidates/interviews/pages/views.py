"""The calendar, and the page of one interview for those who take part."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.calendars.domain.hours import day_named
from ats.kernel import when
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.interviews.actions import reply as replies
from candidates.interviews.models import Reply, SeatKind
from candidates.interviews.pages.cards import cards, shown_on_interview
from candidates.interviews.pages.forms import NarrowForm
from candidates.interviews.queries import calendar as queries
from candidates.interviews.queries.calendar import Window
from candidates.matters.queries import points_of
from candidates.matters.rules import MARK

TEN_YEARS = timedelta(days=3660)


@signed_in()
@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    """A week or a day, of one's own interviews or of everybody's that one may see."""
    user, given = request.user, request.GET
    today = timezone.localdate()
    whole_week = given.get("view", "week") != "day"
    # At the weekend the week that matters is the one that comes.
    opens_on = today + timedelta(days=7 - today.weekday()) if whole_week and today.weekday() > 4 else today
    on = day_named(given.get("on", ""), near=today, within=TEN_YEARS) or opens_on
    window = Window.around(on, whole_week=whole_week, zone=user.zone)
    mine = given.get("whose", "team" if user.recruits else "mine") == "mine"
    chosen = {"role": number(given.get("role", "")), "who": None if mine else number(given.get("who", ""))}
    found = queries.calendar(user, window, mine=mine, requisition_id=chosen["role"], person_id=chosen["who"])
    context = {
        "calendar": found,
        "narrow": NarrowForm(given, calendar=found, mine=mine),
        "days": [_shown(day, today) for day in found.days],
        "whole_week": whole_week,
        "mine": mine,
        "narrowed": any(chosen.values()),
        "zone": when.zone_name(window.since, user.zone),
        "today": today,
        "window": window,
        "last": found.days[-1].date,
        "earlier": window.first - timedelta(days=window.days),
        "later": window.first + timedelta(days=window.days),
        "on": today if window.since <= timezone.now() < window.until else window.first,
    }
    return render(request, "candidates/interviews/calendar.html", context)


def _shown(day: queries.Day, today: date) -> dict[str, Any]:
    hours = [(hour, cards(entries)) for hour, entries in day.hours]
    return {"date": day.date, "hours": hours, "count": day.count, "is_today": day.date == today}


@signed_in()
@require_safe
def interview_for_me(request: StaffRequest, interview_id: int) -> HttpResponse:
    """All that somebody who takes part needs: when, where, with whom, the kit, the way to the résumé."""
    interview = queries.interview_for(request.user, interview_id)
    seats = queries.seats_of(interview)
    mine = next((seat for seat in seats if seat.user_id == request.user.pk), None)
    arranges = request.user.has_perm("candidates.schedule_interview", interview)
    wanting = queries.wanting(interview) if arranges else []
    now, may_mark = timezone.now(), request.user.has_perm(MARK, interview.application)
    has_begun = interview.starts_at <= now
    context = {
        "wanting": wanting,
        "arranges": arranges,
        "interview": interview,
        "application": interview.application,
        "seats": seats,
        "mine": mine,
        "kit": queries.kit_of(interview),
        "panels": shown_on_interview(interview, user=request.user, now=now),
        "points": points_of(interview.application) if may_mark else [],
        "sits_in": mine is not None and mine.kind == SeatKind.SHADOW,
        "may_see_application": request.user.has_perm("candidates.view_application", interview.application),
        "span": when.told_span(interview.starts_at, interview.ends_at, request.user.zone),
        "has_begun": has_begun and interview.state in {"booked", "held"},
        "may_answer": mine is not None and interview.state == "booked" and not has_begun,
    }
    return render(request, "candidates/interviews/interview_for_me.html", context)


@signed_in()
@require_POST
def answer_invitation(request: StaffRequest, interview_id: int) -> HttpResponse:
    reply = request.POST.get("reply", "")
    seat = replies.answer(interview_id=interview_id, reply=reply, by=request.user, now=timezone.now())
    said = {
        Reply.ACCEPTED: gettext("Accepted. See you there."),
        Reply.DECLINED: gettext("Declined. Who arranges it has been told."),
        Reply.TENTATIVE: gettext("Noted as perhaps."),
    }
    toast_next(request, said[Reply(seat.reply)])
    return redirect("interview_for_me", interview_id=interview_id)
