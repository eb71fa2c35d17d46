"""Marks texts that only colleagues read: they are translated into the languages of staff, not into all of candidates'.

The functions are Django's own. From which of the two modules they come says who reads the text: `make messages` and
`tests/laws/test_languages.py` look at it. A text that candidates read somewhere is theirs everywhere.
"""

from django.utils.translation import (
    gettext,
    gettext_lazy,
    gettext_noop,
    ngettext,
    ngettext_lazy,
    npgettext,
    pgettext,
    pgettext_lazy,
)

__all__ = [
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "npgettext",
    "pgettext",
    "pgettext_lazy",
]
