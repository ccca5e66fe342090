"""IPv4 home addresses of mobile nodes (RFC 5844, 3.1): their network, and IPv4 on the home link and in tunnels.

The parts, in their order:

    HomeNetwork  the pool, the default router, and who is entitled to which IP versions
    packets      IPv4 headers and fragments (RFC 791), ICMP (RFC 792, RFC 1122, RFC 1812), ARP (RFC 826)
    Link         the IPv4 side of the home interface: its address and its neighbors
    Router       the data path (RFC 5844, 3.1.3 and 3.1.4)

IPv4 addresses are 4 octets. The tunnels are those of foreign_stack.
"""

import dataclasses
import fnmatch
import ipaddress
import random
import struct

import foreign_stack as stack
from foreign_mobility import Status
from foreign_stack import Discard, Protocol

# --- HomeNetwork ---------------------------------------------------------------------------------------------------------

# Status values of the IPv4 Home Address Reply option (RFC 5844, 3.3.2).
FAILED, PROHIBITED = 128, 129
RELAY, SERVER = 0, 1


def number_of_reply(status):
    """What the option of a rejection says: whatever is no matter of authority has no reason of its own."""
    is_prohibited = status in (Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, Status.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE)
    return PROHIBITED if is_prohibited else FAILED


def address(text):
    return ipaddress.IPv4Address(text).packed


@dataclasses.dataclass(frozen=True)
class Entitlement:
    """The IP versions of mobile nodes (RFC 5844, 3.2.2), and the only IPv4 home addresses that they may have; none: any of the pool."""

    has_ipv4: bool = True
    has_ipv6: bool = True
    addresses: tuple = ()


@dataclasses.dataclass(frozen=True)
class HomeNetwork:
    """The IPv4 home network. Mobile nodes are patterns with entitlements; who is not listed has IPv6 alone.

    Reserved addresses are assigned to who asks for them. The limit is the number of addresses that can be assigned.
    """

    network: ipaddress.IPv4Network
    router: bytes
    mobile_nodes: tuple = ()
    reserved: tuple = ()
    limit: int | None = None
    is_ipv4_on: bool = True
    is_ipv6_on: bool = True
    dhcp_mode: int = RELAY

    @property
    def length(self):
        return self.network.prefixlen

    @property
    def size(self):
        """The addresses from the third one on, without the broadcast address."""
        most = self.network.num_addresses - 3
        return most if self.limit is None else min(self.limit, most)

    def at(self, number):
        return (int(self.network.network_address) + 2 + number).to_bytes(4, "big")

    def holds(self, octets):
        return ipaddress.IPv4Address(octets) in self.network

    def may_be_asked(self, octets):
        """RFC 5844, 3.1.2.2: anchored here, and nobody else's."""
        number = int.from_bytes(octets, "big") - int(self.network.network_address) - 2
        fixed = {one for _, entitlement in self.mobile_nodes for one in entitlement.addresses}
        return 0 <= number < self.size and octets != self.router and octets not in fixed

    def is_assignable(self, octets):
        return self.may_be_asked(octets) and octets not in self.reserved

    def entitlement(self, name):
        listed = (entitlement for pattern, entitlement in self.mobile_nodes if fnmatch.fnmatchcase(name, pattern))
        return next(listed, Entitlement(has_ipv4=False))

    def check(self, request, has_fault):
        """RFC 5844, 3.1.2.1: its items in the reverse order."""
        if len(request.home_addresses) > 1 and not has_fault("second-request-ignored"):
            return Status.MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED
        if has_fault("families-unchecked"):
            return Status.ACCEPTED
        entitlement = self.entitlement(request.name)
        if request.home_addresses and not (self.is_ipv4_on and entitlement.has_ipv4):
            return Status.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE
        if request.prefixes and not (self.is_ipv6_on and entitlement.has_ipv6):
            return Status.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE
        return Status.ACCEPTED


