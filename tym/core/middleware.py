"""What holds for every page: headers, GET writes nothing, a refusal is a page and not a traceback."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from tym.core.errors import Refused

type_of_view = Callable[[HttpRequest], HttpResponse]
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "EXPLAIN", "WITH", "BEGIN", "COMMIT")
# A password reset link opens a session; the cache drops what has expired.
NOT_BUSINESS = ("django_session", "tym_cache")


class GetWrote(RuntimeError):
    """A page that is only looked at tried to change the database: a defect of ours."""


def response_headers(get_response: type_of_view) -> type_of_view:
    """Pages of signed-in people are not kept by browsers or proxies."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def get_never_writes(get_response: type_of_view) -> type_of_view:
    """GET and HEAD run under a guard that refuses every writing statement."""

    def refuse(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        # PostgreSQL's unions come in brackets.
        if not sql.lstrip(" \n(").upper().startswith(READS) and not any(table in sql for table in NOT_BUSINESS):
            raise GetWrote(sql[:200])
        return execute(sql, params, many, context)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with connection.execute_wrapper(refuse):
            return get_response(request)

    return middleware


class Refusals:
    """A rule said no and the view had no better place to say it: a page with the rule and its clause."""

    def __init__(self, get_response: type_of_view) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        response = TemplateResponse(request, "409.html", {"refusal": exception}, status=409)
        return response.render()


refusals = Refusals
