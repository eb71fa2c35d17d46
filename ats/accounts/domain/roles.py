"""What each role is there for, in the words of the settings pages."""

from ats.accounts.models import Role

WHAT_THEY_DO = {
    Role.ADMIN: "Looks after people, organisations and settings, and sees every role.",
    Role.LEAD: "Sees every role and partnership, the words of messages and the outbox.",
    Role.RECRUITER: "Opens roles, works with candidates, decides and writes.",
    Role.COORDINATOR: "Works beside recruiters: candidates, messages, scheduling.",
    Role.MANAGER: "Sees the own roles, looks at candidates and decides with the recruiter.",
    Role.INTERVIEWER: "Sees the candidates they are asked about.",
    Role.STAKEHOLDER: "Sees the roles they have a part in.",
}
