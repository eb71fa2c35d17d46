"""Both sides judge the same profiles, and neither reads the other before both have said what they think."""

import re
from typing import Any

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, WrongState
from partners.intake import actions
from partners.intake.models import CalibrationVerdict, Profile
from partners.models import Brief
from tests import factories as make
from tests.factories import NOW
from tests.partners.intake import parts

pytestmark = pytest.mark.django_db

SECRET = "Xylander is out of practice"


@pytest.fixture
def role() -> Any:
    return parts.open_role()


def add(role: Any, **what: Any) -> Profile:
    place = parts.partnership_of(role).pk
    return actions.add_profile(partnership_id=place, by=role.recruiter, now=NOW, **what)


def judge(
    role: Any, profile: Profile, by: Any, verdict: str = "yes", why: str = "Has done it before."
) -> Any:
    place = parts.partnership_of(role).pk
    return actions.give_verdict(
        partnership_id=place, profile_id=profile.pk, verdict=verdict, why=why, by=by, now=NOW
    )


def everything(client: Any, role: Any, user: Any) -> str:
    """All that somebody can open about this partnership and its role."""
    client.force_login(user)
    place = parts.partnership_of(role).pk
    names = ("intake", "brief", "talking_points", "partnership", "intake_revision")
    addresses = [reverse(name, args=[place]) for name in names]
    addresses += [
        f"{reverse('dashboard')}?role={place}",
        f"{reverse('intake', args=[place])}?part=1",
        reverse("requisition", args=[role.pk]),
    ]
    return "".join(client.get(address).content.decode() for address in addresses)


def test_what_one_side_says_is_shown_nowhere_until_both_have(client: Any, role: Any) -> None:
    profile = add(role, sample="Ten years of SQL, none of Python.")
    lead = make.make_user(Role.LEAD)
    before = {person: everything(client, role, person) for person in (role.hiring_manager, lead)}
    told = Activity.objects.filter(verb__startswith="brief.")
    revision, records = Brief.objects.get().revision, told.count()

    judge(role, profile, role.recruiter, "no", SECRET)

    # The manager and the lead see exactly what they saw before: no words, no count, no sign that there is one.
    for person, page in before.items():
        assert _still(everything(client, role, person)) == _still(page)
    assert (Brief.objects.get().revision, told.count()) == (revision, records)
    assert SECRET in everything(client, role, role.recruiter)

    judge(role, profile, role.hiring_manager, "yes", "I would meet them.")
    for person in (role.recruiter, role.hiring_manager, lead):
        page = everything(client, role, person)
        assert SECRET in page
        assert "You judge this one differently" in page


def _still(page: str) -> str:
    """Without what is another at every answer."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|nonce-\w+|"x-csrftoken": "\w+"', "", page)


def test_a_verdict_can_be_changed_until_both_are_in(role: Any) -> None:
    profile = add(role, sample="Somebody.")
    judge(role, profile, role.recruiter, "no")
    judge(role, profile, role.recruiter, "unsure", "On second thought.")
    assert [(row.side, row.verdict) for row in CalibrationVerdict.objects.all()] == [("recruiter", "unsure")]
    judge(role, profile, role.hiring_manager)
    with pytest.raises(WrongState, match="stay as they were given"):
        judge(role, profile, role.recruiter, "yes")
    assert Activity.objects.filter(verb="brief.calibrated").count() == 1


def test_who_is_no_partner_judges_nobody(role: Any) -> None:
    profile = add(role, sample="Somebody.")
    for user in (make.make_user(Role.LEAD), make.make_user(Role.INTERVIEWER)):
        with pytest.raises(Missing):
            judge(role, profile, user)


def test_a_profile_of_another_brief_is_none(role: Any) -> None:
    other = add(parts.open_role(), sample="Somebody else.")
    with pytest.raises(Missing, match="no such profile"):
        judge(role, other, role.recruiter)


def test_somebody_whom_one_side_may_not_see_is_not_calibrated_on(client: Any, role: Any) -> None:
    elsewhere = make.make_requisition(recruiter=role.recruiter)
    application = make.make_application(requisition=elsewhere)
    with pytest.raises(Invalid, match="may not see this person"):
        add(role, application_id=application.pk)
    own = make.make_application(requisition=role)
    profile = add(role, application_id=own.pk)
    assert profile.application == own
    client.force_login(role.hiring_manager)
    page = client.get(reverse("intake", args=[parts.partnership_of(role).pk])).content.decode()
    assert own.candidate.name in page


def test_unlawful_grounds_are_refused(role: Any) -> None:
    profile = add(role, sample="Somebody.")
    with pytest.raises(Invalid):
        judge(role, profile, role.recruiter, "no", "Too old for this team.")
    assert CalibrationVerdict.objects.count() == 0


def test_three_are_enough_and_one_that_both_judged_stays(role: Any) -> None:
    first = add(role, sample="One")
    add(role, sample="Two")
    third = add(role, sample="Three")
    with pytest.raises(Invalid, match="3 are enough"):
        add(role, sample="Four")
    place = parts.partnership_of(role).pk
    actions.remove_profile(partnership_id=place, profile_id=third.pk, by=role.recruiter, now=NOW)
    for person in (role.recruiter, role.hiring_manager):
        judge(role, first, person)
    with pytest.raises(WrongState, match="it stays"):
        actions.remove_profile(partnership_id=place, profile_id=first.pk, by=role.recruiter, now=NOW)


def test_it_is_done_on_the_page(client: Any, role: Any) -> None:
    place = parts.partnership_of(role).pk
    client.force_login(role.recruiter)
    client.post(reverse("intake_profile_add", args=[place]), {"profile-sample": "Somebody."})
    profile = Profile.objects.get()
    wrong = client.post(reverse("intake_verdict", args=[place, profile.pk]), {f"of-{profile.pk}-why": "x"})
    assert wrong.status_code == 422
    data = {f"of-{profile.pk}-verdict": "no", f"of-{profile.pk}-why": "Never led."}
    client.post(reverse("intake_verdict", args=[place, profile.pk]), data)
    assert CalibrationVerdict.objects.get().why == "Never led."
    client.post(reverse("intake_profile_out", args=[place, profile.pk]))
    assert Profile.objects.count() == 0
