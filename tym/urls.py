"""The rooms' addresses. Paths are Finnish because users read them; names are English."""

from django.urls import include, path

urlpatterns = [
    path("", include("agreements.urls")),
    path("", include("staffing.urls")),
    path("tili/", include("allauth.account.urls")),
]
