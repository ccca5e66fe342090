"""An IPv6 node in user space: what a mobility device needs of Ethernet, IPv6, ICMPv6, Neighbor Discovery and tunnels.

The parts, in their order:

    octets      checksums, addresses, Ethernet frames, IPv6 packets (RFC 8200)
    headers     extension headers, as their destination reads them; fragments (RFC 8200, 4)
    ICMPv6      messages, errors and when they may be sent, their rate (RFC 4443)
    Neighbor Discovery
                messages, the Neighbor Cache with its states, duplicate addresses (RFC 4861, RFC 4862)
    Tunnel      encapsulation with hop limit, limit of nesting, ECN, MTU (RFC 2473, RFC 3168, RFC 6040)
    Interface   the addresses on one link, its frames, and its neighbors
    Port        the socket to a link: whole frames with the time of their reception

Everything but Port is free of sockets: an Interface is given a function that transmits a frame, and every function that depends
on time is told the time. Addresses are 16 octets, link-layer addresses 6.
"""

import dataclasses
import enum
import fcntl
import ipaddress
import random
import secrets
import socket
import struct

# --- octets --------------------------------------------------------------------------------------------------------------

ETHERTYPE_IPV4, ETHERTYPE_ARP, ETHERTYPE_IPV6 = 0x0800, 0x0806, 0x86DD
ETHERNET_HEADER = 14
IPV6_HEADER = 40
IPV4_HEADER = 20
SMALLEST_MTU = 1280

UNSPECIFIED = bytes(16)
LOOPBACK = bytes(15) + b"\x01"
LINK_LOCAL = bytes.fromhex("fe80000000000000")
ALL_NODES = bytes.fromhex("ff020000000000000000000000000001")
ALL_ROUTERS = bytes.fromhex("ff020000000000000000000000000002")


class Protocol(enum.IntEnum):
    """Values of Next Header."""

    HOP_BY_HOP = 0
    IPV4 = 4
    TCP = 6
    UDP = 17
    IPV6 = 41
    ROUTING = 43
    FRAGMENT = 44
    ESP = 50
    ICMPV6 = 58
    NO_NEXT_HEADER = 59
    DESTINATION_OPTIONS = 60
    MOBILITY = 135


def sum_of_words(octets):
    """The ones' complement sum of 16-bit words."""
    octets += bytes(len(octets) % 2)
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def checksum(source, destination, protocol, octets):
    """RFC 8200, 8.1: over the pseudo-header and the message; 0 if the message contains its correct checksum."""
    return sum_of_words(source + destination + struct.pack("!II", len(octets), protocol) + octets) ^ 0xFFFF


def with_checksum(source, destination, protocol, octets, at):
    """The message with its checksum in the two octets at the given offset."""
    octets = octets[:at] + bytes(2) + octets[at + 2 :]
    return octets[:at] + struct.pack("!H", checksum(source, destination, protocol, octets)) + octets[at + 2 :]


def address(text):
    return ipaddress.IPv6Address(text).packed


def text_of(octets):
    """Also for the 4 octets of an IPv4 address."""
    return str(ipaddress.ip_address(octets))


def is_multicast(octets):
    return octets[0] == 0xFF


def is_link_local(octets):
    return octets[0] == 0xFE and octets[1] & 0xC0 == 0x80


def is_forwardable_source(octets):
    """Whether a router may forward packets from this address (RFC 4291, 2.5)."""
    return not (is_multicast(octets) or is_link_local(octets) or octets in (UNSPECIFIED, LOOPBACK))


def is_forwardable_destination(octets):
    return is_forwardable_source(octets)


def solicited_node(octets):
    """RFC 4291, 2.7.1."""
    return bytes.fromhex("ff0200000000000000000001ff") + octets[13:]


def random_link_local():
    """A link-local address with a random interface identifier (RFC 8981 describes such identifiers)."""
    return LINK_LOCAL + bytes([secrets.randbits(8) & 0xFD]) + secrets.token_bytes(7)


def random_link_layer():
    """A locally administered unicast address."""
    return bytes([secrets.randbits(8) & 0xFC | 0x02]) + secrets.token_bytes(5)


def multicast_link_layer(octets):
    """RFC 2464, 7."""
    return b"\x33\x33" + octets[12:]


def link_layer(text):
    octets = bytes.fromhex(text.replace(":", "").replace("-", ""))
    if len(octets) != 6:
        raise ValueError(f"{text} is not a link-layer address")
    return octets


@dataclasses.dataclass(frozen=True)
class Frame:
    """An Ethernet frame, with an IPv6 packet unless another type is given. The time of day of its reception is in nanoseconds since 1970."""

    destination: bytes
    source: bytes
    payload: bytes
    time_of_day: int | None = None
    ethertype: int = ETHERTYPE_IPV6

    @property
    def is_group(self):
        return bool(self.destination[0] & 1)

    @property
    def octets(self):
        return self.destination + self.source + struct.pack("!H", self.ethertype) + self.payload


