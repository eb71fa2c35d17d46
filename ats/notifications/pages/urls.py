"""Addresses of this slice."""

from django.urls import path

from ats.notifications.pages import views

urlpatterns = [
    path("", views.told, name="notifications"),
    path("bell/", views.bell, name="notifications_bell"),
    path("read/", views.read_all, name="notifications_read"),
    path("ways/", views.ways, name="notifications_ways"),
    path("<int:notification_id>/", views.opened, name="notification"),
]
