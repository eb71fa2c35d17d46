"""What floats at the right edge of a page is read with the line beside which it stands; and where links lead."""

import io

import pytest
from fpdf import FPDF

from candidates.documents.reading import MOST_LINKS, read
from tests.candidates.documents.pdfs import pdf

TITLE, DAYS, EARLIER, OLDER = "Data engineer", "2018 - 2020", "Analyst", "2015 - 2018"


def at(x: float, y: float, text: str) -> str:
    return f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def right(y: float, text: str) -> str:
    """At the right edge."""
    sheet = FPDF()
    sheet.set_font("Helvetica", size=10)
    return at(523 - sheet.get_string_width(text) * sheet.k, y, text)


def text_of(*pieces: str) -> list[str]:
    found = read(io.BytesIO(pdf("".join(pieces))), "pdf")
    assert found.problem == ""
    return found.text.split("\n")


BODY = at(72, 740, "Built ferries.") + at(72, 728, "And services.")
MORE = at(72, 690, EARLIER) + at(72, 678, "Wrote reports.")


def test_days_that_were_written_after_what_is_below_them() -> None:
    found = text_of(at(72, 760, TITLE), BODY, right(760, DAYS), MORE, right(690, OLDER))
    assert found == [TITLE, DAYS, "Built ferries.", "And services.", EARLIER, OLDER, "Wrote reports."]


def test_days_that_were_written_before_everything_else() -> None:
    found = text_of(right(760, DAYS), right(690, OLDER), at(72, 760, TITLE), BODY, MORE)
    assert found == [TITLE, DAYS, "Built ferries.", "And services.", EARLIER, OLDER, "Wrote reports."]


def test_a_place_above_days_belongs_to_the_lower_of_two_lines_that_begin_alike() -> None:
    floats = right(760, "Berlin") + right(748, DAYS)
    found = text_of(floats, at(72, 760, "Specimen GmbH"), at(72, 748, TITLE), at(72, 720, "Built ferries."))
    assert found == ["Specimen GmbH", TITLE, "Berlin", DAYS, "Built ferries."]


def test_a_column_of_its_own_stays_as_it_is() -> None:
    left = at(72, 760, TITLE) + at(72, 740, "Built ferries.")
    column = "".join(
        at(400, 760 - 12 * row, text) for row, text in enumerate(("Skills", "Python", "SQL", "Statistics"))
    )
    assert text_of(left, column) == [TITLE, "Built ferries.", "Skills", "Python", "SQL", "Statistics"]


def test_what_is_long_or_ends_before_the_edge_floats_nowhere() -> None:
    wide = at(72, 700, "x" * 90)
    assert text_of(at(72, 760, TITLE), BODY, at(300, 760, DAYS), wide)[-2] == DAYS
    long = "from the beginning of 2018 until the end of 2020"
    assert text_of(at(72, 760, TITLE), BODY, at(300, 760, long))[-1] == long


def linked(*actions: str) -> tuple[str, ...]:
    kids = " ".join(f"{6 + number} 0 R" for number in range(len(actions)))
    links = (f"<</Type/Annot/Subtype/Link/Rect[72 750 200 770]/A<<{action}>>>>" for action in actions)
    return read(io.BytesIO(pdf(at(72, 760, "GitHub"), page=f"/Annots[{kids}]", objects=links)), "pdf").links


def uri(address: str) -> str:
    return f"/S/URI/URI({address})"


def test_where_links_lead_in_their_order_and_once() -> None:
    one, other = "https://github.com/robin", "mailto:robin@post.example"
    assert linked(uri(one), uri(other), uri(one)) == (one, other)


@pytest.mark.parametrize(
    "action",
    [
        uri("javascript:alert\\(1\\)"),
        uri("file:///etc/passwd"),
        uri(""),
        uri("https://example.com/" + "a" * 600),
        "/S/JavaScript/JS(app.alert\\(1\\))",
        "/S/GoTo/D[3 0 R/Fit]",
        "/S/Launch/F(x.exe)",
    ],
)
def test_what_leads_nowhere_on_the_web_is_no_link(action: str) -> None:
    assert linked(action, uri("https://example.com/a")) == ("https://example.com/a",)


def test_so_many_links_are_kept_and_no_more() -> None:
    assert len(linked(*(uri(f"https://example.com/{number}") for number in range(300)))) == MOST_LINKS


def test_a_broken_address_is_put_together_where_the_text_knows_the_word() -> None:
    name = at(72, 760, "Theodore Lefebvre")
    known = text_of(name, at(72, 740, "example.com/le-"), at(72, 728, "febvre"))
    assert known[1:] == ["example.com/lefebvre"]
    apart = text_of(at(72, 760, "Anna Gertz"), at(72, 740, "example.com/anna-"), at(72, 728, "gertz"))
    assert apart[1:] == ["example.com/anna-gertz"]
    names = text_of(
        at(72, 760, "Anna Gertz annagertz@x.example"), at(72, 740, "example.com/anna-"), at(72, 728, "gertz")
    )
    assert names[1:] == ["example.com/anna-gertz"]
    twice = text_of(at(72, 740, "example.com/anna-"), at(72, 728, "-gertz"))
    assert twice == ["example.com/anna-gertz"]
