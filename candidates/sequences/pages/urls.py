"""Addresses of sequences, and of the panel on somebody's page."""

from django.urls import path

from candidates.sequences.pages import views

urlpatterns = [
    path("sequences/", views.sequence_list, name="sequences"),
    path("sequences/new/", views.sequence_new, name="sequence_new"),
    path("sequences/<int:sequence_id>/", views.sequence, name="sequence"),
    path("sequences/<int:sequence_id>/edit/", views.sequence_edit, name="sequence_edit"),
    path("sequences/<int:sequence_id>/close/", views.sequence_close, name="sequence_close"),
    path("sequences/runs/<int:sequence_run_id>/stop/", views.stop, name="sequence_stop"),
    path("sequences/runs/<int:sequence_run_id>/leave-out/", views.leave_out, name="sequence_leave_out"),
    path("<int:candidate_id>/sequence/", views.begin, name="sequence_begin"),
    path("<int:candidate_id>/kept/", views.kept, name="candidate_kept"),
]
