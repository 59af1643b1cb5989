"""What a password has to be."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """The library's rule in our words: its own message has no Finnish."""

    def get_error_message(self) -> str:
        return _("The password is too short. Write at least %(length)s characters.") % {"length": self.min_length}
