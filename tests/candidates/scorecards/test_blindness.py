"""Until one's own evidence is in, nothing of the others' is to be learned: on no page and by no other way."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.kernel.errors import WrongState
from ats.models import Activity, OutgoingMail, User
from candidates.application_pages.queries.timeline import timeline
from candidates.applications import actions as applications
from candidates.board.queries import changes
from candidates.board.queries.board import BoardFilter
from candidates.models import Application, Debrief, Message, Note, Scorecard
from candidates.people.actions.index import refresh
from candidates.reviews import actions as reviews
from candidates.scorecards.actions import decide, nudge
from candidates.scorecards.queries import standing_of
from tests.candidates.scorecards.helpers import AFTER, card_of, hand_in, hold, met
from tests.factories import NOW, add_member, make_message, make_note, make_user

pytestmark = pytest.mark.django_db

SECRET, NOTES, DECIDED = "Quoldfish", "Zembla", "Brindlewick"
"""Words that stand in evidence, in private notes and in a decision, and nowhere else."""

EVERYBODY = ("interviewer", "manager", "recruiter", "lead")
TELLING = {"scorecard.handed_in", "debrief.decided"}


@pytest.fixture
def world(time_machine):
    """Five people met the candidate; one has written, and the lead (who did not meet them) has decided."""
    time_machine.move_to(AFTER, tick=False)
    first = make_user("interviewer", name="First")
    interview = met(first)
    requisition = interview.application.requisition
    people = {
        "interviewer": make_user("interviewer"),
        "manager": requisition.hiring_manager,
        "recruiter": requisition.recruiter,  # who asked for the interview, and takes part
        "lead": make_user(Role.LEAD),
    }
    panel = met(*people.values(), application=interview.application, starts_at=AFTER)
    hold(interview)
    hold(panel, now=AFTER + timedelta(hours=2))
    hand_in(card_of(interview, first), rating="definitely_not", word=SECRET, private_notes=NOTES)
    decide.decide(
        application_id=interview.application_id,
        outcome="decline",
        reason=DECIDED,
        by=make_user(Role.ADMIN, name="Administrator"),
        now=AFTER,
    )
    return interview, panel, people


def leaks(text):
    return {
        word for word in (SECRET, NOTES, DECIDED, "Definitely not", "rating-definitely_not") if word in text
    }


def read(client, name, number):
    answer = client.get(reverse(name, args=[number]))
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("who", EVERYBODY)
def test_on_no_page_before_and_on_all_after(client, world, who):
    interview, panel, people = world
    user, application = people[who], interview.application
    theirs = Scorecard.objects.get(interview=interview)
    client.force_login(user)
    assert read(client, "scorecard", theirs.pk)[0] == 404
    status, page = read(client, "debrief", application.pk)
    assert (status, leaks(page), "First" in page) == (200, set(), False)
    status, page = read(client, "application", application.pk)
    assert (status, leaks(page), "Read the evidence" in page) == (200, set(), False)
    status, page = read(client, "scorecard", card_of(panel, user).pk)
    assert (status, leaks(page) - {"Definitely not", "rating-definitely_not"}) == (200, set())
    assert re.findall(r"<input[^>]*checked", page.split("scorecard-form")[1]) == []

    hand_in(card_of(panel, user), now=AFTER + timedelta(hours=2))
    status, page = read(client, "debrief", application.pk)
    assert (status, leaks(page)) == (200, {SECRET, DECIDED, "Definitely not", "rating-definitely_not"})
    status, page = read(client, "scorecard", theirs.pk)
    assert (status, leaks(page)) == (200, {SECRET, "Definitely not", "rating-definitely_not"})


@pytest.mark.parametrize("who", EVERYBODY)
def test_in_no_list_story_or_standing(world, who):
    interview, panel, people = world
    user, application = people[who], interview.application
    assert list(Scorecard.objects.visible_to(user)) == [card_of(panel, user)]
    assert list(Debrief.objects.visible_to(user)) == []
    standing = standing_of(application, user, now=AFTER + timedelta(hours=3), whole=True)
    assert (standing.inside, standing.awaited, standing.is_blind) == ([], [], True)
    told = {entry.row.verb for entry in timeline(application, user) if entry.kind == "activity"}
    assert told & TELLING == set()
    hand_in(card_of(panel, user), now=AFTER + timedelta(hours=2))
    assert Debrief.objects.visible_to(user).count() == 1
    assert len(standing_of(application, user, now=AFTER).inside) == 2
    told = {entry.row.verb for entry in timeline(application, user) if entry.kind == "activity"}
    assert told & TELLING == (set() if who == "interviewer" else TELLING)


def test_who_does_not_interview_sees_what_is_in(client, world):
    interview, panel, _ = world
    watching = make_user(Role.RECRUITER)
    client.force_login(watching)
    status, page = read(client, "debrief", interview.application_id)
    assert (status, leaks(page)) == (200, {SECRET, DECIDED, "Definitely not", "rating-definitely_not"})
    assert page.count("has not handed in") == 0  # the second interview is not over yet
    status, page = read(client, "scorecard", Scorecard.objects.get(interview=interview).pk)
    assert (status, NOTES in page) == (200, False)
    draft = panel.scorecards.first()
    assert read(client, "scorecard", draft.pk)[0] == 404


@pytest.mark.ordinary_day
def test_no_mail_no_record_and_no_search_carries_it(client, world):
    interview, _, people = world
    for moment in (3, 30, 60, 100, 130, 150):
        nudge.nudge(NOW + timedelta(hours=moment))
    mails = OutgoingMail.objects.filter(role__startswith="scorecards.")
    assert mails.exclude(role="scorecards.decided").count() == len(people) * nudge.MOST
    written = "".join(f"{mail.subject} {mail.text} {mail.html}" for mail in OutgoingMail.objects.all())
    recorded = "".join(str(activity.data) for activity in Activity.objects.all())
    elsewhere = "".join(str(row) for model in (Note, Message) for row in model.objects.values())
    assert [leaks(text) for text in (written, recorded, elsewhere)] == [set(), set(), set()]
    assert "definitely_not" not in recorded
    client.force_login(people["lead"])
    name = interview.application.candidate.name
    refresh([interview.application.candidate_id])
    found = {
        word: name in client.get("/candidates/", {"q": word}).content.decode().split('id="main"')[1]
        for word in (SECRET, NOTES, DECIDED, name)
    }
    assert found == {SECRET: False, NOTES: False, DECIDED: False, name: True}


def test_nobody_decides_blind_and_an_ending_opens_nothing_of_a_draft(world):
    interview, _, people = world
    with pytest.raises(WrongState):
        decide.decide(
            application_id=interview.application_id,
            outcome="offer",
            reason="Felt right.",
            by=people["manager"],
            now=AFTER,
        )
    assert Debrief.objects.count() == 1
    applications.withdraw(
        application=interview.application, by=interview.application.candidate, reason_text="", now=AFTER
    )
    # Their evidence is not needed any more: what is in may be read.
    shown = Scorecard.objects.visible_to(people["manager"]).values_list("state", flat=True)
    assert sorted(shown) == ["cancelled", "submitted"]


def test_who_is_asked_for_a_view_alone_reads_no_evidence(world):
    interview, _, people = world
    asked = make_user("interviewer")
    add_member(interview.application.requisition, asked, "interviewer")
    reviews.ask(
        application_ids=[interview.application_id], reviewer_id=asked.pk, by=people["recruiter"], now=AFTER
    )

    assert list(Application.objects.visible_to(asked)) == [interview.application]
    assert list(Scorecard.objects.visible_to(asked)) == []


def test_a_decision_is_told_to_those_who_took_part_and_are_not_blind(world):
    interview, panel, people = world

    def told():
        rows = OutgoingMail.objects.filter(role="scorecards.decided").order_by("pk")
        return [(mail.to, sorted(leaks(f"{mail.subject} {mail.text} {mail.html}"))) for mail in rows]

    first = User.objects.get(name="First")
    assert told() == [(first.email, [])]  # the four others owe evidence, and the one who decided knows
    for name in ("recruiter", "interviewer"):
        hand_in(card_of(panel, people[name]), now=AFTER + timedelta(hours=3))
    assert told() == [(first.email, []), (people["recruiter"].email, []), (people["interviewer"].email, [])]
    decide.decide(
        application_id=interview.application_id,
        outcome="advance",
        reason=DECIDED,
        by=people["recruiter"],
        now=AFTER + timedelta(hours=4),
    )
    again = [address for address, words in told()[3:] if not words]
    assert again == [first.email, people["interviewer"].email]


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_persons_own_page_and_the_news_of_the_board_tell_the_blind_nothing(client, world, who):
    interview, panel, people = world
    user, application = people[who], interview.application
    make_note(application, application.requisition.recruiter, body="Whispered")
    make_message(application, body="Confided")
    client.force_login(user)
    before = Activity.objects.get(verb="debrief.decided").pk - 1
    news = {"place": changes.Place(before, before), "narrowed": BoardFilter(), "now": AFTER}
    decided = "decided on the evidence: do not go on"

    page = read(client, "candidate", application.candidate_id)[1]
    said = changes.changes(application.requisition, user=user, **news).said
    assert [text for text in ("handed in the evidence", decided) if text in page] == []
    assert [line for line in said if decided in line] == []

    hand_in(card_of(panel, user), now=AFTER + timedelta(hours=2))
    page = read(client, "candidate", application.candidate_id)[1]
    said = changes.changes(application.requisition, user=user, **news).said
    # Who met this person alone reads the evidence where it lies, and not what the team tells each other.
    known = who != "interviewer"
    assert [text in page for text in (decided, "Whispered", "Confided")] == [known] * 3
    assert [line for line in said if decided in line] == [f"{application.candidate}: Administrator {decided}"]


def test_who_only_meets_the_candidate_reads_no_messages_of_the_team(client, world):
    interview, _, people = world
    make_message(interview.application, body="Confided")
    seen = {who: Message.objects.visible_to(people[who]).count() for who in EVERYBODY}
    assert seen == {"interviewer": 0, "manager": 1, "recruiter": 1, "lead": 1}
    client.force_login(people["interviewer"])
    assert client.get("/api/v1/messages/").json()["results"] == []
