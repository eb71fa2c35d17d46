"""Addresses of the intake."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from partners.intake.pages import views

HERE = "<int:partnership_id>/intake/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(HERE, views.intake, name="intake"),
    path(f"{HERE}revision/", views.revision, name="intake_revision"),
    path(f"{HERE}settle/", views.settle, name="intake_settle"),
    path(f"{HERE}must-haves/", views.must_have_add, name="intake_must_have_add"),
    path(f"{HERE}must-haves/<int:criterion_id>/", views.must_have, name="intake_must_have"),
    path(f"{HERE}must-haves/<int:criterion_id>/out/", views.must_have_out, name="intake_must_have_out"),
    path(f"{HERE}others/<int:other_id>/", views.choose, name="intake_choose"),
    path(f"{HERE}brief/", views.brief, name="brief"),
    path(f"{HERE}brief.pdf", views.brief_pdf, name="brief_pdf"),
    path(f"{HERE}talking-points/", views.talking_points, name="talking_points"),
    path(f"{HERE}drafts/advert/", views.draft_advert, name="brief_draft_advert"),
    path(f"{HERE}drafts/kits/", views.draft_kits, name="brief_draft_kits"),
    path(f"{HERE}earlier/", views.prefill, name="intake_prefill"),
    path(f"{HERE}profiles/", views.profile_add, name="intake_profile_add"),
    path(f"{HERE}profiles/<int:profile_id>/", views.verdict, name="intake_verdict"),
    path(f"{HERE}profiles/<int:profile_id>/out/", views.profile_out, name="intake_profile_out"),
    path(f"{HERE}fields/<slug:code>/", views.field, name="intake_field"),
]
