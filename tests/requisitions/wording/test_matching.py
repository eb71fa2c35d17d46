import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requisitions.wording.domain.checker import Checker, Finding, Rule
from requisitions.wording.domain.matching import NoPhrase, Phrases, tokens
from tests.effort import cpu_seconds


def found(text: str, *phrases: str) -> list[str]:
    words = tokens(text)
    return [text[words[one.first].start : words[one.last].end] for one in Phrases(phrases).find(words)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("how old are you", "So, HOW OLD are you?", ["HOW OLD are you"]),
        ("staatsangehorigkeit", "Ihre Staatsangehörigkeit bitte", ["Staatsangehörigkeit"]),
        ("staatsangehörigkeit", "Ihre STAATSANGEHO\u0308RIGKEIT bitte", ["STAATSANGEHO\u0308RIGKEIT"]),
        ("strasse", "die Straße", ["Straße"]),
        ("pregnan*", "pregnancy, pregnant; unpregnant", ["pregnancy", "pregnant"]),
        ("young", "younger, young-at-heart", ["young"]),
        ("able bodied", "able-bodied people", ["able-bodied"]),
        ("your wife", "your wife\u2019s work", ["your wife\u2019s"]),
        ("worker's compensation", "a workers\u2019 or worker\u2019s compensation", ["worker\u2019s compensation"]),
        ("do you have ... kids", "do you have kids", ["do you have kids"]),
        ("you have ... kids", "you have one or two small kids", ["you have one or two small kids"]),
        ("do you have ... children", "do you have one or two or more children", []),
        ("do you have ... children", "Do you have time? Children come first.", []),
        ("an age", "an\nage; an\n\nage, an\n- age", ["an\nage"]),
        ("age", "ageing, manage, age", ["age"]),
        ("accent", "ac\u00adcent", ["ac\u00adcent"]),
        ("a ... b ... c", "a x b y y c", ["a x b y y c"]),
        ("young", "", []),
    ],
)  # fmt: skip
def test_phrases_are_found_as_people_write_them(phrase: str, text: str, expected: list[str]) -> None:
    assert found(text, phrase) == expected


@pytest.mark.parametrize(
    "phrase", ["", "...", "... age", "age ...", "*", "ab*", "!?", "is it ... ", " ... ".join("abcdef")]
)
def test_what_cannot_be_looked_for_is_refused(phrase: str) -> None:
    with pytest.raises(NoPhrase):
        Phrases([phrase])


RULE = Rule(
    code="age",
    topic="Age",
    severity="unlawful",
    uses=frozenset({"question"}),
    jurisdictions=frozenset(),
    phrases=("young", "young and wild", "old"),
    except_phrases=("young people", "old enough to"),
    reason="No.",
    alternative="Yes.",
)


def say(text: str, *rules: Rule, use: str = "question", place: str = "") -> list[tuple[str, str]]:
    return [(one.code, one.words) for one in Checker(rules).find(text, use=use, jurisdiction=place)]


def test_lawful_words_excuse_what_they_overlap_and_nothing_else() -> None:
    assert say("young people, young and wild, old enough to, too old", RULE) == [
        ("age", "young and wild"),
        ("age", "old"),
    ]
    assert say("young", RULE, use="advert") == []


def test_of_one_topic_the_weightiest_rule_that_holds_there_speaks() -> None:
    everywhere = Rule(**{**_facts(RULE), "code": "everywhere", "severity": "biased"})
    union = Rule(**{**_facts(RULE), "code": "union", "jurisdictions": frozenset({"EU", "US-CA"})})
    places = ["", "DE-BE", "DE", "US-CA", "US-TX", "US", "GB"]

    said = {place: say("old", everywhere, union, place=place)[0][0] for place in places}

    assert said == {
        "": "everywhere",
        "DE-BE": "union",
        "DE": "union",
        "US-CA": "union",
        "US-TX": "everywhere",
        "US": "everywhere",
        "GB": "everywhere",
    }


def _facts(rule: Rule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in Rule.__dataclass_fields__}


WORDS = st.sampled_from(
    ["do", "you", "have", "any", "children", "Kínder", "old", ".", "\n", "-", "young", "\u2019s"]
)


@given(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=60))
@settings(max_examples=150)
def test_every_finding_stands_where_it_says(text: str, noise: str) -> None:
    text = f"{noise} {text} {noise}"
    phrases = ("do you have ... children", "old", "young", "kinder", "any ... any ... any")
    rule = Rule(**{**_facts(RULE), "phrases": phrases, "except_phrases": ()})
    findings: list[Finding] = Checker([rule]).find(text, use="question")

    assert all(one.words == " ".join(text[one.start : one.end].split()) for one in findings)
    assert [one.start for one in findings] == sorted({one.start for one in findings})
    assert all(found(text[one.start : one.end], *phrases) for one in findings)


@pytest.mark.parametrize(
    "piece",
    [
        "do you have ",
        "do you do you have any ",
        "a",
        "pregnan ",
        "ﷺ",
        "é",
        "... ",
        "old ",
        "x.",
        "\u2019",
        "do\u200byou ",
    ],
)
def test_a_hostile_text_is_looked_through_in_no_time(piece: str) -> None:
    gaps = [
        "do you have ... children ... at ... home",
        "do ... you ... do ... you ... stop",
        "pregnan*",
        "old",
    ]
    checker = Checker([Rule(**{**_facts(RULE), "phrases": tuple(gaps)})])
    text = (piece * (100_000 // len(piece) + 1))[:100_000]

    assert len(checker.find(text, use="question")) <= 5
    assert cpu_seconds(lambda: checker.find(text, use="question"), enough=2) < 2  # half a second is usual


def test_rules_that_are_written_to_take_long_do_not() -> None:
    """However many ways there are to read a text, it is looked through in a time that goes with its length."""
    phrases = tuple("a " * number + "... a ... a ... a" for number in range(1, 40))
    checker = Checker([Rule(**{**_facts(RULE), "code": str(n), "phrases": phrases}) for n in range(5)])
    text = "a " * 10_000

    assert checker.find(text, use="question") != []
    assert cpu_seconds(lambda: checker.find(text, use="question"), enough=5) < 5  # without a limit: minutes
