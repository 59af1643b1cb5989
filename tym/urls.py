"""The rooms' addresses. Paths are Finnish because users read them; names are English."""

from django.urls import include, path, register_converter

from tym.core.converters import NumberConverter

register_converter(NumberConverter, "number")

urlpatterns = [
    path("", include("agreements.urls")),
    path("", include("staffing.urls")),
    path("", include("steering.urls")),
    path("", include("tym.desk.urls")),
    path("tili/", include("tym.accounts.urls")),
]
