"""The recruiter who sits at the board keeps filters too."""

from tests.candidates.board.conftest import clock, desk, recruiter, role

__all__ = ["clock", "desk", "recruiter", "role"]
