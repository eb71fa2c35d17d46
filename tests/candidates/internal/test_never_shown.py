"""To the manager of an applicant nothing shows of it: every page and endpoint, asked by them in every role.

The world of the sweeps has one of everything in one role. Here all that is about its one candidate bears a mark of
its own, and the application is kept from whoever looks: as the role's hiring manager, as its recruiter, who sits in
its interview, and from above as a lead or an administrator who may do everything.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from ats.accounts.models import Role, User
from ats.api.actions import create_token
from ats.models import Approval, ApprovalRequest, OutgoingMail
from candidates.documents.actions import attach
from candidates.internal import actions
from candidates.models import (
    Application,
    Candidate,
    Document,
    KeptFrom,
    Message,
    Note,
    Offer,
    Promise,
    Review,
)
from candidates.people.actions import index
from partners.commitments.actions import remeasure
from partners.models import Partnership
from requisitions.models import Requisition
from tests import factories as make
from tests.laws.addresses import OURS, let_go
from tests.laws.test_oracles import RESOURCES
from tests.laws.world import World, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db
WHOM = "Quirinus"
LONG_WAIT = {"opened_at": 4, "waiting_since": 3, "due_at": 2}
"""Days ago."""
"""Stands in all that is about the candidate, and nowhere else."""
LISTS = ("/", "/next/", "/waiting/", "/candidates/", "/reviews/", "/scorecards/", "/calendar/", "/partners/")
"""Some of what is reached, so that the sweep does not come to nothing."""


def marked(world: World) -> Application:
    """The world's candidate under the mark, in a role that is not confidential."""
    now = timezone.now()
    application = Application.objects.get(pk=world.numbers["application_id"])
    role = application.requisition
    Requisition.objects.filter(pk=role.pk).update(confidential=False)
    person = Candidate.objects.filter(pk=application.candidate_id)
    person.update(first_name=WHOM, last_name=WHOM, headline=WHOM, only_confidential=False)
    person.update(email=f"{WHOM}@example.com".lower(), email_key=f"{WHOM}@example.com".lower())
    Application.objects.filter(pk=application.pk).update(
        cover_letter=WHOM, applied_at=now - timedelta(hours=2)
    )
    Message.objects.filter(application=application).update(body=WHOM, subject=WHOM)
    Note.objects.filter(application=application).update(body=WHOM)
    Document.objects.filter(application=application).update(filename=f"{WHOM}.txt", text=WHOM)
    OutgoingMail.objects.filter(application_id=application.pk).update(subject=WHOM, text=WHOM, to_name=WHOM)
    Review.objects.filter(application=application).update(reason="")
    late = Promise.objects.open().filter(application=application)
    days = {name: now - timedelta(days=count) for name, count in LONG_WAIT.items()}
    late.update(**days, broken_before=1)
    attach(
        candidate=application.candidate,
        application=None,
        kind="resume",
        upload=SimpleUploadedFile(f"{WHOM}.txt", f"{WHOM} was here".encode()),
        by=None,
        now=now,
    )
    index.refresh([application.candidate_id])
    _with_approval(application, now)
    return Application.objects.whole().get(pk=application.pk)


def _with_approval(application: Application, now: Any) -> None:
    offer = Offer.objects.get(application=application)
    asked = ApprovalRequest.objects.create(
        kind="offer",
        subject_id=offer.pk,
        title=f"Offer to {WHOM}",
        about_ids=application.about(),
        organisation=application.requisition.organisation,
        requested_by=application.requisition.recruiter,
        requested_at=now,
    )
    approver = application.requisition.hiring_manager
    Approval.objects.create(
        request=asked,
        position=1,
        label="Hiring manager",
        approver=approver,
        state="open",
        asked_at=now,
        due_at=now + timedelta(days=3),
    )


def looking(who: str, application: Application) -> User:
    """Somebody for whom the candidate works."""
    role = application.requisition
    return {
        "manager": lambda: role.hiring_manager,
        "recruiter": lambda: role.recruiter,
        "another recruiter": lambda: make.make_user(Role.RECRUITER),
        "coordinator": lambda: make.make_user(Role.COORDINATOR),
        "lead": lambda: make.make_user(Role.LEAD),
        "admin": lambda: make.make_user(Role.ADMIN, is_superuser=True),
    }[who]()


