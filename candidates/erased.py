"""What becomes of the package's tables when a person is erased: what was said goes, that it happened stays.

An application keeps its role, stage, source, dates and outcome: counts rest on them, and without a person they are
nobody's. Offers lose the words of their terms, letters and signatures; whoever was hired is
not erased before the term of a hire (`erasure/domain/rules_table.py`).
"""

from ats.kernel.erasing import ERASED, Goes, Work, declare, hidden
from candidates.people.erased import people, tags

OF = "application__candidate"

declare(
    goes=[
        Goes(model="candidates.DocumentPage", of="document__candidate"),
        Goes(model="candidates.Answer", of=OF),
        Goes(model="candidates.Document", of="candidate"),
        Goes(model="candidates.Note", of=OF),
        Goes(model="candidates.AnotherWay", of=OF),
        Goes(model="candidates.StepTask", of=OF),
        Goes(
            model="candidates.Message",
            of="candidate",
            leaves={"subject": "", "body": "", "below": "", "sent_from": "", "not_kept": []},
        ),
        Goes(model="candidates.Promise", of=OF, leaves={"reason": "", "last_error": ""}),
        Goes(
            model="candidates.FollowUp", of="candidate", leaves={"payload": {}, "reason": "", "last_error": ""}
        ),
        Goes(
            model="candidates.Application",
            of="candidate",
            leaves={
                "source_detail": {}, "submitted": {}, "cover_letter": "", "matters": "", "reason_note": ""
            },
        ),
        Goes(model="candidates.AddressChange", of="candidate"),
        Goes(model="candidates.PortalLink", of="candidate"),
        Goes(model="candidates.SmsChoice", of="candidate"),
        Goes(model="candidates.SmsCode", of="candidate"),
        Goes(model="candidates.Consent", of="candidate"),
        Goes(model="candidates.SurveyResponse", of=OF),
        Goes(model="candidates.SurveyUse", of=OF),
        Goes(model="candidates.Review", of=OF, leaves={"reason": hidden("reason"), "criteria": {}}),
        Goes(model="candidates.BookingRequest", of=OF, leaves={"times": [], "note": ""}),
        Goes(
            model="candidates.Interview",
            of="candidate",
            leaves={"cancel_reason": "", "accessibility": "", "candidate_comment": ""},
        ),
        Goes(model="candidates.ProposedTime", of="interview__candidate", leaves={"comment": "", "reason": ""}),
        Goes(
            model="candidates.Shadowing",
            of="seat__interview__candidate",
            leaves={"evidence": hidden("evidence")},
        ),
        Goes(model="candidates.ScorecardVersion", of=f"scorecard__{OF}"),
        Goes(model="candidates.ScorecardMark", of=f"scorecard__{OF}", leaves={"evidence": ""}),
        Goes(
            model="candidates.Scorecard",
            of=OF,
            leaves={"reason": hidden("reason"), "private_notes": "", "last_error": ""},
        ),
        Goes(model="candidates.Debrief", of=OF, leaves={"reason": ERASED, "evidence": {}}),
        Goes(model="candidates.OfferDocument", of=f"offer__{OF}"),
        Goes(model="candidates.Signature", of=f"offer__{OF}"),
        Goes(
            model="candidates.OfferTerms",
            of=f"offer__{OF}",
            leaves={
                "range_reason": "", "place": "", "bonus": "", "equity": "", "custom": [], "letter": "", "changes": []
            },
            kept="offer_terms_are_kept",
        ),
        Goes(model="candidates.Offer", of=OF, leaves={"end_reason": ""}),
        Goes(model="candidates.LegalHold", of="candidate", leaves={"reason": ERASED}),
        Goes(model="candidates.HireRecord", of=OF, leaves={"facts": {}, "end_reason": ""}),
    ],
    works=[
        Work(name="tags", fields={}, does=tags),
        Work(
            name="people",
            fields={
                "candidates.Candidate": (
                    "first_name", "last_name", "email", "email_key", "phone", "phone_normalised", "city", "country",
                    "time_zone", "language", "headline", "links", "name_key", "search",
                ),
                "candidates.Slate": ("note",),
            },
            does=people,
            last=True,  # triggers take along what the person's own row alone leads to
        ),
    ],
)  # fmt: skip
