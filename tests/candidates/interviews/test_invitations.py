"""What leaves the house about an interview: the files update one event, and each reader gets their own view."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
from django.db import transaction

from ats.accounts.models import Role
from ats.mail.message import build
from ats.mail.models import OutgoingMail
from candidates.interviews.actions import invite
from candidates.interviews.queries import calendar_files
from candidates.scheduling.actions import change_times
from tests import factories as make
from tests.candidates.helpers import mails
from tests.factories import NOW

pytestmark = pytest.mark.django_db
START = NOW + timedelta(days=2)


@pytest.fixture
def people(db):
    return [
        make.make_user(Role.INTERVIEWER, name="Ada Example", title="Head of Data", time_zone="Asia/Tokyo"),
        make.make_user(Role.INTERVIEWER, name='Kim "The\r\nATTENDEE:mailto:evil@example.com'),
    ]


@pytest.fixture
def interview(people):
    candidate = make.make_candidate(
        first_name="Robin", last_name='O\'Hara; "x"', time_zone="America/New_York", email="robin@example.com"
    )
    application = make.make_application(candidate=candidate, stage_kind="interview")
    return make.make_interview(
        application,
        people=people,
        video_link="https://video.example.com/room",
        preparation="Bring a project.",
        kit={"questions": [{"text": "SECRET QUESTION", "good": "SECRET ANSWER"}], "criteria": []},
        accessibility="A PRIVATE NEED",
        candidate_reply="accepted",
    )


def event_of(mail):
    (attachment,) = mail.attachments.all()
    calendar = icalendar.Calendar.from_ical(bytes(attachment.content))
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == attachment.method
    return attachment.method, event


def attendees(event):
    found = event.get("ATTENDEE", [])
    return [str(each) for each in (found if isinstance(found, list) else [found])]


def raise_sequence(interview, **fields):
    for name, value in fields.items():
        setattr(interview, name, value)
    interview.sequence += 1
    interview.save()


@pytest.mark.ordinary_day
def test_everybody_is_invited_with_a_view_of_their_own(interview, people):
    with transaction.atomic():
        invite.booked(interview, now=NOW)
        invite.booked(interview, now=NOW)  # the same once more changes nothing
    (to_candidate,) = mails("interview.booked")
    to_staff = mails("interviewer.booked")
    assert [mail.to for mail in to_staff] == [person.email for person in people]
    assert to_candidate.to == "robin@example.com"
    assert "Thursday 26 November, 05:00 to 05:45 (EST, New York)" in to_candidate.text
    assert "Ada Example (Head of Data)" in to_candidate.text
    assert "Bring a project." in to_candidate.text
    assert "Thursday 26 November, 19:00 to 19:45 (JST, Tokyo)" in to_staff[0].text

    method, event = event_of(to_candidate)
    assert (method, int(event["SEQUENCE"]), str(event["STATUS"])) == ("REQUEST", 0, "CONFIRMED")
    assert event.decoded("DTSTART") == START
    assert event.decoded("DTEND") == START + timedelta(minutes=45)
    assert str(event["LOCATION"]) == str(event["URL"]) == "https://video.example.com/room"
    assert str(event["ORGANIZER"]) == "mailto:hiring@example.com"
    assert attendees(event) == ["mailto:robin@example.com"]
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"
    assert [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")] == [
        -timedelta(days=1),
        -timedelta(hours=1),
    ]

    _, theirs = event_of(to_staff[0])
    ids = [str(event["UID"]), str(theirs["UID"])]
    assert ids == [calendar_files.uid(interview, reader) for reader in ("candidate", people[0].pk)]
    assert re.fullmatch(rf"interview-{interview.uid}-[0-9a-f]{{32}}@example\.org", ids[0])
    assert (
        len({*ids, *(str(event_of(mail)[1]["UID"]) for mail in to_staff)}) == 3
    )  # each reader's is their own
    assert attendees(theirs) == [f"mailto:{person.email}" for person in people]
    assert [each.params["PARTSTAT"] for each in theirs["ATTENDEE"]] == ["NEEDS-ACTION"] * 2
    assert [each.params["RSVP"] for each in theirs["ATTENDEE"]] == ["TRUE"] * 2
    assert theirs["ATTENDEE"][1].params["CN"] == "Kim 'The ATTENDEE:mailto:evil@example.com"
    assert str(theirs["URL"]).endswith(f"/calendar/interviews/{interview.pk}/")
    assert len(list(theirs.walk("VALARM"))) == 1

    for mail in (to_candidate, *to_staff):
        raw = build(mail, list(mail.attachments.all()), now=NOW)
        message = message_from_bytes(raw, policy=policy.default)
        assert len(message["To"].addresses) == 1, "one reader for each message"
        part = next(each for each in message.walk() if each.get_content_type() == "text/calendar")
        assert part.get_param("method") == "REQUEST"
        everything = "\n".join(
            each.get_content()
            for each in message.walk()
            if each.get_content_type() in {"text/plain", "text/calendar"}
            and isinstance(each.get_content(), str)
        )
        assert "SECRET" not in everything
        assert "PRIVATE" not in everything
    seen = bytes(to_candidate.attachments.get().content).decode()
    assert "/status/" not in seen
    assert "/calendar/" not in seen
    assert not any(person.email in seen for person in people)


def test_a_file_and_its_message_are_in_the_language_of_who_takes_part(people):
    ada, kim = people
    type(ada).objects.filter(pk=ada.pk).update(language="de")
    interview = make.make_interview(people=people, format="phone", purpose="How they work.")
    invite.booked(interview, now=NOW)
    sent = {mail.to: mail for mail in OutgoingMail.objects.filter(to__in=[ada.email, kim.email])}
    german, english = (event_of(sent[each.email])[1] for each in people)
    assert [str(each["LOCATION"]) for each in (german, english)] == ["Telefongespräch", "Phone call"]
    assert [str(each["DESCRIPTION"]).split("\n\n")[:2] for each in (german, english)] == [
        ["How they work.", "Leitfaden und Lebenslauf:"],
        ["How they work.", "Kit and résumé:"],
    ]
    labels = re.findall(r"^- ([^:]+):", sent[ada.email].text, re.MULTILINE)
    assert labels == ["Wann", "Wie lange", "Wo", "Zusammen mit", "Was herauszufinden ist", "Bewertungsbogen"]


@pytest.mark.ordinary_day
def test_several_in_a_row_are_one_message_with_an_event_each(interview, people):
    second = make.make_interview(
        interview.application,
        people=people[:1],
        name="Meet the team",
        starts_at=START + timedelta(hours=1),
        preparation="Bring a project.",
    )
    with transaction.atomic():
        invite.booked(interview, second, now=NOW)
    (mail,) = mails("interview.booked")
    assert mail.subject.endswith("we meet on Thursday 26 November, 05:00 to 06:45 (EST, New York)")
    facts = mail.text.partition("Here is when and where:")[2].partition("Is there anything")[0]
    when = "- When: Thursday 26 November, 0{}:00 to 0{}:45 (EST, New York)\n- How long: 45 minutes\n- Where: by video"
    what = f"- What it is about: {interview.purpose}"
    ada = "- Whom you meet: Ada Example (Head of Data)"
    both = f'{ada} and Kim "The ATTENDEE:mailto:evil@example.com'
    assert facts.strip().split("\n\n") == [
        f"1. {interview.name}",
        f"{when.format(5, 5)}, https://video.example.com/room\n{both}\n{what}",
        "Bring a project.",
        "2. Meet the team",
        f"{when.format(6, 6)}\n{ada}\n{what}",
    ]
    files = [icalendar.Calendar.from_ical(bytes(each.content)) for each in mail.attachments.order_by("id")]
    assert [each.filename for each in mail.attachments.order_by("id")] == [
        "interview-1.ics",
        "interview-2.ics",
    ]
    # One UID in each REQUEST, and one for life: each event can be moved and cancelled by itself.
    assert [[str(event["UID"]) for event in file.walk("VEVENT")] for file in files] == [
        [calendar_files.uid(each, "candidate")] for each in (interview, second)
    ]
    assert [to.to for to in mails("interviewer.booked")] == [
        people[0].email,
        people[1].email,
        people[0].email,
    ]
    with transaction.atomic():
        raise_sequence(second, starts_at=START + timedelta(hours=2), ends_at=START + timedelta(hours=3))
        invite.moved(second, now=NOW, reason="A clash.")
    (moved,) = mails("interview.moved")
    method, event = event_of(moved)
    assert (method, str(event["UID"]), int(event["SEQUENCE"])) == (
        "REQUEST",
        calendar_files.uid(second, "candidate"),
        1,
    )


@pytest.mark.ordinary_day
def test_several_that_are_called_off_are_one_message(interview, people):
    second = make.make_interview(
        interview.application, people=people[:1], name="Meet the team", starts_at=START + timedelta(days=1)
    )
    change_times.call_off(application_id=interview.application_id, why="No longer needed.", by=None, now=NOW)
    (mail,) = mails("interview.cancelled")
    assert (
        f"{interview.name} and Meet the team, Thursday 26 November, 05:00 to 05:45 (EST, New York) "
        "and Friday 27 November, 05:00 to 05:45 (EST, New York)."
    ) in mail.text
    files = [icalendar.Calendar.from_ical(bytes(each.content)) for each in mail.attachments.order_by("id")]
    assert [(str(file["METHOD"]), str(file.walk("VEVENT")[0]["UID"])) for file in files] == [
        ("CANCEL", calendar_files.uid(each, "candidate")) for each in (interview, second)
    ]
    assert len(mails("interviewer.cancelled")) == 3


def test_one_event_is_moved_and_then_taken_out(interview, people):
    with transaction.atomic():
        invite.booked(interview, now=NOW)
        interview.seats.update(reply="accepted", replied_at=NOW)
        later = START + timedelta(hours=3)
        raise_sequence(interview, starts_at=later, ends_at=later + timedelta(minutes=45))
        invite.moved(interview, now=NOW, reason="The room is taken.")
        assert set(interview.seats.values_list("reply", flat=True)) == {"needs-action"}
        raise_sequence(interview, state="cancelled", settled_at=NOW)
        seats = list(interview.seats.select_related("user"))
        interview.seats.update(released=True)
        invite.cancelled(interview, now=NOW, reason="Kim is ill.", seats=seats)
    for to in ("robin@example.com", *(person.email for person in people)):
        letters = list(OutgoingMail.objects.filter(to=to).order_by("id"))
        files = [event_of(mail) for mail in letters]
        assert [method for method, _ in files] == ["REQUEST", "REQUEST", "CANCEL"]
        assert len({str(event["UID"]) for _, event in files}) == 1
        assert [int(event["SEQUENCE"]) for _, event in files] == [0, 1, 2]
        assert [event.decoded("DTSTART") for _, event in files] == [START, later, later]
        assert str(files[2][1]["STATUS"]) == "CANCELLED"
        assert attendees(files[2][1]) == [f"mailto:{to}"]
        assert ("The room is taken." in letters[1].text, "Kim is ill." in letters[2].text) == (True, True)


def test_who_gives_up_a_seat_is_released_and_the_other_invited(interview, people):
    with transaction.atomic():
        invite.booked(interview, now=NOW)
        removed = interview.seats.get(user=people[0])
        removed.released = True
        removed.save()
        added = make.seat_at(interview, make.make_user(Role.INTERVIEWER, name="Sam Specimen"))
        raise_sequence(interview)
        invite.replaced(interview, removed=removed, added=added, now=NOW)
    (released,) = mails("interviewer.released")
    method, event = event_of(released)
    assert (released.to, method, int(event["SEQUENCE"])) == (people[0].email, "CANCEL", 1)
    assert attendees(event) == [f"mailto:{people[0].email}"]
    method, event = event_of(mails("interviewer.booked")[-1])
    assert method == "REQUEST"
    assert attendees(event) == [f"mailto:{each.email}" for each in (people[1], added.user)]
    (told,) = mails("interview.changed")
    assert "Sam Specimen" in told.text
    assert "Ada Example" not in told.text


@pytest.mark.ordinary_day
def test_a_new_time_may_bring_other_people(interview, people):
    with transaction.atomic():
        invite.booked(interview, now=NOW)
        removed = interview.seats.get(user=people[0])
        removed.released = True
        removed.save()
        later = START + timedelta(hours=3)
        raise_sequence(interview, starts_at=later, ends_at=later + timedelta(minutes=45))
        added = make.seat_at(interview, make.make_user(Role.INTERVIEWER))
        invite.moved(interview, now=NOW, reason="The room is taken.", removed=[removed])
    assert [mail.to for mail in mails("interviewer.moved")] == [people[1].email]
    assert mails("interviewer.booked")[-1].to == added.user.email
    (released,) = mails("interviewer.released")
    assert (released.to, event_of(released)[0]) == (people[0].email, "CANCEL")
    assert "Thursday 26 November, 19:00 to 19:45 (JST, Tokyo)" in released.text


@pytest.mark.ordinary_day
def test_an_interview_of_an_older_house_keeps_the_id_that_its_files_have(interview, people):
    """Another one would stand beside it in their calendars, and never be taken out."""
    type(interview).objects.update(calendar_secret="")
    interview.refresh_from_db()
    with transaction.atomic():
        raise_sequence(interview, starts_at=START + timedelta(hours=2), ends_at=START + timedelta(hours=3))
        invite.moved(interview, now=NOW, reason="A clash.")
    moved = [*mails("interview.moved"), *mails("interviewer.booked")]
    assert {str(event_of(mail)[1]["UID"]) for mail in moved} == {f"interview-{interview.uid}@example.org"}
    assert len(moved) == 3
