"""Addresses of this slice."""

from django.urls import path

from candidates.internal import views

urlpatterns = [
    path("<int:application_id>/manager/", views.name_manager, name="application_name_manager"),
    path("<int:application_id>/works-here/doubt/", views.doubt, name="application_doubt_internal"),
    path("<int:application_id>/works-here/settle/", views.settle_doubt, name="application_settle_doubt"),
    path("<int:application_id>/stand-in/", views.choose_stand_in, name="application_stand_in"),
]
