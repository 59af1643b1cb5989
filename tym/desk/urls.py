"""Addresses of the desk."""

from django.urls import path

from tym.desk import views

app_name = "desk"
urlpatterns = [
    path("saavutettavuus/", views.accessibility_statement, name="accessibility_statement"),
    path("palaute/", views.feedback_give, name="feedback_give"),
    path("palautteet/", views.feedback_list, name="feedback_list"),
    path("palautteet/<number:pk>/", views.feedback_answer, name="feedback_answer"),
]
