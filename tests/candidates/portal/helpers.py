"""What the tests of the candidate's page say often."""

import re
from html import unescape
from urllib.parse import urlsplit

from django.utils import timezone

from candidates.applications.actions import Submission, apply
from candidates.models import Application, Candidate
from candidates.portal.actions.make_links import new_link
from tests.factories import (
    make_post,
    make_requisition,
)


def open_for(candidate: Candidate, **facts) -> str:
    """The path of this candidate's page."""
    return urlsplit(new_link(candidate=candidate, now=facts.get("now") or timezone.now())).path


def applied(**facts) -> Application:
    """Somebody who applied a moment ago, through the form's action."""
    requisition = facts.pop("requisition", None) or make_requisition(title="Data engineer")
    requisition.recruiter.name = "Kim Sample"
    requisition.recruiter.save()
    post = make_post(requisition)
    facts = {"first_name": "Robin", "last_name": "Example", "email": "robin@example.com"} | facts
    return apply(submission=Submission(post_id=post.pk, **facts), now=timezone.now()).application


def text(answer) -> str:
    main = (
        answer.content.decode()
        .split('<main id="main" class="column" tabindex="-1">', 1)[1]
        .split("</main>")[0]
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
