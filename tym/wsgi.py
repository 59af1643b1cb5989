"""Server entry. Refuses to start on a database whose guards are not all in place."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tym.settings")
application = get_wsgi_application()

from tym.core import guards  # noqa: E402  the guards need the loaded applications

guards.verify()
