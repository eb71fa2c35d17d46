"""The address of the list of requests about data."""

from django.urls import path

from candidates.data_requests.pages.settings import views

urlpatterns = [path("data-requests/", views.data_requests, name="settings_data_requests")]
