"""Answers to invitations, from calendars by mail and from the page."""

from datetime import timedelta

import pytest
from django.db import transaction

from ats.accounts import actions as accounts
from ats.accounts.models import Role
from ats.accounts.queries.succession import held_by
from ats.calendars.actions.take_answers import take
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.mail import inbound
from ats.mail.models import IncomingMail
from ats.models import Activity
from candidates.interviews.actions import invite
from candidates.interviews.actions import reply as replies
from candidates.interviews.queries import calendar_files
from candidates.scheduling.actions import change_times
from tests import factories as make
from tests.candidates.helpers import mails
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def ada():
    return make.make_user(Role.INTERVIEWER, name="Ada Example", email="ada@example.com")


@pytest.fixture
def interview(ada):
    candidate = make.make_candidate(email="robin@example.com")
    application = make.make_application(candidate=candidate, stage_kind="interview")
    interview = make.make_interview(application, people=[ada])
    with transaction.atomic():
        invite.booked(interview, now=NOW)
    return interview


def reader_of(interview, address):
    """In whose calendar a file stands from which this address answers."""
    seat = interview.seats.filter(user__email__iexact=address).first()
    return seat.user_id if seat else calendar_files.CANDIDATE


def reply(
    interview, partstat="DECLINED", *, by="ada@example.com", sequence=0, method="REPLY", uid=None, comment=""
):
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//Calendar//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid or calendar_files.uid(interview, reader_of(interview, by))}",
        "DTSTAMP:20261124T100500Z",
        f"SEQUENCE:{sequence}",
        "ORGANIZER:mailto:hiring@example.com",
        f"ATTENDEE;PARTSTAT={partstat}:MAILTO:{by}",
        *([f"COMMENT:{comment}"] if comment else []),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()


def answered(interview):
    return list(interview.seats.values_list("reply", "replied_at"))


def test_an_answer_is_kept_and_a_no_is_told_to_who_arranges_it(interview, ada):
    assert take(reply(interview, "ACCEPTED"), LATER)
    assert answered(interview) == [("accepted", LATER)]
    assert mails("interviewer.declined") == []
    assert take(reply(interview), LATER, sender="Ada@example.com")
    assert take(reply(interview), LATER)
    assert answered(interview) == [("declined", LATER)]
    (told,) = mails("interviewer.declined")
    assert told.to == interview.application.requisition.recruiter.email
    assert told.subject.startswith("Ada Example cannot meet Robin")
    said = Activity.objects.filter(verb="interview.replied").order_by("id")
    assert [(each.actor_name, each.data["reply"]) for each in said] == [
        ("Ada Example", "accepted"),
        ("Ada Example", "declined"),
    ]


@pytest.mark.parametrize(
    ("facts", "ours"),
    [
        ({"sequence": 1}, False),  # a version that there is not
        ({"by": "stranger@example.com"}, False),
        ({"partstat": "DELEGATED"}, False),
        ({"partstat": "NEEDS-ACTION"}, True),
        ({"method": "REQUEST"}, False),
        ({"uid": "check-in-1@example.org"}, False),
        ({"uid": "interview-9d2d4b5c-1f7a-4b0e-9df5-6a3a3b0f1f11@example.org"}, False),
    ],
)
def test_what_is_no_answer_of_theirs_changes_nothing(interview, facts, ours):
    assert take(reply(interview, **facts), LATER) is ours
    assert answered(interview) == [("needs-action", None)]


def test_an_answer_for_somebody_else_or_to_an_earlier_time_changes_nothing(interview):
    theirs = calendar_files.uid(interview, calendar_files.CANDIDATE)
    assert not take(reply(interview, uid=theirs), LATER, sender="robin@example.com")
    interview.sequence = interview.time_sequence = 1
    interview.save()
    assert take(reply(interview, sequence=0), LATER)
    assert answered(interview) == [("needs-action", None)]
    assert mails("interviewer.declined") == []
    (told,) = mails("interviewer.answered_late")
    assert told.to == interview.application.requisition.recruiter.email
    assert told.subject == "Ada Example answered an earlier time of Technical conversation"
    (said,) = Activity.objects.filter(verb="interview.replied_late")
    assert (said.actor_name, said.data["said"]) == ("Ada Example", "declined")


