"""Candidates: each person once, however often they apply."""

from typing import Any, Self

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import JSONObject, Right
from django.db.models.lookups import Contains

from ats.activity.record import Actor
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.people.domain import phones
from candidates.people.domain.phones import END


class SourceKind(models.TextChoices):
    CAREERS = "careers", gettext_lazy("Careers site")
    BOARD = "board", gettext_lazy("Job board")
    REFERRAL = "referral", gettext_lazy("Referral")
    AGENCY = "agency", gettext_lazy("Agency")
    SOURCED = "sourced", gettext_lazy("Sourced")
    OTHER = "other", gettext_lazy("Other")


class Source(models.Model):
    """Where people come from."""

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=SourceKind, default=SourceKind.OTHER)

    class Meta:
        constraints = [one_of("source_kind_known", "kind", SourceKind)]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that people put on candidates to find them again."""

    name = models.CharField(max_length=50, unique=True)

    def __str__(self) -> str:
        return self.name


def phone_digits() -> Func:
    """The digits of a telephone number as it was typed; "(0)" is dialled by nobody."""
    return Func(
        F("phone"),
        Value(r"\(0\)|\D"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )


TAKES_ALONG = """
    WITH theirs AS (
        SELECT id FROM ats_incomingmail WHERE candidate_id = OLD.id
            OR (candidate_id IS NULL AND OLD.email <> '' AND lower(sender) = lower(OLD.email))
        FOR UPDATE SKIP LOCKED
    ), unlinked AS (
        UPDATE candidates_message SET incoming_id = NULL WHERE incoming_id IN (SELECT id FROM theirs)
    ), emptied AS (
        DELETE FROM ats_incomingcontent WHERE mail_id IN (SELECT id FROM theirs)
    )
    DELETE FROM ats_incomingmail WHERE id IN (SELECT id FROM theirs);
    RETURN NULL;
"""
"""Mail that came from somebody goes with them, however they are erased; its rows know them by a number alone.

One that is read at this moment is passed over: whoever reads it waits for what we hold, and then finds nobody.
"""


TAKES_ANSWERS_ALONG = """
    DELETE FROM candidates_surveyresponse
        WHERE application_id IN (SELECT id FROM candidates_application WHERE candidate_id = OLD.id);
    DELETE FROM candidates_surveyuse
        WHERE application_id IN (SELECT id FROM candidates_application WHERE candidate_id = OLD.id);
    RETURN NULL;
"""
"""What somebody answered with their name goes with it; deleted with them it is anyway."""

TAKES_SMS_ALONG = """
    DELETE FROM ats_smsmessage WHERE candidate_id = OLD.id;
    DELETE FROM candidates_smschoice WHERE candidate_id = OLD.id;
    DELETE FROM candidates_smscode WHERE candidate_id = OLD.id;
    RETURN NULL;
"""
"""What went to somebody's telephone, and its number, go with them however they are erased."""


CLAIMS = """
    UPDATE candidates_furtheraddress f SET is_beside = NEW.only_confidential OR EXISTS (
            SELECT FROM candidates_furtheraddress o
            WHERE o.kind = 'email' AND o.key = f.key AND NOT o.is_beside AND o.id <> f.id)
        OR EXISTS (SELECT FROM candidates_candidate c
            WHERE c.email_key = f.key AND NOT c.only_confidential AND c.id <> NEW.id)
        WHERE f.candidate_id = NEW.id AND f.kind = 'email';
    RETURN NULL;
"""
"""Who comes to light has their further addresses as their own, as far as those are nobody's; who is hidden, beside."""


class CandidateQuerySet(GuardedQuerySet["Candidate"]):
    """Who sees which of them is said in `access/candidate.py`."""

    def without_words(self) -> Self:
        """All but the words by which they are found: longer than all the rest, and read by nobody."""
        return self.defer("search")

    def with_address(self, key: str, *, openly: bool = False) -> Self:
        """Those who are known by this address (`email_key`), be it the first or a further one.

        `openly`: but those who have it beside somebody else, or through a confidential requisition alone.
        """
        first = Candidate.objects.filter(email_key=key)
        further = FurtherAddress.objects.filter(kind=AddressKind.EMAIL, key=key)
        if openly:
            first, further = first.filter(only_confidential=False), further.filter(is_beside=False)
        return self.filter(pk__in=first.values("pk").union(further.values("candidate")))

    def with_digits(self, digits: str) -> Self:
        """Those in whose first telephone number, or a further one, these digits stand."""
        first = Candidate.objects.filter(Contains(phone_digits(), Value(digits)))
        further = FurtherAddress.objects.filter(kind=AddressKind.PHONE, key__contains=digits)
        return self.filter(pk__in=first.values("pk").union(further.values("candidate")))

    def with_further(self) -> Self:
        """With their further addresses, in the same statement: `Candidate.further`."""
        rows = FurtherAddress.objects.filter(candidate=OuterRef("pk")).order_by("kind", "pk")
        said = JSONObject(**{name: name for name in ("id", "kind", "value", "label", "confirmed_at")})
        return self.annotate(further_said=ArraySubquery(rows.values(said=said)))


