"""All addresses, slice by slice."""

from django.urls import include, path

from ats.organisation.pages.public import views as organisation
from ats.upkeep import views as upkeep
from requisitions.careers import views as careers

urlpatterns = [
    path("healthz", upkeep.healthz, name="healthz"),
    path("readyz", upkeep.readyz, name="readyz"),
    path("robots.txt", careers.robots, name="robots"),
    path("accounts/", include("ats.accounts.pages.urls")),
    path("accounts/", include("allauth.urls")),
    path("settings/", include("ats.organisation.pages.settings.urls")),
    path("settings/", include("ats.accounts.pages.settings.urls")),
    path("settings/", include("ats.mail.pages.settings.urls")),
    path("mail/", include("ats.mail.pages.public.urls")),
    path("brand/logos/<str:name>", organisation.logo, name="logo"),
    path("settings/", include("ats.duework.urls")),
    path("settings/", include("ats.upkeep.urls")),
    path("settings/", include("ats.api.pages.settings.urls")),
    path("settings/", include("ats.approvals.pages.settings.urls")),
    path("settings/", include("requisitions.wording.urls")),
    path("settings/", include("requisitions.interview_plan.pages.settings.urls")),
    path("settings/", include("ats.calendars.pages.settings.urls")),
    path("settings/", include("candidates.offers.pages.settings.urls")),
    path("settings/", include("partners.partnerships.pages.settings.urls")),
    path("settings/", include("partners.alignment.pages.settings.urls")),
    path("settings/", include("partners.declined.pages.settings.urls")),
    path("approvals/", include("ats.approvals.pages.urls")),
    path("approvals/", include("ats.approvals.pages.public.urls")),
    path("by-mail/", include("ats.by_mail.pages.public.urls")),
    path("api/", include("ats.api.urls")),
    path("requisitions/", include("requisitions.roles.pages.urls")),
    path("requisitions/", include("requisitions.pipeline.urls")),
    path("requisitions/", include("requisitions.interview_plan.pages.urls")),
    path("requisitions/", include("requisitions.posts.urls")),
    path("requisitions/", include("candidates.board.pages.urls")),
    path("careers/", include("candidates.apply.urls")),
    path("careers/", include("requisitions.careers.urls")),
    path("candidates/", include("candidates.people_pages.urls")),
    path("documents/", include("candidates.documents.urls")),
    path("applications/", include("candidates.application_pages.urls")),
    path("applications/", include("candidates.decision_pages.urls")),
    path("reviews/", include("candidates.reviews.urls")),
    path("interviews/", include("candidates.scheduling.pages.urls")),
    path("calendar/", include("candidates.interviews.pages.urls")),
    path("calendar/", include("ats.calendars.pages.public.urls")),
    path("scorecards/", include("candidates.scorecards.pages.urls")),
    path("offers/", include("candidates.offers.pages.urls")),
    path("hires/", include("candidates.hires.urls")),
    path("status/", include("candidates.portal.pages.interviews.urls")),
    path("status/", include("candidates.portal.pages.offers.urls")),
    path("status/", include("candidates.portal.pages.urls")),
    path("partners/", include("partners.dashboard.urls")),
    path("partners/", include("partners.checkins.pages.urls")),
    path("partners/", include("partners.intake.pages.urls")),
    path("partners/", include("partners.partnerships.pages.urls")),
    path("partners/", include("partners.alignment.pages.urls")),
    path("partners/", include("partners.commitments.urls")),
    path("partners/", include("partners.corrections.pages.urls")),
    path("partners/", include("partners.delegations.pages.urls")),
    path("partners/", include("partners.declined.pages.urls")),
    path("partners/", include("partners.celebrations.urls")),
    path("partners/", include("partners.outcomes.pages.urls")),
    path("partners/", include("partners.advice.pages.urls")),
    path("first-months/", include("partners.outcomes.pages.public.urls")),
    path("partners/", include("partners.retrospectives.urls")),
    path("partners/", include("partners.path.urls")),
    path("", include("ats.web.urls")),
    path("", include("ats.home.pages.urls")),
]

handler400 = "ats.web.error_pages.bad_request"
handler403 = "ats.web.error_pages.permission_denied"
handler404 = "ats.web.error_pages.not_found"
handler500 = "ats.web.error_pages.server_error"
