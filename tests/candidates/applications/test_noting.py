"""Notes and tags."""

import pytest
from django.test import Client

from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, NotAllowed
from candidates.applications import actions
from candidates.models import Application, Note, Tag
from requisitions.models import TeamRole
from tests.candidates.helpers import hours, mails
from tests.factories import add_member, make_application, make_candidate, make_requisition, make_user

pytestmark = pytest.mark.django_db


def note(application: Application, **more: object) -> Note:
    given = {"body": "Strong.", "by": application.requisition.recruiter, "now": hours(1)} | more
    return actions.add_note(application_id=application.pk, **given)


def test_who_is_mentioned_gets_it_by_mail_and_the_candidate_never_does() -> None:
    application = make_application()
    manager, recruiter = application.requisition.hiring_manager, application.requisition.recruiter
    written = note(application, body="  What do you think?\n\n<b>", mentions=[manager.pk, recruiter.pk])
    assert (written.body, written.written_at, written.visibility) == (
        "What do you think?\n\n<b>",
        hours(1),
        "team",
    )
    (mail,) = mails("application.mentioned")  # nobody is told of their own note
    assert (mail.to, mail.application_id, mail.candidate_id) == (manager.email, None, None)
    assert "What do you think?" in mail.text
    assert "<b>" not in mail.html
    application.refresh_from_db()
    assert (application.last_activity_at, application.version) == (hours(1), 1)
    recorded = Activity.objects.get(verb="application.noted")
    assert "What do you think" not in str(recorded.data)


def test_for_recruiters_only() -> None:
    application = make_application()
    manager, colleague = application.requisition.hiring_manager, make_user("coordinator")
    private = note(application, visibility="recruiters", mentions=[colleague.pk])
    shared = note(application)
    assert set(Note.objects.visible_to(colleague)) == {private, shared}
    assert list(Note.objects.visible_to(manager)) == [shared]
    with pytest.raises(Invalid) as caught:
        note(application, visibility="recruiters", mentions=[manager.pk])
    assert caught.value.field == "mentions"
    with pytest.raises(NotAllowed):
        note(application, visibility="recruiters", by=manager)


def test_the_manager_writes_for_the_team() -> None:
    application = make_application()
    manager = application.requisition.hiring_manager
    assert note(application, by=manager).author == manager


def test_who_may_not_see_the_application_neither_writes_nor_is_mentioned() -> None:
    application = make_application()
    stranger = make_user("manager")
    with pytest.raises(Missing):
        note(application, by=stranger)
    with pytest.raises(Invalid):
        note(application, mentions=[stranger.pk])
    with pytest.raises(Invalid):
        note(application, mentions=[10**9])


def test_an_interviewer_of_the_team_does_not_write_notes() -> None:
    application = make_application()
    interviewer = make_user("interviewer")
    add_member(application.requisition, interviewer, TeamRole.INTERVIEWER)
    with pytest.raises(Missing):
        note(application, by=interviewer)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"body": " "}, "body"), ({"body": "x" * 20_001}, "body"), ({"visibility": "everybody"}, "visibility")],
)
def test_bad_notes(more: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        note(make_application(), **more)
    assert caught.value.field == field
    assert not Note.objects.exists()


class TestTags:
    def test_exactly_these_and_found_by_them(self) -> None:
        candidate, recruiter = make_candidate(), make_user("recruiter")
        Tag.objects.create(name="python")
        given = actions.set_tags(
            candidate_id=candidate.pk,
            tags=[" Python ", "silver  medal", "python", ""],
            by=recruiter,
            now=hours(1),
        )
        assert given == ["python", "silver medal"]
        assert sorted(candidate.tags.values_list("name", flat=True)) == given
        actions.set_tags(candidate_id=candidate.pk, tags=["Python"], by=recruiter, now=hours(2))
        assert list(candidate.tags.values_list("name", flat=True)) == ["python"]
        assert [
            row.data["tags"] for row in Activity.objects.filter(verb="candidate.tagged").order_by("id")
        ] == [
            "python, silver medal",
            "python",
        ]
        candidate.refresh_from_db()
        assert "python" in str(candidate.search)
        actions.set_tags(candidate_id=candidate.pk, tags=["python"], by=recruiter, now=hours(3))
        assert Activity.objects.filter(verb="candidate.tagged").count() == 2  # nothing changed

    @pytest.mark.parametrize("tags", [["x" * 51], [f"tag {number}" for number in range(31)]])
    def test_too_long_or_too_many(self, tags: list[str]) -> None:
        with pytest.raises(Invalid):
            actions.set_tags(candidate_id=make_candidate().pk, tags=tags, by=make_user(), now=hours(1))

    def test_only_the_recruiting_team(self) -> None:
        application = make_application(requisition=make_requisition())
        with pytest.raises(Missing):
            actions.set_tags(
                candidate_id=application.candidate_id,
                tags=["x"],
                by=application.requisition.hiring_manager,
                now=hours(1),
            )


def test_ones_own_note_is_changed_and_removed_and_the_record_says_so(client: Client) -> None:
    application = make_application()
    manager, recruiter = application.requisition.hiring_manager, application.requisition.recruiter
    own, other = note(application), note(application, by=manager, body="Strong on the data.")
    address = f"/applications/{application.pk}/notes/{own.pk}/"
    client.force_login(recruiter)

    page = client.get(f"/applications/{application.pk}/").content.decode()
    assert (address in page, f"/notes/{other.pk}/" in page) == (True, False)
    assert client.get(address).context["form"].initial == {"body": "Strong."}
    assert client.post(address, {"body": " "}).status_code == 422
    client.post(address, {"body": f"Strong on SQL, @{manager.name}."})

    own.refresh_from_db()
    assert own.body == f"Strong on SQL, @{manager.name}."
    assert [mail.to for mail in mails("application.mentioned")] == [manager.email]
    actions.change_note(note_id=own.pk, body="Strong.", mentions=[manager.pk], by=recruiter, now=hours(3))
    assert len(mails("application.mentioned")) == 1  # who was told is not told again
    for theirs in (f"/applications/{application.pk}/notes/{other.pk}/", address.replace("notes", "notes/0")):
        assert client.post(theirs, {"body": "Mine now."}).status_code == 404
    with pytest.raises(Missing):
        actions.remove_note(note_id=other.pk, by=recruiter, now=hours(3))

    client.post(f"{address}remove/")

    assert list(Note.objects.values_list("body", flat=True)) == ["Strong on the data."]
    told = Activity.objects.filter(verb__startswith="application.note").order_by("id")
    assert [row.verb.partition(".")[2] for row in told] == [
        *["noted"] * 2, *["note_changed"] * 2, "note_removed",
    ]  # fmt: skip
    assert "Strong" not in str([row.data for row in told])
