"""Addresses of the planned steps of one candidate."""

from django.urls import path

from candidates.journeys.pages import views

urlpatterns = [
    path("<int:application_id>/steps/", views.steps, name="application_steps"),
    path("<int:application_id>/steps/<int:follow_up_id>/", views.step, name="application_step"),
    path(
        "<int:application_id>/messages/<int:mail_id>/delivery/", views.delivery, name="application_delivery"
    ),
    path("<int:application_id>/tasks/", views.ask_task, name="task_ask"),
    path("<int:application_id>/tasks/<int:task_id>/", views.task, name="step_task"),
    path("<int:application_id>/tasks/<int:task_id>/done/", views.task_done, name="step_task_done"),
]
