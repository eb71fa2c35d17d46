"""Fields that are classed as a candidate's and stand in no copy, each with its reason."""

FOUND_BY = "made of what is told, so that they are found"
TECHNICAL = "what a program noted for itself: numbers of rows, an error of ours"
PICTURES = "pictures of their file, which comes along as they sent it"
KEYS = "a digest of a key or a code that opens something, or opened it once"
SAME_WORDS = "the same words as in a field that is told, for a mail program"
OTHERS = "about several people at once, or about what others earn: Art. 15(4) GDPR"
OTHERS_RECORD = "how a colleague knew that two records are one person's; that they were put together is told"
PARTNERS = "what two colleagues said to each other about working together, not about the candidate"
NOT_DECIDED = (
    "how the house made up its mind on terms before anything was offered, with the pay of others beside it;"
    " what came of it is told"
)
SAFE_NO = (
    "it protects who declined (ADR 35); HR answers by hand, and weighs it with the recorder: Art. 15(4) GDPR"
)
NOBODY_KNOWS = "joined to nobody by any key"
NOT_ADDED = "of somebody who is not added yet, and joined to nobody; gone after four hours"
A_DAY = "an answer to a program, gone after a day; what stands in it is told"


LEFT_OUT: dict[str, dict[str, str]] = {
    "candidates.Candidate": dict.fromkeys(("email_key", "phone_normalised", "name_key", "search"), FOUND_BY),
    "candidates.FurtherAddress": {"key": FOUND_BY},
    "candidates.MatterMark": {"key": FOUND_BY},
    "candidates.FeedbackRequest": {"last_error": TECHNICAL},
    "candidates.ResumeReading": {"decided": TECHNICAL, "last_error": TECHNICAL},
    "candidates.KnownFact": {"key": FOUND_BY},
    "candidates.ResumeDraft": dict.fromkeys(("file", "filename", "facts", "problem"), NOT_ADDED),
    "candidates.DocumentPage": {"image": PICTURES},
    "candidates.RuleAct": dict.fromkeys(("why", "last_error"), TECHNICAL),
    "candidates.BulkItem": dict.fromkeys(("why", "facts", "last_error"), TECHNICAL),
    "candidates.TalentMember": {"last_error": TECHNICAL},
    "candidates.SequenceRun": {"last_error": TECHNICAL},
    "candidates.SequenceMail": {"last_error": TECHNICAL},
    "candidates.Promise": {"last_error": TECHNICAL},
    "candidates.FollowUp": {"payload": TECHNICAL, "last_error": TECHNICAL},
    "candidates.SmsCode": {"number": KEYS},
    "candidates.Slate": {"note": OTHERS},
    "candidates.Scorecard": {"last_error": TECHNICAL},
    "candidates.Debrief": {"evidence": TECHNICAL},
    "candidates.OfferTerms": {"range_reason": OTHERS},
    "candidates.DataCopy": {"file": "an earlier copy of the same"},
    "candidates.DataCorrection": {"last_error": TECHNICAL},
    "candidates.Merge": {"before": TECHNICAL, "why": OTHERS_RECORD},
    "candidates.LegalHold": {"reason": "that they are held is said on their page; why belongs to a dispute"},
    "candidates.DataComplaint": {"last_error": TECHNICAL},
    "ats.Activity": {"data": "told in words, line by line: its places hold names of colleagues too"},
    "ats.ApprovalRequest": {"title": NOT_DECIDED, "facts": NOT_DECIDED},
    "ats.Approval": {"note": NOT_DECIDED, "last_error": TECHNICAL},
    "ats.IdempotentCall": {"body": A_DAY},
    "ats.DueTask": {"payload": TECHNICAL, "last_error": TECHNICAL},
    "ats.OutgoingMail": {"html": SAME_WORDS, "headers": TECHNICAL, "last_error": TECHNICAL},
    "ats.IncomingMail": {"last_error": TECHNICAL},
    "partners.Celebration": {"facts": PARTNERS},
    "partners.CheckIn": dict.fromkeys(("agenda", "notes", "last_error"), PARTNERS),
    "partners.CheckInAction": {"text": PARTNERS},
    "partners.CourseCorrection": dict.fromkeys(("challenge", "words", "why"), PARTNERS),
    "partners.CorrectionStep": {"text": PARTNERS},
    "partners.DeclinedRequest": dict.fromkeys(("asked", "rule", "alternative", "candidate_name"), SAFE_NO),
    "partners.DeclinedAddition": {"text": SAFE_NO},
    "partners.OutcomeLink": {"token_hash": KEYS},
    "requisitions.Misreading": dict.fromkeys(
        ("what", "digest", "text", "words", "subject", "why"), NOBODY_KNOWS
    ),
}
"""By model and field."""
