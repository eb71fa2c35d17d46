"""The placeholder language: what it means, and that nothing else means anything."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ats.kernel.errors import Invalid
from ats.mail import outbox
from ats.mail.preview import shown
from ats.mail.render import HOUSE, check, one_line, plain, render
from ats.mail.roles import MailRole, Words
from ats.web.colour import contrast, parse
from tests.factories import make_organisation

ROLE = MailRole(
    name="test.role",
    label="Test",
    placeholders={"name": "Robin", "link": "https://example.org/a", "list": "- a\n- b"},
    links=frozenset({"link"}),
    words={},
)


def html_of(body: str, **values: str) -> str:
    rendered = render(
        ROLE,
        Words(subject="Hello", body=body),
        {"name": "Robin", "link": "https://example.org/a?b=1&c=2", "list": ""} | values,
    )
    return str(shown(rendered.html))


def text_of(body: str, **values: str) -> str:
    return render(
        ROLE,
        Words(subject="Hello", body=body),
        {"name": "Robin", "link": "https://example.org/a", "list": ""} | values,
    ).text


def test_paragraphs_lists_and_buttons() -> None:
    body = "Hello {{ name }},\r\nsecond line\r\n\r\n- one\r\n- {{name}}\r\n\r\n[Look]({{ link }})\n\n\n\nBye"

    assert html_of(body) == (
        "<p>Hello Robin,<br>second line</p><ul><li>one</li><li>Robin</li></ul>"
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">Look</a></p><p>Bye</p>'
    )
    assert (
        text_of(body)
        == "Hello Robin,\nsecond line\n\n- one\n- Robin\n\nLook:\nhttps://example.org/a\n\nBye\n"
    )


def test_a_value_keeps_its_paragraphs_and_an_empty_one_leaves_no_gap() -> None:
    assert html_of("{{ name }}", name="One.\n\nTwo.") == "<p>One.</p><p>Two.</p>"
    assert html_of("{{ list }}", list="- a\n- b") == "<ul><li>a</li><li>b</li></ul>"
    assert text_of("Before\n\n{{ list }}\n\nAfter") == "Before\n\nAfter\n"


def test_addresses_become_links_without_what_follows_them() -> None:
    assert html_of("See (https://example.org/x), or https://example.org/y.") == (
        '<p>See (<a href="https://example.org/x" rel="noopener noreferrer">https://example.org/x</a>), or '
        '<a href="https://example.org/y" rel="noopener noreferrer">https://example.org/y</a>.</p>'
    )


@pytest.mark.parametrize(
    "value",
    [
        "<script>alert(1)</script>",
        "{{ link }}",
        "{% debug %}",
        "[Click](https://evil.example)",
        '"><img src=x onerror=alert(1)>',
        "=SUM(A1)",
        "\u202eevil",
    ],
)
def test_a_value_is_never_read_as_words(value: str) -> None:
    page = html_of("Hello {{ name }}", name=value)

    assert "<script" not in page
    assert "<img" not in page
    assert text_of("Hello {{ name }}", name=value) == f"Hello {value}\n"
    rendered = render(
        ROLE, Words(subject="About {{ name }}", body="x"), {"name": value, "link": "", "list": ""}
    )
    assert rendered.subject == f"About {value}"


@given(st.text())
def test_a_subject_is_one_line_whatever_is_put_in(value: str) -> None:
    rendered = render(
        ROLE, Words(subject="A {{ name }} b", body="x"), {"name": value, "link": "", "list": ""}
    )

    assert rendered.subject == one_line(rendered.subject)
    assert len(rendered.subject) <= 300
    assert not set(rendered.subject) & set("\r\n\x00\x0b\x0c\x1c\u2028\u2029\x85")


@given(st.text())
def test_whatever_people_write_is_shown_without_tags_of_theirs(body: str) -> None:
    page = str(shown(plain("Hello", body).html))

    assert set(re.findall(r"<(\w+)", page)) <= {"p", "br", "ul", "li", "a"}


@pytest.mark.parametrize(
    ("subject", "body", "field"),
    [
        ("{{ nobody }}", "x", "subject"),
        ("Hello", "{{ candidate.salary }}", "body"),
        ("Hello", "{{ name|upper }}", "body"),
        ("Hello", "{{ name }", None),
        ("Hello", "{{ }}", "body"),
        ("Hello", "{% if name %}x{% endif %}", "body"),
        ("Hello", "[Click]({{ name }})", "body"),
        (" ", "x", "subject"),
        ("Hello", "\n ", "body"),
    ],
)
def test_what_is_refused_when_saving(subject: str, body: str, field: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        check(ROLE, Words(subject=subject, body=body))

    assert refused.value.field == (field or "body")


def test_a_value_that_is_missing_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        render(ROLE, Words(subject="Hello", body="x"), {"name": "Robin"})


@pytest.mark.django_db
def test_a_message_wears_the_colour_and_the_logo_of_its_organisation(settings: Any) -> None:
    """Whatever was picked, the button and its words keep their contrast; the house itself stays plain."""
    settings.BASE_URL = "https://jobs.example.org"
    company = make_organisation(name='Bakers & "Sons"', colour="#ffee00")
    brand = outbox.brand_of(company)
    words = Words(subject="x", body="Hello\n\n[Your page]({{ link }})")
    values = {"name": "", "link": "https://x.example/", "list": ""}

    plain = render(ROLE, words, values, brand).html
    company.logo = "logos/bakers.png"
    pictured = render(ROLE, words, values, outbox.brand_of(company)).html

    assert contrast(parse(brand.fill), parse(brand.ink)) >= 4.5
    assert contrast(parse(brand.text), (255, 255, 255)) >= 4.5
    assert f"background:{brand.fill}" in plain
    assert "Bakers &amp; &quot;Sons&quot;</strong>" in plain
    assert (
        'src="https://jobs.example.org/brand/logos/bakers.png" alt="Bakers &amp; &quot;Sons&quot;"'
        in pictured
    )
    assert outbox.brand_of(None) == HOUSE
    assert "<strong" not in render(ROLE, words, values).html
