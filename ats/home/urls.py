"""The address of my day."""

from django.urls import path

from ats.home import views

urlpatterns = [path("", views.my_day, name="my_day")]
