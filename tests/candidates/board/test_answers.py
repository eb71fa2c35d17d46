"""The response record: what it counts, against one that counts naively, and what of it stands on the careers site."""

import random
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from ats.duework import engine
from ats.mail.models import OutgoingMail
from candidates.board.queries.answers import answers
from candidates.models import Application, Message, Promise
from requisitions.careers.domain.response_record import AnswerFigures
from requisitions.models import JobPost, Requisition, ResponseRecord
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ago(days: float) -> datetime:
    return NOW - days * DAY


def mail(state: str, at: datetime) -> OutgoingMail:
    return OutgoingMail.objects.create(
        role="message",
        to="somebody@example.com",
        subject="Hello",
        text="Hello",
        idempotency_key=f"try:{OutgoingMail.objects.count()}",
        state=state,
        sent_at=at if state in {"sent", "bounced"} else None,
        not_before=at,
    )


def apply(role: Requisition, days: float, *, promised: float = 5, **facts: Any) -> Application:
    """Somebody who applied so many days ago, and to whom the first answer was promised within `promised` days."""
    return f.make_application(requisition=role, now=ago(days), due_at=ago(days - promised), **facts)


def say(application: Application, days: float, **facts: Any) -> None:
    author = {"author": application.requisition.recruiter} if "author" not in facts else {}
    f.make_message(application, "out", now=ago(days), **author | facts)


def test_an_answer_is_what_a_person_said_and_not_a_letter_that_goes_by_itself(role: Requisition) -> None:
    def median_of(application: Application) -> int | None:
        found = answers(role.organisation, NOW)
        Application.objects.filter(pk=application.pk).update(applied_at=ago(200))
        return found.median_days

    calendar = role.organisation.calendar
    calendar.working_days = [0, 1, 2, 3, 4, 5, 6]
    calendar.save()
    own, template, by_itself, failed, noted, waits = (apply(role, 20) for _ in range(6))
    everybody = [own, template, by_itself, failed, noted, waits]
    Application.objects.filter(requisition=role).update(applied_at=ago(200))

    found = {}
    for name, application in zip(
        ["own", "template", "by itself", "failed", "noted", "waits"], everybody, strict=True
    ):
        Application.objects.filter(pk=application.pk).update(applied_at=ago(20))
        if name == "own":
            say(application, 18, mail=mail("sent", ago(17)))
        elif name == "template":
            say(application, 18, substance="template", mail=mail("sent", ago(17)))
        elif name == "by itself":
            say(application, 18, author=None, mail=mail("sent", ago(17)))
        elif name == "failed":
            say(application, 18, mail=mail("failed", ago(17)))
        elif name == "noted":
            say(application, 16, channel="call")
        found[name] = median_of(application)

    assert found == {
        "own": 3, "template": None, "by itself": None, "failed": None, "noted": 4, "waits": None
    }  # fmt: skip


def test_who_is_counted(role: Requisition) -> None:
    apply(role, 20)  # waits
    apply(role, 2)  # whose date is still to come
    apply(role, 95)  # longer ago
    apply(f.make_requisition(organisation=role.organisation, confidential=True), 20)
    apply(f.make_requisition(), 20)  # another company's
    left = apply(role, 20, state="withdrawn", decided_at=ago(18))  # before the date
    f.make_promise(left, now=ago(20), due_at=ago(15), state="released", settled_at=ago(18))
    gone = apply(role, 20, state="withdrawn", decided_at=ago(10))  # after it
    f.make_promise(gone, now=ago(20), due_at=ago(15), state="broken", settled_at=ago(15))

    found = answers(role.organisation, NOW)

    assert found.applicants == 2


def naive(role: Requisition) -> AnswerFigures:
    """The formula, read aloud."""
    rows = Application.objects.filter(requisition__organisation=role.organisation)
    shown = [row for row in rows if not row.requisition.confidential]
    owed = [state for row in shown for state in settled(row)]
    ended = [row for row in shown if row.state in {"rejected", "hired"} and row.decided_at >= ago(90)]  # type: ignore[operator]
    counted = [row for row in ended if row.told_at or not is_to_come(row)]
    days = [first_answer(row) for row in shown if is_of_the_cohort(row)]
    known, middle = sorted(day for day in days if day is not None), len(days) // 2
    return AnswerFigures(
        applicants=len(days),
        median_days=known[middle] if middle < len(known) else None,
        promises=len(owed),
        kept=owed.count("kept"),
        decided=len(counted),
        told=len([row for row in counted if row.told_at]),
    )


def promises_of(row: Application) -> list[Promise]:
    return list(Promise.objects.filter(application=row).order_by("opened_at", "id"))


def settled(row: Application) -> list[str]:
    """How each of our dates that counts came out; `late` for one that has passed and is open."""
    ours = [each for each in promises_of(row) if each.side != "candidate" and each.state != "released"]
    over = [each.state for each in ours if each.settled_at and each.settled_at >= ago(90)]
    return over + ["late" for each in ours if not each.settled_at and each.due_at <= NOW]


def is_to_come(row: Application) -> bool:
    return any(each.state == "telling" and each.due_at > NOW for each in promises_of(row))


