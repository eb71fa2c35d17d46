"""Addresses for answers: signed, short enough, and whole whatever folds their case."""

import random
from typing import Any

import pytest

from ats.mail import reply_tags
from ats.mail.reply_tags import Answered

ADDRESS = "hiring@example.com"


@pytest.fixture(autouse=True)
def mailbox(settings: Any) -> None:
    settings.INBOUND_ADDRESS, settings.INBOUND_SUBADDRESS = ADDRESS, "+"


@pytest.mark.parametrize("number", [1, 255, 256, 12_345, 2**31, 2**63 - 1])
def test_a_tag_comes_back_whatever_folds_its_case(number: int) -> None:
    address = reply_tags.address_for(number)
    local, _, domain = address.partition("@")
    assert local.startswith("hiring+a")
    assert (address, domain, len(local) <= 64) == (address.lower(), "example.com", True)
    for way in (address, address.upper(), f"Hiring{address[6:]}", address.title()):
        assert reply_tags.answered_in(["other@example.com", way]) == (Answered.APPLICATION, number)


def test_a_tag_of_one_kind_is_none_of_another() -> None:
    of_mail = reply_tags.address_of(7)
    assert reply_tags.answered_in([of_mail.upper()]) == (Answered.MAIL, 7)
    for other in (of_mail.replace("+m", "+a"), reply_tags.address_for(7).replace("+a", "+m")):
        with pytest.raises(reply_tags.Forged):
            reply_tags.answered_in([other])


def test_a_changed_tag_is_forged() -> None:
    address = reply_tags.address_for(12_345)
    local = address.partition("@")[0]
    letters = random.Random(1)
    for place in range(len("hiring+a"), len(local) - 1):
        other = letters.choice([sign for sign in "abcdefghijklmnopqrstuvwxyz234567" if sign != local[place]])
        with pytest.raises(reply_tags.Forged):
            reply_tags.answered_in([f"{local[:place]}{other}{local[place + 1 :]}@example.com"])


def test_guesses_are_forged_and_other_subaddresses_are_none_of_ours() -> None:
    for guess in ("a" * 22, "a" + "7" * 40, "a" + "b" * 19):
        with pytest.raises(reply_tags.Forged):
            reply_tags.answered_in([f"hiring+{guess}@example.com"])
    for other in (
        "hiring+news@",
        "hiring+jobs-berlin@",
        "hiring@",
        "people+" + "a" * 22 + "@",
        "hiring+" + "a" * 80 + "@",
    ):
        assert reply_tags.answered_in([f"{other}example.com"]) is None
    assert reply_tags.answered_in(["hiring+" + "a" * 22 + "@example.org"]) is None


def test_a_real_tag_beside_a_forged_one_counts() -> None:
    forged = f"hiring+a{'b' * 22}@example.com"
    assert reply_tags.answered_in([forged, reply_tags.address_for(7)]) == (Answered.APPLICATION, 7)


def test_a_key_that_was_changed_still_reads_its_tags(settings: Any) -> None:
    address = reply_tags.address_for(7)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert reply_tags.answered_in([address]) == (Answered.APPLICATION, 7)
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(reply_tags.Forged):
        reply_tags.answered_in([address])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"INBOUND_ADDRESS": ""}, ""),
        ({"INBOUND_SUBADDRESS": ""}, ADDRESS),
        ({"INBOUND_ADDRESS": "x" * 60 + "@example.com"}, "x" * 60 + "@example.com"),
    ],
)
def test_where_there_can_be_no_tag(settings: Any, change: dict[str, Any], expected: str) -> None:
    for name, value in change.items():
        setattr(settings, name, value)
    assert reply_tags.address_for(7) == expected