def read_frame(octets, time_of_day=None, ethertype=ETHERTYPE_IPV6):
    """None if the frame is of another type."""
    if len(octets) < ETHERNET_HEADER or octets[12:14] != struct.pack("!H", ethertype):
        return None
    return Frame(octets[:6], octets[6:12], octets[14:], time_of_day, ethertype)


@dataclasses.dataclass(frozen=True)
class Packet:
    """An IPv6 packet (RFC 8200, 3). Its number is the Next Header of what contains it."""

    number = Protocol.IPV6

    source: bytes
    destination: bytes
    next_header: int
    payload: bytes
    hop_limit: int = 64
    traffic_class: int = 0
    flow_label: int = 0

    def __len__(self):
        return IPV6_HEADER + len(self.payload)

    @property
    def octets(self):
        first = 6 << 28 | self.traffic_class << 20 | self.flow_label
        return struct.pack("!IHBB", first, len(self.payload), self.next_header, self.hop_limit) + self.source + self.destination + self.payload

    @property
    def ecn(self):
        return self.traffic_class & 3

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)


def read_packet(octets, is_cut=False):
    """None if the octets are no IPv6 packet. Octets after the payload are ignored; the payload may be cut in ICMPv6 errors."""
    if len(octets) < IPV6_HEADER or octets[0] >> 4 != 6:
        return None
    first, length, next_header, hop_limit = struct.unpack("!IHBB", octets[:8])
    if length > len(octets) - IPV6_HEADER and not is_cut:
        return None
    payload = octets[IPV6_HEADER : IPV6_HEADER + length]
    return Packet(octets[8:24], octets[24:40], next_header, payload, hop_limit, first >> 20 & 0xFF, first & 0xFFFFF)


def udp(source, destination, source_port, destination_port, data, hop_limit=64):
    octets = struct.pack("!HHHH", source_port, destination_port, 8 + len(data), 0) + data
    octets = with_checksum(source, destination, Protocol.UDP, octets, 6)
    # RFC 8200, 8.1: a sum of zero is sent as ones.
    if octets[6:8] == bytes(2):
        octets = octets[:6] + b"\xff\xff" + octets[8:]
    return Packet(source, destination, Protocol.UDP, octets, hop_limit)


# --- headers -------------------------------------------------------------------------------------------------------------

PAD_1, PAD_N, ENCAPSULATION_LIMIT, HOME_ADDRESS = 0, 1, 4, 201
LONGEST_PAYLOAD = 0xFFFF
REASSEMBLY_TIMEOUT = 60.0
MOST_INCOMPLETE = 64


class Discard(Exception):
    """A packet that is discarded, with the ICMPv6 error to send: none if the kind is None. The packet is given if it is another."""

    def __init__(self, kind=None, code=0, value=0, packet=None):
        super().__init__(f"kind {kind} code {code} value {value}")
        self.kind, self.code, self.value, self.packet = kind, code, value, packet


@dataclasses.dataclass(frozen=True)
class Reached:
    """A packet whose extension headers have been processed: its upper-layer header, and where that begins.

    The pointer is the offset of the Next Header field that names the protocol. The home address is that of a Home Address option.
    """

    packet: Packet
    protocol: int
    at: int
    pointer: int
    home_address: bytes | None = None

    @property
    def payload(self):
        return self.packet.octets[self.at :]


def process_headers(packet, reassembly, now):
    """Extension headers in their order, as their destination processes them (RFC 8200, 4). None: fragments are missing."""
    octets = packet.octets
    protocol, at, pointer, home_address = packet.next_header, IPV6_HEADER, 6, None
    while True:
        if protocol == Protocol.HOP_BY_HOP and at != IPV6_HEADER:
            raise Discard(PARAMETER_PROBLEM, 1, pointer)
        if protocol == Protocol.FRAGMENT:
            whole = reassembly.add(packet, at, pointer, now)
            return None if whole is None else process_whole(whole, reassembly, now)
        if protocol not in (Protocol.HOP_BY_HOP, Protocol.DESTINATION_OPTIONS, Protocol.ROUTING):
            return Reached(packet, protocol, at, pointer, home_address)
        end = at + 8 * (octets[at + 1] + 1) if at + 2 <= len(octets) else len(octets) + 1
        if end > len(octets):
            raise Discard(PARAMETER_PROBLEM, 0, at + 1)
        if protocol == Protocol.ROUTING:
            # RFC 8200, 4.4: no routing header is understood; one without segments left is skipped.
            if octets[at + 3] != 0:
                raise Discard(PARAMETER_PROBLEM, 0, at + 2)
        else:
            for kind, data, place in header_options(octets, at + 2, end):
                if kind == HOME_ADDRESS and protocol == Protocol.DESTINATION_OPTIONS and len(data) == 16:
                    home_address = data
                elif kind not in (PAD_1, PAD_N, ENCAPSULATION_LIMIT):
                    refuse_option(packet, kind, place)
        protocol, at, pointer = octets[at], end, at


def process_whole(whole, reassembly, now):
    """A packet that was fragmented: its errors are about the whole packet."""
    try:
        return process_headers(whole, reassembly, now)
    except Discard as discarded:
        discarded.packet = discarded.packet or whole
        raise


