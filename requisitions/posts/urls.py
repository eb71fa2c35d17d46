"""Addresses of posts."""

from django.urls import path

from requisitions.posts import views

urlpatterns = [
    path("<int:requisition_id>/posts/new/", views.post_new, name="post_new"),
    path("posts/<int:post_id>/", views.post_edit, name="post_edit"),
    path("posts/<int:post_id>/publish/", views.post_publish, name="post_publish"),
    path("posts/<int:post_id>/close/", views.post_close, name="post_close"),
    path("posts/<int:post_id>/texts/", views.post_texts, name="post_texts"),
    path("posts/<int:post_id>/questions/new/", views.question_new, name="question_new"),
    path("posts/<int:post_id>/questions/order/", views.question_order, name="question_order"),
    path("questions/<int:question_id>/", views.question_edit, name="question_edit"),
    path("questions/<int:question_id>/shift/", views.question_shift, name="question_shift"),
    path("questions/<int:question_id>/remove/", views.question_remove, name="question_remove"),
]
