"""What happens to points that matter to somebody."""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="matters.marked",
            text=gettext_noop("marked what matters to them, “{point}”, as {met}"),
            personal=("point", "why"),
            icon="flag",
        ),
    ]
)