def header_options(octets, at, end):
    """The options between the two offsets: their types, data and offsets."""
    while at < end:
        if octets[at] == PAD_1:
            yield PAD_1, b"", at
            at += 1
            continue
        if at + 2 > end or at + 2 + octets[at + 1] > end:
            raise Discard(PARAMETER_PROBLEM, 0, at)
        yield octets[at], octets[at + 2 : at + 2 + octets[at + 1]], at
        at += 2 + octets[at + 1]


def refuse_option(packet, kind, at):
    """RFC 8200, 4.2: the two highest bits tell what to do with an option that is not understood."""
    action = kind >> 6
    if action == 1 or (action == 3 and is_multicast(packet.destination)):
        raise Discard
    if action >= 2:
        raise Discard(PARAMETER_PROBLEM, 2, at)


def upper_layer(octets):
    """The protocol and offset of the upper-layer header of a packet that is only passed on; None if it cannot be found."""
    protocol, at = octets[6], IPV6_HEADER
    while protocol in (Protocol.HOP_BY_HOP, Protocol.DESTINATION_OPTIONS, Protocol.ROUTING, Protocol.FRAGMENT):
        if at + 8 > len(octets):
            return None
        if protocol == Protocol.FRAGMENT:
            if struct.unpack("!H", octets[at + 2 : at + 4])[0] & 0xFFF8:
                return None
            protocol, at = octets[at], at + 8
        else:
            protocol, at = octets[at], at + 8 * (octets[at + 1] + 1)
    return protocol, at


class Reassembly:
    """Fragments of packets that are not complete (RFC 8200, 4.5)."""

    def __init__(self):
        self.packets = {}

    def add(self, packet, at, pointer, now):
        """The whole packet, or None if fragments are missing. The Fragment header is at the given offset."""
        octets = packet.octets
        if at + 8 > len(octets):
            raise Discard(PARAMETER_PROBLEM, 0, pointer)
        next_header, _, position, identification = struct.unpack("!BBHI", octets[at : at + 8])
        offset, has_more, data = position & 0xFFF8, position & 1, octets[at + 8 :]
        if offset == 0 and not has_more:
            return self.join(packet, at, pointer, next_header, data)
        if has_more and len(data) % 8:
            raise Discard(PARAMETER_PROBLEM, 0, 4)
        if at - IPV6_HEADER + offset + len(data) > LONGEST_PAYLOAD:
            raise Discard(PARAMETER_PROBLEM, 0, at + 2)
        key = packet.source, packet.destination, identification
        if key not in self.packets and len(self.packets) >= MOST_INCOMPLETE:
            del self.packets[min(self.packets, key=lambda other: self.packets[other][0])]
        _, parts, ends = self.packets.setdefault(key, (now, {}, {}))
        if offset in parts and parts[offset][3] == data and parts[offset][5] == has_more:
            return None
        if any(offset < end and start < offset + len(data) for start, end in ends.items()):
            # Overlapping fragments: the packet is given up, and what still comes of it never completes it.
            del self.packets[key]
            raise Discard
        parts[offset] = packet, at, pointer, data, next_header, has_more
        ends[offset] = offset + len(data)
        return self.complete(key, parts)

    def complete(self, key, parts):
        expected = 0
        for offset in sorted(parts):
            if offset != expected:
                return None
            expected += len(parts[offset][3])
        if parts[max(parts)][5]:
            return None
        del self.packets[key]
        packet, at, pointer, _, next_header, _ = parts[0]
        return self.join(packet.changed(traffic_class=self.congestion(parts)), at, pointer, next_header, b"".join(parts[offset][3] for offset in sorted(parts)))

    @staticmethod
    def congestion(parts):
        """RFC 3168, 5.3: congestion met by any fragment was met by the packet; a mixture with Not-ECT gives the packet up."""
        marks = {part[0].ecn for part in parts.values()}
        if NOT_ECT in marks and CE in marks:
            raise Discard
        return parts[0][0].traffic_class | (CE if CE in marks else 0)

    @staticmethod
    def join(packet, at, pointer, next_header, data):
        before = packet.octets[:at]
        before = before[:pointer] + bytes([next_header]) + before[pointer + 1 :]
        return packet.changed(next_header=before[6], payload=before[IPV6_HEADER:] + data)

    def pass_time(self, now):
        """First fragments of packets that did not complete in time: their sources are told (Time Exceeded, code 1)."""
        late = [key for key, (first, _, _) in self.packets.items() if now >= first + REASSEMBLY_TIMEOUT]
        expired = [self.packets.pop(key)[1] for key in late]
        return [parts[0][0] for parts in expired if 0 in parts]

    def next_time(self):
        return min([first + REASSEMBLY_TIMEOUT for first, _, _ in self.packets.values()], default=None)


