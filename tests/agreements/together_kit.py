"""What tests of working together share."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

PDF = b"%PDF-1.7 a written notice"
# What is told of a signed original besides the file and the days.
ORIGINAL = {"way": "paper", "names": "Asta Alku", "checked": "on"}


def pdf(name="ilmoitus.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def post(client, page, *args, **data):
    return client.post(reverse(f"agreements:{page}", args=args), data, follow=True)


def shown(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
