import pytest

from ats.kernel.languages import in_language
from ats.management import texts
from ats.organisation.domain.places import code_of
from requisitions.models import WordingRule
from requisitions.wording import seeds
from requisitions.wording.domain import places
from requisitions.wording.domain.matching import Phrases
from requisitions.wording.domain.telling import told
from requisitions.wording.queries import checks
from requisitions.wording.queries.checks import check

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("use", "text", "topics"),
    [
        ("question", "How old are you? When did you graduate?", ["Age", "Age"]),
        ("question", "Wie alt sind Sie, und haben Sie Kinder?", ["Age", "Family"]),
        ("question", "Are you planning to have any children soon? Are you married?", ["Family", "Marital state"]),
        ("question", "Who looks after your kids when you travel?", ["Family", "Family"]),
        ("question", "Where are you originally from? I like your accent.", ["Origin", "Origin"]),
        ("question", "Are you a US citizen?", ["Citizenship"]),
        ("question", "Are you authorised to work here, now or with sponsorship?", []),
        ("question", "Which church do you go to? Which holidays do you keep?", ["Religion", "Religion"]),
        ("question", "Can you meet the schedule, Sundays and travel included?", []),
        ("question", "How many sick days did you take? Are you disabled?", ["Health and disability"] * 2),
        ("question", "Can you do the essential functions with or without reasonable accommodation?", []),
        ("question", "What is your sexual orientation?", ["Gender and orientation"]),
        ("question", "Does diabetes run in your family?", ["Genetic facts"]),
        ("question", "Have you ever been arrested?", ["Arrests and convictions"]),
        ("question", "What type of discharge did you get?", ["Military service"]),
        ("question", "Are you a member of a trade union?", ["Union"]),
        ("question", "Do you own your home, or live with your parents?", ["Home and money"] * 2),
        ("question", "How tall are you?", ["Height and weight"]),
        ("question", "Which clubs are you in?", ["Clubs and politics"]),
        ("question", "What are your salary expectations for this role?", []),
        ("question", "Tell us about a time when you worked with children at school.", []),
        ("question", "How do you handle a race condition in a single page?", []),
        ("advert", "Ein junges, dynamisches Team sucht eine Krankenschwester.", ["Age", "Gender and orientation"]),
        ("advert", "A young team of digital natives looks for a salesman.", ["Age", "Age", "Gender and orientation"]),
        ("advert", "Please send a recent photo.", ["Photo"]),
        ("advert", "You teach young people and young adults.", []),
        ("advert", "Rockstar, 9 years of experience, native speaker", ["Coded words", "Years of experience", "Origin"]),
        ("advert", "We offer parental leave, childcare and a sabbatical.", []),
        ("criterion", "Five years of relevant experience", ["Years of experience"]),
        ("message", "Could you tell me your current salary?", ["Pay so far"]),
        ("message", "We offer paid sick leave, and you and your family are welcome.", []),
        ("feedback", "Strong accent, not a culture fit, too old", ["Origin", "No evidence", "Age"]),
        ("feedback", "Explained foreign keys and accent colours well.", []),
        ("note", "No one over 40, and no foreigners please.", ["Age", "Origin"]),
        ("note", "Lieber einen Mann, niemand mit Kindern.", ["Gender and orientation", "Family"]),
        ("note", "Ask what she earns: her current salary decides. No headscarves.", ["Pay so far", "Religion"]),
        ("note", "Answers within under 40 hours; knows foreign keys. Over 40 services run on it.", []),
        ("note", "Too old for us", ["Age"]),
        ("criterion", "Digital native, under 35, without an accent", ["Age", "Age", "Origin"]),
    ],
)  # fmt: skip
def test_what_the_house_ships_finds_what_does_not_belong(use: str, text: str, topics: list[str]) -> None:
    assert [one.topic for one in check(text, use=use)] == topics


