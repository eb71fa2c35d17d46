"""What a letter may say of the world, and must not say while it is not so."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from ats.kernel.staff_words import gettext, gettext_lazy


class Claim(models.TextChoices):
    CHOSEN = "chosen", gettext_lazy("Somebody else was chosen")
    FILLED = "filled", gettext_lazy("The role is filled")
    CLOSED = "closed", gettext_lazy("The role will not be filled")


def claims_field() -> ArrayField:
    """The flags of a text that is used again and again: what it claims."""
    return ArrayField(
        models.CharField(max_length=10, choices=Claim),
        default=list,
        db_default=models.Value([], output_field=ArrayField(models.CharField(max_length=10))),
        blank=True,
        help_text=gettext("What it says of the role; it is only sent where that is so."),
    )