def keep(application: Application, user: User) -> None:
    with transaction.atomic():
        actions.keep_from(application, user, by=None, now=timezone.now())
    partnership = Partnership.objects.get(requisition=application.requisition)
    remeasure(partnership=partnership, now=timezone.now())


def addresses(world: World) -> Iterator[str]:
    for pattern in OURS:
        address = world.address(pattern)
        if address is not None and "/declined/" not in address:
            yield address
            if not pattern.pattern.converters:
                yield f"{address}?q={WHOM}"
                yield f"{address}?search={WHOM}&whose=team"


def shown(user: User, world: World) -> dict[str, str]:
    """Where the mark, or the way to the application, stands in what this person is answered."""
    cache.clear()
    client, found = Client(), {}
    client.force_login(user)
    found |= over_the_api(user)
    ways = (WHOM, f"/applications/{world.numbers['application_id']}/")
    for address in dict.fromkeys(addresses(world)):
        with transaction.atomic():
            answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            let_go(answer)
            transaction.set_rollback(True)
        words = body.decode(errors="replace")
        for way in ways:
            # What they searched for themselves, and the address that they asked for, stand there all the same.
            if (at := words.find(way)) >= 0 and not (
                way in address or (f"={WHOM}" in address and _only_asked(words))
            ):
                found[address] = words[max(0, at - 80) : at + 60]
    return found


def over_the_api(user: User) -> dict[str, str]:
    """In which lists of the API the mark stands, as a program of theirs reads them."""
    _, secret = create_token(user=user, name="sweep", scopes=None, now=timezone.now())
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    answers = {f"/api/v1/{resource}/": api.get(f"/api/v1/{resource}/") for resource in RESOURCES}
    assert {answer.status_code for answer in answers.values()} <= {200, 403}
    return {at: WHOM for at, answer in answers.items() if WHOM in answer.content.decode()}


def _only_asked(words: str) -> bool:
    """Whether the mark stands in the field and the addresses of the search alone."""
    left = words
    for echo in (f'value="{WHOM}"', f"q={WHOM}", f"search={WHOM}", f"“{WHOM}”"):
        left = left.replace(echo, "")
    return WHOM not in left


@pytest.mark.parametrize("who", ["manager", "recruiter", "another recruiter", "coordinator", "lead", "admin"])
def test_nothing_shows_to_whom_they_work_for(world: World, who: str) -> None:
    application = marked(world)
    user = looking(who, application)
    keep(application, user)
    assert shown(user, world) == {}


def test_others_meet_the_mark_on_the_same_way(world: World) -> None:
    """The sweep would notice."""
    application = marked(world)
    keep(application, make.make_user(Role.MANAGER))
    found = shown(make.make_user(Role.LEAD), world)
    assert {
        f"/candidates/{application.candidate_id}/",
        "/candidates/",
        f"/requisitions/{application.requisition_id}/board/",
        "/waiting/",
        "/api/v1/candidates/",
    } <= set(found)
    assert len(found) > 20
    assert set(LISTS) <= set(addresses(world))


def test_once_they_may_know_it_shows_again(world: World) -> None:
    application = marked(world)
    user = application.requisition.hiring_manager
    assert user is not None
    keep(application, user)
    actions.let_know(candidate=application.candidate, application_id=application.pk, now=timezone.now())
    assert not KeptFrom.objects.in_force().exists()
    assert f"/requisitions/{application.requisition_id}/board/" in shown(user, world)


@pytest.mark.parametrize("who", ["manager", "lead", "admin"])
def test_what_is_about_it_is_as_what_is_not_there(client: Client, world: World, who: str) -> None:
    application = marked(world)
    user = looking(who, application)
    keep(application, user)
    client.force_login(user)
    for pattern in OURS:
        address = world.address(pattern)
        names = set(pattern.pattern.converters)
        if address is None or not names & {"application_id", "candidate_id", "offer_id", "interview_id"}:
            continue
        with transaction.atomic():
            answer = client.get(address)
            let_go(answer)
            transaction.set_rollback(True)
        assert answer.status_code in {403, 404, 405}, address