def fragments(packet, mtu, identification):
    """The packet in fragments of at most the given size (RFC 8200, 4.5). Only the IPv6 header is repeated."""
    size = (mtu - IPV6_HEADER - 8) & ~7
    made = []
    for offset in range(0, len(packet.payload), size):
        part = packet.payload[offset : offset + size]
        has_more = offset + size < len(packet.payload)
        header = struct.pack("!BBHI", packet.next_header, 0, offset | has_more, identification)
        made.append(packet.changed(next_header=Protocol.FRAGMENT, payload=header + part))
    return made


# --- ICMPv6 --------------------------------------------------------------------------------------------------------------

UNREACHABLE, PACKET_TOO_BIG, TIME_EXCEEDED, PARAMETER_PROBLEM = 1, 2, 3, 4
NO_ROUTE, PROHIBITED, BEYOND_SCOPE, ADDRESS_UNREACHABLE, PORT_UNREACHABLE, POLICY_FAILED, REJECT_ROUTE = range(7)
ECHO_REQUEST, ECHO_REPLY = 128, 129
ROUTER_SOLICITATION, ROUTER_ADVERTISEMENT, NEIGHBOR_SOLICITATION, NEIGHBOR_ADVERTISEMENT, REDIRECT = range(133, 138)


def icmp(kind, code, body, source, destination, hop_limit=64):
    """The body follows the checksum."""
    octets = with_checksum(source, destination, Protocol.ICMPV6, struct.pack("!BBH", kind, code, 0) + body, 2)
    return Packet(source, destination, Protocol.ICMPV6, octets, hop_limit)


def icmp_error(kind, code, value, invoking, source, destination):
    """As much of the invoking packet as fits into the smallest MTU (RFC 4443, 2.4 (c))."""
    return icmp(kind, code, struct.pack("!I", value) + invoking[: SMALLEST_MTU - IPV6_HEADER - 8], source, destination)


def may_report(kind, code, packet, is_group_frame=False):
    """RFC 4443, 2.4 (e): whether an error may be sent in response to the packet."""
    if packet.source in (UNSPECIFIED, LOOPBACK) or is_multicast(packet.source):
        return False
    if (is_multicast(packet.destination) or is_group_frame) and not (kind == PACKET_TOO_BIG or (kind == PARAMETER_PROBLEM and code == 2)):
        return False
    found = upper_layer(packet.octets)
    if found is None or found[0] != Protocol.ICMPV6:
        return True
    message = packet.octets[found[1] :]
    return bool(message) and message[0] >= 128 and message[0] != REDIRECT


class Bucket:
    """The rate of ICMPv6 errors: a token bucket (RFC 4443, 2.4 (f))."""

    def __init__(self, rate=20.0, burst=20):
        self.rate, self.burst = rate, burst
        self.tokens, self.last = float(burst), None

    def take(self, now):
        if self.last is not None:
            self.tokens = min(self.burst, self.tokens + (now - self.last) * self.rate)
        self.last = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


# --- Neighbor Discovery --------------------------------------------------------------------------------------------------

SOURCE_LINK_LAYER, TARGET_LINK_LAYER = 1, 2
IS_ROUTER, IS_SOLICITED, OVERRIDES = 0x80, 0x40, 0x20

# RFC 4861, 10. Seconds.
RETRANS_TIMER = 1.0
REACHABLE_TIME = 30.0
DELAY_FIRST_PROBE_TIME = 5.0
MAX_MULTICAST_SOLICIT = 3
MAX_UNICAST_SOLICIT = 3
MOST_WAITING = 3


@dataclasses.dataclass(frozen=True)
class NeighborMessage:
    """A valid Neighbor Solicitation or Advertisement."""

    is_solicitation: bool
    source: bytes
    destination: bytes
    target: bytes
    flags: int
    link_layer: bytes | None


def solicitation(source, destination, target, own_link_layer):
    """RFC 4861, 4.3: without an option from the unspecified address."""
    option = b"" if source == UNSPECIFIED else struct.pack("!BB", SOURCE_LINK_LAYER, 1) + own_link_layer
    return icmp(NEIGHBOR_SOLICITATION, 0, bytes(4) + target + option, source, destination, 255)


def advertisement(source, destination, target, own_link_layer, flags):
    """RFC 4861, 4.4."""
    body = struct.pack("!I", flags << 24) + target + struct.pack("!BB", TARGET_LINK_LAYER, 1) + own_link_layer
    return icmp(NEIGHBOR_ADVERTISEMENT, 0, body, source, destination, 255)


def read_neighbor_message(packet, octets):
    """None if the message is not valid: RFC 4861, 7.1.1 and 7.1.2. The checksum was verified."""
    if packet.hop_limit != 255 or len(octets) < 24 or octets[0] not in (NEIGHBOR_SOLICITATION, NEIGHBOR_ADVERTISEMENT) or octets[1] != 0:
        return None
    target, is_solicitation = octets[8:24], octets[0] == NEIGHBOR_SOLICITATION
    options = neighbor_options(octets[24:])
    if options is None or is_multicast(target):
        return None
    option = options.get(SOURCE_LINK_LAYER if is_solicitation else TARGET_LINK_LAYER)
    if is_solicitation and packet.source == UNSPECIFIED and (option or packet.destination != solicited_node(target)):
        return None
    if not is_solicitation and is_multicast(packet.destination) and octets[4] & IS_SOLICITED:
        return None
    return NeighborMessage(is_solicitation, packet.source, packet.destination, target, octets[4], option and option[:6])


