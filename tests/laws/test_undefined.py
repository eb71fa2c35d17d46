"""What a template looks for is there; the watch over all tests notices when it is not."""

import pytest
from django.template.loader import get_template

from tests import undefined


def found(name: str, **context: object) -> list[str]:
    """What the watch says of one of our templates, drawn with this."""
    get_template(name).render(context)
    said = list(undefined.found)
    undefined.found.clear()
    return said


def test_a_name_that_was_forgotten_is_noticed_in_text_and_in_conditions() -> None:
    assert found("parts/toast.html", text="Saved.", extra="") == [
        "parts/toast.html:1: level (level is not in the context)",
        "parts/toast.html:2: level (level is not in the context)",
    ]


def test_so_is_a_field_that_was_renamed() -> None:
    entry = {
        "at": None,
        "who": "Ada",
        "text": "wrote",
        "body": "",
        "status": "",
        "visibility": "",
        "icon": "x",
    }
    assert found("parts/timeline_entry.html", entry=entry) == [
        "parts/timeline_entry.html:4: entry.href (href is not in dict)"
    ]


def test_nothing_lies_beyond_nothing_and_a_part_says_what_may_be_left_out() -> None:
    assert found("parts/form_actions.html") == []
    assert found("parts/tabs.html", tabs=[]) == []


def test_who_looks_in_vain_fails() -> None:
    undefined.found.append("page.html:1: name (name is not in the context)")
    with pytest.raises(undefined.Undefined, match=r"page\.html:1: name"):
        undefined.complain()
    undefined.complain()
