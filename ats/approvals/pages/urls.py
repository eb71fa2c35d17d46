"""Addresses of this slice."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from ats.approvals.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.approval_list, name="approval_list"),
    path("<int:approval_request_id>/", views.approval, name="approval"),
    path("<int:approval_request_id>/pass-on/", views.pass_on, name="approval_pass_on"),
    path("<int:approval_request_id>/remind/", views.remind, name="approval_remind"),
]
