"""Who starts a copy for somebody, answers requests to put data right, and answers complaints."""

import rules

from ats.accounts.rules import opens_roles, oversees, recruits

ASK_COPY = "candidates.ask_data_copy"
ANSWER_CORRECTION = "candidates.answer_data_correction"
ANSWER_COMPLAINT = "candidates.answer_data_complaint"
VIEW = "candidates.view_data_requests"

rules.add_perm(ASK_COPY, opens_roles)
rules.add_perm(ANSWER_CORRECTION, recruits)
rules.add_perm(ANSWER_COMPLAINT, oversees)
rules.add_perm(VIEW, oversees)
