"""What is recorded of declined requests: who is named to see them, and of the requests themselves nothing.

A record is its own account: what was added, by whom and when. The record of activities is read by
administrators and by whoever asked.
"""

from ats.activity.verbs import Verb, declare

declare(
    [
        Verb(
            name="declined.readers_named",
            text="said who sees declined requests: HR {hr}; next in line {following}",
            icon="shield",
        )
    ]
)
