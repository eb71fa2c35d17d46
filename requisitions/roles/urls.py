"""Addresses of requisitions."""

from django.urls import path

from requisitions.roles import state_views as state
from requisitions.roles import views

urlpatterns = [
    path("", views.requisition_list, name="requisition_list"),
    path("new/", views.requisition_new, name="requisition_new"),
    path("<int:requisition_id>/", views.requisition, name="requisition"),
    path("<int:requisition_id>/edit/", views.requisition_edit, name="requisition_edit"),
    path("<int:requisition_id>/edit/<slug:step>/", views.requisition_edit, name="requisition_step"),
    path("<int:requisition_id>/open/", state.requisition_open, name="requisition_open"),
    path("<int:requisition_id>/hold/", state.requisition_hold, name="requisition_hold"),
    path("<int:requisition_id>/resume/", state.requisition_resume, name="requisition_resume"),
    path("<int:requisition_id>/end/", state.requisition_end, name="requisition_end"),
    path("<int:requisition_id>/team/add/", state.member_add, name="member_add"),
    path("<int:requisition_id>/team/<int:member_id>/remove/", state.member_remove, name="member_remove"),
]
