"""What is recorded of declined requests: who is named to see them, and of the requests themselves nothing.

A record is its own account: what was added, by whom and when. The record of activities is read by
administrators and by whoever asked.
"""

from ats.activity.verbs import Verb, declare
from ats.kernel.staff_words import gettext_noop

declare(
    [
        Verb(
            name="declined.readers_named",
            text=gettext_noop("said who sees declined requests: HR {hr}; next in line {following}"),
            icon="shield",
        )
    ]
)
