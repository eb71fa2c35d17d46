"""What the page of an application reads by plain statements is what the models say."""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module
from random import Random
from typing import Any

import pytest
from django.db.models import Model, Q

from ats.accounts.models import RECRUITING, User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.models import Activity, OutgoingMail
from candidates.application_pages.queries import application_for, mentionable
from candidates.applications.pages.cards import hidden
from candidates.documents.queries import documents_beside
from candidates.models import Application, Document, InterviewSeat, Review, Scorecard
from candidates.scheduling.models import BookingRequest
from candidates.scheduling.pages.cards import arranging
from candidates.scorecards.queries import standing_of
from tests import factories as f
from tests.candidates.interviews.builders import a_team_of_every_kind
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
page = import_module("candidates.application_pages.queries.page")
VIEW = "candidates.view_application"
BELONGING = (
    "candidate",
    "stage",
    "source",
    "reason",
    "decided_by",
    "requisition",
    "requisition.organisation",
    "requisition.organisation.calendar",
    "requisition.location",
    "requisition.recruiter",
    "requisition.hiring_manager",
)


@pytest.fixture
def team() -> list[User]:
    return a_team_of_every_kind(Random(5))


@pytest.fixture
def applications(team: list[User]) -> list[Application]:
    """Some decided, some with a source; of some roles, nobody is the manager or says where it is."""
    chance, rows = Random(6), list(Application.objects.order_by("pk"))
    for row in rows[::3]:
        row.source = f.make_source()
        row.requisition.location = f.make_location(row.requisition.organisation)
        row.requisition.save()
        row.save()
    for _ in range(5):
        f.make_application(requisition=chance.choice(rows).requisition, state="rejected")
    return list(Application.objects.order_by("pk"))


def facts(row: Model | None) -> dict[str, Any] | None:
    fields = [] if row is None else [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in fields if name != "search"} if row else None


def whole(row: Application) -> list[Any]:
    def reached(path: str) -> Any:
        found: Any = row
        for name in path.split("."):
            found = getattr(found, name) if found else None
        return found

    return [facts(row), *(facts(reached(path)) for path in BELONGING)]


def seen_by(read: Any) -> list[Any] | None:
    try:
        return whole(read())
    except Missing:
        return None


def test_an_application_and_all_it_belongs_to_for_everybody(
    team: list[User], applications: list[Application], django_assert_num_queries: Any
) -> None:
    seen = 0
    team.append(f.make_user(is_active=False))
    for user in team:
        for row in applications:
            ours = seen_by(lambda user=user, row=row: application_for(user, row.pk))
            theirs = seen_by(
                lambda user=user, row=row: get_for(
                    Application.objects.whole(), row.pk, user=user, permission=VIEW
                )
            )
            assert ours == theirs, (user.role, row.pk)
            seen += ours is not None
    assert len(applications) < seen < len(applications) * len(team)
    [lead] = [user for user in team if user.oversees][:1]
    with django_assert_num_queries(1):
        whole(application_for(lead, applications[0].pk))


def numbers(rows: Iterable[Any]) -> list[int | None]:
    return [row and row.pk for row in rows]


def test_what_is_owed_its_stages_and_whom_a_note_may_mention(applications: list[Application]) -> None:
    User.objects.filter(pk__in=User.objects.values_list("pk", flat=True)[::4]).update(is_active=False)
    walled = User.objects.exclude(role="admin").order_by("pk").values_list("pk", flat=True)
    User.objects.filter(pk__in=walled[1::3]).update(works_for=[0])
    here = applications[0].requisition.organisation_id
    User.objects.filter(pk__in=walled[2::3]).update(works_for=[0, here])
    for row in applications:
        state = "open" if row.state == "active" else "telling"
        promise = page._promise(row)
        assert facts(promise) == facts(row.promises.filter(state=state).order_by("pk").first())
        assert promise is None or promise.owner == User.objects.filter(pk=promise.owner_id).first()
        stages = page.made(page.Stage, page.STAGES, {"requisition": row.requisition_id})
        assert [*map(facts, stages)] == [*map(facts, row.requisition.stages.order_by("position"))]
        team = Q(pk__in=row.requisition.members.values("user"))
        everybody = team if row.requisition.confidential else team | Q(role__in=RECRUITING)
        kept = row.kept_from.filter(lifted_at=None).values("user")
        may = User.objects.filter(everybody, is_active=True).working_for(row.requisition.organisation_id)
        may = may.exclude(pk__in=kept).order_by("name", "pk")
        assert numbers(mentionable(row)) == numbers(may)


