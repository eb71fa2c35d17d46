"""Addresses of this slice."""

from django.urls import path

from candidates.reaching.pages import views

urlpatterns = [
    path("<int:application_id>/another-way/", views.another_way, name="another_way"),
    path("<int:application_id>/another-way/called/", views.called, name="another_way_called"),
    path("<int:application_id>/another-way/address/", views.address, name="another_way_address"),
    path("<int:application_id>/another-way/sms/", views.by_sms, name="another_way_sms"),
    path("<int:application_id>/another-way/aside/", views.aside, name="another_way_aside"),
]
