"""What of a file is shown, and marked."""

import pytest

from candidates.people.domain.snippets import snippet

LONG = "Before that many other words. " * 5


def shown(text: str, asked: str) -> str:
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in snippet(text, asked))


@pytest.mark.parametrize(
    ("text", "asked", "line"),
    [
        ("Java and Kotlin", "kotlin", "Java and [Kotlin]"),
        ("Java and\nKotlin\t5 years", "kotlin java", "[Java] and [Kotlin] 5 years"),
        ("Javascript", "java", ""),
        ("ISO-27001 audits", "iso 27001", "[ISO]-[27001] audits"),
        ("ISO-27001 audits", '"iso 27001"', "[ISO-27001] audits"),
        ("A Front-End job", "front-end", "A [Front-End] job"),
        ("A front end job", "frontend", "A [front end] job"),
        ("Müller & Söhne", "muller", "[Müller] & Söhne"),
        ("Microservices", "micro*", "[Micro]services"),
        ("C++ and C", "c++", ""),
        ("東京大学", "東京", ""),
        ("Kotlin", "-kotlin", ""),
        ("Kotlin", "", ""),
        ("a\x00b Kotlin \u202e", "kotlin", "a b [Kotlin] "),
        (
            f"{LONG}Then Kotlin. {LONG}",
            "kotlin",
            "… that many other words. Before that many other words. Then [Kotlin]. "
            + "Before that many other words. " * 3
            + "Before that many other …",
        ),
    ],
)
def test_the_words_around_what_was_asked_for(text, asked, line) -> None:
    assert shown(text, asked) == line


def test_a_pattern_of_signs_costs_no_more_than_others() -> None:
    assert snippet("a" * 50_000, "(a+)+$ .* [a-z]*") == []