def test_an_answer_to_an_earlier_version_at_the_same_time_counts(interview):
    """Somebody else was replaced meanwhile: their own time is the same, and so is their answer."""
    interview.sequence = 3
    interview.save()
    assert take(reply(interview, sequence=1), LATER)
    assert answered(interview) == [("declined", LATER)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY",
        b"BEGIN:A\r\n" * 9_000,
        b"x" * 200_000,
    ],
)
def test_nonsense_is_no_answer(raw):
    assert not take(raw, LATER)


def test_what_a_candidates_calendar_says_is_kept_and_a_no_is_told_to_who_arranges_it(client, interview, ada):
    def say(partstat):
        assert take(reply(interview, partstat, by="robin@example.com"), LATER)
        interview.refresh_from_db()
        return interview.candidate_reply, interview.candidate_replied_at, interview.state

    assert say("NEEDS-ACTION") == ("needs-action", None, "booked")
    assert say("TENTATIVE") == ("tentative", LATER, "booked")
    assert say("ACCEPTED") == say("ACCEPTED") == ("accepted", LATER, "booked")
    assert mails("interviewer.candidate_declined") == []
    client.force_login(interview.application.requisition.recruiter)
    for page in (
        f"/calendar/interviews/{interview.pk}/",
        f"/interviews/applications/{interview.application_id}/",
        f"/applications/{interview.application_id}/",
    ):
        assert "Robin accepted" in client.get(page).content.decode()
    assert say("DECLINED") == say("DECLINED") == ("declined", LATER, "booked")
    (told,) = mails("interviewer.candidate_declined")
    assert told.to == interview.application.requisition.recruiter.email
    said = Activity.objects.filter(verb="interview.replied").order_by("id")
    assert [(each.actor_kind, each.data["reply"]) for each in said] == [
        ("candidate", "tentative"),
        ("candidate", "accepted"),
        ("candidate", "declined"),
    ]


def test_mail_that_comes_in_is_read(interview):
    def mail(sender, uid=None):
        head = f"From: {sender}\r\nTo: hiring@example.com\r\nMIME-Version: 1.0\r\n"
        return f"{head}Content-Type: text/calendar; method=REPLY\r\n\r\n".encode() + reply(interview, uid=uid)

    theirs = calendar_files.uid(interview, calendar_files.CANDIDATE)
    assert inbound.take_in(mail("Robin <robin@example.com>", theirs), LATER) == "calendar"
    assert answered(interview) == [("needs-action", None)]
    inbound.take_in(mail("Ada Example <ADA@example.com>"), LATER)
    assert answered(interview) == [("declined", LATER)]


def test_of_several_attendees_each_is_believed_by_their_own_file(interview):
    """Some calendars send all attendees along, with what they hold of each."""
    raw = reply(interview, "DECLINED").replace(
        b"ATTENDEE;PARTSTAT=DECLINED",
        b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:robin@example.com\r\nATTENDEE;PARTSTAT=DECLINED",
    )
    assert take(raw, LATER)
    interview.refresh_from_db()
    assert (answered(interview), interview.candidate_reply) == ([("declined", LATER)], "needs-action")


def test_a_method_that_stands_in_the_head_alone_is_read(interview):
    head = b"From: ada@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
    inbound.take_in(head + reply(interview, "ACCEPTED").replace(b"METHOD:REPLY\r\n", b""), LATER)
    assert answered(interview) == [("accepted", LATER)]


WORDS = "On a train <b>until</b> ten"


