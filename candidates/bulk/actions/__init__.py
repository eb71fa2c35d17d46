"""Every write to bulk runs."""

from candidates.bulk.actions.cancel import cancel, discard
from candidates.bulk.actions.export import note_export
from candidates.bulk.actions.prepare import prepare
from candidates.bulk.actions.start import start, undo
from candidates.bulk.actions.tell import note_seen
from candidates.bulk.actions.work import LANE, work

__all__ = ["LANE", "cancel", "discard", "note_export", "note_seen", "prepare", "start", "undo", "work"]
