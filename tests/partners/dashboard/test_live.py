"""What one partner does shows at the other's: by a word that is asked for, and in two browser windows."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from ats.accounts.models import Role
from ats.kernel.errors import Missing
from candidates.reviews import actions as reviews
from partners.commitments.actions import measure_due
from partners.dashboard.queries import version
from tests import factories as make
from tests.factories import NOW
from tests.partners.conftest import open_role
from tests.requisitions.test_in_a_browser import sign_in


@pytest.mark.django_db
def test_the_word_changes_with_what_is_recorded_and_again_once_it_is_measured(role):
    number, user = role.partnership.pk, role.hiring_manager
    while measure_due(NOW):
        pass
    first = version(user, number, now=NOW)
    assert version(role.recruiter, number, now=NOW) == first
    person = make.make_application(requisition=role)
    reviews.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    second = version(user, number, now=NOW)
    assert (second == first, "+" in first, "+" in second) == (False, False, True)
    while measure_due(NOW):
        pass
    third = version(user, number, now=NOW)
    assert third == second.replace("+", "")
    assert version(user, number, now=NOW + timedelta(hours=1)) != third


@pytest.mark.django_db
def test_it_is_one_read_and_only_for_who_sees_the_partnership(role):
    lead = make.make_user(Role.LEAD)
    assert version(lead, role.partnership.pk, now=NOW) == version(
        role.recruiter, role.partnership.pk, now=NOW
    )
    for stranger in (make.make_user(Role.RECRUITER), open_role().hiring_manager):
        with pytest.raises(Missing):
            version(stranger, role.partnership.pk, now=NOW)
    with CaptureQueriesContext(connection) as asked:
        version(role.hiring_manager, role.partnership.pk, now=NOW)
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert re.findall(r"using (activity_of_requisition)", plan) == ["activity_of_requisition"]
    assert "Sort" not in plan


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_two_windows_see_each_other_within_three_seconds(browser, live_server):
    role = open_role(title="Data Engineer")
    person = make.make_application(requisition=role)
    pages = {}
    for who in (role.recruiter, role.hiring_manager):
        context = browser.new_context(base_url=live_server.url)
        page = pages[who.pk] = context.new_page()
        sign_in(page, live_server, who)
        page.goto(reverse("dashboard") + f"?role={role.partnership.pk}")
        page.locator(".shared-kept summary").first.or_(page.locator("h1")).first.wait_for()
    theirs, mine = pages[role.hiring_manager.pk], pages[role.recruiter.pk]
    named = f"Give a view on {person.candidate.name}"
    expect(theirs.get_by_text(named).first).to_have_count(0)
    reviews.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    for page in (theirs, mine):
        expect(page.get_by_text(named).first).to_be_visible(timeout=3_000)
    for page in pages.values():
        page.context.close()
