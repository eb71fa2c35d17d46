"""Addresses that belong to every page: the organisations' colours, and for a demo the parts to look at."""

from django.conf import settings
from django.urls import path

from ats.web import brand, languages, styleguide

urlpatterns = [
    path("brand/<str:digits>.css", brand.stylesheet, name="brand"),
    path("language/", languages.choose, name="language"),
]

if settings.DEMO:
    urlpatterns += [
        path("styleguide/", styleguide.styleguide, name="styleguide"),
        path("styleguide/candidate/", styleguide.styleguide_candidate, name="styleguide_candidate"),
    ]
