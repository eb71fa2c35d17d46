"""Addresses of rules."""

from django.urls import path

from candidates.automation.pages import views

urlpatterns = [
    path("", views.rules, name="rules"),
    path("new/", views.new, name="rule_new"),
    path("no/", views.knock_outs, name="knock_outs"),
    path("no/<int:act_id>/stop/", views.stop, name="rule_no_stop"),
    path("<int:house_rule_id>/", views.rule, name="rule"),
    path("<int:house_rule_id>/change/", views.change, name="rule_change"),
    path("<int:house_rule_id>/try/", views.try_out, name="rule_try"),
    path("<int:house_rule_id>/on/", views.switch_on, name="rule_on"),
    path("<int:house_rule_id>/off/", views.switch_off, name="rule_off"),
    path("<int:house_rule_id>/remove/", views.remove, name="rule_remove"),
]
