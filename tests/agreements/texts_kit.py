"""What tests of the text share."""

from django.urls import reverse

from agreements.models import Clause
from tests.cast import TODAY


def address(name, change, *more):
    return reverse(f"agreements:{name}", args=[change.pk, 0, *more])


def text_body(cast, key):
    return Clause.objects.of(cast.main_text).in_force(TODAY).get(key=key).body
