"""Words of a label inside a sentence."""

from django.utils.translation import get_language

from ats.kernel.languages import Words


def in_sentence(label: Words) -> str:
    """Small in English; as it is in a language whose nouns stay capital."""
    return str(label).lower() if get_language() in {None, "en"} else str(label)
