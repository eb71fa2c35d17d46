"""Addresses of the board."""

from django.urls import path

from candidates.board.pages import bulk, closing, views

urlpatterns = [
    path("<int:requisition_id>/board/", views.board_page, name="board"),
    path("<int:requisition_id>/board/changes/", views.news, name="board_news"),
    path("<int:requisition_id>/board/move/", views.move, name="board_move"),
    path("<int:requisition_id>/board/undo/", views.undo, name="board_undo"),
    path("<int:requisition_id>/board/columns/<int:stage_id>/", views.column, name="board_column"),
    path("<int:requisition_id>/board/message/", bulk.message, name="board_message"),
    path("<int:requisition_id>/board/reject/", bulk.reject, name="board_reject"),
    path("<int:requisition_id>/board/reject/undo/", bulk.reject_undo, name="board_reject_undo"),
    path("<int:requisition_id>/board/ask/", bulk.ask_manager, name="board_ask"),
    path("<int:requisition_id>/close/", closing.close, name="requisition_close"),
]
