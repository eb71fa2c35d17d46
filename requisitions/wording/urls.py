"""Addresses of the wording check and its rules."""

from django.urls import path

from requisitions.wording import views

urlpatterns = [
    path("wording/", views.wording_rules, name="settings_wording"),
    path("wording/check/", views.wording_check, name="wording_check"),
    path("wording/misread/", views.misread_ask, name="wording_misread_ask"),
    path("wording/misreadings/", views.misreadings, name="wording_misreadings"),
    path("wording/misreadings/<int:misreading_id>/", views.misread_answer, name="wording_misread_answer"),
    path("wording/new/", views.wording_rule_new, name="wording_rule_new"),
    path("wording/<int:rule_id>/", views.wording_rule, name="wording_rule"),
    path("wording/<int:rule_id>/remove/", views.wording_rule_remove, name="wording_rule_remove"),
    path("wording/<int:rule_id>/switch/", views.wording_rule_switch, name="wording_rule_switch"),
]
