"""Rooms, what they are told, and the way there."""

from ats.chat.actions.change import add_room, change_room, remove_room, try_room
from ats.chat.actions.say import tell_person, tell_team

__all__ = ["add_room", "change_room", "remove_room", "tell_person", "tell_team", "try_room"]