def neighbor_options(octets):
    """The data of options by type; None if an option has no length or does not fit."""
    found, at = {}, 0
    while at < len(octets):
        if at + 2 > len(octets) or octets[at + 1] == 0 or at + 8 * octets[at + 1] > len(octets):
            return None
        found.setdefault(octets[at], octets[at + 2 : at + 8 * octets[at + 1]])
        at += 8 * octets[at + 1]
    return found


class Reachability(enum.Enum):
    """RFC 4861, 7.3.2."""

    INCOMPLETE = enum.auto()
    REACHABLE = enum.auto()
    STALE = enum.auto()
    DELAY = enum.auto()
    PROBE = enum.auto()


@dataclasses.dataclass
class Neighbor:
    """An entry of the Neighbor Cache. It is due when its state changes without a message; None: never."""

    address: bytes
    state: Reachability
    link_layer: bytes | None = None
    due: float | None = None
    sent: int = 0
    waiting: list = dataclasses.field(default_factory=list)
    source: bytes | None = None


class NeighborCache:
    """The neighbors on one link.

    transmit(packet, link_layer) sends a packet to a link-layer address; solicit(neighbor, link_layer) sends a solicitation, to the
    solicited-node address if there is no link-layer address.
    """

    def __init__(self, transmit, solicit):
        self.transmit, self.solicit = transmit, solicit
        self.most_waiting = MOST_WAITING
        self.neighbors = {}

    def send(self, packet, next_hop, now):
        """RFC 4861, 7.2.2 and 7.3.3."""
        neighbor = self.neighbors.get(next_hop)
        if neighbor is None:
            neighbor = self.neighbors[next_hop] = Neighbor(next_hop, Reachability.INCOMPLETE, due=now + RETRANS_TIMER, sent=1, source=packet.source)
            neighbor.waiting.append(packet)
            self.solicit(neighbor, None)
        elif neighbor.state == Reachability.INCOMPLETE:
            neighbor.waiting = (neighbor.waiting + [packet])[-self.most_waiting :]
        else:
            if neighbor.state == Reachability.STALE:
                neighbor.state, neighbor.due = Reachability.DELAY, now + DELAY_FIRST_PROBE_TIME
            neighbor.source = packet.source
            self.transmit(packet, neighbor.link_layer)

    def heard(self, source, own_link_layer, now):
        """7.2.3: a solicitation tells the link-layer address of its source."""
        neighbor = self.neighbors.get(source)
        if neighbor is None:
            self.neighbors[source] = Neighbor(source, Reachability.STALE, own_link_layer)
        elif neighbor.link_layer != own_link_layer:
            self.learn(neighbor, own_link_layer, Reachability.STALE, now)

    def advertised(self, message, now):
        """7.2.5."""
        neighbor = self.neighbors.get(message.target)
        if neighbor is None or (neighbor.state == Reachability.INCOMPLETE and message.link_layer is None):
            return
        is_solicited = bool(message.flags & IS_SOLICITED)
        told = message.link_layer or neighbor.link_layer
        if neighbor.state == Reachability.INCOMPLETE:
            self.learn(neighbor, told, Reachability.REACHABLE if is_solicited else Reachability.STALE, now)
        elif told != neighbor.link_layer and not message.flags & OVERRIDES:
            if neighbor.state == Reachability.REACHABLE:
                neighbor.state, neighbor.due = Reachability.STALE, None
        elif is_solicited:
            self.learn(neighbor, told, Reachability.REACHABLE, now)
        elif told != neighbor.link_layer:
            self.learn(neighbor, told, Reachability.STALE, now)

    def learn(self, neighbor, told, state, now):
        neighbor.link_layer, neighbor.state, neighbor.sent = told, state, 0
        neighbor.due = now + REACHABLE_TIME * random.uniform(0.5, 1.5) if state == Reachability.REACHABLE else None
        waiting, neighbor.waiting = neighbor.waiting, []
        for packet in waiting:
            self.transmit(packet, told)

    def pass_time(self, now):
        """Retransmits what is due. The packets whose neighbor did not answer: Address Unreachable is due for them."""
        failed = []
        for neighbor in [neighbor for neighbor in self.neighbors.values() if neighbor.due is not None and neighbor.due <= now]:
            if neighbor.state == Reachability.REACHABLE:
                neighbor.state, neighbor.due = Reachability.STALE, None
                continue
            if neighbor.state == Reachability.DELAY:
                neighbor.state, neighbor.sent = Reachability.PROBE, 0
            if neighbor.sent >= (MAX_UNICAST_SOLICIT if neighbor.state == Reachability.PROBE else MAX_MULTICAST_SOLICIT):
                failed += neighbor.waiting
                del self.neighbors[neighbor.address]
                continue
            neighbor.sent, neighbor.due = neighbor.sent + 1, now + RETRANS_TIMER
            self.solicit(neighbor, neighbor.link_layer)
        return failed

    def next_time(self):
        return min([neighbor.due for neighbor in self.neighbors.values() if neighbor.due is not None], default=None)


