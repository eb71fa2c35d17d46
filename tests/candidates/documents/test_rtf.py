"""What a person sees in an RTF file is in its text: once, in order, in whole words."""

import io

import pytest

from candidates.documents.reading import Reading, read

FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}"
BODY = r"\pard Body first\par Body second\par"


def text_of(inside: str, *, head: str = r"\ansi\ansicpg1252\deff0", encoding: str = "cp1252") -> str:
    content = rf"{{\rtf1{head}{FONTS}{inside}}}".encode(encoding)
    found = read(io.BytesIO(content), "rtf")
    assert found.problem == ""
    return found.text


def test_the_header_comes_first_and_the_footer_last_and_each_once() -> None:
    header = r"{\header\pard\plain Jane Doe, +49 30 901820, Caf\'e9\par }"
    first = r"{\headerf \pard First page only\par}"
    footer = r"{\footer\pard A footer\par}"
    styles = rf"{{\*\pgdsctbl{{\pgdsc0 {header} Default;}}}}"
    assert text_of(styles + header + first + footer + BODY + header) == (
        "Jane Doe, +49 30 901820, Café\nFirst page only\nBody first\nBody second\nA footer"
    )


def test_a_header_is_in_the_letters_of_its_fonts() -> None:
    assert text_of(rf"{{\header \f1 \'c8\'e2\'e0\'ed\par}}{BODY}") == "Иван\nBody first\nBody second"
    assert text_of(r"{\header Иван\par}Юлия", head=r"\ansi\ansicpg1251", encoding="cp1251") == "Иван\nЮлия"
    assert text_of(r"R\'8esum\'8e", head=r"\mac") == "Résumé"


@pytest.mark.parametrize(
    ("target", "shown", "text"),
    [
        ("mailto:jane@doe.example", "E-mail", "E-mail (jane@doe.example), Berlin"),
        ("mailto:jane@doe.example?subject=x", "jane@doe.example", "jane@doe.example, Berlin"),
        ("https://example.org/", "Blog", "Blog, Berlin"),
    ],
)
def test_addresses_behind_links_are_said_once(target: str, shown: str, text: str) -> None:
    link = rf'{{\field{{\*\fldinst{{HYPERLINK "{target}"}}}}{{\fldrslt {{\ul {shown}}}}}}}'
    assert text_of(rf"\pard {link}, Berlin\par") == text


def test_notes_and_boxes_are_read_and_deletions_are_not() -> None:
    note = r"Degree{\footnote \pard With honours.}, Berlin\par"
    again = r"{\shprslt{\*\do {\dptxbxtext \pard Boxed\par}}}"
    box = rf"\pard {{\shp{{\*\shpinst\shpleft0{{\shptxt \pard Boxed\par}}}}{again}}}Robin\par"
    gone = r"{\rtlch\deleted\revauthdel1 gone}{\revised new}\par"
    assert text_of(note + box + gone) == "Degree, Berlin\n\nBoxed\n\nRobin\nnew\nWith honours."


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        (r"{\header Jane", "Jane\nRobin"),
        (r"}}}{\field", "Robin"),
        ("{" * 20_000, "Robin"),
        (r"{\footnote " * 20_000, "Robin"),
    ],
)
def test_groups_that_never_end_cost_little(broken: str, text: str) -> None:
    content = (r"{\rtf1\ansi Robin\par " + broken).encode()
    assert read(io.BytesIO(content), "rtf", seconds=10) == Reading(text=text, holds=())
