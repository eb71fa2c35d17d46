"""The link in the mail: no sign-in, the address is the secret."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from ats.approvals.pages.public import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("mail/<str:token>/", views.by_link, name="approval_by_link"),
]
