"""How partners learn, in the walk through a partnership: a manager's path, and somebody who sits in."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from ats.accounts.models import Role
from candidates.models import Application, Shadowing
from partners.models import ExerciseDone, PathRead
from tests import factories
from tests.browser.two_partners import Walk
from tests.browser.walking import enter
from tests.smtp import Catcher

SAW = "Asked what broke, Ada named the feed, the hour and the two lines she changed."


def walk_the_path(walk: Walk) -> None:
    """The manager is led there from their roles, reads to the end, tries the exercise, and is led there no more."""
    manager, recruiter = walk.manager, walk.recruiter
    manager.goto(reverse("dashboard"))
    manager.click(".notice a:has-text('How we work together')")
    for title in ("What we do", "What you do", "What may not be asked"):
        expect(manager.locator("h1")).to_have_text(title)
        manager.click("text=Go on")
    expect(manager.locator("h1")).to_have_text("How evidence is written")
    manager.click("text=Four made-up notes")
    marks = manager.locator("[type=radio][value=impression]")
    expect(marks).to_have_count(4)  # `all` does not wait for the page
    for mark in marks.all():
        mark.check()
    manager.click("text=Show what they are")
    expect(manager.locator(".path-note")).to_have_count(4)
    expect(manager.get_by_text("as you marked it")).to_have_count(1)
    manager.goto(reverse("partner_path", args=[walk.partnership.pk]) + "?page=4")
    manager.click("text=I have read it")
    manager.wait_for_url(f"**{reverse('partnership', args=[walk.partnership.pk])}")
    recruiter.goto(reverse("partnership", args=[walk.partnership.pk]))
    expect(recruiter.locator("section[aria-labelledby=how-we-work]")).to_contain_text(
        "Mara Manager read it on"
    )
    manager.goto(reverse("dashboard"))
    expect(manager.get_by_text("in four short pages")).to_have_count(0)
    assert (PathRead.objects.get().user, ExerciseDone.objects.get().user) == (walk.role.hiring_manager,) * 2


def sit_in(walk: Walk, application: Application, smtp: Catcher) -> None:
    """The recruiter lets a newcomer sit in; they write what they saw, and whom they sat beside confirms it."""
    manager = walk.role.hiring_manager
    newcomer = factories.make_user(Role.INTERVIEWER, name="Nia Newcomer")
    factories.add_member(walk.role, newcomer, "interviewer")
    begins = timezone.now() + timedelta(hours=1)
    interview = factories.make_interview(
        application, people=[manager], starts_at=begins, name="The night of the delays"
    )
    address = reverse("interview_for_me", args=[interview.pk])
    recruiter = walk.recruiter
    recruiter.goto(address)
    recruiter.click("text=Let somebody sit in")
    recruiter.select_option("#shadow-user", str(newcomer.pk))
    recruiter.click("button:has-text('Let them sit in')")
    expect(recruiter.locator(".sits-in")).to_contain_text("Nia Newcomer asks nothing, and does not judge.")
    walk.wait_until(begins + timedelta(hours=1))
    told = smtp.to(application.candidate.email)[-1].get_body(("plain",)).get_content()
    assert "Nia Newcomer sits in" in told
    theirs = walk.window(390, 844)
    enter(theirs, newcomer)
    theirs.goto(address)
    theirs.get_by_label("What you saw").fill(SAW)
    theirs.click("button:has-text('Keep it')")
    expect(theirs.get_by_label("What you saw")).to_have_value(SAW)
    walk.manager.goto(address)
    walk.manager.get_by_label("What you saw, in one word").fill("Attentive")
    walk.manager.click("button:has-text('Confirm that Nia Newcomer sat in')")
    expect(walk.manager.locator(".sits-in")).to_contain_text(
        re.compile("Mara Manager confirms it: .Attentive.")
    )
    theirs.goto(address)
    expect(theirs.locator(".sits-in")).to_contain_text(SAW)
    found = Shadowing.objects.get()
    assert (found.seat.user, found.confirmed_by, found.evidence) == (newcomer, manager, SAW)
