"""Addresses of interview plans."""

from django.urls import path

from requisitions.interview_plan.pages import views

urlpatterns = [
    path("<int:requisition_id>/plan/", views.plan, name="plan"),
    path("<int:requisition_id>/plan/template/", views.plan_template, name="plan_template"),
    path("<int:requisition_id>/plan/keep/", views.plan_keep, name="plan_keep"),
    path("<int:requisition_id>/plan/new/", views.planned_new, name="planned_new"),
    path("stages/<int:stage_id>/plan/order/", views.plan_order, name="plan_order"),
    path("planned/<int:planned_id>/", views.planned_edit, name="planned_edit"),
    path("planned/<int:planned_id>/kit/", views.planned_kit, name="planned_kit"),
    path("planned/<int:planned_id>/shift/", views.planned_shift, name="planned_shift"),
    path("planned/<int:planned_id>/assess/", views.planned_assess, name="planned_assess"),
    path("planned/<int:planned_id>/retire/", views.planned_retire, name="planned_retire"),
    path("planned/<int:planned_id>/again/", views.planned_again, name="planned_again"),
]
