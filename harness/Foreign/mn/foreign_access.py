"""A link of the mobile node: its router, the prefixes that it advertises, and the addresses made of them.

RFC 4861, 6.3 (hosts and routers); RFC 4862, 5 (autoconfiguration); RFC 6275, 11.5.1 to 11.5.3. It is free of sockets and told the time.
"""

import dataclasses
import random
import struct

import foreign_stack as stack
from foreign_host import HostInterface

ROUTER_SOLICITATION_DELAY, ROUTER_SOLICITATION_INTERVAL, ROUTER_SOLICITATIONS = 1.0, 4.0, 3
PREFIX_INFORMATION = 3
ON_LINK, AUTONOMOUS = 0x80, 0x40
INTERFACE_IDENTIFIER = 8
INFINITE = 0xFFFFFFFF
TWO_HOURS = 7200

# How long a link may take until its addresses can be used: a delayed solicitation, and a test for duplicates, with some reserve.
LONGEST_CONFIGURATION = ROUTER_SOLICITATION_DELAY + stack.RETRANS_TIMER + 0.5


@dataclasses.dataclass
class Advertised:
    """A prefix of 8 octets, and until when its addresses are valid and preferred."""

    prefix: bytes
    valid: float
    preferred: float
    is_on_link: bool


@dataclasses.dataclass(frozen=True)
class Place:
    """Where the node is on a link now: the addresses that can be care-of addresses, and whether the link is the home link."""

    link: str
    addresses: tuple
    is_home: bool = False
    router: bytes | None = None


def options_of(octets):
    """Type and data, without type and length, of each option of Neighbor Discovery; None if one does not fit (RFC 4861, 6.1.2)."""
    found, at = [], 0
    while at < len(octets):
        if at + 2 > len(octets) or octets[at + 1] == 0 or at + 8 * octets[at + 1] > len(octets):
            return None
        found.append((octets[at], octets[at + 2 : at + 8 * octets[at + 1]]))
        at += 8 * octets[at + 1]
    return found


def until(now, seconds):
    return float("inf") if seconds == INFINITE else now + seconds


