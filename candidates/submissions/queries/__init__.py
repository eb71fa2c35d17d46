"""What rooms above, pages and actions ask about who is put forward."""

from candidates.submissions.queries.standing import (
    check_put_forward,
    is_held,
    is_over_for_them,
    of_application,
    owned,
    quiet_since_a_no,
    standing_yes,
)

__all__ = [
    "check_put_forward",
    "is_held",
    "is_over_for_them",
    "of_application",
    "owned",
    "quiet_since_a_no",
    "standing_yes",
]
