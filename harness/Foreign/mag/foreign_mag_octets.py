"""Octets of a mobile access gateway: pure functions, no state, no sockets.

IPv6 (RFC 8200), ICMPv6 (RFC 4443), Neighbor Discovery (RFC 4861), the Mobility
Header (RFC 6275 6.1) with the options of RFC 5213 section 8, of RFC 5844 3.3 and of RFC 5555 3,
and tunnel packets (RFC 2473, RFC 6040).  Addresses are sixteen octets, those of
IPv4 four.  Section numbers without a document are those of RFC 5213.  `faults` holds names of the table FAULTS of
foreign_mag.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import struct
from dataclasses import dataclass
from typing import Optional

# ---------------------------------------------------------------------------
# 1. Addresses, checksums, headers
# ---------------------------------------------------------------------------

PROTO_HOP_BY_HOP, PROTO_UDP, PROTO_IPV6, PROTO_ROUTING, PROTO_FRAGMENT = 0, 17, 41, 43, 44
PROTO_IPV4 = 4
PROTO_ICMPV6, PROTO_NONE, PROTO_DESTOPTS, PROTO_MOBILITY = 58, 59, 60, 135
MINIMUM_MTU = 1280                      # RFC 8200 5
UNSPECIFIED = bytes(16)
LINK_LAYER_UNKNOWN = bytes(2)           # 6.1: two octets of ALL_ZERO


class Malformed(Exception):
    """The octets do not have the form that the text prescribes."""


def address(text: str) -> bytes:
    return ipaddress.IPv6Address(text).packed


def show(addr: bytes) -> str:
    return str(ipaddress.ip_address(addr))


def show_mac(mac: Optional[bytes]) -> str:
    return ":".join(f"{octet:02x}" for octet in mac) if mac else "unknown"


def parse_mac(text: str) -> bytes:
    octets = bytes.fromhex(text.replace(":", "").replace("-", ""))
    if len(octets) != 6:
        raise ValueError(f"not a link-layer address: {text}")
    return octets


def escape(value) -> str:
    """Text for the log: printable ASCII without blanks, the rest as \\xNN."""
    if isinstance(value, (bytes, bytearray)):
        octets = bytes(value)
    else:
        octets = str(value).encode("utf-8", "surrogateescape")
    return "".join(chr(o) if 0x21 <= o <= 0x7E and o != 0x5C else f"\\x{o:02x}"
                   for o in octets)


ALL_NODES = address("ff02::1")
ALL_ROUTERS = address("ff02::2")
ALL_DHCP_AGENTS = address("ff02::1:2")


def is_multicast(addr: bytes) -> bool:
    return addr[0] == 0xFF


def is_link_local(addr: bytes) -> bool:
    return addr[0] == 0xFE and addr[1] & 0xC0 == 0x80


def is_loopback(addr: bytes) -> bool:
    return addr == bytes(15) + b"\x01"


def link_local_from_mac(mac: bytes) -> bytes:
    """Modified EUI-64 of RFC 4291 appendix A."""
    return (b"\xfe\x80" + bytes(6) + bytes([mac[0] ^ 2]) + mac[1:3] + b"\xff\xfe" + mac[3:])


def solicited_node(addr: bytes) -> bytes:
    return address("ff02::1:ff00:0")[:13] + addr[13:]


def multicast_mac(addr: bytes) -> bytes:
    return b"\x33\x33" + addr[12:]


@dataclass(frozen=True, order=True)
class Prefix:
    """An IPv6 prefix; the octets behind its length are zero."""
    octets: bytes
    length: int

    @staticmethod
    def of(octets: bytes, length: int) -> "Prefix":
        number = int.from_bytes(octets, "big")
        mask = ((1 << length) - 1) << (128 - length) if length else 0
        return Prefix((number & mask).to_bytes(16, "big"), length)

    @staticmethod
    def parse(text: str) -> "Prefix":
        net = ipaddress.IPv6Network(text, strict=False)
        return Prefix(net.network_address.packed, net.prefixlen)

    def covers(self, addr: bytes) -> bool:
        return Prefix.of(addr, self.length).octets == self.octets

    def usable(self) -> bool:
        """Can this be a home network prefix?"""
        return (0 < self.length <= 128 and self.octets != UNSPECIFIED
                and not is_multicast(self.octets) and not is_link_local(self.octets)
                and not is_loopback(self.octets))

    def __str__(self) -> str:
        return f"{show(self.octets)}/{self.length}"


ALL_ZERO_PREFIX = Prefix(UNSPECIFIED, 0)


def ones_sum(octets: bytes) -> int:
    if len(octets) % 2:
        octets += b"\0"
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def checksum(src: bytes, dst: bytes, protocol: int, payload: bytes) -> int:
    """RFC 8200 8.1; zero over a message that holds its right checksum."""
    pseudo = src + dst + struct.pack("!I3xB", len(payload), protocol)
    return 0xFFFF ^ ones_sum(pseudo + payload)


def with_checksum(src: bytes, dst: bytes, protocol: int, payload: bytes, at: int) -> bytes:
    blank = payload[:at] + b"\0\0" + payload[at + 2:]
    value = checksum(src, dst, protocol, blank)
    if protocol == PROTO_UDP and value == 0:
        value = 0xFFFF
    return blank[:at] + struct.pack("!H", value) + blank[at + 2:]


@dataclass(frozen=True)
class Header:
    traffic_class: int
    flow_label: int
    next_header: int
    hop_limit: int
    src: bytes
    dst: bytes


def build_ipv6(src: bytes, dst: bytes, next_header: int, payload: bytes, hop_limit: int = 64,
               traffic_class: int = 0, flow_label: int = 0) -> bytes:
    first = 6 << 28 | traffic_class << 20 | flow_label
    return struct.pack("!IHBB", first, len(payload), next_header, hop_limit) + src + dst + payload


def split_ipv6(octets: bytes) -> tuple[Header, bytes]:
    """Header and the whole packet without link padding."""
    if len(octets) < 40 or octets[0] >> 4 != 6:
        raise Malformed("not an IPv6 packet")
    first, length, nxt, hop = struct.unpack("!IHBB", octets[:8])
    if 40 + length > len(octets):
        raise Malformed("shorter than its payload length")
    head = Header(first >> 20 & 0xFF, first & 0xFFFFF, nxt, hop, octets[8:24], octets[24:40])
    return head, octets[:40 + length]


def lower_hop_limit(packet: bytes, by: int = 1) -> bytes:
    return packet[:7] + bytes([max(0, packet[7] - by)]) + packet[8:]


def get_ecn(packet: bytes) -> int:
    return packet[1] >> 4 & 3


def set_ecn(packet: bytes, ecn: int) -> bytes:
    return packet[:1] + bytes([packet[1] & 0xCF | ecn << 4]) + packet[2:]


# Extension headers of packets that are addressed to the gateway (RFC 8200 4).

KNOWN_DESTINATION_OPTIONS = {1, 4, 5}   # PadN, Tunnel Encapsulation Limit, Router Alert


@dataclass
class Upper:
    """Where the upper-layer header begins, or why there is none."""
    protocol: int
    offset: int
    pointer: int                        # the octet that names the protocol
    home_address: Optional[bytes] = None        # of a type 2 routing header
    problem: Optional[tuple[int, int]] = None   # code and pointer of Parameter Problem
    discard: bool = False


def check_options(packet: bytes, start: int, end: int) -> tuple[str, int]:
    """RFC 8200 4.2: what to do with the first option that is not known."""
    at = start
    while at < end:
        kind = packet[at]
        if kind == 0:
            at += 1
            continue
        if at + 2 > end or at + 2 + packet[at + 1] > end:
            return "report", at
        if kind not in KNOWN_DESTINATION_OPTIONS and kind >> 6:
            if kind >> 6 == 1 or (kind >> 6 == 3 and is_multicast(packet[24:40])):
                return "drop", at
            return "report", at
        at += 2 + packet[at + 1]
    return "go on", end


def find_upper(packet: bytes) -> Upper:
    """Walk the extension headers from left to right."""
    up = Upper(packet[6], 40, 6)
    while True:
        if up.protocol == PROTO_FRAGMENT and up.offset + 8 <= len(packet):
            up = dataclasses.replace(up, protocol=packet[up.offset], pointer=up.offset,
                                     offset=up.offset + 8)
            continue
        if up.protocol not in (PROTO_HOP_BY_HOP, PROTO_ROUTING, PROTO_DESTOPTS):
            return up
        if up.protocol == PROTO_HOP_BY_HOP and up.offset != 40:
            up.problem = (1, up.pointer)
            return up
        if up.offset + 8 > len(packet):
            up.discard = True
            return up
        size = 8 + 8 * packet[up.offset + 1]
        if up.offset + size > len(packet):
            up.discard = True
            return up
        if up.protocol == PROTO_ROUTING:
            kind, left = packet[up.offset + 2], packet[up.offset + 3]
            if kind == 2 and left == 1 and size == 24:
                # 6.9.1.2 (4): a type 2 routing header is no reason to refuse
                up.home_address = packet[up.offset + 8:up.offset + 24]
            elif left:
                up.problem = (0, up.offset + 2)
                return up
        else:
            verdict, at = check_options(packet, up.offset + 2, up.offset + size)
            if verdict == "drop":
                up.discard = True
                return up
            if verdict == "report":
                up.problem = (2, at)
                return up
        up = dataclasses.replace(up, protocol=packet[up.offset], pointer=up.offset,
                                 offset=up.offset + size)


# Fragments (RFC 8200 4.5)

def fragment(packet: bytes, mtu: int, ident: int) -> list[bytes]:
    """Cut a packet of ours; all behind the IPv6 header may be cut."""
    if len(packet) <= mtu:
        return [packet]
    room = (mtu - 48) // 8 * 8
    body, nxt = packet[40:], packet[6]
    pieces = []
    for at in range(0, len(body), room):
        more = at + room < len(body)
        head = struct.pack("!BxHI", nxt, at | more, ident)
        part = head + body[at:at + room]
        pieces.append(packet[:4] + struct.pack("!HB", len(part), PROTO_FRAGMENT)
                      + packet[7:40] + part)
    return pieces


@dataclass(frozen=True)
class Piece:
    """A fragment: what the pieces of a packet have in common, and its own header and data."""
    key: tuple
    head: bytes
    at: int
    more: bool
    data: bytes


class Reassembler:
    """Tunnel packets may arrive in pieces (RFC 2473 7)."""
    LIMIT, LIFETIME = 64, 60.0

    def __init__(self) -> None:
        self.partial: dict[tuple, tuple[float, list[tuple[int, bool, bytes]], bytes]] = {}

    def add(self, packet: bytes, now: float) -> Optional[bytes]:
        """The complete packet when its last piece came in; else None."""
        if not self._is_piece(packet):
            return packet
        piece = self._piece(packet)
        if piece is None:
            return None
        at, more, data = piece.at, piece.more, piece.data
        if at == 0 and not more:
            return self._join(piece.head, data)
        if (more and len(data) % 8) or at + len(data) > 65535:
            return None
        self._forget(now)
        born, pieces, first = self.partial.get(piece.key, (now, [], b""))
        if any(at < a + len(d) and a < at + len(data) for a, _, d in pieces):
            self.partial.pop(piece.key, None)       # overlap: all are discarded
            return None
        pieces.append((at, more, data))
        self.partial[piece.key] = (born, pieces, first if at else piece.head)
        return self._complete(piece.key)

    def _is_piece(self, packet: bytes) -> bool:
        return packet[6] == PROTO_FRAGMENT

    def _piece(self, packet: bytes) -> Optional[Piece]:
        if len(packet) < 49:
            return None
        nxt, field_, ident = struct.unpack("!BxHI", packet[40:48])
        head = packet[:6] + bytes([nxt]) + packet[7:40]
        return Piece((packet[8:40], ident), head, field_ & 0xFFF8, bool(field_ & 1), packet[48:])

    def _complete(self, key: tuple) -> Optional[bytes]:
        _, pieces, first = self.partial[key]
        pieces.sort()
        expected = 0
        for at, _, data in pieces:
            if at != expected:
                return None
            expected = at + len(data)
        if pieces[-1][1] or not first:
            return None
        del self.partial[key]
        return self._join(first, b"".join(p[2] for p in pieces))

    def _forget(self, now: float) -> None:
        for key in [k for k, v in self.partial.items() if now - v[0] > self.LIFETIME]:
            del self.partial[key]
        while len(self.partial) >= self.LIMIT:
            del self.partial[next(iter(self.partial))]

    def _join(self, head: bytes, data: bytes) -> bytes:
        return head[:4] + struct.pack("!H", len(data)) + head[6:] + data


# ---------------------------------------------------------------------------
# 2. ICMPv6 and Neighbor Discovery (RFC 4443, RFC 4861)
# ---------------------------------------------------------------------------

UNREACHABLE, TOO_BIG, TIME_EXCEEDED, PARAMETER_PROBLEM = 1, 2, 3, 4
ECHO_REQUEST, ECHO_REPLY = 128, 129
ROUTER_SOLICITATION, ROUTER_ADVERTISEMENT = 133, 134
NEIGHBOR_SOLICITATION, NEIGHBOR_ADVERTISEMENT = 135, 136
OPT_SOURCE_LLA, OPT_TARGET_LLA, OPT_PREFIX, OPT_MTU = 1, 2, 3, 5


def build_icmp(src: bytes, dst: bytes, kind: int, code: int, body: bytes,
               hop_limit: int = 255) -> bytes:
    message = with_checksum(src, dst, PROTO_ICMPV6, bytes([kind, code, 0, 0]) + body, 2)
    return build_ipv6(src, dst, PROTO_ICMPV6, message, hop_limit)


def build_icmp_error(src: bytes, kind: int, code: int, value: int, offending: bytes) -> bytes:
    """An error message; as much of the packet as fits into 1280 octets."""
    body = struct.pack("!I", value) + offending[:MINIMUM_MTU - 48]
    return build_icmp(src, offending[8:24], kind, code, body, hop_limit=64)


def may_report(packet: bytes, kind: int, code: int) -> bool:
    """RFC 4443 2.4 (e): packets that must not cause an error message."""
    src, dst = packet[8:24], packet[24:40]
    if src == UNSPECIFIED or is_multicast(src):
        return False
    if is_multicast(dst) and not (kind == TOO_BIG or (kind, code) == (PARAMETER_PROBLEM, 2)):
        return False
    up = find_upper(packet)
    if up.protocol == PROTO_ICMPV6 and len(packet) > up.offset:
        return packet[up.offset] >= 128 and packet[up.offset] != 137
    return True


def lla_option(kind: int, mac: bytes) -> bytes:
    return bytes([kind, 1]) + mac


def build_ns(src: bytes, dst: bytes, target: bytes, mac: Optional[bytes]) -> bytes:
    body = bytes(4) + target + (lla_option(OPT_SOURCE_LLA, mac) if mac else b"")
    return build_icmp(src, dst, NEIGHBOR_SOLICITATION, 0, body)


def build_na(src: bytes, dst: bytes, target: bytes, mac: Optional[bytes], router: bool,
             solicited: bool, override: bool) -> bytes:
    flags = router << 7 | solicited << 6 | override << 5
    body = bytes([flags, 0, 0, 0]) + target + (lla_option(OPT_TARGET_LLA, mac) if mac else b"")
    return build_icmp(src, dst, NEIGHBOR_ADVERTISEMENT, 0, body)


def nd_options(octets: bytes) -> list[tuple[int, bytes]]:
    """Options of a Neighbor Discovery message; length zero is an error."""
    found, at = [], 0
    while at < len(octets):
        if at + 2 > len(octets) or octets[at + 1] == 0 or at + 8 * octets[at + 1] > len(octets):
            raise Malformed("Neighbor Discovery option")
        found.append((octets[at], octets[at + 2:at + 8 * octets[at + 1]]))
        at += 8 * octets[at + 1]
    return found


@dataclass(frozen=True)
class Discovery:
    """A valid RS, NS or NA (RFC 4861 6.1.1, 7.1.1, 7.1.2)."""
    kind: int
    target: bytes
    flags: int
    mac: Optional[bytes]


def parse_discovery(head: Header, message: bytes) -> Discovery:
    kind = message[0]
    fixed = 8 if kind == ROUTER_SOLICITATION else 24
    if head.hop_limit != 255 or message[1] != 0 or len(message) < fixed:
        raise Malformed("Neighbor Discovery header")
    options = nd_options(message[fixed:])
    wanted = OPT_TARGET_LLA if kind == NEIGHBOR_ADVERTISEMENT else OPT_SOURCE_LLA
    mac = next((data[:6] for number, data in options if number == wanted), None)
    if kind == ROUTER_SOLICITATION:
        if head.src == UNSPECIFIED and mac:
            raise Malformed("link-layer option without a source")
        return Discovery(kind, UNSPECIFIED, 0, mac)
    target = message[8:24]
    if is_multicast(target):
        raise Malformed("multicast target")
    if kind == NEIGHBOR_SOLICITATION and head.src == UNSPECIFIED:
        if mac or head.dst != solicited_node(target):
            raise Malformed("duplicate address detection")
    if kind == NEIGHBOR_ADVERTISEMENT and is_multicast(head.dst) and message[4] & 0x40:
        raise Malformed("solicited advertisement to a group")
    return Discovery(kind, target, message[4], mac)


@dataclass(frozen=True)
class AdvertisedPrefix:
    prefix: Prefix
    valid: int
    preferred: int


def build_ra(src: bytes, dst: bytes, router_lifetime: int, mtu: Optional[int],
             prefixes: list[AdvertisedPrefix], managed: bool = False, other: bool = False,
             mac: Optional[bytes] = None, on_link: bool = True) -> bytes:
    """6.7 and RFC 4861 4.2."""
    body = struct.pack("!BBHII", 0, managed << 7 | other << 6, router_lifetime, 0, 0)
    if mtu:
        body += struct.pack("!BBHI", OPT_MTU, 1, 0, mtu)
    for item in prefixes:
        flags = (0x80 if on_link else 0) | (0x40 if item.prefix.length == 64 else 0)
        body += struct.pack("!BBBBIII", OPT_PREFIX, 4, item.prefix.length, flags,
                            item.valid, item.preferred, 0) + item.prefix.octets
    if mac:
        body += lla_option(OPT_SOURCE_LLA, mac)
    return build_icmp(src, dst, ROUTER_ADVERTISEMENT, 0, body)


# ---------------------------------------------------------------------------
# 3. Mobility Header (RFC 6275 6.1, RFC 5213 8)
# ---------------------------------------------------------------------------

MH_UPDATE, MH_ACKNOWLEDGEMENT, MH_ERROR = 5, 6, 7
MH_MINIMUM = {0: 0, 1: 1, 2: 1, 3: 2, 4: 2, 5: 1, 6: 1, 7: 2}   # least Header Len per type
OPT_REFRESH, OPT_MN_ID, OPT_HNP, OPT_HANDOFF, OPT_ATT = 2, 8, 22, 23, 24
OPT_LL_ID, OPT_LINK_LOCAL, OPT_TIMESTAMP = 25, 26, 27
OPT_HOME4_REQUEST, OPT_HOME4_REPLY, OPT_ROUTER4, OPT_DHCP_MODE = 36, 37, 38, 39    # RFC 5844 3.3
OPT_HOME4, OPT_HOME4_ACK, OPT_NAT, OPT_CARE_OF4 = 29, 30, 31, 32        # RFC 5555 3; in the drafts of RFC 5844
FLAG_A, FLAG_P, FLAG_F, FLAG_T = 0x8000, 0x0200, 0x0100, 0x0080
HANDOFF_UNKNOWN, HANDOFF_UNCHANGED = 4, 5

RFC_5844, DRAFT_04, DRAFT_02 = EDITIONS = ("rfc5844", "ipv4-draft-04", "ipv4-draft-02")

ACCEPTED = 0
SEQUENCE_OUT_OF_WINDOW = 135
PROXY_REG_NOT_ENABLED = 152
NOT_AUTHORIZED_FOR_HNP = 155
TIMESTAMP_MISMATCH = 156
TIMESTAMP_LOWER = 157
NOT_AUTHORIZED_FOR_IPV4 = 170           # RFC 5844 3.3.5
NOT_AUTHORIZED_FOR_HOME4 = 171
NOT_AUTHORIZED_FOR_IPV6 = 172


def padding(count: int) -> bytes:
    """RFC 6275 6.2.2, 6.2.3."""
    if count == 0:
        return b""
    return b"\0" if count == 1 else bytes([1, count - 2]) + bytes(count - 2)


@dataclass(frozen=True)
class Option:
    kind: int
    data: bytes
    modulus: int = 1                    # begins at modulus * n + remainder
    remainder: int = 0
    length: Optional[int] = None        # what the length field says, if not the truth


def encode_options(options: list[Option], start: int = 12) -> bytes:
    """Options behind `start` octets of Mobility Header, padded to a multiple of 8."""
    out = b""
    for item in options:
        out += padding((item.remainder - start - len(out)) % item.modulus)
        length = len(item.data) if item.length is None else item.length
        out += bytes([item.kind, length]) + item.data
    return out + padding(-(start + len(out)) % 8)


def decode_options(octets: bytes, end: Optional[int] = None) -> list[tuple[int, bytes]]:
    """Options of type, length and data; 0 is padding.  What follows an option of the type `end` is not read."""
    found, at = [], 0
    while at < len(octets) and octets[at] != end:
        if octets[at] == 0:
            at += 1
            continue
        if at + 2 > len(octets) or at + 2 + octets[at + 1] > len(octets):
            raise Malformed("option beyond the end of the message")
        found.append((octets[at], octets[at + 2:at + 2 + octets[at + 1]]))
        at += 2 + octets[at + 1]
    return found


def build_mobility(src: Optional[bytes], dst: Optional[bytes], kind: int, data: bytes) -> bytes:
    """A Mobility Header; data begins behind the checksum, which is zero without addresses (RFC 5844 4.2.2.1)."""
    octets = struct.pack("!BBBBH", PROTO_NONE, (6 + len(data)) // 8 - 1, kind, 0, 0) + data
    return octets if src is None else with_checksum(src, dst, PROTO_MOBILITY, octets, 4)


def timestamp(seconds: float) -> bytes:
    """8.8: 48 bits of seconds since 1970, 16 bits of fraction."""
    return int(seconds * 65536).to_bytes(8, "big")


def is_host(addr: bytes) -> bool:
    """Can this IPv4 address be that of one host (RFC 1122 3.2.1.3)?"""
    return 0 < addr[0] < 224 and addr[0] != 127


@dataclass(frozen=True)
class Home4:
    """An IPv4 home address with the prefix length of its network."""
    address: bytes
    length: int

    @staticmethod
    def parse(text: str) -> "Home4":
        interface = ipaddress.IPv4Interface(text)
        return Home4(interface.ip.packed, interface.network.prefixlen)

    def covers(self, addr: bytes) -> bool:
        return int.from_bytes(addr, "big") >> 32 - self.length == int.from_bytes(self.address, "big") >> 32 - self.length

    @property
    def first(self) -> bytes:
        """The first address of the network."""
        network = int.from_bytes(self.address, "big") >> 32 - self.length << 32 - self.length
        return (network + 1).to_bytes(4, "big")

    @property
    def mask(self) -> bytes:
        return (0xFFFFFFFF << 32 - self.length & 0xFFFFFFFF).to_bytes(4, "big")

    def __str__(self) -> str:
        return f"{ipaddress.IPv4Address(self.address)}/{self.length}"


ANY_HOME4 = Home4(bytes(4), 0)


@dataclass(frozen=True)
class Reply4:
    """The IPv4 Home Address Reply option (RFC 5844 3.3.2)."""
    status: int
    home: Home4


@dataclass(frozen=True)
class Update:
    """What a Proxy Binding Update says (8.1)."""
    sequence: int
    lifetime: int                       # units of four seconds
    identity: bytes
    prefixes: tuple[Prefix, ...]
    handoff: int
    access_technology: int
    link_layer_id: Optional[bytes] = None
    link_local: Optional[bytes] = None
    timestamp: Optional[bytes] = None
    home4: Optional[Home4] = None       # RFC 5844 3.3.1
    home4_kind: int = OPT_HOME4_REQUEST
    care_of4: Optional[bytes] = None    # over IPv4 in the drafts
    force: bool = False
    tlv: bool = False


def home4_option(home: Home4, kind: int, faults: frozenset = frozenset()) -> Option:
    """RFC 5844 3.3.1: length 6, begins at 4n."""
    return Option(kind, bytes([home.length << 2, 0]) + home.address, 4,
                  2 if "misaligned-home-address" in faults else 0)


def prefix_option(prefix: Prefix, faults: frozenset = frozenset()) -> Option:
    """8.3: length 18, begins at 8n+4."""
    return Option(OPT_HNP, bytes([0, prefix.length]) + prefix.octets, 8,
                  2 if "misaligned-prefix" in faults else 4,
                  17 if "option-length" in faults else None)


def link_layer_option(ident: bytes) -> Option:
    """8.6: the identifier stands on its natural boundary."""
    boundary = next(b for b in (8, 4, 2, 1) if len(ident) % b == 0)
    data = b"\0\0" + ident
    return Option(OPT_LL_ID, data, boundary, 4 % boundary)


def update_options(update: Update, extra_padding: int = 0,
                   faults: frozenset = frozenset()) -> list[Option]:
    """The options of 6.9.1.5 in the order of choice 1."""
    options = []
    if "no-access-technology" not in faults:
        options.append(Option(OPT_ATT, bytes([0, update.access_technology])))
    if "no-handoff-indicator" not in faults:
        options.append(Option(OPT_HANDOFF, bytes([0, update.handoff])))
    if update.link_layer_id:
        options.append(link_layer_option(update.link_layer_id))
    if update.link_local is not None:
        options.append(Option(OPT_LINK_LOCAL, update.link_local, 8, 6))
    options += [prefix_option(prefix, faults) for prefix in update.prefixes]
    if update.home4 is not None:
        options.append(home4_option(update.home4, update.home4_kind, faults))
    if update.care_of4 is not None:
        options.append(Option(OPT_CARE_OF4, b"\0\0" + update.care_of4, 4))
    if extra_padding >= 2:
        options.append(Option(1, bytes(extra_padding - 2)))
    if update.timestamp is not None:
        options.append(Option(OPT_TIMESTAMP, update.timestamp, 8, 2))
    options.append(Option(OPT_MN_ID, b"\x01" + update.identity))
    return options


def update_data(update: Update, extra_padding: int = 0, faults: frozenset = frozenset()) -> bytes:
    """What stands behind the checksum (RFC 6275 6.1.7)."""
    flags = (0 if "no-a-flag" in faults else FLAG_A) | (0 if "no-p-flag" in faults else FLAG_P)
    flags |= FLAG_F * update.force | FLAG_T * update.tlv
    data = struct.pack("!HHH", update.sequence, flags, update.lifetime)
    return data + encode_options(update_options(update, extra_padding, faults))


def build_update(update: Update, src: bytes, dst: bytes, extra_padding: int = 0,
                 faults: frozenset = frozenset()) -> bytes:
    """6.9.1.5: the IPv6 packet from the Proxy-CoA to the anchor."""
    header = build_mobility(src, dst, MH_UPDATE, update_data(update, extra_padding, faults))
    if "home-address-option" not in faults:
        return build_ipv6(src, dst, PROTO_MOBILITY, header)
    options = bytes([PROTO_MOBILITY, 2, 1, 2, 0, 0, 0xC9, 16]) + src
    return build_ipv6(src, dst, PROTO_DESTOPTS, options + header)


@dataclass(frozen=True)
class Acknowledgement:
    """What a Proxy Binding Acknowledgement says (8.2); None: option not there."""
    status: int
    proxy: bool
    sequence: int
    lifetime: int
    identity: Optional[bytes] = None
    prefixes: tuple[Prefix, ...] = ()
    handoff: Optional[int] = None
    access_technology: Optional[int] = None
    link_layer_id: Optional[bytes] = None
    link_local: Optional[bytes] = None
    timestamp: Optional[bytes] = None
    refresh: Optional[int] = None
    reply4: Optional[Reply4] = None
    router4: Optional[bytes] = None
    dhcp_server: Optional[bool] = None
    nat: Optional[tuple[bool, int]] = None      # the F flag and the refresh time of the NAT Detection option
    tlv: bool = False


def _exactly(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise Malformed("option length")
    return data


def _at_least(data: bytes, size: int) -> bytes:
    if len(data) < size:
        raise Malformed("option length")
    return data


def parse_acknowledgement(header: bytes, reply_option: int = OPT_HOME4_REPLY) -> Acknowledgement:
    """The header is complete and its checksum was right.  The option tells of the IPv4 home address."""
    status, flags, sequence, lifetime = struct.unpack("!BBHH", header[6:12])
    seen: dict[str, object] = {}
    prefixes = []
    for kind, data in decode_options(header[12:]):
        if kind == OPT_HNP:
            _exactly(data, 18)
            if data[1] > 128:
                raise Malformed("prefix length")
            prefixes.append(Prefix.of(data[2:], data[1]))
        elif kind == OPT_MN_ID:
            seen.setdefault("identity", _at_least(data, 1)[1:])
        elif kind == OPT_HANDOFF:
            seen.setdefault("handoff", _exactly(data, 2)[1])
        elif kind == OPT_ATT:
            seen.setdefault("access_technology", _exactly(data, 2)[1])
        elif kind == OPT_LL_ID:
            seen.setdefault("link_layer_id", _at_least(data, 2)[2:])
        elif kind == OPT_LINK_LOCAL:
            seen.setdefault("link_local", _exactly(data, 16))
        elif kind == OPT_TIMESTAMP:
            seen.setdefault("timestamp", _exactly(data, 8))
        elif kind == OPT_REFRESH:
            seen.setdefault("refresh", int.from_bytes(_exactly(data, 2), "big"))
        elif kind == reply_option:
            if _exactly(data, 6)[1] >> 2 > 32:
                raise Malformed("prefix length")
            seen.setdefault("reply4", Reply4(data[0], Home4(data[2:], data[1] >> 2)))
        elif kind == OPT_ROUTER4:
            seen.setdefault("router4", _exactly(data, 6)[2:])
        elif kind == OPT_DHCP_MODE:
            seen.setdefault("dhcp_server", bool(_exactly(data, 2)[1] & 1))
        elif kind == OPT_NAT:
            _exactly(data, 6)
            seen.setdefault("nat", (bool(data[0] & 0x80), int.from_bytes(data[2:], "big")))
    return Acknowledgement(status, bool(flags & 0x20), sequence, lifetime,
                           prefixes=tuple(prefixes), tlv=bool(flags & 0x10), **seen)


def contradicts(update: Update, ack: Acknowledgement) -> Optional[str]:
    """6.9.1.2 (6): the first echoed option that differs from the request."""
    pairs = (("identity", update.identity, ack.identity),
             ("handoff", update.handoff, ack.handoff),
             ("access-technology", update.access_technology, ack.access_technology),
             ("link-layer-id", update.link_layer_id, ack.link_layer_id))
    for name, sent, received in pairs:
        if sent is not None and received is not None and sent != received:
            return name
    return None


def usable_prefixes(ack: Acknowledgement) -> tuple[Prefix, ...]:
    return tuple(dict.fromkeys(p for p in ack.prefixes if p.usable()))


def usable_home4(ack: Acknowledgement, faults: frozenset = frozenset()) -> Optional[Home4]:
    """The IPv4 home address that was assigned, if one was (RFC 5844 3.2.3.2, 3.3.2)."""
    reply = ack.reply4
    if reply is None or (reply.status >= 128 and "reply-status-ignored" not in faults):
        return None
    return reply.home if is_host(reply.home.address) and reply.home.length else None


# ---------------------------------------------------------------------------
# 4. Tunnel (RFC 2473, RFC 6040)
# ---------------------------------------------------------------------------

NOT_ECT, ECT1, ECT0, CE = 0, 1, 2, 3


def ecn_at_entry(inner: int, mode: str = "rfc6040") -> int:
    """The ECN field of the outer header."""
    if mode == "rfc3168" and inner == CE:
        return ECT0                     # RFC 3168 9.1.1, full functionality
    return inner


def ecn_at_exit(inner: int, outer: int, mode: str = "rfc6040") -> Optional[int]:
    """The ECN field of the forwarded packet; None: drop it."""
    if inner == NOT_ECT:
        return None if outer == CE else NOT_ECT
    if outer == CE:
        return CE
    if mode == "rfc6040" and inner == ECT0 and outer == ECT1:
        return ECT1
    return inner


def find_encapsulation_limit(packet: bytes) -> Optional[tuple[int, int]]:
    """RFC 2473 4.1.1 (a): limit and its offset, if the packet has one."""
    protocol, at = packet[6], 40
    while protocol in (PROTO_HOP_BY_HOP, PROTO_ROUTING, PROTO_DESTOPTS, PROTO_FRAGMENT):
        if at + 8 > len(packet):
            return None
        if protocol == PROTO_FRAGMENT:
            if struct.unpack("!H", packet[at + 2:at + 4])[0] & 0xFFF8:
                return None             # a later fragment: what follows is no header
            size = 8
        else:
            size = 8 + 8 * packet[at + 1]
        if at + size > len(packet):
            return None
        if protocol == PROTO_DESTOPTS:
            where = at + 2
            while where < at + size:
                if packet[where] == 0:
                    where += 1
                    continue
                if where + 2 >= at + size:
                    break
                if packet[where] == 4 and packet[where + 1] == 1:
                    return packet[where + 2], where + 2
                where += 2 + packet[where + 1]
        protocol, at = packet[at], at + size
    return None


def tunnel_header_size(limit: Optional[int]) -> int:
    return 40 if limit is None else 48


def encapsulate(inner: bytes, src: bytes, dst: bytes, hop_limit: int, ecn: int,
                flow_label: int, limit: Optional[int], protocol: int = PROTO_IPV6) -> bytes:
    """RFC 2473 3.1 and 5; the inner hop limit was lowered before."""
    if limit is None:
        return build_ipv6(src, dst, protocol, inner, hop_limit, ecn, flow_label)
    options = bytes([protocol, 0, 4, 1, limit, 1, 1, 0])
    return build_ipv6(src, dst, PROTO_DESTOPTS, options + inner, hop_limit, ecn, flow_label)
