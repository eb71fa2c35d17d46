"""Addresses of the careers site."""

from django.urls import path

from requisitions.careers import views

urlpatterns = [
    path("", views.careers, name="careers"),
    path("sitemap.xml", views.sitemap, name="careers_sitemap"),
    path("<slug:slug>/", views.job, name="job"),
    path("<slug:slug>/preview/", views.job_preview, name="job_preview"),
]