# --- packets -------------------------------------------------------------------------------------------------------------

ANY, BROADCAST = bytes(4), b"\xff" * 4
ICMP, TCP, UDP = 1, 6, 17
ECHO_REPLY, UNREACHABLE, SOURCE_QUENCH, REDIRECT, ECHO_REQUEST, TIME_EXCEEDED, PARAMETER_PROBLEM = 0, 3, 4, 5, 8, 11, 12
ERRORS = (UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM)
HOST_UNREACHABLE, PROTOCOL_UNREACHABLE, PORT_UNREACHABLE, FRAGMENTATION_NEEDED, HOST_PROHIBITED = 1, 2, 3, 4, 10
DONT_FRAGMENT, MORE_FRAGMENTS, OFFSET = 0x4000, 0x2000, 0x1FFF

# RFC 1812, 4.3.2.3 and 4.3.2.5.
LONGEST_ERROR = 576
INTERNETWORK_CONTROL = 0xC0


@dataclasses.dataclass(frozen=True)
class Packet:
    """An IPv4 packet (RFC 791, 3.1). The options are passed on as they are."""

    number = Protocol.IPV4

    source: bytes
    destination: bytes
    protocol: int
    payload: bytes
    ttl: int = 64
    traffic_class: int = 0
    identification: int = 0
    fragment: int = 0
    options: bytes = b""

    def __len__(self):
        return stack.IPV4_HEADER + len(self.options) + len(self.payload)

    @property
    def octets(self):
        words = 5 + len(self.options) // 4
        fields = self.traffic_class, len(self), self.identification, self.fragment, self.ttl, self.protocol
        head = struct.pack("!BBHHHBB", 0x40 | words, *fields)
        rest = self.source + self.destination + self.options
        return head + struct.pack("!H", stack.sum_of_words(head + rest) ^ 0xFFFF) + rest + self.payload

    @property
    def ecn(self):
        return self.traffic_class & 3

    @property
    def is_whole(self):
        return bool(self.fragment & DONT_FRAGMENT)

    @property
    def offset(self):
        return self.fragment & OFFSET

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)


def read_packet(octets, is_cut=False):
    """None if the octets are no IPv4 packet with a right checksum (RFC 1812, 5.2.2). The payload may be cut in errors."""
    if len(octets) < stack.IPV4_HEADER or octets[0] >> 4 != 4:
        return None
    first, traffic_class, length, identification, fragment, ttl, protocol = struct.unpack("!BBHHHBB", octets[:10])
    header = (first & 15) * 4
    if not stack.IPV4_HEADER <= header <= min(length, len(octets)) or (length > len(octets) and not is_cut):
        return None
    if stack.sum_of_words(octets[:header]) != 0xFFFF:
        return None
    source, destination, options, payload = octets[12:16], octets[16:20], octets[20:header], octets[header:length]
    return Packet(source, destination, protocol, payload, ttl, traffic_class, identification, fragment, options)