def test_interviews_evidence_and_what_is_asked(applications: list[Application]) -> None:
    chance = Random(8)
    for seat in InterviewSeat.objects.order_by("pk"):
        state = chance.choice(["draft", "submitted", "cancelled", "never"])
        inside = {"submitted_at": NOW, "recommendation": "yes", "reason": "It was so."}
        Scorecard.objects.create(
            interview=seat.interview,
            application=seat.interview.application,
            interviewer=seat.user,
            state=state,
            due_at=NOW,
            why_never="Has left." if state == "never" else "",
            **(inside if state == "submitted" else {}),
        )
    for row in applications[::2]:
        booking = BookingRequest.objects.create(
            application=row,
            asked_by=row.requisition.recruiter,
            asked_at=NOW,
            earliest=NOW.date(),
            latest=NOW.date() + timedelta(days=7),
            expires_at=NOW + timedelta(days=7),
        )
        state = chance.choice(["open", "cancelled"])
        BookingRequest.objects.filter(pk=booking.pk).update(
            state=state, settled_at=NOW if state == "cancelled" else None
        )
    lead = f.make_user("lead")
    for row in applications:
        found = standing_of(row, lead, now=NOW)
        rows = list(row.interviews.exclude(state="cancelled").order_by("starts_at", "pk"))
        assert numbers(found.interviews) == numbers(rows)
        for shown, interview in zip(found.interviews, rows, strict=True):
            seats = interview.seats.filter(released=False).order_by("kind", "pk")
            marks = {"interviewer": "", "shadow": " (sits in)"}
            assert (shown.people or "") == ", ".join(seat.user.name + marks[seat.kind] for seat in seats)
        cards = row.scorecards.order_by("interview__starts_at", "interviewer__name", "pk")
        assert numbers(found.inside) == numbers(cards.filter(state="submitted"))
        assert numbers(found.never) == numbers(cards.filter(state="never"))
        assert numbers(found.awaited) == numbers(cards.filter(state="draft", interview__ends_at__lte=NOW))
        asked = arranging(row, lead)
        assert (asked and asked.asked) == (
            row.booking_requests.live().first() if row.state == "active" else None
        )


def test_what_is_kept_from_whom(team: list[User], applications: list[Application]) -> None:
    for seat in InterviewSeat.objects.order_by("pk")[::2]:
        Scorecard.objects.create(
            interview=seat.interview,
            application=seat.interview.application,
            interviewer=seat.user,
            due_at=NOW,
        )
    kept = 0
    for user in team:
        ids = [row.pk for row in applications]
        answering = Review.objects.filter(state="open", reviewer=user).values_list("application", flat=True)
        writing = Scorecard.objects.owed().filter(interviewer=user).values_list("application", flat=True)
        found = hidden(ids, user)
        assert {pk for pk in ids if "review.answered" in found[pk]} == {*answering}
        assert {pk for pk in ids if "scorecard.handed_in" in found[pk]} == {*writing}
        kept += len(answering) + len(writing)
        one = hidden(ids[:1], user)
        assert one[ids[0]] == found[ids[0]]
    assert kept > 10


def test_the_record_and_what_was_sent(applications: list[Application]) -> None:
    chance, story = Random(9), import_module("candidates.application_pages.queries.timeline")
    roles = [*story.letters.roles_to_candidates()][:4]
    for number in range(40):
        row, ago = chance.choice(applications[:4]), timedelta(hours=chance.randrange(9))
        Activity.objects.create(
            application_id=row.pk,
            verb=chance.choice(
                ["application.moved", "application.received", "scorecard.opened", "gone.verb"]
            ),
            occurred_at=NOW - ago,
            actor_kind="system",
            subject_type="candidates.application",
            subject_id=row.pk,
            data={"stage": f"Stage {number}"},
        )
        OutgoingMail.objects.create(
            application_id=row.pk,
            idempotency_key=f"statement:{number}",
            role=chance.choice([*roles, story.CONVERSATION, "test"]),
            to="robin@example.com",
            subject=f"Hello {number}",
            text="The words.",
            html="",
            not_before=NOW - ago - timedelta(seconds=number),
            state="queued",
        )
    for row in applications[:5]:
        record = Activity.objects.filter(application_id=row.pk).order_by("-occurred_at", "-id")
        for only, without in ((story.ITS_WAY, ()), ((), ("gone.verb",)), ((), ())):
            wanted = (
                record.filter(verb__in=only)
                if only
                else record.exclude(verb__in=[*story.TOLD_ELSEWHERE, *without])
            )
            found = story._activities(row, only=only, without=without)
            assert [(each.row.pk, each.row.data) for each in found] == [*wanted.values_list("pk", "data")]
        mails = OutgoingMail.objects.filter(
            application_id=row.pk, role__in=story.letters.roles_to_candidates()
        ).exclude(role=story.CONVERSATION)
        sent = [(each.row.pk, each.row.subject) for each in story._mails(row)]
        assert sent == [*mails.order_by("-not_before").values_list("pk", "subject")]


def test_files_and_who_added_them(applications: list[Application]) -> None:
    chance, lead = Random(10), f.make_user("lead")
    for number in range(12):
        row = chance.choice(applications[:3])
        Document.objects.create(
            candidate=row.candidate,
            application=chance.choice([row, None]),
            kind="other",
            file=f"documents/{number}",
            filename=f"file-{number}.txt",
            content_type="text/plain",
            size=number,
            sha256="0" * 64,
            uploaded_by=chance.choice([lead, None]),
        )
    for row in applications[:4]:
        found = documents_beside(row.pk, row.candidate_id, user=lead)
        rows = Document.objects.filter(candidate=row.candidate).order_by("-created_at", "-id")
        assert [*map(facts, found)] == [*map(facts, rows)]
        assert [str(each.uploaded_by) for each in found] == [str(each.uploaded_by) for each in rows]