# --- Tunnel --------------------------------------------------------------------------------------------------------------

NOT_ECT, ECT_1, ECT_0, CE = range(4)
PATH_MTU_AGE = 600.0


def outer_ecn(inner, rules):
    """At the entry: RFC 5213, 5.6.3. For CE, RFC 3168, 9.1.1 says ECT(0), and RFC 4301, 5.1.2 and RFC 6040, 4.1 say CE."""
    return ECT_0 if inner == CE and rules == 3168 else inner


def inner_ecn(inner, outer, rules):
    """At the exit; None if the packet is dropped: RFC 3168, 9.1.1 recommends it for CE over Not-ECT, RFC 6040, 4.2 demands it, and
    RFC 4301, 5.1.2 drops nothing.
    """
    if inner == NOT_ECT:
        return None if outer == CE and rules != 4301 else NOT_ECT
    if outer == CE:
        return CE
    if rules == 6040 and (inner, outer) == (ECT_0, ECT_1):
        return ECT_1
    return inner


def encapsulation_limit_of(packet):
    """RFC 2473, 4.1.1 (a): the limit that a packet carries, and its offset; None if it carries none."""
    octets = packet.octets
    protocol, at = packet.next_header, IPV6_HEADER
    while protocol in (Protocol.HOP_BY_HOP, Protocol.DESTINATION_OPTIONS, Protocol.ROUTING) and at + 8 <= len(octets):
        end = at + 8 * (octets[at + 1] + 1)
        if end > len(octets):
            return None
        if protocol == Protocol.DESTINATION_OPTIONS:
            try:
                for kind, data, place in header_options(octets, at + 2, end):
                    if kind == ENCAPSULATION_LIMIT and len(data) == 1:
                        return data[0], place + 2
            except Discard:
                return None
        protocol, at = octets[at], end
    return None


@dataclasses.dataclass
class Tunnel:
    """An IPv6-in-IPv6 tunnel from this node to another (RFC 2473). The encapsulation limit is None if none is configured."""

    local: bytes
    remote: bytes
    path_mtu: int
    hop_limit: int = 64
    dscp: int | None = 0
    flow_label: int = 0
    encapsulation_limit: int | None = None
    ecn_rules: int = 6040
    fault: str | None = None
    reduced: float | None = None
    first_path_mtu: int = 0
    identification: int = dataclasses.field(default_factory=lambda: secrets.randbits(32))

    def __post_init__(self):
        self.first_path_mtu = self.path_mtu

    def limit_for(self, packet):
        """4.1.1: the Tunnel Encapsulation Limit in the tunnel header; None if there is none."""
        found = encapsulation_limit_of(packet)
        if found is None:
            return self.encapsulation_limit
        if found[0] == 0:
            raise Discard(PARAMETER_PROBLEM, 0, found[1])
        return found[0] - (self.fault != "limit-kept")

    def room(self, limit):
        """6.7: the path MTU less the tunnel headers."""
        return self.path_mtu - IPV6_HEADER - (0 if limit is None else 8)

    def wrap(self, packet):
        """The tunnel packets that carry the packet: several if it is fragmented (7.1). Its hop limit was decremented before."""
        limit = self.limit_for(packet)
        if (packet.source, packet.destination) == (self.local, self.remote):
            # 4.1.2: the encapsulation of an encapsulated packet in the same tunnel.
            raise Discard
        mtu = self.room(limit)
        if len(packet) > mtu and len(packet) > SMALLEST_MTU and self.fault != "larger-packets-cut":
            raise Discard(PACKET_TOO_BIG, 0, max(mtu, SMALLEST_MTU))
        return self.carry(packet, limit)

    def carry(self, packet, limit):
        """The tunnel packets that carry the packet, whatever its size."""
        payload, next_header = self.enclose(packet, limit)
        dscp = packet.traffic_class >> 2 if self.dscp is None else self.dscp
        traffic_class = dscp << 2 | outer_ecn(packet.ecn, self.ecn_rules)
        outer = Packet(self.local, self.remote, next_header, payload, self.hop_limit, traffic_class, self.flow_label)
        if len(outer) <= self.path_mtu:
            return [outer]
        self.identification = (self.identification + 1) % (1 << 32)
        return fragments(outer, self.path_mtu, self.identification)

    def enclose(self, packet, limit):
        """The payload of the tunnel packet, and its Next Header."""
        if limit is None:
            return packet.octets, packet.number
        option = struct.pack("!BBBBBBBB", packet.number, 0, ENCAPSULATION_LIMIT, 1, limit, PAD_N, 1, 0)
        return option + packet.octets, Protocol.DESTINATION_OPTIONS

    def unwrap(self, outer, octets):
        """The packet in a tunnel packet; None if there is none, or if it is dropped for congestion."""
        inner = read_packet(octets)
        if inner is None:
            return None
        ecn = inner_ecn(inner.ecn, outer.ecn, self.ecn_rules)
        return None if ecn is None else inner.changed(traffic_class=inner.traffic_class & 0xFC | ecn)

    def too_big(self, mtu, now):
        """RFC 8201, 4: an MTU below the smallest, or above the known one, changes nothing."""
        if self.fault == "path-mtu-ignored":
            return
        if SMALLEST_MTU <= mtu < self.path_mtu or (mtu > self.path_mtu and self.fault == "path-mtu-raised"):
            self.path_mtu, self.reduced = mtu, now

    def pass_time(self, now):
        if self.reduced is not None and now >= self.reduced + PATH_MTU_AGE:
            self.path_mtu, self.reduced = self.first_path_mtu, None