def fragments(packet, mtu):
    """RFC 791, 3.2. The options are in the first fragment alone."""
    if len(packet) <= mtu:
        return [packet]
    first = (mtu - stack.IPV4_HEADER - len(packet.options)) & ~7
    parts = [packet.changed(payload=packet.payload[:first], fragment=packet.fragment | MORE_FRAGMENTS)]
    size = (mtu - stack.IPV4_HEADER) & ~7
    for at in range(first, len(packet.payload), size):
        is_last = at + size >= len(packet.payload)
        flags = packet.fragment & ~OFFSET | (0 if is_last else MORE_FRAGMENTS)
        parts.append(packet.changed(payload=packet.payload[at : at + size], fragment=flags | packet.offset + at // 8, options=b""))
    return parts


def is_host(octets):
    """Whether the address can be that of one host (RFC 1122, 3.2.1.3)."""
    return 0 < octets[0] < 224 and octets[0] != 127


def icmp(kind, code, rest, source, destination, traffic_class=0):
    """The rest follows the checksum."""
    octets = struct.pack("!BBH", kind, code, 0) + rest
    octets = octets[:2] + struct.pack("!H", stack.sum_of_words(octets) ^ 0xFFFF) + octets[4:]
    return Packet(source, destination, ICMP, octets, traffic_class=traffic_class, identification=random.getrandbits(16))


def icmp_error(kind, code, value, invoking, source, destination):
    """The value is the MTU of the next hop (RFC 1191, 4), and otherwise zero."""
    room = LONGEST_ERROR - stack.IPV4_HEADER - 8
    return icmp(kind, code, struct.pack("!I", value) + invoking[:room], source, destination, INTERNETWORK_CONTROL)


def may_report(packet):
    """RFC 1812, 4.3.2.7: whether an error may be sent in response to the packet."""
    if packet.offset or not is_host(packet.source) or not is_host(packet.destination):
        return False
    return packet.protocol != ICMP or bool(packet.payload) and packet.payload[0] not in ERRORS


@dataclasses.dataclass(frozen=True)
class Resolution:
    """An ARP message for IPv4 on Ethernet (RFC 826)."""

    is_request: bool
    source_link_layer: bytes
    source: bytes
    target_link_layer: bytes
    target: bytes

    @property
    def octets(self):
        head = struct.pack("!HHBBH", 1, stack.ETHERTYPE_IPV4, 6, 4, 1 if self.is_request else 2)
        return head + self.source_link_layer + self.source + self.target_link_layer + self.target


def read_resolution(octets):
    """None if the octets are no such message."""
    if len(octets) < 28 or octets[:6] != struct.pack("!HHBB", 1, stack.ETHERTYPE_IPV4, 6, 4) or octets[6:8] not in (b"\0\1", b"\0\2"):
        return None
    return Resolution(octets[7] == 1, octets[8:14], octets[14:18], octets[18:24], octets[24:28])


# --- Link ----------------------------------------------------------------------------------------------------------------

GROUP = b"\xff" * 6


class Link:
    """The IPv4 side of an interface. Neighbors have the states of Neighbor Discovery; unicast probes are those of RFC 1122, 2.3.2.1.

    The router, if there is one, leads to nodes that are not in the network of the address.
    """

    def __init__(self, interface, own, router=None):
        self.interface, self.address, self.network, self.router = interface, own.ip.packed, own.network, router
        self.neighbors = stack.NeighborCache(lambda packet, to: self.send_frame(to, stack.ETHERTYPE_IPV4, packet.octets), self.solicit)

    def send_frame(self, destination, ethertype, octets):
        self.interface.transmit(stack.Frame(destination, self.interface.link_layer, octets, ethertype=ethertype).octets)

    def solicit(self, neighbor, link_layer):
        self.ask(neighbor.address, link_layer or GROUP)

    def ask(self, target, to=GROUP):
        message = Resolution(True, self.interface.link_layer, self.address, bytes(6), target)
        self.send_frame(to, stack.ETHERTYPE_ARP, message.octets)

    def announce(self):
        """RFC 5227, 2.3."""
        self.ask(self.address)

    def resolve(self, message, now):
        """An ARP message: who asks this node is answered and remembered, whoever answers is remembered if it was asked."""
        if not is_host(message.source) or message.source == self.address:
            return
        if not message.is_request:
            flags = stack.IS_SOLICITED | stack.OVERRIDES
            heard = stack.NeighborMessage(False, message.source, message.target, message.source, flags, message.source_link_layer)
            self.neighbors.advertised(heard, now)
        elif message.target == self.address:
            self.neighbors.heard(message.source, message.source_link_layer, now)
            answer = Resolution(False, self.interface.link_layer, self.address, message.source_link_layer, message.source)
            self.send_frame(message.source_link_layer, stack.ETHERTYPE_ARP, answer.octets)

    def is_broadcast(self, octets):
        return octets in (BROADCAST, self.network.broadcast_address.packed)

    def send(self, packet, now):
        is_near = self.router is None or ipaddress.IPv4Address(packet.destination) in self.network
        self.neighbors.send(packet, packet.destination if is_near else self.router, now)


# --- Router --------------------------------------------------------------------------------------------------------------


class Router:
    """IPv4 between the home link and the tunnels of the anchor. The IPv4 side of the core is in foreign_core4."""

    def __init__(self, device, link):
        self.device, self.link = device, link
        self.settings, self.anchor, self.errors = device.settings, device.anchor, device.errors

    # --- packets that arrive

    def receive(self, frame, now):
        """A frame of the home link."""
        interface = self.link.interface
        if not interface.takes(frame) or interface.tentative:
            return
        if frame.ethertype == stack.ETHERTYPE_ARP:
            message = read_resolution(frame.payload)
            if message:
                self.link.resolve(message, now)
            return
        packet = read_packet(frame.payload)
        if packet is None or not is_host(packet.source) or packet.source == self.link.address or frame.is_group:
            return
        self.take(packet, now, is_from_tunnel=False)

    def decapsulate(self, outer, octets, now, end=None):
        """A packet in the tunnel of a gateway (RFC 5844, 3.1.3), which comes from its end, or is an IPv6 packet.

        As with IPv6, only the gateway of the session may send it.
        """
        inner = read_packet(octets)
        if (end is None and outer.destination != self.settings.address) or inner is None or not self.anchor.may_send(inner.source, end or outer.source):
            return
        ecn = stack.inner_ecn(inner.ecn, outer.ecn, self.device.forwarding.ecn_rules)
        if ecn is None:
            return
        if not self.settings.has_fault("ipv4-ecn-lost") and not (end and self.settings.has_fault("transport-ecn-lost")):
            inner = inner.changed(traffic_class=inner.traffic_class & 0xFC | ecn)
        self.take(inner, now, is_from_tunnel=True)

    def take(self, packet, now, is_from_tunnel):
        try:
            if packet.destination == self.link.address:
                self.deliver(packet, now)
            elif is_host(packet.destination) and not self.link.is_broadcast(packet.destination):
                self.forward(packet, now, is_from_tunnel)
        except Discard as discarded:
            self.report(discarded, packet, now)

    def deliver(self, packet, now):
        """A packet to the device itself: it answers echo requests, and takes no fragments."""
        octets = packet.payload
        if packet.fragment & (MORE_FRAGMENTS | OFFSET):
            return
        if packet.protocol == ICMP:
            if len(octets) >= 8 and octets[0] == ECHO_REQUEST and stack.sum_of_words(octets) == 0xFFFF:
                self.originate(icmp(ECHO_REPLY, 0, octets[4:], self.link.address, packet.source, packet.traffic_class & 0xFC), now)
        elif packet.protocol == UDP:
            raise Discard(UNREACHABLE, PORT_UNREACHABLE)
        elif packet.protocol != TCP:
            raise Discard(UNREACHABLE, PROTOCOL_UNREACHABLE)

    # --- forwarding

    def forward(self, packet, now, is_from_tunnel):
        tunnel = self.anchor.tunnel_to(packet.destination)
        if self.anchor.is_paused(packet.destination):
            return
        if tunnel:
            self.encapsulate(self.one_hop_less(packet), tunnel, now)
        elif self.settings.ipv4.holds(packet.destination):
            self.refuse(HOST_UNREACHABLE)
        elif is_from_tunnel:
            self.route(self.one_hop_less(packet), now)
        else:
            self.refuse(HOST_PROHIBITED)

    def refuse(self, code):
        raise Discard if self.device.forwarding.is_silent else Discard(UNREACHABLE, code)

    @staticmethod
    def one_hop_less(packet):
        """RFC 1812, 5.3.1."""
        if packet.ttl <= 1:
            raise Discard(TIME_EXCEEDED, 0)
        return packet.changed(ttl=packet.ttl - 1)

    def encapsulate(self, packet, tunnel, now):
        """RFC 2473, 7.2: a packet that must not be fragmented is refused, any other one is cut as the tunnel packet."""
        limit = tunnel.encapsulation_limit
        mtu = tunnel.room(limit)
        if len(packet) > mtu and packet.is_whole and not self.settings.has_fault("dont-fragment-ignored"):
            raise Discard(UNREACHABLE, FRAGMENTATION_NEEDED, mtu)
        for outer in tunnel.carry(packet, limit):
            self.device.send_outer(outer, now)

    def route(self, packet, now):
        mtu = self.link.interface.mtu
        if len(packet) > mtu and packet.is_whole:
            raise Discard(UNREACHABLE, FRAGMENTATION_NEEDED, mtu)
        for part in fragments(packet, mtu):
            self.link.send(part, now)

    def originate(self, packet, now):
        """A packet of the device itself. A mobile node is reached by its tunnel."""
        tunnel = self.anchor.tunnel_to(packet.destination)
        if self.anchor.is_paused(packet.destination):
            return
        try:
            if tunnel:
                self.encapsulate(packet, tunnel, now)
            elif not self.settings.ipv4.holds(packet.destination):
                self.route(packet, now)
        except Discard:
            pass

    # --- errors

    def report(self, discarded, packet, now):
        """Sends the ICMP error of a discarded packet, if it may be sent. The rate is shared with IPv6."""
        if discarded.kind is not None and may_report(packet) and not self.link.is_broadcast(packet.source) and self.errors.take(now):
            error = discarded.kind, discarded.code, discarded.value
            self.originate(icmp_error(*error, packet.octets, self.link.address, packet.source), now)

    def tunnel_error(self, kind, value, invoking, now):
        """RFC 2473, 8.1 and 8.3: an error from inside a tunnel becomes one about the original packet."""
        found = stack.tunnelled_original(invoking, Protocol.IPV4)
        original = read_packet(found[0], is_cut=True) if found else None
        if original is None:
            return
        octets, headers = found
        if kind == stack.PACKET_TOO_BIG:
            # A packet that may be fragmented needs no smaller size: the tunnel cuts the next one.
            if not original.is_whole:
                return
            error = UNREACHABLE, FRAGMENTATION_NEEDED, max(value, stack.SMALLEST_MTU) - headers
        elif kind in (stack.UNREACHABLE, stack.TIME_EXCEEDED) or (kind == stack.PARAMETER_PROBLEM and self.is_limit(value, headers)):
            error = UNREACHABLE, HOST_UNREACHABLE, 0
        else:
            return
        self.relay(error, octets, now)

    def relay(self, error, octets, now):
        """Tells the source of the original packet, which may be cut, of an error on its way in a tunnel."""
        original = read_packet(octets, is_cut=True)
        if original is None or not may_report(original) or original.source == self.link.address or self.settings.has_fault("ipv4-errors-kept"):
            return
        if self.errors.take(now):
            self.originate(icmp_error(*error, octets, self.link.address, original.source), now)

    @staticmethod
    def is_limit(pointer, headers):
        """RFC 2473, 8.1: whether the pointer is that of the Tunnel Encapsulation Limit, as this anchor writes it."""
        return headers > stack.IPV6_HEADER and pointer == stack.IPV6_HEADER + 4

    # --- time

    def pass_time(self, now):
        """RFC 1812, 5.2.7.1: the next hop of what is returned does not answer."""
        for packet in self.link.neighbors.pass_time(now):
            if packet.source != self.link.address:
                self.report(Discard(UNREACHABLE, HOST_UNREACHABLE), packet, now)

    def next_time(self):
        return self.link.neighbors.next_time()