def who(headline: str, city: str) -> str:
    """`Data engineer at Example GmbH, Berlin`; as much of it as there is."""
    return ", ".join(filter(None, [headline, city]))


class Candidate(Stamped):
    """A person we serve: a customer, whatever the outcome.

    An address is one person's, but for those who came through a confidential requisition alone: who may not know
    of them adds the address like a new one, and only the person can say that the two are one.

    `email_key` is the address as it is compared (see `people/domain/addresses.py`); `name_key` the name without
    accents and case; `search` the words of name, headline, tags and résumés; `phone_normalised` how a number
    that says its country is dialled, beside what was typed. Actions keep them up to date in the transaction of
    the change. Who has one name alone has it as the first, by which people are greeted.
    """

    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    called = models.CharField(
        max_length=100, blank=True, db_default="", default="", help_text="How they want to be addressed."
    )
    email = models.EmailField(blank=True)
    email_key = models.CharField(max_length=254, null=True, blank=True, db_index=True)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_normalised = models.CharField(max_length=40, blank=True, default="", db_default="", editable=False)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, default="en")
    headline = models.CharField(max_length=200, blank=True)
    links = models.JSONField(default=list, blank=True)
    source = models.ForeignKey(
        Source,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        help_text="How we know of them, where no application says it.",
    )
    tags = models.ManyToManyField(Tag, related_name="candidates", blank=True)
    pool_consent_at = models.DateTimeField(null=True, blank=True)
    pool_consent_until = models.DateTimeField(null=True, blank=True)
    only_confidential = models.BooleanField(
        default=False, help_text="Came through a confidential requisition and nothing else."
    )
    noted_openly_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When their team heard that the address is known outside the confidential role too.",
    )
    is_same_person = models.BooleanField(
        null=True, blank=True, help_text="Whether they say that the other one of this address is they, too."
    )
    anonymised_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="merged",
        help_text="Who they are since two records were put together: this one only leads there.",
    )
    name_key = models.CharField(max_length=220, blank=True)
    search = SearchVectorField(null=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email_key"],
                condition=Q(only_confidential=False),
                name="candidate_address_once",
                violation_error_message="Somebody else is known by this address.",
            ),
            models.CheckConstraint(
                name="candidate_email_and_key",
                condition=Q(email="", email_key__isnull=True) | (~Q(email="") & Q(email_key__isnull=False)),
                violation_error_message="An e-mail address is kept with the form by which it is found.",
            ),
            models.CheckConstraint(
                name="candidate_not_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                violation_error_message="Nobody is put together with themselves.",
            ),
            models.CheckConstraint(
                name="candidate_merged_is_empty",
                condition=Q(merged_into__isnull=True)
                | Q(
                    email="",
                    email_key__isnull=True,
                    phone="",
                    first_name="",
                    last_name="",
                ),
                violation_error_message="These two were put together. Open the page again.",
            ),
            goes_with(
                "candidate_pool_consent",
                state=Q(pool_consent_at__isnull=False),
                field="pool_consent_until",
                message="Consent to be kept in the pool has a day on which it ends.",
            ),
        ]
        indexes = [
            # With the block of 4,096 people in which they are, so that of a word that many have the newest are near.
            GinIndex(
                OpClass(F("search"), name="tsvector_ops"),
                OpClass(F("id").bitrightshift(12), name="int8_ops"),
                name="candidate_words_by_block",
                fastupdate=False,
            ),
            GinIndex(fields=["name_key"], name="candidate_names", opclasses=["gin_trgm_ops"]),
            GinIndex(OpClass(phone_digits(), name="gin_trgm_ops"), name="candidate_phone_digits"),
            models.Index(Right(phone_digits(), END), name="candidate_phone_end", condition=~Q(phone="")),
            GinIndex(fields=["links"], name="candidate_links", condition=~Q(links=[])),
            # Who has just this name is asked before anybody is added; by parts of a name takes a hundred times as long.
            models.Index(fields=["name_key"], name="candidate_same_name"),
            models.Index(fields=["-created_at", "-id"], name="candidate_newest"),
            models.Index(
                fields=["merged_into"], name="candidate_merged", condition=Q(merged_into__isnull=False)
            ),
            # Few, and looked through by every tick.
            models.Index(fields=["id"], name="candidate_hidden", condition=Q(only_confidential=True)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="claims_addresses",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("only_confidential"),
                condition=pgtrigger.Condition("OLD.only_confidential IS DISTINCT FROM NEW.only_confidential"),
                func=CLAIMS,
            ),
            pgtrigger.Trigger(
                name="takes_mail_along",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func=TAKES_ALONG,
            ),
            pgtrigger.Trigger(
                name="anonymised_without_mail",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("anonymised_at"),
                condition=pgtrigger.Q(old__anonymised_at__isnull=True, new__anonymised_at__isnull=False),
                func=TAKES_ALONG,
            ),
            pgtrigger.Trigger(
                name="takes_sms_along",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func=TAKES_SMS_ALONG,
            ),
            pgtrigger.Trigger(
                name="anonymised_without_sms",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("anonymised_at"),
                condition=pgtrigger.Q(old__anonymised_at__isnull=True, new__anonymised_at__isnull=False),
                func=TAKES_SMS_ALONG,
            ),
            pgtrigger.Trigger(
                name="anonymised_without_answers",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("anonymised_at"),
                condition=pgtrigger.Q(old__anonymised_at__isnull=True, new__anonymised_at__isnull=False),
                func=TAKES_ANSWERS_ALONG,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or gettext("Data erased")

    @property
    def greeting(self) -> str:
        """How they are addressed: in their own word, where they said one."""
        return self.called or self.first_name

    @property
    def further(self) -> list[dict[str, Any]]:
        """Their further addresses, where they were read with the row (`with_further`)."""
        return list(self.__dict__.get("further_said", ()))

    @property
    def phone_link(self) -> str:
        """What a telephone is to dial; empty where that is not clear."""
        return phones.link(self.phone, self.phone_normalised)

    @property
    def phone_lacks_country(self) -> bool:
        """Nobody said of which country it is: it is asked for, and never guessed."""
        return not self.phone_normalised and phones.says_no_country(self.phone)

    @property
    def phone_country_was_chosen(self) -> bool:
        return bool(self.phone_normalised) and not phones.as_dialled(self.phone)

    @property
    def phone_in_words(self) -> str:
        return phones.in_words(self.phone_normalised)

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @property
    def who(self) -> str:
        """What they do now and where they are, as far as that was read with the row: one need not open to choose."""
        return who(self.__dict__.get("headline", ""), self.__dict__.get("city", ""))

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.pk}

    def actor(self) -> Actor:
        return Actor(kind="candidate", id=self.pk, name=self.name)


class AddressKind(models.TextChoices):
    EMAIL = "email", gettext_lazy("E-mail address")
    PHONE = "phone", gettext_lazy("Telephone number")


class FurtherAddress(Stamped):
    """Another e-mail address or telephone number of somebody, beside the first, to which we write.

    `key`: an e-mail address as it is compared, or the digits of a number. An e-mail address is one person's, but
    where it is had `is_beside`: by who came through a confidential requisition alone, or on one side of a wall while
    somebody has it whom only the other side knows.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="further_addresses")
    kind = models.CharField(max_length=5, choices=AddressKind)
    value = models.CharField(max_length=254)
    key = models.CharField(max_length=254)
    label = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_beside = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("furtheraddress_kind_known", "kind", AddressKind),
            models.CheckConstraint(
                name="furtheraddress_says_it",
                condition=~Q(value="") & ~Q(key=""),
                violation_error_message="Write the address or the number.",
            ),
            models.UniqueConstraint(
                fields=["candidate", "kind", "key"],
                name="furtheraddress_once",
                violation_error_message="This is noted already.",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(kind="email", is_beside=False),
                name="furtheraddress_one_persons",
                violation_error_message="Somebody else is known by this address.",
            ),
        ]
        indexes = [
            models.Index(fields=["key"], name="furtheraddress_email", condition=Q(kind="email")),
            models.Index(Right("key", END), name="furtheraddress_phone", condition=Q(kind="phone")),
            GinIndex(
                fields=["key"],
                name="furtheraddress_digits",
                opclasses=["gin_trgm_ops"],
                condition=Q(kind="phone"),
            ),
        ]

    def __str__(self) -> str:
        return self.value

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}


class WordsTaken(models.Model):
    """In which form the words of all people stand in `search`.

    One row. Where it is not what the code makes today, the tick takes the words up again, from `done_up_to` (a
    person's id) on; null: all of them are done.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    form = models.PositiveSmallIntegerField()
    done_up_to = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="words_taken_once", condition=Q(id=1), violation_error_message="There is one such row."
            )
        ]

    def __str__(self) -> str:
        return (
            f"Form {self.form}" if self.done_up_to is None else f"Form {self.form}, up to {self.done_up_to}"
        )
