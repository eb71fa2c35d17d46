"""Addresses of pipelines."""

from django.urls import path

from requisitions.pipeline import views

urlpatterns = [
    path("<int:requisition_id>/pipeline/", views.pipeline, name="pipeline"),
    path("<int:requisition_id>/pipeline/template/", views.pipeline_template, name="pipeline_template"),
    path("<int:requisition_id>/pipeline/order/", views.pipeline_order, name="pipeline_order"),
    path("<int:requisition_id>/pipeline/new/", views.stage_new, name="stage_new"),
    path("stages/<int:stage_id>/", views.stage_edit, name="stage_edit"),
    path("stages/<int:stage_id>/shift/", views.stage_shift, name="stage_shift"),
    path("stages/<int:stage_id>/remove/", views.stage_remove, name="stage_remove"),
]