def is_of_the_cohort(row: Application) -> bool:
    promises = promises_of(row)
    if row.applied_at < ago(90) or not promises or promises[0].due_at > NOW:
        return False
    return row.state != "withdrawn" or row.decided_at > promises[0].due_at  # type: ignore[operator]


def first_answer(row: Application) -> int | None:
    own = Message.objects.filter(application=row, direction="out", substance="own", author__isnull=False)
    heard = [each.said_at for each in own if each.mail is None]
    heard += [each.mail.sent_at for each in own if each.mail is not None and each.mail.state == "sent"]
    heard += [row.told_at] if row.told_at else []
    return working_days(row, min(heard)) if heard else None


def working_days(application: Application, heard: datetime) -> int:
    zone = application.requisition.organisation.calendar.zone
    first, last = application.applied_at.astimezone(zone).date(), heard.astimezone(zone).date()
    every = [first + (number + 1) * DAY for number in range((last - first).days)]
    return sum(day.weekday() < 5 for day in every)


@pytest.mark.parametrize("seed", range(4))
def test_it_counts_as_one_would_by_hand(seed: int, role: Requisition) -> None:
    chance = random.Random(seed)
    secret = f.make_requisition(organisation=role.organisation, confidential=True)
    for _ in range(40):
        days = chance.uniform(1, 110)
        whose = chance.choice([role, role, role, secret])
        state = chance.choice(["active", "active", "rejected", "withdrawn"])
        ended = {"decided_at": ago(days * chance.random())} if state != "active" else {}
        application = apply(whose, days, promised=chance.uniform(1, 9), state=state, **ended)
        if state == "rejected" and chance.random() < 0.6:
            Application.objects.filter(pk=application.pk).update(told_at=ago(days * chance.random()))
        if state != "active":
            past = chance.choice(["kept", "broken", "released", "changed"])
            f.make_promise(
                application, now=ago(days), due_at=ago(days - 3), state=past, settled_at=ago(days - 2)
            )
        if state == "rejected" and chance.random() < 0.5:
            f.make_promise(application, now=ago(days), due_at=ago(chance.uniform(-3, 3)), state="telling")
        if chance.random() < 0.7:
            said_at, sort = days * chance.random(), chance.choice(["own", "own", "template"])
            by_mail = (
                {"mail": mail(chance.choice(["sent", "failed"]), ago(said_at))}
                if chance.random() < 0.7
                else {}
            )
            say(application, said_at, substance=sort, **by_mail)

    found = answers(role.organisation, NOW)

    assert found == naive(role)
    assert found.applicants
    assert found.promises
    assert found.decided


# --- The row, and the pages


def live(role: Requisition) -> JobPost:
    return f.make_post(role, slug="job-1")


def test_it_is_measured_by_due_work_every_hour_where_a_job_is_out(role: Requisition) -> None:
    assert engine.lanes()["response-records"].run(NOW) == 0
    live(role)

    assert [engine.lanes()["response-records"].run(NOW) for _ in range(2)] == [1, 0]
    apply(role, 20)
    assert engine.lanes()["response-records"].run(NOW + timedelta(minutes=61)) == 1

    row = ResponseRecord.objects.get()
    assert (row.applicants, row.median_days, row.measured_at) == (1, None, NOW + timedelta(minutes=61))
    assert asdict(answers(role.organisation, NOW)) == {
        name: getattr(row, name) for name in asdict(AnswerFigures())
    }


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ["Too few cases in 90 days to say."] * 3),
        (
            {"applicants": 19, "median_days": 1, "promises": 19, "kept": 19, "decided": 19, "told": 19},
            ["Too few cases in 90 days to say."] * 3,
        ),
        (
            {"applicants": 20, "median_days": 1, "promises": 400, "kept": 399, "decided": 20, "told": 20},
            ["Half of 20 applicants had it within 1 working day.", "99 % of 400", "100 % of 20"],
        ),
        (
            {"applicants": 20, "median_days": 0, "promises": 20, "kept": 0, "decided": 21, "told": 20},
            ["Half of 20 applicants had it on the same day.", "0 % of 20", "95 % of 21"],
        ),
        (
            {"applicants": 30, "median_days": None, "promises": 20, "kept": 1, "decided": 0, "told": 0},
            ["More than half of 30 applicants still wait for it.", "5 % of 20", "Too few cases in 90 days"],
        ),
    ],
)
def test_both_pages_show_it_and_say_where_it_is_thin(
    facts: dict[str, Any], said: list[str], role: Requisition
) -> None:
    live(role)
    ResponseRecord.objects.create(organisation=role.organisation, measured_at=NOW, **facts)

    for address in ("/careers/job-1/", "/careers/"):
        cache.clear()
        page = Client().get(address).content.decode()
        for sentence in said:
            assert page.count(sentence) == said.count(sentence), (address, sentence)
        assert "Nobody here can write or change it." in page


def test_before_it_is_measured_nothing_is_claimed(role: Requisition) -> None:
    live(role)

    for address in ("/careers/job-1/", "/careers/"):
        assert "How we answer" not in Client().get(address).content.decode()
