"""What is read from the text of a résumé, and how surely."""

import pytest

from candidates.resumes.domain import dates, reader
from candidates.resumes.domain.facts import Confidence, Facts

ENGLISH = """Robin Example
Data engineer
robin.example@post.example | +49 30 901820 | linkedin.com/in/robin-example
Berlin, Germany

Experience
Senior Data Engineer, Specimen GmbH
March 2019 - present
• Built pipelines in Python and PostgreSQL.
Data Analyst, Sample Works Ltd
Sep 2015 - Feb 2019
• Reports in SQL.

Education
MSc Statistics, University of Example
2013 - 2015

Skills
Python, PostgreSQL, Apache Kafka

Languages
German (native), English (C1)
"""
GERMAN = """Lebenslauf
Name: Mia Muster
E-Mail: mia.muster@post.example
Telefon: 030 / 901820

Berufserfahrung
03/2018 – heute
Pflegefachkraft
Klinikum Beispielstadt GmbH
10.2014 – 02.2018
Altenpflegerin
Haus am See gGmbH

Sprachen
Deutsch – Muttersprache
Polnisch – B2
"""


def stays(facts: Facts) -> list[tuple[str, str, str, str, bool]]:
    return [(each.what, each.where, each.start, each.end, each.current) for each in facts.positions]


def test_an_english_one() -> None:
    facts = reader.read(
        ENGLISH, links=["mailto:robin.example@post.example", "https://linkedin.com/in/robin-example"]
    )
    assert facts.name is not None
    assert (facts.name.value, facts.name.confidence) == ("Robin Example", Confidence.SURE)
    assert [each.value for each in facts.emails] == ["robin.example@post.example"]
    assert [each.more for each in facts.phones] == ["+4930901820"]
    assert [each.value for each in facts.links] == ["https://linkedin.com/in/robin-example"]
    assert facts.place is not None
    assert facts.place.value == "Berlin"
    assert [each.value for each in facts.languages] == ["de", "en"]
    assert {"Python", "PostgreSQL"} <= {each.value for each in facts.skills}
    assert stays(facts) == [
        ("Senior Data Engineer", "Specimen GmbH", "2019-03", "", True),
        ("Data Analyst", "Sample Works Ltd", "2015-09", "2019-02", False),
    ]
    assert [(each.where, each.start, each.end) for each in facts.education] == [
        ("University of Example", "2013", "2015")
    ]


def test_a_german_one() -> None:
    facts = reader.read(GERMAN)
    assert facts.name is not None
    assert facts.name.value == "Mia Muster"
    assert [each.value for each in facts.emails] == ["mia.muster@post.example"]
    assert [each.value for each in facts.languages] == ["de", "pl"]
    assert stays(facts) == [
        ("Pflegefachkraft", "Klinikum Beispielstadt GmbH", "2018-03", "", True),
        ("Altenpflegerin", "Haus am See gGmbH", "2014-10", "2018-02", False),
    ]


def test_what_is_read_is_kept_and_read_again_as_it_was() -> None:
    facts = reader.read(ENGLISH)
    assert Facts.from_json(facts.as_json()) == facts


@pytest.mark.parametrize("text", ["", "  \n\t\n", "\x0c"])
def test_a_paper_without_words_says_so(text: str) -> None:
    assert reader.read(text) == Facts(notes=(reader.EMPTY,))


def test_a_paper_of_nothing_but_signs_takes_no_time_and_says_nothing() -> None:
    facts = reader.read("-|,;: " * 20_000 + "(" * 5_000)
    assert (facts.name, facts.emails, facts.positions) == (None, (), ())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("March 2019 - present", "2019-03", ""),
        ("03/2018 – heute", "2018-03", ""),
        ("10.2014 – 02.2018", "2014-10", "2018-02"),
        ("2016 - 2018", "2016", "2018"),
        ("janvier 2016 à mars 2018", "2016-01", "2018-03"),
        ("enero de 2016 - actualidad", "2016-01", ""),
        ("Sep '15 - Feb '19", "2015-09", "2019-02"),
        ("2019-04 – 2020-01", "2019-04", "2020-01"),
    ],
)
def test_days_keep_their_precision(text: str, start: str, end: str) -> None:
    [span] = dates.spans(text)
    assert (span.start, span.end) == (start, end)