def test_the_law_of_the_place_decides() -> None:
    def said(text: str, place: str) -> list[tuple[str, str]]:
        return [(one.code, one.severity) for one in check(text, use="question", jurisdiction=place)]

    asked = "What is your current salary?"
    assert said(asked, "") == [("pay-history", "biased")]
    assert said(asked, "DE-BE") == [("pay-history-eu", "unlawful")]
    assert said(asked, "US-CA") == [("pay-history-us", "unlawful")]
    assert said(asked, "US-TX") == [("pay-history", "biased")]
    convicted = "Have you been convicted of a crime?"
    assert said(convicted, "US-NJ") == [("conviction-us", "unlawful")]
    assert said(convicted, "US-TX") == [("conviction", "biased")]


def test_a_finding_says_what_why_and_what_instead() -> None:
    (one,) = check("So,  how old\nare you?", use="question")

    assert (one.start, one.end, one.words, one.is_unlawful) == (5, 20, "how old are you", True)
    assert one.alternative == "Where the law sets an age, ask only: “Are you at least 18?”"
    assert one.source.startswith("ADEA")


def test_every_shipped_rule_is_whole() -> None:
    codes = [rule.code for rule in seeds.RULES]
    assert len(set(codes)) == len(codes)
    for rule in seeds.RULES:
        Phrases([*rule.phrases, *rule.except_phrases])
        assert all(places.is_place(code) for code in rule.jurisdictions), rule.code
        assert len(set(rule.phrases)) == len(rule.phrases), rule.code
    for rule in seeds.RULES:  # what is offered instead must not be found itself
        for use in rule.uses:
            assert check(rule.alternative, use=use, jurisdiction="US-CA") == [], rule.code


def test_shipping_again_brings_the_words_up_to_date_and_leaves_off_what_is_off() -> None:
    WordingRule.objects.filter(code="age").update(is_active=False, reason="Old words.")
    WordingRule.objects.filter(code="union").delete()

    seeds.write()

    age = WordingRule.objects.get(code="age")
    assert (age.is_active, age.reason) == (False, seeds.PERSON[0].reason)
    assert WordingRule.objects.filter(is_shipped=True).count() == len(seeds.RULES)
    checks.forget()
    assert check("How old are you?", use="question") == []


def test_an_emptied_table_fills_itself_and_a_process_asks_once(django_assert_num_queries) -> None:
    WordingRule.objects.all().delete()
    assert len(check("How old are you?", use="question")) == 1
    with django_assert_num_queries(0):
        check("How old are you?", use="question")


@pytest.mark.parametrize(
    ("country", "region", "code"),
    [
        ("US", "California", "US-CA"),
        ("US", " ca ", "US-CA"),
        ("US", "us-ny", "US-NY"),
        ("DE", "Bayern", "DE-BY"),
        ("DE", "Somewhere", "DE"),
        ("DE", "", "DE"),
        ("XK", "Nowhere", "XK"),
    ],
)
def test_a_place_is_known_as_people_write_it(country: str, region: str, code: str) -> None:
    assert code_of(country, region) == code


@pytest.mark.parametrize("language", texts.languages_of("requisitions"))
def test_what_ships_is_told_in_the_language_of_who_reads_it(language: str) -> None:
    """Every topic, reason and alternative; laws keep the names that they have."""
    untold = []
    for row in WordingRule.objects.filter(is_shipped=True):
        with in_language(language):
            theirs = told(row)
        assert told(row) == (row.topic, row.reason, row.alternative, row.source)
        untold += [
            (row.code, name)
            for name in ("topic", "reason", "alternative")
            if getattr(theirs, name) == getattr(row, name) not in ALIKE
        ]
    assert untold == []


ALIKE = frozenset({"Religion"})
"""Topics that are called the same."""


def test_a_reason_of_two_sentences_is_told_whole() -> None:
    row = WordingRule.objects.get(code="pay-history-us")
    with in_language("de"):
        assert told(row).reason == (
            "Was jemand früher verdient hat, trägt altes Unrecht in das neue Gehalt. Dieser Staat verbietet die Frage."
        )


def test_a_rule_of_the_house_is_told_as_it_was_written() -> None:
    row = WordingRule(topic="Age", reason="It is a feeling.", alternative="Nothing: no work needs it.")
    with in_language("de"):
        assert told(row) == ("Age", "It is a feeling.", "Nothing: no work needs it.", "")
