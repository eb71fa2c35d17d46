"""Another time that somebody proposes from their calendar: kept, taken, refused, overtaken."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.calendars.actions.take_answers import take
from ats.calendars.models import BusyTime
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.models import Activity
from candidates.interviews.queries import calendar_files
from candidates.models import Interview, ProposedTime
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import propose_times
from candidates.scheduling.queries import proposed_times
from tests import factories
from tests.candidates.helpers import mails
from tests.candidates.interviews.builders import at, book, in_play, interviewers, plan, pool, seats
from tests.candidates.scheduling.counters import LATER, counter, other_at, states, the_one

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def test_a_counter_is_kept_as_their_proposal_and_told_to_who_arranges_it(interview, ada):
    assert take(counter(interview, comment="A dentist"), LATER)
    row = the_one()
    assert (row.starts_at, row.ends_at, row.comment) == (at(14, day=26), at(15, day=26), "A dentist")
    assert (row.seat.user, row.sequence, row.proposed_at) == (ada, 0, LATER)
    seat = interview.seats.get()
    assert (seat.reply, seat.comment) == ("tentative", "A dentist")
    (told,) = mails("interviewer.time_proposed")
    assert told.to == interview.application.requisition.recruiter.email
    assert told.subject.startswith("Ada Example proposes another time: Thursday 26 November")
    assert "They write: “A dentist”" in told.text
    assert f"/interviews/applications/{interview.application_id}/" in told.text
    said = Activity.objects.get(verb="interview.time_proposed")
    assert (said.actor_name, said.data["body"]) == ("Ada Example", "A dentist")
    interview.refresh_from_db()
    assert interview.starts_at == at(10, day=26)


def test_it_is_taken_with_one_click_and_everybody_is_told(client, interview, ada):
    take(counter(interview), LATER)
    client.force_login(interview.application.requisition.recruiter)
    page = f"/interviews/applications/{interview.application_id}/"
    way = f"/interviews/proposed/{the_one().pk}/take/"
    for each in (page, f"/calendar/interviews/{interview.pk}/"):
        shown = client.get(each).content.decode()
        assert ("Ada Example proposes another time" in shown, way in shown) == (True, True)
    assert (
        "Another time is proposed"
        in client.get(f"/applications/{interview.application_id}/").content.decode()
    )
    assert client.post(way).url == page
    interview.refresh_from_db()
    assert (interview.starts_at, interview.ends_at) == (at(14, day=26), at(15, day=26))
    assert (interview.sequence, interview.time_sequence, states()) == (1, 1, ["taken"])
    assert interview.seats.get().reply == "accepted"  # their own time is a yes
    assert [mail.to for mail in mails("interviewer.moved")] == [ada.email]
    (told,) = mails("interview.moved")
    assert (told.to, "proposed in answer" in told.text) == ("robin@example.com", True)
    (moved,) = Activity.objects.filter(verb="interview.moved")
    assert moved.actor_name == str(interview.application.requisition.recruiter)
    assert way not in client.get(page).content.decode()
    with pytest.raises(WrongState, match="taken already"):
        propose_times.take(
            proposed_time_id=ProposedTime.objects.get().pk,
            by=interview.application.requisition.recruiter,
            now=LATER,
        )


def test_a_candidates_own_time_is_a_yes_of_theirs(interview):
    take(counter(interview, by="robin@example.com", partstat="DECLINED"), LATER)
    interview.refresh_from_db()
    assert (interview.candidate_reply, mails("interviewer.candidate_declined")) == ("declined", [])
    recruiter = interview.application.requisition.recruiter
    propose_times.take(proposed_time_id=the_one().pk, by=recruiter, now=LATER)
    interview.refresh_from_db()
    assert (interview.candidate_reply, interview.starts_at) == ("accepted", at(14, day=26))
    assert interview.seats.get().reply == "needs-action"
    said = Activity.objects.get(verb="interview.time_wished")
    assert said.actor_kind == "candidate"


def test_where_somebody_is_not_free_the_page_says_who_and_leads_to_the_week(client, role, interview, ada):
    take(counter(interview, by="robin@example.com"), LATER)
    BusyTime.objects.create(user=ada, period=(at(14, day=26), at(15, day=26)))
    client.force_login(role.recruiter)
    page = client.get(f"/interviews/applications/{interview.application_id}/").content.decode()
    assert "Ada Example could not come then." in page
    assert f"/interviews/{interview.pk}/move/?week=2026-11-26" in page
    assert "/take/" not in page
    with pytest.raises(Conflict, match="Ada Example could not come then"):
        propose_times.take(proposed_time_id=the_one().pk, by=role.recruiter, now=LATER)
    assert states() == ["open"]


def test_where_another_interview_is_in_the_same_room_somebody_says_whether_both_fit(client, role, interview):
    Interview.objects.filter(pk=interview.pk).update(place="Room 3", format="on_site")
    take(counter(interview), LATER)
    client.force_login(role.recruiter)
    page = f"/interviews/applications/{interview.application_id}/"
    for place, begins, facts in (
        ("Room 4", at(14, day=26), {}),
        ("Room 3", at(15, day=26), {}),
        ("Room 3", at(13, day=26), {}),
        (
            "Room 3",
            at(14, day=26),
            {"role": factories.make_requisition(organisation=factories.make_organisation())},
        ),
    ):
        other_at(interview, place, begins, **facts)
    assert "Another interview is there then" not in client.get(page).content.decode()
    other_at(interview, "room 3 ", at(14, 30, day=26))
    assert "Another interview is there then" not in client.get(page).content.decode()
    other_at(interview, "room 3", at(14, 30, day=26))
    shown = client.get(page).content.decode()
    assert ("Everybody is free then" in shown, "Another interview is there then: Room 3" in shown) == (
        True,
        True,
    )
    way = f"/interviews/proposed/{the_one().pk}/take/"
    client.post(way)
    assert states() == ["open"]
    assert "say whether both fit" in client.get(page).content.decode()
    client.post(way, {"shares_place": "1"})
    interview.refresh_from_db()
    assert (states(), interview.starts_at) == (["taken"], at(14, day=26))


def test_many_proposals_are_looked_at_in_as_many_queries_as_one(role, ada):
    people = [ada, *interviewers(role, 3)]
    candidate = factories.make_candidate(email="robin@example.com")
    interview = book(in_play(role, candidate=candidate), plan(role, *people), at(10, day=26))

    def asked() -> int:
        rows = proposed_times.open_of([interview])
        with CaptureQueriesContext(connection) as seen:
            found = proposed_times.shown(rows, [interview], now=LATER)
        assert [each.row for each in found] == rows
        return len(seen)

    take(counter(interview, by=people[0].email), LATER)
    one = asked()
    for number, person in enumerate(people[1:], start=1):
        begins, ends = f"DTSTART:2026120{number}T140000Z", f"DTEND:2026120{number}T150000Z"
        take(counter(interview, begins, ends, by=person.email), LATER)
    assert ProposedTime.objects.open().count() == 4
    assert asked() == one


def test_who_proposes_can_come_whatever_their_calendar_says_but_for_another_interview(role, interview, ada):
    take(counter(interview), LATER)
    BusyTime.objects.create(user=ada, period=(at(14, day=26), at(15, day=26)))
    other = factories.make_interview(people=[ada], starts_at=at(14, 30, day=26))
    with pytest.raises(Conflict, match="Ada Example could not come then"):
        propose_times.take(proposed_time_id=the_one().pk, by=role.recruiter, now=LATER)
    other.seats.update(released=True)
    propose_times.take(proposed_time_id=the_one().pk, by=role.recruiter, now=LATER)
    interview.refresh_from_db()
    assert interview.starts_at == at(14, day=26)


def test_a_candidate_with_another_interview_then_could_not_come(role, interview, ada):
    take(counter(interview), LATER)
    application = in_play(factories.make_requisition(), candidate=interview.application.candidate)
    factories.make_interview(application, starts_at=at(14, day=26))
    with pytest.raises(Conflict, match="Robin Vogel could not come then"):
        propose_times.take(proposed_time_id=the_one().pk, by=role.recruiter, now=LATER)


def test_another_of_the_pool_takes_part_where_the_first_cannot(role):
    people = interviewers(role, 2)
    candidate = factories.make_candidate(email="robin@example.com")
    interview = book(in_play(role, candidate=candidate), plan(role, pool=pool(role, *people)), at(10, day=26))
    (was,) = seats(interview)
    BusyTime.objects.create(user_id=was, period=(at(14, day=26), at(15, day=26)))
    take(counter(interview, by="robin@example.com"), LATER)
    propose_times.take(proposed_time_id=the_one().pk, by=role.recruiter, now=LATER)
    assert seats(interview) == {person.pk for person in people} - {was}


@pytest.mark.parametrize(
    ("ends", "until"),
    [
        ("DTEND:20261126T143000Z", at(14, 30, day=26)),
        ("DURATION:PT3H", at(17, day=26)),
        ("", at(15, day=26)),
    ],
)
def test_the_interview_takes_as_long_as_before(role, interview, ends, until):
    take(counter(interview, ends=ends), LATER)
    assert the_one().ends_at == until
    moved = propose_times.take(proposed_time_id=the_one().pk, by=role.recruiter, now=LATER)
    assert (moved.starts_at, moved.ends_at) == (at(14, day=26), at(15, day=26))


def test_the_time_stands_and_whoever_proposed_reads_why_in_their_calendar_too(client, role, interview, ada):
    take(counter(interview), LATER)
    client.force_login(role.recruiter)
    way = f"/interviews/proposed/{the_one().pk}/refuse/"
    assert "Ada Example proposed" in client.get(way).content.decode()
    assert client.post(way, {"reason": ""}).status_code == 422
    assert (
        client.post(way, {"reason": "The room is taken"}).url
        == f"/interviews/applications/{interview.application_id}/"
    )
    row = ProposedTime.objects.get()
    assert (row.state, row.reason, row.settled_by) == ("refused", "The room is taken", role.recruiter)
    (told,) = mails("interviewer.time_stays")
    assert (told.to, "The room is taken" in told.text) == (ada.email, True)
    file = told.attachments.get()
    text = bytes(file.content).decode()
    assert file.method == "DECLINECOUNTER"
    for line in (
        "METHOD:DECLINECOUNTER",
        "COMMENT:The room is taken",
        "DTSTART:20261126T100000Z",
        "SEQUENCE:0",
    ):
        assert line in text
    assert f"UID:{calendar_files.uid(interview, ada.pk)}" in text.replace("\r\n ", "")
    interview.refresh_from_db()
    assert (interview.starts_at, interview.sequence) == (at(10, day=26), 0)
    with pytest.raises(WrongState, match="said already"):
        propose_times.refuse(proposed_time_id=row.pk, reason="Again", by=role.recruiter, now=LATER)


def test_a_candidate_is_told_that_the_time_stands(role, interview):
    take(counter(interview, by="robin@example.com"), LATER)
    with pytest.raises(Invalid, match="Say why"):
        propose_times.refuse(proposed_time_id=the_one().pk, reason=" ", by=role.recruiter, now=LATER)
    with pytest.raises(Invalid, match="under 300"):
        propose_times.refuse(proposed_time_id=the_one().pk, reason="x" * 301, by=role.recruiter, now=LATER)
    propose_times.refuse(proposed_time_id=the_one().pk, reason="We are away", by=role.recruiter, now=LATER)
    (told,) = mails("interview.time_stays")
    assert (told.to, told.attachments.get().method) == ("robin@example.com", "DECLINECOUNTER")
    assert "We are away" in told.text


def test_a_later_proposal_or_another_time_overtakes_it(role, interview):
    take(counter(interview), LATER)
    take(counter(interview), LATER)  # the same once more
    assert states() == ["open"]
    take(counter(interview, "DTSTART:20261126T150000Z", "DTEND:20261126T160000Z"), LATER)
    take(counter(interview, by="robin@example.com"), LATER)
    assert states() == ["void", "open", "open"]
    booking.reschedule(
        interview=interview, starts_at=at(11, day=26), reason="A train", by=role.recruiter, now=LATER
    )
    assert states() == ["void", "void", "void"]
    # One that comes in afterwards is to the time before: it is said, and not taken for the new one.
    assert take(counter(interview, sequence=0, comment="Please"), LATER)
    assert states() == ["void", "void", "void"]
    (told,) = mails("interviewer.answered_late")
    assert ("another time, Thursday 26 November" in told.text, "They write: “Please”" in told.text) == (
        True,
        True,
    )
    with pytest.raises(WrongState, match="overtaken"):
        propose_times.take(proposed_time_id=ProposedTime.objects.last().pk, by=role.recruiter, now=LATER)


def test_who_is_in_it_no_more_proposes_nothing(role, interview, ada):
    take(counter(interview), LATER)
    (sam,) = interviewers(role, 1)
    booking.replace_interviewer(
        interview_id=interview.pk,
        seat_id=interview.seats.get().pk,
        user_id=sam.pk,
        by=role.recruiter,
        now=LATER,
    )
    assert states() == ["void"]
    assert not take(counter(interview, reader=ada.pk), LATER)


def test_of_an_interview_that_has_begun_nothing_is_proposed(interview):
    now = at(10, 5, day=26)
    assert take(counter(interview, comment="Late"), now)
    assert states() == []
    assert Activity.objects.filter(verb="interview.replied_late").count() == 1


def test_the_time_that_stands_is_no_other_time(interview):
    take(counter(interview, "DTSTART:20261126T100000Z", "DTEND:20261126T110000Z", comment="Fine"), LATER)
    assert (states(), interview.seats.get().reply) == ([], "tentative")


def test_only_who_arranges_it_takes_or_refuses_it(client, interview, ada):
    take(counter(interview), LATER)
    pk = the_one().pk
    for by in (ada, factories.make_user("interviewer")):
        with pytest.raises(Missing):
            propose_times.take(proposed_time_id=pk, by=by, now=LATER)
        with pytest.raises(Missing):
            propose_times.refuse(proposed_time_id=pk, reason="No", by=by, now=LATER)
    client.force_login(ada)
    page = client.get(f"/calendar/interviews/{interview.pk}/").content.decode()
    assert ("You proposed" in page, "/take/" in page) == (True, False)
    assert client.post(f"/interviews/proposed/{pk}/take/").status_code == 404
