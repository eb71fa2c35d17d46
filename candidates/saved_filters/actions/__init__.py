"""Every write to saved filters."""

from candidates.saved_filters.actions.follow import follow, unfollow
from candidates.saved_filters.actions.look import LANE, look
from candidates.saved_filters.actions.save import change, remove, save

__all__ = ["LANE", "change", "follow", "look", "remove", "save", "unfollow"]
