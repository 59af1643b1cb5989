"""Addresses of the desk."""

from django.urls import path

from tym.desk import views

app_name = "desk"
urlpatterns = [
    path("saavutettavuus/", views.accessibility_statement, name="accessibility_statement"),
    path("palaute/", views.feedback_give, name="feedback_give"),
    path("palaute/kiitos/<str:receipt>/", views.feedback_received, name="feedback_received"),
    path("palautteet/", views.feedback_list, name="feedback_list"),
    path("palautteet/<number:pk>/", views.feedback_answer, name="feedback_answer"),
]
