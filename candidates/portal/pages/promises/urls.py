"""The address at which candidates ask where an answer is."""

from django.urls import path

from candidates.portal.pages.promises import views

urlpatterns = [
    path("<str:token>/asked/<int:application_id>/", views.status_ask_after, name="status_ask_after")
]
