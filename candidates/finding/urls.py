"""The address that the search at the top asks."""

from django.urls import path

from candidates.finding import views

urlpatterns = [path("", views.suggested, name="suggested")]
