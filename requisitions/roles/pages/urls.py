"""Addresses of requisitions."""

from django.urls import path

from requisitions.roles.pages import views

urlpatterns = [
    path("", views.requisition_list, name="requisition_list"),
    path("new/", views.requisition_new, name="requisition_new"),
    path("<int:requisition_id>/", views.requisition, name="requisition"),
    path("<int:requisition_id>/edit/", views.requisition_edit, name="requisition_edit"),
    path("<int:requisition_id>/edit/<slug:step>/", views.requisition_edit, name="requisition_step"),
    path("<int:requisition_id>/open/", views.requisition_open, name="requisition_open"),
    path("<int:requisition_id>/hold/", views.requisition_hold, name="requisition_hold"),
    path("<int:requisition_id>/resume/", views.requisition_resume, name="requisition_resume"),
    path("<int:requisition_id>/end/", views.requisition_end, name="requisition_end"),
    path("<int:requisition_id>/team/add/", views.member_add, name="member_add"),
    path("<int:requisition_id>/team/<int:member_id>/remove/", views.member_remove, name="member_remove"),
]
