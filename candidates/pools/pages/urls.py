"""Addresses of pools."""

from django.urls import path

from candidates.pools.pages import views

urlpatterns = [
    path("pools/", views.pool_list, name="talent_pools"),
    path("pools/new/", views.pool_new, name="talent_pool_new"),
    path("pools/<int:talent_pool_id>/", views.pool, name="talent_pool"),
    path("pools/<int:talent_pool_id>/edit/", views.pool_edit, name="talent_pool_edit"),
    path("pools/<int:talent_pool_id>/close/", views.pool_close, name="talent_pool_close"),
    path("pools/members/<int:talent_member_id>/remove/", views.remove, name="talent_member_remove"),
    path("pools/members/<int:talent_member_id>/ask/", views.ask, name="talent_member_ask"),
    path("pools/members/<int:talent_member_id>/touch/", views.touch, name="talent_member_touch"),
    path("pools/for/<int:requisition_id>/", views.medallists, name="medallists"),
    path("<int:candidate_id>/pools/", views.add, name="candidate_pool_add"),
]
