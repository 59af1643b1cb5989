"""How often one sender may use a page that asks for no sign-in, or guess at a password.

The count lives in the cache that every process shares; the sender is kept there only as a fingerprint. The limiter
of django-allauth is not used: it reads the limits of its own pages only, and its authors mean to withdraw it from view.
Its documented `get_client_ip` is used.
"""

import datetime
import ipaddress
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

# A household's or an office's network in IPv6.
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Limit:
    """So many times in so long. Gentle on purpose: two counts at the very same moment may pass as one."""

    name: str
    times: int
    within: datetime.timedelta

    def take(self, sender: str) -> bool:
        """Count one use by the sender; False when she has used up her share."""
        now, key = timezone.now(), self._key(sender)
        earlier = [at for at in cache.get(key, []) if at > now - self.within]
        if len(earlier) >= self.times:
            return False
        cache.set(key, [*earlier, now], self.within.total_seconds())
        return True

    def forget(self, sender: str) -> None:
        """The sender has her whole share again."""
        cache.set(self._key(sender), [], self.within.total_seconds())

    def wait(self, sender: str) -> datetime.timedelta:
        """How long until the sender may go on, when she has used up her share."""
        earlier = cache.get(self._key(sender), [])
        return (
            max(datetime.timedelta(0), earlier[0] + self.within - timezone.now()) if earlier else datetime.timedelta(0)
        )

    def _key(self, sender: str) -> str:
        return f"limit:{self.name}:{salted_hmac(self.name, sender, algorithm='sha256').hexdigest()}"


def sender_of(request: HttpRequest) -> str:
    """Whose use is counted: the person's who has signed in, else that of the network address she comes from."""
    return f"person {request.user.pk}" if request.user.is_authenticated else _address_of(request)


def _address_of(request: HttpRequest) -> str:
    """The client's address, as sign-in counts it (TYM_PROXY_COUNT); of IPv6 its network.

    Empty when it is not known: such senders share one count.
    """
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (ValueError, PermissionDenied, ImproperlyConfigured):
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        # A server that listens on both tells IPv4 inside IPv6, where all of it is one network.
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)
