"""What candidates chose to get by SMS, and the code by which a number is confirmed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ats.kernel.models import Stamped
from ats.sms.domain.numbers import in_words
from candidates.people.models import Candidate


class SmsAbout(models.TextChoices):
    """What somebody may get by SMS beside the mail: where to be when, and that there is something to read."""

    INTERVIEWS = "interviews", gettext_lazy("Interview times, changes and reminders")
    NEWS = "news", gettext_lazy("That there is news on your page")


def about_field() -> ArrayField:
    return ArrayField(models.CharField(max_length=12, choices=SmsAbout), default=list)


class SmsChoice(Stamped):
    """They confirmed this number and want these by SMS; without a row, they want none."""

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="sms_choice")
    number = models.CharField(max_length=20, help_text="E.164.")
    about_what = about_field()
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="smschoice_about_known",
                condition=Q(about_what__contained_by=SmsAbout.values) & Q(about_what__len__gt=0),
                violation_error_message="Choose what you get by SMS.",
            ),
        ]
        indexes = [models.Index(fields=["number"], name="smschoice_number")]

    def __str__(self) -> str:
        return f"SMS to candidate {self.candidate_id}"

    @property
    def shown(self) -> str:
        return in_words(self.number)

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}


class SmsCode(Stamped):
    """A code on its way to a number that somebody says is theirs; only its digest is kept, and few tries count."""

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="sms_code")
    number = models.CharField(max_length=20, help_text="E.164.")
    about_what = about_field()
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"Code for candidate {self.candidate_id}"

    @property
    def shown(self) -> str:
        return in_words(self.number)

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}