def relayed_error(kind, code, value, invoking, headers):
    """RFC 2473, 8.1 and 8.2: the kind, code and value of the error for the source of the original packet; None if there is none.

    The invoking packet is the tunnel packet; headers is the length of the tunnel headers.
    """
    if kind == PACKET_TOO_BIG:
        original = int.from_bytes(invoking[headers + 4 : headers + 6], "big") + IPV6_HEADER
        return (PACKET_TOO_BIG, 0, max(value - headers, SMALLEST_MTU)) if original > SMALLEST_MTU else None
    if kind in (UNREACHABLE, TIME_EXCEEDED):
        return UNREACHABLE, ADDRESS_UNREACHABLE, 0
    if kind == PARAMETER_PROBLEM and value < len(invoking) and invoking[6] == Protocol.DESTINATION_OPTIONS and value == IPV6_HEADER + 4:
        return UNREACHABLE, ADDRESS_UNREACHABLE, 0
    return None


def tunnelled_original(invoking, protocol=Protocol.IPV6):
    """The original packet in a tunnel packet, which may be cut, and the length of the tunnel headers; None if there is none."""
    found = upper_layer(invoking)
    if found is None or found[0] != protocol or len(invoking) < found[1] + (IPV6_HEADER if protocol == Protocol.IPV6 else IPV4_HEADER):
        return None
    return invoking[found[1] :], found[1]


# --- Interface -----------------------------------------------------------------------------------------------------------


class Interface:
    """An IPv6 interface of a router: its addresses, the frames to and from it, and its neighbors.

    transmit takes the octets of a frame. The router, if there is one, leads to nodes that are not on the link.
    """

    def __init__(self, name, own_link_layer, mtu, transmit, addresses=(), link_local=None, groups=(), router=None):
        self.name, self.link_layer, self.mtu, self.transmit, self.router = name, own_link_layer, mtu, transmit, router
        self.link_local = link_local or random_link_local()
        self.addresses = [*addresses, self.link_local]
        self.groups = {ALL_NODES, ALL_ROUTERS, *groups, *(solicited_node(own) for own in self.addresses)}
        self.tentative = set()
        self.duplicates = set()
        self.neighbors = NeighborCache(self.send_frame, self.solicit)

    @property
    def address(self):
        """The first address: global if there is one."""
        return self.addresses[0]

    def owns(self, octets):
        return octets in self.addresses

    def takes(self, frame):
        """Whether the frame is for this interface."""
        return frame.destination == self.link_layer or (frame.is_group and frame.source != self.link_layer)

    def hears(self, octets):
        """Whether packets to the destination are for this node."""
        return self.owns(octets) or octets in self.groups

    def send(self, packet, next_hop, now):
        """To a neighbor, or to a multicast group."""
        if is_multicast(next_hop):
            self.send_frame(packet, multicast_link_layer(next_hop))
        else:
            self.neighbors.send(packet, next_hop, now)

    def send_frame(self, packet, destination):
        self.transmit(Frame(destination, self.link_layer, packet.octets).octets)

    def solicit(self, neighbor, destination):
        """RFC 4861, 7.2.2: from the source of the packet that waits, if it is an address of the interface."""
        source = neighbor.source if neighbor.source in self.addresses else self.link_local if is_link_local(neighbor.address) else self.address
        to = solicited_node(neighbor.address) if destination is None else neighbor.address
        self.send_frame(solicitation(source, to, neighbor.address, self.link_layer), destination or multicast_link_layer(to))

    def discover(self, message, now):
        """A Neighbor Solicitation or Advertisement."""
        if message.target in self.tentative:
            # RFC 4862, 5.4.3 and 5.4.4: somebody else tests the address, or has it.
            if not message.is_solicitation or message.source == UNSPECIFIED:
                self.duplicates.add(message.target)
        elif not message.is_solicitation:
            self.neighbors.advertised(message, now)
        elif self.owns(message.target):
            self.answer(message, now)

    def answer(self, message, now):
        """RFC 4861, 7.2.4."""
        if message.source == UNSPECIFIED:
            self.send(advertisement(message.target, ALL_NODES, message.target, self.link_layer, IS_ROUTER | OVERRIDES), ALL_NODES, now)
            return
        if message.link_layer:
            self.neighbors.heard(message.source, message.link_layer, now)
        flags = IS_ROUTER | IS_SOLICITED | OVERRIDES
        self.send(advertisement(message.target, message.source, message.target, self.link_layer, flags), message.source, now)

    def test_addresses(self):
        """RFC 4862, 5.4.2: asks for each address whether somebody has it."""
        self.tentative = set(self.addresses)
        for own in self.addresses:
            self.send_frame(solicitation(UNSPECIFIED, solicited_node(own), own, self.link_layer), multicast_link_layer(solicited_node(own)))

    def end_test(self):
        self.tentative = set()

    def announce(self, now):
        """RFC 4861, 7.2.6: the link-layer address may be another one than when the neighbors heard of the addresses last."""
        for own in self.addresses:
            self.send(advertisement(own, ALL_NODES, own, self.link_layer, IS_ROUTER | OVERRIDES), ALL_NODES, now)


