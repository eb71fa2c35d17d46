"""The address at which candidates ask that their data go."""

from django.urls import path

from candidates.erasure.pages.public import views

urlpatterns = [path("<str:token>/erase/", views.status_erase, name="status_erase")]
