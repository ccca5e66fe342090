"""Routes of a mobile access gateway (6.9.1.2 (13), RFC 5844 3.2.3.2): each is between one access link and one tunnel.

They exist exactly while their binding is established.  Section numbers without a document are those of RFC 5213.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Union

from foreign_mag_octets import Home4, Prefix


@dataclass(frozen=True)
class Route:
    """Traffic of a home network prefix or of an IPv4 home address, which has a default router."""
    home: Union[Prefix, Home4]
    link: object
    lma: bytes
    binding: object
    router: Optional[bytes] = None

    def leads_to(self, addr: bytes) -> bool:
        return self.home.covers(addr) if isinstance(self.home, Prefix) else self.home.address == addr

    def replaces(self, other: "Route") -> bool:
        """A prefix has one home; an IPv4 home address is unique at its anchor alone (RFC 5844 1.1)."""
        if isinstance(self.home, Prefix):
            return self.home == other.home
        return (self.lma, self.home.address) == (other.lma, other.home.address)


class Routes:
    """The routes of one IP version.  What a binding has at home in it, the given function tells."""

    def __init__(self, homes) -> None:
        self.homes = homes
        self.routes: list[Route] = []

    def install(self, binding) -> None:
        """Replaces the routes of the binding.  A stale route of another binding gives way."""
        made = [Route(home, binding.link, binding.lma, binding, None if isinstance(home, Prefix) else binding.router4)
                for home in self.homes(binding)]
        self.routes = [r for r in self.routes if r.binding is not binding and not any(new.replaces(r) for new in made)]
        self.routes += made

    def remove(self, binding) -> None:
        self.routes = [r for r in self.routes if r.binding is not binding]

    def by_source(self, link, addr: bytes) -> Optional[Route]:
        return self._longest(r for r in self.routes if r.link is link and r.leads_to(addr))

    def by_destination(self, addr: bytes, lma: Optional[bytes] = None) -> Optional[Route]:
        """Through the tunnel of one anchor, or of any."""
        return self._longest(r for r in self.routes if lma in (None, r.lma) and r.leads_to(addr))

    def by_router(self, lma: bytes, addr: bytes) -> list[Route]:
        return [r for r in self.routes if r.lma == lma and r.router == addr]

    def of_link(self, link) -> Optional[Route]:
        return self._longest(r for r in self.routes if r.link is link)

    def active(self, link) -> Optional[Route]:
        """That of the node that is on the link now."""
        return self._longest(r for r in self.routes if r.link is link and r.binding is link.binding)

    def through(self, lma: bytes) -> list[Route]:
        return [r for r in self.routes if r.lma == lma]

    @staticmethod
    def _longest(routes) -> Optional[Route]:
        return max(routes, key=lambda r: r.home.length, default=None)