# --- Port ----------------------------------------------------------------------------------------------------------------

# Numbers of Linux that Python does not define: linux/if_packet.h, asm/socket.h, linux/sockios.h.
SOL_PACKET = 263
PACKET_ADD_MEMBERSHIP, PACKET_AUXDATA = 1, 8
PACKET_MR_PROMISC, PACKET_MR_ALLMULTI = 1, 2
TP_STATUS_CSUMNOTREADY = 8
SO_TIMESTAMPNS = 35
SIOCGIFMTU, SIOCGIFHWADDR = 0x8921, 0x8927
LARGEST_FRAME = 0x11000

CHECKSUM_AT = {Protocol.TCP: 16, Protocol.UDP: 6, Protocol.ICMPV6: 2}


class Port:
    """A packet socket: the frames of one type on one link, of IPv6 unless another is given."""

    def __init__(self, name, own_link_layer=None, ethertype=ETHERTYPE_IPV6):
        self.name, self.ethertype = name, ethertype
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        for mode in (PACKET_MR_ALLMULTI, PACKET_MR_PROMISC):
            request = struct.pack("=iHH8s", socket.if_nametoindex(name), mode, 0, bytes(8))
            self.socket.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, request)
        self.socket.bind((name, ethertype))
        self.socket.setblocking(False)
        self.link_layer = own_link_layer or self.ask(SIOCGIFHWADDR)[18:24]
        self.mtu = struct.unpack("=i", self.ask(SIOCGIFMTU)[16:20])[0]

    def ask(self, request):
        return fcntl.ioctl(self.socket.fileno(), request, struct.pack("16s24s", self.name.encode(), bytes(24)))

    def fileno(self):
        return self.socket.fileno()

    def transmit(self, octets):
        """A frame that the link does not take is lost, as on any link."""
        try:
            self.socket.send(octets)
        except OSError:
            pass

    def receive(self):
        """The frames that have arrived, without those that this host sends."""
        frames = []
        while len(frames) < 64:
            try:
                octets, ancillary, _, (_, _, kind, _, _) = self.socket.recvmsg(LARGEST_FRAME, 256)
            except (BlockingIOError, OSError):
                break
            if kind == socket.PACKET_OUTGOING:
                continue
            time_of_day, is_unfinished = None, False
            for level, kind, data in ancillary:
                if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                    seconds, nanoseconds = struct.unpack("=qq", data[:16])
                    time_of_day = seconds * 1_000_000_000 + nanoseconds
                elif level == SOL_PACKET and kind == PACKET_AUXDATA:
                    is_unfinished = bool(struct.unpack("=I", data[:4])[0] & TP_STATUS_CSUMNOTREADY)
            frame = read_frame(octets, time_of_day, self.ethertype)
            if frame:
                is_unfinished = is_unfinished and self.ethertype == ETHERTYPE_IPV6
                frames.append(dataclasses.replace(frame, payload=finish_checksum(frame.payload)) if is_unfinished else frame)
        return frames


def finish_checksum(octets):
    """The packet with the checksum that a host on the same machine left to its network card. It may be in a tunnel."""
    start, end = 0, IPV6_HEADER + int.from_bytes(octets[4:6], "big")
    while len(octets) >= start + IPV6_HEADER and (found := upper_layer(octets[start:end])):
        protocol, at = found
        if protocol == Protocol.IPV6:
            start += at
            continue
        if protocol in CHECKSUM_AT and start + at + CHECKSUM_AT[protocol] + 2 <= end:
            message = with_checksum(octets[start + 8 : start + 24], octets[start + 24 : start + 40], protocol, octets[start + at : end], CHECKSUM_AT[protocol])
            return octets[: start + at] + message + octets[end:]
        break
    return octets


def silence_kernel(name):
    """Switches IPv6 of the kernel and its forwarding of IPv4 off on the interface, so that it does not answer for the device."""
    for path, value in ((f"ipv6/conf/{name}/disable_ipv6", "1"), (f"ipv4/conf/{name}/forwarding", "0")):
        with open(f"/proc/sys/net/{path}", "r+", encoding="ascii") as setting:
            if setting.read().strip() != value:
                setting.seek(0)
                setting.write(value)
