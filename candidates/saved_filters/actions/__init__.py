"""Every write to saved filters."""

from candidates.saved_filters.actions.follow import follow, unfollow
from candidates.saved_filters.actions.keep import change, keep, remove
from candidates.saved_filters.actions.look import LANE, look

__all__ = ["LANE", "change", "follow", "keep", "look", "remove", "unfollow"]
