"""What each role is there for, in the words of the settings pages."""

from ats.accounts.models import Role
from ats.kernel.staff_words import gettext_lazy

WHAT_THEY_DO = {
    Role.ADMIN: gettext_lazy("Looks after people, organisations and settings, and sees every role."),
    Role.LEAD: gettext_lazy("Sees every role and partnership, the words of messages and the outbox."),
    Role.RECRUITER: gettext_lazy("Opens roles, works with candidates, decides and writes."),
    Role.COORDINATOR: gettext_lazy("Works beside recruiters: candidates, messages, scheduling."),
    Role.MANAGER: gettext_lazy("Sees the own roles, looks at candidates and decides with the recruiter."),
    Role.INTERVIEWER: gettext_lazy("Sees the candidates they are asked about."),
    Role.STAKEHOLDER: gettext_lazy("Sees the roles they have a part in."),
}
