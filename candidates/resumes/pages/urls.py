"""Addresses of what was read from résumés."""

from django.urls import path

from candidates.resumes.pages import views

urlpatterns = [
    path("<int:candidate_id>/resume/", views.panel, name="resume_panel"),
    path("<int:candidate_id>/resume.json", views.json_resume, name="json_resume"),
    path("<int:candidate_id>/resume/bring/", views.bring, name="resume_bring"),
    path("<int:candidate_id>/known/<int:fact_id>/", views.known, name="known_fact"),
    path("readings/<int:reading_id>/", views.decide, name="resume_decide"),
    path("drafts/<int:draft_id>/", views.drop, name="resume_draft_drop"),
]
