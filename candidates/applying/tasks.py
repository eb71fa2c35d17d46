"""Declares the work of this slice: forgetting the files of forms that were never sent again."""

from candidates.applying import stash

__all__ = ["stash"]
