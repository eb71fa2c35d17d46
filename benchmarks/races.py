"""Many at once on real connections."""

import threading
import time
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.either import either
from benchmarks.subject import Facts
from candidates.interviews.models import InterviewSeat
from candidates.models import Application
from requisitions.models import PlannedInterview, StageKind

booking = either("candidates/scheduling/actions", "candidates/interviews/booking")
request_times = either("candidates/scheduling/actions/request_times", "candidates/interviews/asking")
WorkingHours = either("ats/calendars/models:WorkingHours", "candidates/interviews/models:WorkingHours")

CANDIDATES, SLOTS = 50, 10


def fifty_for_ten(facts: Facts) -> float:
    """Attempts a second; fails unless exactly ten succeed and nobody is in two interviews at once."""
    day = _far_day()
    planned = _panel(facts, day)
    applications = Application.objects.active().filter(requisition=facts.crowded).order_by("-pk")
    now = timezone.now()
    requests = [
        request_times.ask(
            application_id=application.pk,
            planned_ids=[planned.pk],
            by=facts.recruiter,
            now=now,
            earliest=day,
            latest=day,
        )
        for application in applications.filter(interviews__isnull=True)[:CANDIDATES]
    ]
    assert len(requests) == CANDIDATES, "too few candidates are left without an interview"
    keys = [f"{day:%Y%m%d}T{8 + n:02}00Z" for n in range(SLOTS)]
    barrier, outcomes = threading.Barrier(len(requests) + 1), []

    def pick(number: int) -> None:
        request = requests[number]
        candidate = request.application.candidate
        connection.ensure_connection()
        barrier.wait(timeout=60)
        try:
            outcome: Any = booking.pick(
                request=request, slot_key=keys[number % SLOTS], candidate=candidate, now=timezone.now()
            )
        except Exception as refused:  # noqa: BLE001 - it is counted
            outcome = refused
        outcomes.append(outcome)
        connection.close()

    threads = [threading.Thread(target=pick, args=(number,)) for number in range(len(requests))]
    for thread in threads:
        thread.start()
    barrier.wait(timeout=60)
    started = time.perf_counter()
    for thread in threads:
        thread.join(timeout=120)
    took = time.perf_counter() - started
    booked = [outcome for outcome in outcomes if isinstance(outcome, list)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, booking.Taken)]
    assert (len(booked), len(lost)) == (SLOTS, CANDIDATES - SLOTS), [str(each) for each in outcomes][:5]
    seats = InterviewSeat.objects.filter(interview__planned=planned, released=False)
    assert seats.count() == seats.values("user", "period").distinct().count() == SLOTS * 2
    return CANDIDATES / took


def _far_day() -> date:
    """A Wednesday that lies ahead and holds nothing else yet."""
    day = timezone.now().date() + timedelta(days=30)
    day += timedelta(days=(2 - day.weekday()) % 7)
    while InterviewSeat.objects.filter(period__startswith__date=day).exists() and day < date.max:
        day += timedelta(days=7)
    return day


def _panel(facts: Facts, day: date) -> PlannedInterview:
    """Two people who work ten hours on that day."""
    planned = PlannedInterview.objects.create(
        requisition=facts.crowded,
        stage=facts.crowded.stages.filter(kind=StageKind.INTERVIEW).order_by("position")[0],
        position=99,
        name=f"Race of {timezone.now():%H%M%S}",
        purpose="To see who is faster.",
        minutes=60,
        interviewers_needed=2,
    )
    panel = list(facts.crowded.planned_interviews.order_by("position")[0].interviewers.order_by("pk")[:2])
    for user in panel:
        user.time_zone = "UTC"
        user.save(update_fields=["time_zone"])
        hours = {str(weekday): [["08:00", "18:00"]] for weekday in range(7)}
        WorkingHours.objects.update_or_create(user=user, defaults={"days": hours})
    planned.interviewers.set(panel)
    return planned
