"""Reading briefs: what they say now, what both sides have settled, and what their pages show."""

from partners.intake.queries.brief import brief_of, said_now, settled

__all__ = ["brief_of", "said_now", "settled"]