class Access(HostInterface):
    """home_prefix: 8 octets; on a link with that prefix the node makes no address, as its home address is there."""

    def __init__(self, name, own_link_layer, mtu, transmit, home_prefix, identifier=None):
        super().__init__(name, own_link_layer, mtu, transmit, link_local=stack.LINK_LOCAL + identifier if identifier else None)
        self.identifier = self.link_local[INTERFACE_IDENTIFIER:]
        self.home_prefix = home_prefix
        self.home_address, self.answers_for_home = None, False
        self.is_up = False
        self.forget(0.0)

    def forget(self, now):
        """What was known of the link is known no longer."""
        self.since = now
        self.addresses = [self.link_local]
        self.groups = {stack.ALL_NODES, stack.solicited_node(self.link_local)}
        self.routers, self.prefixes, self.testing, self.found = {}, {}, {}, set()
        self.neighbors.neighbors.clear()
        self.solicits_at, self.solicitations = None, 0

    # --- the carrier

    def go_up(self, now):
        """RFC 6275, 11.5.1: another link may be there."""
        self.is_up = True
        self.forget(now)
        self.test(self.link_local, now)
        self.solicits_at = now + random.uniform(0, ROUTER_SOLICITATION_DELAY)

    def go_down(self, now):
        self.is_up = False
        self.forget(now)

    def is_configuring(self, now):
        """Whether addresses may still come."""
        return self.is_up and now < self.since + LONGEST_CONFIGURATION and (not self.routers or bool(self.testing))

    # --- what the mobile node asks

    def router_of(self, now):
        return next((router for router, expires in self.routers.items() if now < expires), None)

    def place(self, now):
        """None if the node cannot be reached here: without a router, or without an address."""
        router = self.router_of(now) if self.is_up else None
        if router is None:
            return None
        known = [one for one in self.prefixes.values() if now < one.preferred]
        if any(one.prefix == self.home_prefix for one in self.prefixes.values() if now < one.valid):
            return Place(self.name, (), True, router)
        addresses = tuple(own for own in (one.prefix + self.identifier for one in known) if own in self.addresses)
        return Place(self.name, addresses, False, router) if addresses else None

    def valid_until(self, address):
        known = self.prefixes.get(address[:8])
        return known.valid if known else 0.0

    def next_hop(self, destination, now):
        on_link = stack.is_link_local(destination) or any(one.is_on_link and one.prefix == destination[:8] for one in self.prefixes.values())
        return destination if on_link else self.router_of(now)

    # --- duplicate addresses

    def test(self, address, now):
        """RFC 4862, 5.4. RFC 6275, 11.5.3: without delay."""
        group = stack.solicited_node(address)
        self.groups.add(group)
        self.testing[address] = now + stack.RETRANS_TIMER
        self.send_frame(stack.solicitation(stack.UNSPECIFIED, group, address, self.link_layer), stack.multicast_link_layer(group))

    def discover(self, message, now):
        if message.target in self.testing:
            if not message.is_solicitation or message.source == stack.UNSPECIFIED:
                self.found.add(message.target)
        elif message.is_solicitation and message.target == self.home_address:
            if self.answers_for_home:
                self.answer(message, now)
        else:
            super().discover(message, now)

    def owns(self, octets):
        return octets in self.addresses and octets not in self.testing

    def end_tests(self, now):
        for address in [one for one, ends in self.testing.items() if now >= ends]:
            del self.testing[address]
            if address not in self.found and address != self.home_address and address not in self.addresses:
                self.addresses.insert(len(self.addresses) - 1, address)

    # --- routers (RFC 4861, 6.3.4)

    def advertisement(self, packet, octets, now):
        """A Router Advertisement, whose checksum is right."""
        options = options_of(octets[16:]) if len(octets) >= 16 else None
        if options is None or not self.is_up or packet.hop_limit != 255 or octets[1] or not stack.is_link_local(packet.source):
            return
        lifetime = struct.unpack("!H", octets[6:8])[0]
        if lifetime:
            self.routers[packet.source] = now + lifetime
            self.solicits_at = None
        else:
            self.routers.pop(packet.source, None)
        for kind, data in options:
            if kind == stack.SOURCE_LINK_LAYER and len(data) == 6:
                self.neighbors.heard(packet.source, data, now)
            elif kind == PREFIX_INFORMATION and len(data) == 30:
                self.learn_prefix(data, now)

    def learn_prefix(self, data, now):
        """RFC 4862, 5.5.3. A valid lifetime below two hours does not shorten one that is longer, or make it shorter than that."""
        length, flags, valid, preferred = struct.unpack("!BBII", data[:10])
        prefix = data[14:22]
        if length != 64 or preferred > valid or stack.is_link_local(data[14:30]) or not flags & (AUTONOMOUS | ON_LINK):
            return
        known = self.prefixes.get(prefix)
        if known is None:
            if not valid:
                return
            known = self.prefixes[prefix] = Advertised(prefix, until(now, valid), 0.0, bool(flags & ON_LINK))
        elif prefix == self.home_prefix or valid > TWO_HOURS or until(now, valid) > known.valid:
            known.valid = until(now, valid)
        elif known.valid > now + TWO_HOURS:
            known.valid = now + TWO_HOURS
        known.is_on_link = bool(flags & ON_LINK)
        if not flags & AUTONOMOUS:
            return
        known.preferred = until(now, preferred)
        own = prefix + self.identifier
        if prefix != self.home_prefix and preferred and own not in self.addresses and own not in self.testing and own not in self.found:
            self.test(own, now)

    # --- time

    def pass_time(self, now):
        if not self.is_up:
            return
        self.end_tests(now)
        known = set(self.neighbors.neighbors)
        self.neighbors.pass_time(now)
        for router in known - set(self.neighbors.neighbors) & set(self.routers):
            self.lose_router(router, now)
        for router in [router for router, expires in self.routers.items() if now >= expires]:
            self.lose_router(router, now)
        self.prefixes = {key: one for key, one in self.prefixes.items() if now < one.valid}
        if self.solicits_at is not None and now >= self.solicits_at:
            self.solicit_router(now)

    def lose_router(self, router, now):
        """RFC 6275, 11.5.1: a router that does not answer is no longer there."""
        if self.routers.pop(router, None) is not None:
            self.solicitations, self.solicits_at = 0, now

    def solicit_router(self, now):
        """RFC 4861, 6.3.7."""
        is_tested = self.link_local not in self.testing
        source = self.link_local if is_tested else stack.UNSPECIFIED
        option = struct.pack("!BB", stack.SOURCE_LINK_LAYER, 1) + self.link_layer if is_tested else b""
        self.send_frame(
            stack.icmp(stack.ROUTER_SOLICITATION, 0, bytes(4) + option, source, stack.ALL_ROUTERS, 255),
            stack.multicast_link_layer(stack.ALL_ROUTERS),
        )
        self.solicitations += 1
        self.solicits_at = now + ROUTER_SOLICITATION_INTERVAL if self.solicitations < ROUTER_SOLICITATIONS else None

    def next_time(self):
        if not self.is_up:
            return None
        times = [self.neighbors.next_time(), self.solicits_at, *self.testing.values(), *self.routers.values()]
        times += [at for one in self.prefixes.values() for at in (one.valid, one.preferred)]
        times += [self.since + LONGEST_CONFIGURATION]
        return min((at for at in times if at is not None and at != float("inf")), default=None)
