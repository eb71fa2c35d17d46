"""Addresses of this slice."""

from django.urls import path

from candidates.offers.pages import views

urlpatterns = [
    path("new/<int:application_id>/", views.offer_new, name="offer_new"),
    path("matters/<int:application_id>/", views.application_matters, name="application_matters"),
    path("<int:offer_id>/", views.offer, name="offer"),
    path("<int:offer_id>/submit/", views.offer_submit, name="offer_submit"),
    path("<int:offer_id>/send/", views.offer_send, name="offer_send"),
    path("<int:offer_id>/drop-next/", views.offer_drop_next, name="offer_drop_next"),
    path("<int:offer_id>/extend/", views.offer_extend, name="offer_extend"),
    path("<int:offer_id>/withdraw/", views.offer_withdraw, name="offer_withdraw"),
    path("<int:offer_id>/letter.pdf", views.offer_letter, name="offer_letter"),
    path("<int:offer_id>/signed.pdf", views.offer_signed, name="offer_signed"),
    path("<int:offer_id>/pages/<int:number>/", views.offer_page_picture, name="offer_page_picture"),
]
