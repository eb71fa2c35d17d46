from datetime import timedelta

import pytest

from candidates.applications import actions
from candidates.applications.actions import Submission
from candidates.conversation import actions as conversation
from candidates.models import Application, Promise
from tests.factories import *  # noqa: F403


def submission(post, **facts):
    given = {"first_name": "Robin", "last_name": "Example", "email": "robin@example.com"} | facts
    return Submission(post_id=post.pk, **given)


@pytest.mark.django_db(transaction=True)
def test_all():
    requisition = make_requisition(openings=1)
    post = make_post(requisition)
    r = requisition.recruiter
    a = actions.apply(submission=submission(post), now=NOW)
    assert a.outcome == "received"
    b = actions.apply(submission=submission(post), now=NOW)
    assert b.outcome == "already"
    x = actions.move(application_id=a.application.pk, stage_id=stage(requisition, "review").pk, by=r, now=NOW + timedelta(hours=1), version=1)
    assert x.version == 2
    actions.add_note(application_id=x.pk, body="hi", by=r, now=NOW, mentions=[requisition.hiring_manager_id])
    conversation.receive(candidate=a.candidate, application=x, body="When?", now=NOW + timedelta(hours=2))
    m = conversation.send(application_id=x.pk, subject="Soon", body="Dear {{ candidate.first_name }},\n\nsoon", by=r, now=NOW + timedelta(hours=3))
    assert m.body == "Dear Robin,\n\nsoon"
    print([(p.what, p.state, p.due_at, p.side) for p in Promise.objects.order_by("id")])
    actions.reject(application_id=x.pk, reason="stronger-match", by=r, now=NOW + timedelta(hours=4), message=("No", "Sorry {{ candidate.first_name }}"))
    actions.undo_decision(application_id=x.pk, by=r, now=NOW + timedelta(hours=4, minutes=1))
    actions.hire(application_id=x.pk, by=r, now=NOW + timedelta(hours=5))
    y = make_application(requisition=requisition)
    actions.withdraw(application=y, by=y.candidate, reason_text="Found another", now=NOW + timedelta(hours=5))
    z = make_application(requisition=requisition)
    assert actions.sweep(requisition_id=requisition.pk, reason="position-filled", message=("Filled", "Sorry"), by=r, now=NOW + timedelta(hours=6)) == 1
    print([(p.what, p.state, p.due_at, p.side) for p in Promise.objects.order_by("id")])
