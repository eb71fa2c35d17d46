"""What comes of a brief: one printed page, the advert's draft, questions, talking points, a time line."""

from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from fpdf.line_break import MultiLineBreak

from ats.kernel.languages import in_language
from partners.intake import actions
from partners.intake.domain import drafts
from partners.intake.domain.content import mark
from partners.intake.domain.fields import FIELDS
from partners.intake.domain.one_page import MORE, Page, draw
from partners.intake.domain.timeline import LEGS, Median, backwards
from partners.intake.models import BriefField
from partners.intake.queries.timeline import medians
from requisitions.models import JobPost, KitQuestion
from requisitions.posts.domain.richtext import plain
from tests import factories as make
from tests.factories import NOW
from tests.partners.intake import parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> Any:
    return parts.open_role()


def write(role: Any, code: str, value: Any) -> None:
    actions.write_field(
        partnership_id=parts.partnership_of(role).pk,
        code=code,
        value=value,
        read=mark(parts.said(role)[code]),
        by=role.recruiter,
        now=NOW,
    )


def text_of(client: Any, role: Any, query: str = "") -> tuple[int, str]:
    """How many pages the PDF has, and the words on them."""
    client.force_login(role.hiring_manager)
    answer = client.get(reverse("brief_pdf", args=[parts.partnership_of(role).pk]) + query)
    assert answer["Content-Type"] == "application/pdf"
    pdf = pypdfium2.PdfDocument(answer.content)
    try:
        words = "\n".join(page.get_textpage().get_text_range() for page in pdf)
        return len(pdf), words.replace("\r\n", "\n")
    finally:
        pdf.close()


# --- On paper