@pytest.mark.parametrize(
    ("by", "partstat", "role"),
    [
        ("ada@example.com", "DECLINED", "interviewer.declined"),
        ("ada@example.com", "TENTATIVE", "interviewer.commented"),
        ("robin@example.com", "DECLINED", "interviewer.candidate_declined"),
        ("robin@example.com", "ACCEPTED", "interviewer.commented"),
    ],
)
def test_what_they_say_beside_it_stands_where_the_answer_does_and_in_its_mail(
    client, interview, by, partstat, role
):
    assert take(reply(interview, partstat, by=by, comment=WORDS), LATER)
    assert take(
        reply(interview, partstat, by=by), LATER + timedelta(minutes=1)
    )  # repeats itself, says no more
    (told,) = mails(role)
    assert f"They write: “{WORDS}”" in told.text
    client.force_login(interview.application.requisition.recruiter)
    shown = "On a train &lt;b&gt;until&lt;/b&gt; ten"
    application = interview.application_id
    pages = [f"/calendar/interviews/{interview.pk}/", f"/interviews/applications/{application}/"]
    for page in [*pages, f"/applications/{application}/"]:
        found = client.get(page).content.decode()
        assert (shown in found, WORDS in found) == (True, False), page
    row = client.get(f"/api/v1/interviews/{interview.pk}/").json()
    said = (row["interviewers"][0]["comment"], row["candidate_comment"])
    assert said == ((WORDS, "") if by == "ada@example.com" else ("", WORDS))


def test_very_many_words_are_kept_as_far_as_they_fit(interview):
    assert take(reply(interview, "ACCEPTED", comment="😀" * 100_000), LATER)
    comment = interview.seats.get().comment
    assert (len(comment), comment[:2], comment[-1]) == (2000, "😀😀", "…")
    assert mails("interviewer.commented")[0].text.count("😀") == 1999


def test_who_answers_from_another_address_is_known_by_whom_the_mail_is_from(interview):
    raw = reply(interview, "ACCEPTED", by="ada@example.com").replace(
        b"MAILTO:ada@example.com", b"MAILTO:ada@home.test"
    )
    by_mail(raw, sender="stranger@example.com")
    assert answered(interview) == [("needs-action", None)]
    by_mail(raw)
    assert answered(interview) == [("accepted", LATER)]


@pytest.mark.parametrize("by", ["stranger@example.com", "robin@example.com"])
def test_what_nobody_can_keep_is_for_people_to_look_at(client, interview, ada, by):
    by_mail(reply(interview, by=by, uid=calendar_files.uid(interview, ada.pk), comment="Busy"), sender=by)
    row = IncomingMail.objects.get()
    assert (row.state, row.why, row.application_id) == ("open", "answer", interview.application_id)
    client.force_login(interview.application.requisition.recruiter)
    page = client.get(f"/inbox/{row.pk}/").content.decode()
    assert f"<bdi>{by}</bdi> declined" in page
    assert "Busy" in page


@pytest.mark.ordinary_day
def test_a_substitute_is_proposed_and_takes_the_seat(client, interview, ada):
    requisition = interview.application.requisition
    sam = make.make_user(Role.INTERVIEWER, name="Sam Specimen")
    make.add_member(requisition, sam, "interviewer")
    replies.answer(interview_id=interview.pk, reply="declined", by=ada, now=LATER)
    assert "- Sam Specimen, of the hiring team" in mails("interviewer.declined")[0].text
    page, seat = f"/calendar/interviews/{interview.pk}/", interview.seats.get()
    way = f"/interviews/{interview.pk}/seats/{seat.pk}/replace/"
    assert way in mails("interviewer.declined")[0].text
    client.force_login(requisition.recruiter)
    assert way in client.get(page).content.decode()
    change_times.replace_interviewer(
        interview_id=interview.pk, seat_id=seat.pk, user_id=sam.pk, by=requisition.recruiter, now=LATER
    )
    assert way not in client.get(page).content.decode()
    client.force_login(ada)
    assert client.get(page).status_code in {404, 409}  # who is released has nothing to do with it any more


def test_the_page_answers_for_those_without_a_calendar(client, interview, ada):
    client.force_login(ada)
    page = f"/calendar/interviews/{interview.pk}/"
    assert client.post(f"{page}answer/", {"reply": "declined"}).url == page
    assert interview.seats.get().reply == "declined"
    assert len(mails("interviewer.declined")) == 1
    with pytest.raises(Missing):
        replies.answer(interview_id=interview.pk, reply="accepted", by=make.make_user(Role.LEAD), now=LATER)
    with pytest.raises(Invalid):
        replies.answer(interview_id=interview.pk, reply="released", by=ada, now=LATER)
    interview.state, interview.settled_at = "held", LATER
    interview.save()
    with pytest.raises(WrongState):
        replies.answer(interview_id=interview.pk, reply="accepted", by=ada, now=LATER)


