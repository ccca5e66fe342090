"""IPv4 home addresses of mobile nodes (RFC 5844 3.2): IPv4 on access links and in tunnels.

The parts, in their order:

    packets   IPv4 headers and fragments (RFC 791), ICMP (RFC 792, RFC 1812), UDP (RFC 768), ARP (RFC 826)
    Ipv4      ARP, and the data path in both directions (RFC 5844 3.1.4, 3.2.4)

Addresses are four octets, packets are octets as they are on the wire.  IPv4 on the core link is in foreign_transport.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Callable, Optional

from foreign_mag_octets import (
    PARAMETER_PROBLEM, PROTO_FRAGMENT, PROTO_IPV4, PROTO_UDP, TIME_EXCEEDED, TOO_BIG, UNREACHABLE,
    UNSPECIFIED, Header, Malformed, Piece, Reassembler, ecn_at_entry, ecn_at_exit, encapsulate, fragment, is_host,
    ones_sum, tunnel_header_size, MINIMUM_MTU)
from foreign_routes import Route, Routes

# ---------------------------------------------------------------------------
# 1. Packets
# ---------------------------------------------------------------------------

ETH_IPV4, ETH_ARP, EVERYONE = b"\x08\x00", b"\x08\x06", b"\xff" * 6
PROTO_ICMP, PROTO_TCP = 1, 6
BROADCAST = b"\xff" * 4
ECHO_REPLY4, UNREACHABLE4, ECHO_REQUEST4, TIME_EXCEEDED4 = 0, 3, 8, 11
ERRORS4 = (3, 4, 5, 11, 12)
HOST_UNREACHABLE, PROTOCOL_UNREACHABLE, PORT_UNREACHABLE, TOO_BIG4 = 1, 2, 3, 4
DONT_FRAGMENT, MORE_FRAGMENTS, OFFSET = 0x4000, 0x2000, 0x1FFF
LONGEST_ERROR = 576                     # RFC 1812 4.3.2.3


@dataclass(frozen=True)
class Header4:
    traffic_class: int
    fragment: int                       # flags and offset
    ttl: int
    protocol: int
    src: bytes
    dst: bytes
    size: int                           # of the header

    @property
    def whole(self) -> bool:
        return not self.fragment & (MORE_FRAGMENTS | OFFSET)

    @property
    def undivided(self) -> bool:
        return bool(self.fragment & DONT_FRAGMENT)


def split_ipv4(octets: bytes, cut: bool = False) -> tuple[Header4, bytes]:
    """Header and packet without link padding (RFC 1812 5.2.2).  In errors the packet may be cut."""
    if len(octets) < 20 or octets[0] >> 4 != 4:
        raise Malformed("not an IPv4 packet")
    first, tos, length, _, pieces, ttl, protocol = struct.unpack("!BBHHHBB", octets[:10])
    size = (first & 15) * 4
    if not 20 <= size <= min(length, len(octets)) or (length > len(octets) and not cut):
        raise Malformed("lengths of an IPv4 packet")
    if ones_sum(octets[:size]) != 0xFFFF:
        raise Malformed("IPv4 header checksum")
    return Header4(tos, pieces, ttl, protocol, octets[12:16], octets[16:20], size), octets[:length]


def with_header_checksum(packet: bytes) -> bytes:
    size = (packet[0] & 15) * 4
    blank = packet[:10] + b"\0\0" + packet[12:]
    return blank[:10] + struct.pack("!H", 0xFFFF ^ ones_sum(blank[:size])) + blank[12:]


def build_ipv4(src: bytes, dst: bytes, protocol: int, payload: bytes, ident: int = 0, tos: int = 0) -> bytes:
    head = struct.pack("!BBHHHBBH", 0x45, tos, 20 + len(payload), ident, 0, 64, protocol, 0)
    return with_header_checksum(head + src + dst + payload)


def lower_ttl(packet: bytes) -> bytes:
    return with_header_checksum(packet[:8] + bytes([packet[8] - 1]) + packet[9:])


def set_ecn4(packet: bytes, ecn: int) -> bytes:
    return with_header_checksum(packet[:1] + bytes([packet[1] & 0xFC | ecn]) + packet[2:])


def fragment4(packet: bytes, mtu: int) -> list[bytes]:
    """RFC 791 3.2.  Options without the copied flag are in the first piece alone."""
    if len(packet) <= mtu:
        return [packet]
    size, pieces = (packet[0] & 15) * 4, int.from_bytes(packet[6:8], "big")
    options, body, found, at = packet[20:size], packet[size:], [], 0
    while at < len(body):
        room = (mtu - 20 - len(options)) & ~7
        flags = pieces & ~OFFSET | (MORE_FRAGMENTS if at + room < len(body) else 0)
        length = 20 + len(options) + len(body[at:at + room])
        head = bytes([0x40 | 5 + len(options) // 4]) + packet[1:2] + struct.pack("!H", length) + packet[4:6]
        head += struct.pack("!H", flags | (pieces & OFFSET) + at // 8) + packet[8:20] + options
        found.append(with_header_checksum(head + body[at:at + room]))
        at, options = at + room, copied_options(packet[20:size])
    return found


class Reassembler4(Reassembler):
    """RFC 791 3.2."""
    LIFETIME = 30.0

    def _is_piece(self, packet: bytes) -> bool:
        return bool(int.from_bytes(packet[6:8], "big") & (MORE_FRAGMENTS | OFFSET))

    def _piece(self, packet: bytes) -> Piece:
        size, field_ = (packet[0] & 15) * 4, int.from_bytes(packet[6:8], "big")
        key = packet[12:20], packet[9], packet[4:6]
        return Piece(key, packet[:size], (field_ & OFFSET) * 8, bool(field_ & MORE_FRAGMENTS), packet[size:])

    def _join(self, head: bytes, data: bytes) -> bytes:
        length = struct.pack("!H", len(head) + len(data))
        return with_header_checksum(head[:2] + length + head[4:6] + b"\0\0" + head[8:] + data)


def copied_options(octets: bytes) -> bytes:
    found, at = b"", 0
    while at < len(octets) and octets[at]:
        size = 1 if octets[at] == 1 else octets[at + 1] if at + 1 < len(octets) else 0
        if not size or at + size > len(octets):
            break
        found += octets[at:at + size] if octets[at] & 0x80 else b""
        at += size
    return found + bytes(-len(found) % 4)


def build_icmp4(src: bytes, dst: bytes, kind: int, code: int, rest: bytes, ident: int = 0, tos: int = 0) -> bytes:
    """The rest stands behind the checksum."""
    octets = bytes([kind, code, 0, 0]) + rest
    octets = octets[:2] + struct.pack("!H", 0xFFFF ^ ones_sum(octets)) + octets[4:]
    return build_ipv4(src, dst, PROTO_ICMP, octets, ident, tos)


def may_report4(head: Header4, packet: bytes) -> bool:
    """RFC 1812 4.3.2.7: packets that must not cause an error message."""
    if head.fragment & OFFSET or not is_host(head.src) or not is_host(head.dst):
        return False
    return head.protocol != PROTO_ICMP or (len(packet) > head.size and packet[head.size] not in ERRORS4)


def udp_checksum(src: bytes, dst: bytes, octets: bytes) -> int:
    return 0xFFFF ^ ones_sum(src + dst + struct.pack("!BBH", 0, PROTO_UDP, len(octets)) + octets)


def build_udp4(src: bytes, dst: bytes, sport: int, dport: int, data: bytes, ident: int = 0) -> bytes:
    octets = struct.pack("!HHHH", sport, dport, 8 + len(data), 0) + data
    value = udp_checksum(src, dst, octets) or 0xFFFF
    return build_ipv4(src, dst, PROTO_UDP, octets[:6] + struct.pack("!H", value) + data, ident)


def read_udp4(head: Header4, packet: bytes) -> tuple[int, bytes]:
    """Destination port and data; without a checksum all data is taken (RFC 768)."""
    octets = packet[head.size:]
    if len(octets) < 8 or not 8 <= (length := int.from_bytes(octets[4:6], "big")) <= len(octets):
        raise Malformed("UDP length")
    octets = octets[:length]
    if any(octets[6:8]) and udp_checksum(head.src, head.dst, octets):
        raise Malformed("UDP checksum")
    return int.from_bytes(octets[2:4], "big"), octets[8:]


def is_udp_to(head: Header4, packet: bytes, port: int) -> bool:
    at = head.size + 2
    return head.protocol == PROTO_UDP and head.whole and packet[at:at + 2] == struct.pack("!H", port)


@dataclass(frozen=True)
class Arp:
    """An ARP message for IPv4 on Ethernet."""
    request: bool
    sender_mac: bytes
    sender: bytes
    target_mac: bytes
    target: bytes

    @property
    def octets(self) -> bytes:
        head = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1 if self.request else 2)
        return head + self.sender_mac + self.sender + self.target_mac + self.target


def read_arp(octets: bytes) -> Arp:
    if len(octets) < 28 or octets[:6] != b"\0\1\x08\0\6\4" or octets[6:8] not in (b"\0\1", b"\0\2"):
        raise Malformed("ARP message")
    return Arp(octets[7] == 1, octets[8:14], octets[14:18], octets[18:24], octets[24:28])


# ---------------------------------------------------------------------------
# 2. The data path
# ---------------------------------------------------------------------------

def may_go_on(addr: bytes) -> bool:
    """Whether a router forwards packets to the address (RFC 1812 5.3.7, RFC 3927 7, RFC 5771 4)."""
    return addr[0] not in (0, 127) and addr[:2] != b"\xa9\xfe" and addr[0] < 240 and addr[:3] != b"\xe0\0\0"


class Ipv4:
    def __init__(self, gw) -> None:
        self.gw, self.cfg, self.routes = gw, gw.cfg, Routes(lambda binding: (binding.home4,) if binding.home4 else ())

    def ident(self) -> int:
        return self.gw.rng.randrange(65536)

    # -- access links --

    def receive(self, link, frame: bytes) -> None:
        """An ARP or IPv4 frame of the node."""
        mac = frame[6:12]
        if not link.carrier or not (frame[:6] == link.mac or frame[:6] == EVERYONE or frame[0] & 1):
            return
        self.gw.attachment.heard(link, mac, UNSPECIFIED)
        if frame[12:14] == ETH_ARP:
            self._resolve(link, mac, read_arp(frame[14:]))
            return
        head, packet = split_ipv4(frame[14:])
        if is_udp_to(head, packet, 67) and self._is_to_gateway(link, head.dst):
            self.gw.dhcp4.from_client(link, mac, head, read_udp4(head, packet)[1])
        elif not frame[0] & 1 and (link.node is None or link.node.mac in (None, mac)):
            self.from_node(link, head, packet)

    def _is_to_gateway(self, link, dst: bytes) -> bool:
        """The server or relay has the address of the default router; without a session nothing else can be meant."""
        route = self.routes.active(link)
        return route is None or dst in (BROADCAST, route.router, self.cfg.dhcp4_address)

    def _resolve(self, link, mac: bytes, message: Arp) -> None:
        """RFC 5844 3.2.3.2, 3.2.4: the router and all hosts of the home network but the node itself."""
        route = self.routes.active(link)
        if route is None or not message.request or link.node.mac != mac or message.sender == message.target:
            return
        near = route.home.covers(message.target) and not self.cfg.faulty("no-proxy-arp")
        if message.target != route.home.address and (message.target == route.router or near):
            answer = Arp(False, link.mac, message.target, message.sender_mac, message.sender)
            self._frame(link, mac, ETH_ARP, answer.octets)

    def ask(self, route: Route) -> None:
        """A test of the node's presence."""
        request = Arp(True, route.link.mac, route.router, bytes(6), route.home.address)
        self._frame(route.link, route.link.node.mac, ETH_ARP, request.octets)

    def _frame(self, link, mac: bytes, kind: bytes, octets: bytes) -> None:
        if link.carrier:
            self.gw.wire.send(link.name, mac + link.mac + kind + octets)

    def deliver(self, link, packet: bytes, to: Optional[bytes] = None) -> None:
        """No address resolution: there is only one neighbor."""
        if to or (link.node and link.node.mac):
            self._frame(link, to or link.node.mac, ETH_IPV4, packet)

    # -- packets sent by the mobile node --

    def from_node(self, link, head: Header4, packet: bytes) -> None:
        """RFC 5844 3.2.4: only from the home address, only with a binding."""
        route = self.routes.by_source(link, head.src)
        if route is None and self.cfg.faulty("any-ipv4-source"):
            route = self.routes.active(link)
        if route is None:
            return
        if head.dst == route.router:
            self._to_router(route, head, packet)
        elif not may_go_on(head.dst) or not self.gw.dhcp4.lets_pass(route, head, packet):
            return
        elif head.ttl <= 1:
            self.report(route, TIME_EXCEEDED4, 0, 0, packet)
        elif (target := self.routes.by_destination(head.dst, route.lma)) and self.gw.forwarder.is_local(route):
            if target.link is not link:
                self._onto_link(target, packet, route)
        else:
            self.into_tunnel(route, lower_ttl(packet))

    def _to_router(self, route: Route, head: Header4, packet: bytes) -> None:
        """The default router's address is that of the gateway (RFC 5844 3.2.3.2)."""
        message = packet[head.size:]
        if not head.whole:
            return
        if head.protocol == PROTO_ICMP:
            if len(message) >= 8 and message[0] == ECHO_REQUEST4 and ones_sum(message) == 0xFFFF:
                self.deliver(route.link, build_icmp4(route.router, head.src, ECHO_REPLY4, 0, message[4:], self.ident()))
        elif head.protocol != PROTO_TCP:
            code = PORT_UNREACHABLE if head.protocol == PROTO_UDP else PROTOCOL_UNREACHABLE
            self.report(route, UNREACHABLE4, code, 0, packet)

    def into_tunnel(self, route: Route, packet: bytes, own: bool = False) -> None:
        """RFC 2473 7.2; the time to live was lowered before.  Errors about packets of the gateway are not sent."""
        if route.lma not in self.gw.tunnels:
            return
        head, way = split_ipv4(packet)[0], route.binding.way
        limit, path = self.cfg.encap_limit, self.gw.path.path(route.lma)
        mtu = self.gw.over4.mtu(way) if way else path - tunnel_header_size(limit)
        if len(packet) > mtu and head.undivided and not self.cfg.faulty("dont-fragment-ignored"):
            if not own:
                self.report(route, UNREACHABLE4, TOO_BIG4, mtu, packet)
            return
        ecn = ecn_at_entry(head.traffic_class & 3, self.cfg.ecn)
        if way:
            self.gw.over4.into_tunnel(way, packet, ecn)
            return
        outer = encapsulate(packet, self.cfg.core_address, route.lma, self.cfg.tunnel_hop_limit, ecn,
                            self.cfg.flow_label, limit, PROTO_IPV4)
        for piece in fragment(outer, path, self.gw.rng.getrandbits(32)):
            self.gw.core.send(piece)

    # -- packets sent to the mobile node --

    def from_tunnel(self, outer: Header, pointer: int, packet: bytes, inner: bytes) -> None:
        if outer.src not in self.gw.tunnels:
            if self.cfg.closed_tunnel == "problem":
                self.gw.report_core(PARAMETER_PROBLEM, 1, pointer, packet)
            return
        self.out_of_tunnel(outer.src, outer.traffic_class, inner, lambda binding: binding.way is None)

    def out_of_tunnel(self, lma: bytes, traffic_class: int, inner: bytes, agreed: Callable) -> None:
        """A packet of an anchor in a tunnel, which must be the one that was agreed on for the session."""
        head, inner = split_ipv4(inner)
        routers = [r for r in self.routes.by_router(lma, head.dst) if agreed(r.binding)]
        if routers:
            if is_udp_to(head, inner, 67):
                self.gw.dhcp4.from_server(routers, head, read_udp4(head, inner)[1])
            return
        route = self.routes.by_destination(head.dst, lma)
        if route is None or not is_host(head.src) or not agreed(route.binding):
            return
        ecn = ecn_at_exit(head.traffic_class & 3, traffic_class & 3, self.cfg.ecn)
        if self.cfg.faulty("ipv4-ecn-lost-at-exit") or (route.binding.way and self.cfg.faulty("transport-ecn-lost")):
            ecn = head.traffic_class & 3
        if ecn is None:
            return
        if head.ttl <= 1:
            self._report_back(route, TIME_EXCEEDED4, 0, 0, inner)
            return
        self._onto_link(route, set_ecn4(inner, ecn), None)

    def _onto_link(self, route: Route, packet: bytes, origin: Optional[Route]) -> None:
        head, mtu = split_ipv4(packet)[0], route.link.mtu
        if len(packet) <= mtu or not head.undivided:
            for piece in fragment4(lower_ttl(packet), mtu):
                self.deliver(route.link, piece)
        elif origin:
            self.report(origin, UNREACHABLE4, TOO_BIG4, mtu, packet)
        else:
            self._report_back(route, UNREACHABLE4, TOO_BIG4, mtu, packet)

    # -- errors --

    def _error(self, route: Route, kind: int, code: int, value: int, packet: bytes) -> Optional[bytes]:
        """From the address of the default router (RFC 5844 3.2.3.2); the rate is shared with IPv6."""
        head, packet = split_ipv4(packet, cut=True)
        if route.router is None or not may_report4(head, packet) or not self.gw.errors.take(self.gw.now()):
            return None
        rest = struct.pack("!I", value) + packet[:LONGEST_ERROR - 28]
        return build_icmp4(route.router, head.src, kind, code, rest, self.ident(), 0xC0)

    def report(self, route: Route, kind: int, code: int, value: int, packet: bytes) -> None:
        """To the node."""
        error = self._error(route, kind, code, value, packet)
        if error:
            self.deliver(route.link, error)

    def _report_back(self, route: Route, kind: int, code: int, value: int, packet: bytes) -> None:
        """To a source beyond the anchor."""
        error = self._error(route, kind, code, value, packet)
        if error:
            self.into_tunnel(route, error, own=True)

    def relay_error(self, kind: int, code: int, value: int, packet: bytes, at: int) -> None:
        """RFC 2473 8.3: an error from inside the tunnel; the original packet begins at an offset of the tunnel packet."""
        is_limit = kind == PARAMETER_PROBLEM and self.cfg.encap_limit is not None and value == 44
        if packet[6] != PROTO_FRAGMENT and (kind in (TOO_BIG, UNREACHABLE, TIME_EXCEEDED) or is_limit):
            self.tell_source(packet[24:40], kind == TOO_BIG, max(MINIMUM_MTU, value) - at, packet[at:])

    def tell_source(self, lma: bytes, too_big: bool, mtu: int, octets: bytes) -> None:
        """The original packet, which may be cut, did not get through the tunnel to an anchor."""
        head, inner = split_ipv4(octets, cut=True)
        route = self.routes.by_destination(head.src, lma)
        if route is None:
            return
        if not too_big:
            self.report(route, UNREACHABLE4, HOST_UNREACHABLE, 0, inner)
        elif head.undivided:
            self.report(route, UNREACHABLE4, TOO_BIG4, mtu, inner)
