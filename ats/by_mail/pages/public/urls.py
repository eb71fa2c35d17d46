"""The link in a mail: no sign-in, the address is the secret."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from ats.by_mail.pages.public import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<str:token>/", views.by_mail, name="by_mail"),
]