@pytest.mark.parametrize("much", [0, 300, 3000, 9000])
def test_it_is_one_page_with_every_heading(client: Any, role: Any, much: int) -> None:
    text = ("Runs the figures alone. " * (much // 24)).strip() or ""
    for code in ("outcomes_12_months", "deal_breakers", "sourcing", "decides", "why", "hard_part"):
        write(role, code, text)
    pages, words = text_of(client, role)
    assert pages == 1
    flat = " ".join(words.split())
    assert [field.label for field in FIELDS.values() if str(field.label) not in flat] == []
    assert (str(MORE) in flat) == (much >= 3000)
    assert "Draft, not settled by both yet" in flat


def test_what_is_too_much_is_not_laid_out_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second page begins, the next smaller way is tried: seconds for whoever waits for the page."""
    lines, get = [], MultiLineBreak.get_line
    monkeypatch.setattr(MultiLineBreak, "get_line", lambda *given: lines.append(1) or get(*given))
    rows = tuple((f"Field {number}", "Runs the figures alone. " * 375) for number in range(6))
    draw(
        Page(
            organisation="A", colour="#2f5d50", title="B", under="", rows=rows, written_on=NOW.date(), foot=""
        )
    )
    assert len(lines) < 1000  # all of it in every size: 3,100


def test_thirty_must_haves_are_one_page_too(client: Any) -> None:
    role = parts.open_role(must_haves=tuple(f"Skill {number} " + "x" * 150 for number in range(30)))
    pages, words = text_of(client, role)
    assert pages == 1
    assert str(MORE) in " ".join(words.split())


def test_what_is_settled_is_printed_whatever_is_written_since(client: Any, role: Any) -> None:
    parts.settle(role)
    write(role, "sourcing", "Newer words")
    _, words = text_of(client, role)
    assert "Version 1, settled by" in " ".join(words.split())
    assert "Newer words" not in words
    assert "Newer words" in text_of(client, role, "?draft")[1]


def test_it_is_printed_in_the_language_of_who_prints_it(client: Any) -> None:
    role = parts.open_role(must_haves=tuple(f"Skill {number} " + "x" * 150 for number in range(30)))
    type(role.hiring_manager).objects.filter(pk=role.hiring_manager.pk).update(language="de")
    words = " ".join(text_of(client, role)[1].split())
    assert "Entwurf, noch nicht von beiden geklärt" in words
    assert "… mehr in Accord" in words
    with in_language("de"):
        assert [field.label for field in FIELDS.values() if str(field.label) not in words] == []


# --- Drafts


def test_the_advert_says_what_the_brief_says_and_nothing_twice(client: Any, role: Any) -> None:
    write(role, "outcomes_12_months", "Runs the figures alone.\nTeaches <two> others.")
    post = actions.draft_advert(partnership_id=parts.partnership_of(role).pk, by=role.recruiter, now=NOW)
    assert post.state == "draft"
    assert plain(post.body).splitlines() == [
        "Why this role exists",
        "Figures come a week late.",
        "What you will have done after a year",
        "Runs the figures alone.",
        "Teaches <two> others.",
    ]


def test_an_advert_that_somebody_wrote_is_not_written_over(client: Any, role: Any) -> None:
    written = make.make_post(role, state="draft", body="<p>Ours.</p>")
    empty = make.make_post(role, state="draft", body="")
    client.force_login(role.recruiter)
    address = reverse("brief_draft_advert", args=[parts.partnership_of(role).pk])
    answer = client.post(address)
    assert answer["Location"] == reverse("post_edit", args=[empty.pk])
    client.post(address)
    bodies = dict(JobPost.objects.order_by("pk").values_list("pk", "body"))
    assert bodies.pop(written.pk) == "<p>Ours.</p>"
    assert len(bodies) == 2
    assert len(set(bodies.values())) == 1


def test_what_does_not_belong_in_an_advert_is_said(client: Any, role: Any) -> None:
    write(role, "why", "We need a young native speaker.")
    client.force_login(role.recruiter)
    answer = client.post(reverse("brief_draft_advert", args=[parts.partnership_of(role).pk]), follow=True)
    assert "not belong in an advert" in answer.content.decode()


def test_each_must_have_that_is_assessed_is_asked_about_once(role: Any) -> None:
    planned = make.make_planned(role, name="Deep dive")
    planned.criteria.set(role.criteria.all())
    first, second = role.criteria.order_by("position")
    KitQuestion.objects.create(interview=planned, criterion=first, text="Ours", good="Good")
    place = parts.partnership_of(role).pk

    assert actions.draft_kits(partnership_id=place, by=role.recruiter, now=NOW) == 1
    assert actions.draft_kits(partnership_id=place, by=role.recruiter, now=NOW) == 0

    asked = list(planned.questions.order_by("position").values_list("criterion", "text", "good"))
    assert asked[0] == (first.pk, "Ours", "Good")
    assert asked[1] == (
        second.pk,
        "Tell us of work of yours that needed this: SQL. What did you do yourself, and what came of it?",
        f"{drafts.MARK}\nWhy it decides: The work needs it.",
    )


def test_talking_points_are_the_brief_word_for_word(client: Any, role: Any) -> None:
    write(role, "hard_part", "Old tables.")
    write(role, "sourcing", "Ask around quietly.")
    client.force_login(role.recruiter)
    page = client.get(reverse("talking_points", args=[parts.partnership_of(role).pk])).content.decode()
    for said in (
        "Work that matters.",
        "Old tables.",
        "€60,000 to €80,000 a year",
        "Python: The work needs it.",
    ):
        assert said in page
    assert "Ask around quietly." not in page  # ours, not the candidate's
    assert "When it starts" not in page  # nobody said


def test_versions_are_read_with_what_changed_and_who_wrote_it(client: Any, role: Any) -> None:
    parts.settle(role)
    write(role, "hard_part", "Old tables.")
    parts.settle(role)
    client.force_login(role.hiring_manager)
    address = reverse("brief", args=[parts.partnership_of(role).pk])
    page = client.get(address).content.decode()
    assert "<ins>Old tables.</ins>" in page
    assert f'The hard part <span class="text-secondary">{role.recruiter}</span>' in page
    first = client.get(f"{address}?version=1").content.decode()
    assert "Version 1, settled by" in first
    assert client.get(f"{address}?version=9").status_code == 404


# --- The time line


def test_it_is_worked_out_backwards_and_says_on_what_it_rests() -> None:
    known = {"begin": Median(90, 12), "answer": Median(3, 2)}
    line = backwards(date(2027, 6, 30), known, today=date(2026, 11, 24))
    assert [(one.by, one.days, one.measured) for one in line.milestones] == [
        (date(2027, 2, 13), 5, False),
        (date(2027, 2, 27), 14, False),
        (date(2027, 3, 27), 28, False),
        (date(2027, 4, 1), 5, False),
        (date(2027, 6, 30), 90, True),
    ]
    assert line.milestones[-1].basis == "90 days, the median of 12 here"
    assert line.milestones[-2].basis == "5 days as a rule; only 2 here so far"


def test_a_start_that_the_medians_cannot_reach_is_said() -> None:
    line = backwards(date(2026, 12, 1), {}, today=date(2026, 11, 24))
    assert line.is_late
    assert (line.earliest - date(2026, 11, 24)).days == sum(leg.usual for leg in LEGS)


def test_an_advert_that_is_out_takes_no_more_days() -> None:
    line = backwards(date(2027, 6, 30), {}, today=date(2026, 11, 24), is_out=True)
    assert [one.ends for one in line.milestones] == [leg.ends for leg in LEGS[1:]]
    assert (line.earliest - date(2026, 11, 24)).days == sum(leg.usual for leg in LEGS[1:])


def test_medians_are_this_organisations_own() -> None:
    role = make.make_requisition()
    post = make.make_post(role, published_at=role.opened_at)
    other = make.make_requisition()
    for place in (role, other):
        make.make_application(requisition=place, state="hired", post=post if place == role else None)
    found = medians(role.organisation_id, now=NOW)
    assert found["publish"] == Median(0, 1)
    assert found["apply"].cases == 1


# --- From an earlier role


def test_what_is_empty_is_taken_from_an_earlier_role_and_says_so(client: Any, role: Any) -> None:
    write(role, "sourcing", "Meetups")
    write(role, "hard_part", "Old tables.")
    parts.settle(role)
    new = parts.open_role(
        manager=role.hiring_manager,
        recruiter=role.recruiter,
        hard_part="Its own.",
        must_haves=("python", "Go"),
    )
    client.force_login(role.hiring_manager)
    source, place = parts.partnership_of(role), parts.partnership_of(new).pk
    address = reverse("intake_prefill", args=[place])
    page = client.get(f"{address}?from={source.pk}").content.decode()
    assert "Meetups" in page
    assert "Old tables." not in page

    client.post(address, {"source": source.pk, "code": ["sourcing", "must_haves", "hard_part"]})

    said = parts.said(new)
    assert (said["sourcing"], said["hard_part"]) == ("Meetups", "Its own.")
    assert [row["name"] for row in said["must_haves"]] == ["python", "Go", "SQL"]
    assert BriefField.objects.get(brief__partnership=place, code="sourcing").came_from == source
    assert f"From {role.title}" in client.get(reverse("intake", args=[place])).content.decode()

    write(new, "sourcing", "Our own")
    assert BriefField.objects.get(brief__partnership=place, code="sourcing").came_from is None


def test_nobody_takes_from_a_role_that_they_may_not_see(client: Any, role: Any) -> None:
    secret = parts.open_role(manager=role.hiring_manager)
    client.force_login(role.recruiter)
    address = reverse("intake_prefill", args=[parts.partnership_of(role).pk])
    assert secret.title not in client.get(address).content.decode()
    answer = client.post(address, {"source": parts.partnership_of(secret).pk, "code": ["sourcing"]})
    assert answer.status_code == 404
