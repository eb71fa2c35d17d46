"""The address behind the way out of relationship mail."""

from django.urls import path

from candidates.consents.pages import views

urlpatterns = [path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe")]