@pytest.mark.ordinary_day
def test_the_seat_of_who_has_left_is_a_debt_with_somebody_to_propose(client, interview, ada):
    requisition = interview.application.requisition
    make.add_member(requisition, ada, "interviewer")
    sam = make.make_user(Role.INTERVIEWER, name="Sam Specimen")
    make.add_member(requisition, sam, "interviewer")
    assert [(one.what, one.goes) for one in held_by(ada)] == [
        ("1 interview to hold", "need somebody else; the roles' recruiters see it on their day")
    ]
    accounts.deactivate(user_id=ada.pk, by=make.make_user(Role.ADMIN), now=LATER)
    client.force_login(requisition.recruiter)
    page, seat = client.get("/").content.decode(), interview.seats.get()
    assert "Ada Example has left: find somebody for Technical conversation" in page
    way = f"/interviews/{interview.pk}/seats/{seat.pk}/replace/"
    assert way in page
    assert "Sam Specimen" in client.get(way).content.decode()
    client.post(way, {"user": sam.pk})
    assert set(interview.seats.filter(released=False).values_list("user__name")) == {("Sam Specimen",)}
    assert "Find somebody" not in client.get("/").content.decode()
    assert [
        mail.to for mail in mails("interviewer.released")
    ] == []  # nothing about candidates to who has left


def test_my_day_says_who_is_missing(client, interview, ada):
    make.add_member(interview.application.requisition, ada, "interviewer")
    client.force_login(interview.application.requisition.recruiter)
    assert "Find somebody" not in client.get("/").content.decode()
    replies.answer(interview_id=interview.pk, reply="declined", by=ada, now=LATER)
    page = client.get("/").content.decode()
    assert "Ada Example cannot take part in Technical conversation" in page
    assert f"/interviews/{interview.pk}/seats/{interview.seats.get().pk}/replace/" in page


def forged(interview, ada):
    """What a candidate can write who wants the interviewer to have declined: all that stands in their own file."""
    own = calendar_files.uid(interview, calendar_files.CANDIDATE)
    plain = f"interview-{interview.uid}@example.org"
    colleague = calendar_files.uid(interview, make.make_user(Role.INTERVIEWER).pk)
    return [reply(interview, uid=each) for each in (own, plain, colleague, f"{plain[:46]}-{'0' * 32}@x")]


def test_an_answer_needs_its_reader_s_own_file(interview, ada):
    assert [take(raw, LATER) for raw in forged(interview, ada)] == [False] * 4
    assert answered(interview) == [("needs-action", None)]
    interview.refresh_from_db()
    mine = calendar_files.uid(interview, ada.pk)
    assert not take(reply(interview, by="robin@example.com", uid=mine), LATER)
    interview.refresh_from_db()
    assert interview.candidate_reply == "needs-action"


def by_mail(raw, *findings, sender="ada@example.com"):
    head = [f"From: {sender}", *(f"Authentication-Results: {each}" for each in findings)]
    head.append("Content-Type: text/calendar; method=REPLY; charset=utf-8")
    inbound.take_in("\r\n".join([*head, "", ""]).encode() + raw, LATER)


@pytest.mark.parametrize(
    ("findings", "sender", "kept"),
    [
        ((), "ada@example.com", "needs-action"),
        (("mx.example.org; dmarc=fail header.from=example.com",), "ada@example.com", "needs-action"),
        (("mx.example.net; dmarc=pass header.from=example.com",), "ada@example.com", "needs-action"),
        (("mx.example.org; dmarc=pass header.from=example.com",), "robin@example.com", "needs-action"),
        (("mx.example.org; dmarc=pass header.from=example.com",), "ada@example.com", "declined"),
    ],
)
def test_an_older_file_is_understood_where_our_own_server_found_its_sender_true(
    interview, ada, settings, findings, sender, kept
):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"
    type(interview).objects.update(calendar_secret="")
    by_mail(reply(interview, uid=f"interview-{interview.uid}@example.org"), *findings, sender=sender)
    assert [each for each, _ in answered(interview)] == [kept]
