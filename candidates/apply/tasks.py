"""Declares the work of this slice: forgetting the files of forms that were never sent again."""

from candidates.apply import kept_uploads

__all__ = ["kept_uploads"]
