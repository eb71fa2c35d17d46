"""Which rows are on somebody's side of a wall between organisations, where their keys alone do not say it."""

from ats.kernel.walls import within
from ats.mail.models import IncomingMail, OutgoingMail
from candidates.data_requests.models import DataComplaint
from candidates.people.models import Candidate
from candidates.pools.models import TalentMember
from candidates.sequences.models import SequenceRun

KNOWN_HERE = """
    COALESCE((SELECT TRUE FROM candidates_application a WHERE a.candidate_id = t.id LIMIT 1), FALSE)
    OR NOT COALESCE((SELECT TRUE FROM public.candidates_application a WHERE a.candidate_id = t.id LIMIT 1), FALSE)
"""
"""Who applies on this side; and who applies nowhere yet, and so is known to the house alone.

Looked up as a value, one by one, and not by `EXISTS`, for which all applications there are would be read first; nor
by whether it is null, of which the planner thinks that it is hardly ever so.
"""

OF_SOMETHING = """
    CASE WHEN t.application_id IS NOT NULL
         THEN EXISTS (SELECT FROM candidates_application p WHERE p.id = t.application_id)
         WHEN t.requisition_id IS NOT NULL
         THEN EXISTS (SELECT FROM requisitions_requisition p WHERE p.id = t.requisition_id)
         WHEN t.candidate_id IS NOT NULL
         THEN EXISTS (SELECT FROM candidates_candidate p WHERE p.id = t.candidate_id)
         ELSE EXISTS (SELECT FROM ats_hiringorganisation p WHERE p.id = t.organisation_id) END
"""
"""What nobody has placed yet, and what colleagues are told of all their roles at once, may be of any client: it is
for who works for the whole house."""

OF_ITS_POOL = """
    EXISTS (SELECT FROM candidates_talentpool p WHERE p.id = t.pool_id)
    AND EXISTS (SELECT FROM candidates_candidate p WHERE p.id = t.candidate_id)
"""
"""Who applies nowhere yet is known on every side, and in whose pool they are on that one alone."""

OF_ITS_SEQUENCE = """
    EXISTS (SELECT FROM candidates_sequence p WHERE p.id = t.sequence_id)
    AND EXISTS (SELECT FROM candidates_candidate p WHERE p.id = t.candidate_id)
"""

within(Candidate, KNOWN_HERE)
within(SequenceRun, OF_ITS_SEQUENCE)
within(TalentMember, OF_ITS_POOL)
within(IncomingMail, OF_SOMETHING)
within(OutgoingMail, OF_SOMETHING)
within(
    DataComplaint,
    """
    EXISTS (SELECT FROM candidates_candidate p WHERE p.id = t.candidate_id)
    OR t.candidate_id IS NULL AND EXISTS (SELECT FROM ats_hiringorganisation p WHERE p.id = t.organisation_id)
    """,
)
