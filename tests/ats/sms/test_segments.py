"""How many SMS a text takes, and how one is made shorter that would take more than two."""

import pytest

from ats.sms.domain.segments import fitted, is_gsm, segments
from ats.sms.domain.stop_words import says_start, says_stop


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ñ" * 160, 1),
        ("ك" * 70, 1),
        ("ك" * 71, 2),
        ("ك" * 134, 2),
        ("ك" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("a" * 66 + "😀" + "a" * 65, 2),
        ("a" * 66 + "😀" + "ك" * 66, 3),
        ("á" + "a" * 69, 1),
        ("á" + "a" * 70, 2),
    ],
)
def test_segments(text: str, count: int) -> None:
    assert segments(text) == count


def test_signs_that_cost_as_much_as_another_script_are_said_otherwise() -> None:
    assert (
        fitted(lambda name: f"{name} \u2013 it\u2019s \u201cnew\u201d\u2026\u00a0x", "Example")
        == 'Example - it\'s "new"... x'
    )


def test_a_long_name_gives_way_and_the_address_stays() -> None:
    link = "https://hiring.example.com/status/" + "k" * 43 + "/"
    text = fitted(lambda name: f"{name}: about your interview: {link}", "Very long name " * 30)
    assert segments(text) == 2
    assert text.endswith(link)
    assert text.startswith("Very long name Very long name")


def test_letters_that_gsm_lacks_stay_where_there_is_room_and_give_way_where_not() -> None:
    assert fitted(lambda name: f"{name}: sí", "Muñoz") == "Muñoz: sí"
    long = fitted(lambda name: f"{name}: sí {'x' * 150}", "Muñoz")
    assert long == f"Muñoz: si {'x' * 150}"
    assert is_gsm(long)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "STOP",
            "stop.",
            " Stop ! ",
            "STOPP",
            "Stop All",
            "ABMELDEN",
            "Arrêt",
            "ARRET",
            "désabonner",
            "BAJA",
        ),
        *("no más", "توقف", "إيقاف", "إلغاء الاشتراك", "\uff33\uff34\uff2f\uff30"),
        *("\u200bstop\u200b", "Keine SMS mehr!"),
    ],
)
def test_words_that_stop_them(text: str) -> None:
    assert says_stop(text)


@pytest.mark.parametrize(
    "text", ["", "Please stop by at ten", "Stop bitte rufen Sie an", "OK", "x" * 5000, "start"]
)
def test_words_that_do_not(text: str) -> None:
    assert not says_stop(text)


def test_words_that_start_them_again() -> None:
    assert says_start("START")
    assert not says_start("I start on Monday")
