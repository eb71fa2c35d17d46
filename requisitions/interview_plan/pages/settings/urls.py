"""Addresses of the settings about interviewers' pools and plan templates."""

from django.urls import path

from requisitions.interview_plan.pages.settings import views

urlpatterns = [
    path("pools/", views.pools, name="settings_pools"),
    path("pools/<int:pool_id>/", views.pool, name="settings_pool"),
    path("pools/<int:pool_id>/rename/", views.pool_rename, name="pool_rename"),
    path("pools/<int:pool_id>/remove/", views.pool_remove, name="pool_remove"),
    path("pools/<int:pool_id>/people/<int:user_id>/", views.pool_member, name="pool_member"),
    path("pools/members/<int:member_id>/remove/", views.pool_member_remove, name="pool_member_remove"),
    path("plan-templates/<int:template_id>/remove/", views.plan_template_remove, name="plan_template_remove"),
]
