"""Whoever begins a run sits at the board too."""

from tests.candidates.board.conftest import clock, desk, recruiter, role

__all__ = ["clock", "desk", "recruiter", "role"]
