"""Addresses of rooms: a team's, and one's own."""

from django.urls import path

from ats.chat.pages.settings import views

urlpatterns = [
    path("settings/chat/", views.team_rooms, name="settings_chat"),
    path("accounts/chat/", views.own_rooms, name="chat"),
    path("accounts/chat/<int:room_id>/", views.room, name="chat_room"),
]
