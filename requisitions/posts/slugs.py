"""The address of a post: readable, unique, and the same for ever."""

from django.utils.text import slugify

from requisitions.posts.models import JobPost
from requisitions.roles.models import Requisition


def new_slug(requisition: Requisition, title: str) -> str:
    """Such as data-engineer-r-0042; called with the requisition locked, and its number is in it."""
    number = slugify(requisition.reference)
    stem = slugify(title)[: 110 - len(number)].rstrip("-") or "job"
    base = f"{stem}-{number}"
    taken = set(JobPost.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    tries = (f"{base}-{count}" if count else base for count in [0, *range(2, len(taken) + 3)])
    return next(slug for slug in tries if slug not in taken)
