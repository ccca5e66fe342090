"""IPv4 transport of a mobile access gateway (RFC 5844 4.2, drafts -04 and -02 section 4).

The parts, in their order:

    Way        what a session has over IPv4: the address of the anchor, a port of its own, the mode of the tunnel
    datagrams  with Mobility Headers (RFC 5844) or with IPv6 packets (drafts), and the TLV header of the drafts
    Over4      the IPv4 side of the core: messages and tunnels in both directions, ICMP errors (RFC 4213 3)

The drafts leave numbers open: they are those of RFC 5555 and RFC 5845 here.  The TLV header is that of
draft-ietf-mip6-nemo-v4traversal-05 4.1, which -02 cites; the one that -04 cites has no type for IP packets.
Anchors are known by their IPv6 addresses in the whole gateway; here they are found by their IPv4 addresses.
"""

from __future__ import annotations

import enum
import struct
from dataclasses import dataclass
from typing import Optional

from foreign_ipv4 import (
    DONT_FRAGMENT, ECHO_REPLY4, ECHO_REQUEST4, ETH_ARP, ETH_IPV4, EVERYONE, HOST_UNREACHABLE, PROTO_ICMP, TIME_EXCEEDED4,
    TOO_BIG4, UNREACHABLE4, Arp, Header4, Reassembler4, build_icmp4, build_ipv4, fragment4, read_arp, split_ipv4, udp_checksum,
    with_header_checksum)
from foreign_mag_octets import (
    DRAFT_02, DRAFT_04, MH_ACKNOWLEDGEMENT, MH_MINIMUM, MH_UPDATE, MINIMUM_MTU, PROTO_IPV4, PROTO_IPV6, PROTO_MOBILITY, PROTO_NONE,
    PROTO_UDP, RFC_5844, TOO_BIG, UNREACHABLE, Acknowledgement, Malformed, Update, build_mobility, build_update, checksum,
    find_upper, is_host, ones_sum, show, split_ipv6, update_data)
from foreign_neighbors import Neighbors

SIGNALLING_PORT, DATA_PORT, DSMIP_PORT = 5436, 5437, 4191      # RFC 5844 6, RFC 5555 10
EPHEMERAL = range(49152, 65536)                                # RFC 6335 6
TLV_IPV4, TLV_IPV6 = 1, 2
NO_REFRESH = (0, 0xFFFFFFFF)                                   # draft-ietf-mext-nemo-v4traversal-05 4.2.2


class Mode(enum.Enum):
    """The encapsulation of a tunnel; the value is the size of the headers."""
    IPV4 = 20
    UDP = 28
    TLV = 32


@dataclass(eq=False)
class Way:
    """How one session goes over IPv4.  The port is that of its messages, and in the drafts that of its data, too."""
    lma: bytes
    port: int
    mode: Mode = Mode.IPV4
    refresh: int = 0                    # seconds until a NAT forgets; 0: never
    takes_udp: bool = False             # -04: packets of the anchor may come in UDP although the tunnel is of IPv4


def build_datagram(src: bytes, dst: bytes, sport: int, dport: int, data: bytes, ident: int, tos: int = 0,
                   summed: bool = True) -> bytes:
    octets = struct.pack("!HHHH", sport, dport, 8 + len(data), 0) + data
    if summed:
        octets = octets[:6] + struct.pack("!H", udp_checksum(src, dst, octets) or 0xFFFF) + data
    return build_ipv4(src, dst, PROTO_UDP, octets, ident, tos)


def put_tlv(octets: bytes) -> bytes:
    """The length field holds 8 bits of the length; the packet inside has its own."""
    return struct.pack("!BBH", TLV_IPV6 if octets[0] >> 4 == 6 else TLV_IPV4, len(octets) & 0xFF, 0) + octets


def split_tlv(octets: bytes) -> Optional[bytes]:
    """What follows a TLV header; None if there is none."""
    if len(octets) < 5 or octets[0] not in (TLV_IPV4, TLV_IPV6):
        return None
    return octets[4:] if octets[4] >> 4 == (6 if octets[0] == TLV_IPV6 else 4) else None


def dont_fragment(packet: bytes) -> bytes:
    return with_header_checksum(packet[:6] + struct.pack("!H", DONT_FRAGMENT) + packet[8:])


class Over4(Neighbors):
    """The IPv4 side of the core interface.  It answers ARP and echo requests for its address, and forwards nothing but tunnels."""

    def __init__(self, gw) -> None:
        super().__init__(gw)
        self.edition = self.cfg.edition
        self.reassembler = Reassembler4()

    @property
    def draft(self) -> bool:
        return self.edition != RFC_5844

    @property
    def port(self) -> int:
        """Where messages are sent to."""
        return DSMIP_PORT if self.draft else SIGNALLING_PORT

    def ident(self) -> int:
        return self.gw.rng.randrange(65536)

    # -- neighbors --

    def send(self, packet: bytes) -> None:
        dst, net = packet[16:20], self.cfg.core4
        self.send_to(dst if net.covers(dst) or not self.cfg.core4_router else self.cfg.core4_router, packet)

    def _transmit(self, mac: bytes, packet: bytes) -> None:
        self._frame(mac, ETH_IPV4, packet)

    def _frame(self, mac: bytes, kind: bytes, octets: bytes) -> None:
        self.gw.wire.send(self.cfg.core, mac + self.gw.core.mac + kind + octets)

    def _solicit(self, hop: bytes) -> None:
        entry = self.cache[hop]
        self._frame(entry.mac or EVERYONE, ETH_ARP,
                    Arp(True, self.gw.core.mac, self.cfg.core4.address, bytes(6), hop).octets)

    def _silent(self, hop: bytes, queue: list[bytes]) -> None:
        self.gw.log("core-neighbor-silent", address=".".join(map(str, hop)))
        for packet in queue:
            self._tunnel_error(UNREACHABLE4, HOST_UNREACHABLE, 0, packet)

    def _resolve(self, message: Arp) -> None:
        if message.sender == self.cfg.core4.address or not is_host(message.sender):
            return
        asked = message.request and message.target == self.cfg.core4.address
        self.learn(message.sender, message.sender_mac, create=asked)
        if asked:
            answer = Arp(False, self.gw.core.mac, message.target, message.sender_mac, message.sender)
            self._frame(message.sender_mac, ETH_ARP, answer.octets)

    # -- sessions --

    def way_for(self, profile) -> Optional[Way]:
        """The address of the anchor is that of the profile, or known to the gateway; without one IPv6 is used (RFC 5844 4.1.2)."""
        known = profile.lma4 or self.cfg.anchors4.get(profile.lma)
        return Way(known, self.gw.rng.choice(EPHEMERAL)) if known and profile.over4 is not False else None

    def asks(self, way: Way, update: Update) -> dict:
        """What an update over IPv4 has more (RFC 5844 4.2.2.1; -04 4.2.2.1, 5.2; -02 4.2.2)."""
        care_of = None
        if self.draft and not self.cfg.faulty("no-care-of4"):
            care_of = way.lma if self.cfg.faulty("care-of4-of-anchor") else self.cfg.core4.address
        force = self.cfg.force_udp and (self.cfg.request_udp or self.edition != DRAFT_04)
        if self.cfg.faulty("force-flag-left-out") or self.cfg.faulty("force-flag-always"):
            force = self.cfg.faulty("force-flag-always")
        return {"care_of4": care_of, "force": force, "tlv": self.draft and self.cfg.tlv}

    def agree(self, binding, update: Update, ack: Acknowledgement) -> None:
        """The mode of the tunnel (RFC 5844 4.2.2; -04 4.2.2; -02 4.2.2)."""
        way, faulty = binding.way, self.cfg.faulty
        wants_udp = ack.nat is not None and (self.draft or ack.nat[0] or faulty("udp-for-any-option"))
        way.mode = Mode.UDP if wants_udp and not faulty("nat-option-ignored") else Mode.IPV4
        if self.draft and update.tlv and ack.tlv:
            way.mode = Mode.TLV
        way.takes_udp = self.edition == DRAFT_04 and update.force and way.mode is Mode.IPV4
        wanted = self.draft and ack.nat is not None and ack.nat[1] not in NO_REFRESH
        way.refresh = ack.nat[1] if wanted and not faulty("nat-refresh-ignored") else 0

    def anchor_at(self, addr: bytes) -> Optional[bytes]:
        """The IPv6 address of the anchor with an IPv4 address."""
        return next((b.lma for b in self.gw.bindings if b.way and b.way.lma == addr), None)

    # -- messages that are sent --

    def send_update(self, binding, update: Update) -> None:
        way, faults = binding.way, self.cfg.faults
        if self.draft:
            message = build_update(update, self.cfg.core_address, binding.lma, self.cfg.extra_padding, faults)
            message = put_tlv(message) if update.tlv and self.edition == DRAFT_02 else message
        else:
            data = update_data(update, self.cfg.extra_padding, faults)
            ends = (self.cfg.core4.address, way.lma) if self.cfg.faulty("update-mobility-checksum") else (None, None)
            message = build_mobility(*ends, MH_UPDATE, data)
        self.send(build_datagram(self.cfg.core4.address, way.lma, way.port, self.port, message, self.ident(),
                                 summed=not self.cfg.faulty("update-no-udp-checksum")))

    # -- what comes in --

    def receive(self, frame: bytes) -> None:
        if frame[:6] not in (self.gw.core.mac, EVERYONE):
            return
        if frame[12:14] == ETH_ARP:
            self._resolve(read_arp(frame[14:]))
            return
        head, packet = split_ipv4(frame[14:])
        if frame[0] & 1 or head.dst != self.cfg.core4.address or head.src == head.dst or not is_host(head.src):
            return
        whole = self.reassembler.add(packet, self.gw.now())
        if whole is None:
            return
        head, packet = split_ipv4(whole)
        if head.protocol == PROTO_UDP:
            self._datagram(head, packet[head.size:])
        elif head.protocol in (PROTO_IPV4, PROTO_IPV6):
            self._from_tunnel(head, Mode.IPV4, None, packet[head.size:])
        elif head.protocol == PROTO_ICMP:
            self._icmp(head, packet[head.size:])

    def _datagram(self, head: Header4, octets: bytes) -> None:
        if len(octets) < 8 or not 8 <= (length := int.from_bytes(octets[4:6], "big")) <= len(octets):
            return
        octets = octets[:length]
        summed, port, data = any(octets[6:8]), int.from_bytes(octets[2:4], "big"), octets[8:]
        if summed and udp_checksum(head.src, head.dst, octets):
            return
        if not self.draft and port == DATA_PORT:
            self._from_tunnel(head, Mode.UDP, None, data)
            return
        lma = self.anchor_at(head.src)
        if lma is None or not any(b.way and b.way.port == port for b in self.gw.bindings):
            return
        if self.draft:
            self._from_draft(head, lma, port, data)
        elif summed:
            self._message(lma, data, (head.src, head.dst) if self.cfg.faulty("ack-mobility-checksum-verified") else None)

    def _from_draft(self, head: Header4, lma: bytes, port: int, data: bytes) -> None:
        """A message or a packet of the tunnel, with or without TLV header."""
        inside = split_tlv(data)
        packet = data if inside is None else inside
        try:
            inner, message = split_ipv6(packet)
        except Malformed:
            inner = None
        if inner is None or inner.dst != self.cfg.core_address:
            self._from_tunnel(head, Mode.UDP if inside is None else Mode.TLV, port, packet)
            return
        up = find_upper(message)
        if up.protocol == PROTO_MOBILITY and not up.problem and not up.discard and inner.src == lma:
            self._message(lma, message[up.offset:], (inner.src, up.home_address or inner.dst))

    def _message(self, lma: bytes, header: bytes, ends: Optional[tuple[bytes, bytes]]) -> None:
        """RFC 5844 4.2.2: the rules of RFC 6275 9.2; without ends the checksum does not matter.  Faults are not reported."""
        if len(header) < 8 or 8 + 8 * header[1] > len(header):
            return
        header = header[:8 + 8 * header[1]]
        if ends and checksum(*ends, PROTO_MOBILITY, header):
            self.gw.log("mobility-checksum", src=show(lma))
        elif header[2] == MH_ACKNOWLEDGEMENT and header[0] == PROTO_NONE and header[1] >= MH_MINIMUM[MH_ACKNOWLEDGEMENT]:
            self.gw.signalling.acknowledgement(lma, header)

    # -- tunnels --

    def _from_tunnel(self, head: Header4, mode: Mode, port: Optional[int], inner: bytes) -> None:
        lma = self.anchor_at(head.src)
        if lma is None or not inner:
            return

        def agreed(binding) -> bool:
            way = binding.way
            is_mode = way and (way.mode is mode or (way.takes_udp and mode is Mode.UDP))
            return bool(is_mode) and way.lma == head.src and port in (None, way.port)

        if inner[0] >> 4 == 6:
            self.gw.forwarder.out_of_tunnel(lma, head.traffic_class, inner, agreed)
        elif inner[0] >> 4 == 4:
            self.gw.ipv4.out_of_tunnel(lma, head.traffic_class, inner, agreed)

    def mtu(self, way: Way) -> int:
        """RFC 4213 3.2.2: what fits into a packet on the path."""
        return self.gw.path.path(way.lma) - way.mode.value

    def into_tunnel(self, way: Way, inner: bytes, ecn: int) -> None:
        """The hop limit was lowered before.  What is to be divided is divided outside (RFC 2003 5)."""
        src, path, payload = self.cfg.core4.address, self.gw.path.path(way.lma), inner
        is_ipv6 = inner[0] >> 4 == 6
        if way.mode is Mode.TLV and not self.cfg.faulty("tlv-left-out"):
            payload = put_tlv(inner)
        if way.mode is Mode.IPV4:
            outer = build_ipv4(src, way.lma, PROTO_IPV6 if is_ipv6 else PROTO_IPV4, inner, self.ident(), ecn)
        else:
            ports = (way.port, DSMIP_PORT) if self.draft else (DATA_PORT, DATA_PORT)
            outer = build_datagram(src, way.lma, *ports, payload, self.ident(), ecn)
        undivided = self.mtu(way) > MINIMUM_MTU if is_ipv6 else split_ipv4(inner)[0].undivided
        if undivided and len(outer) <= path:
            outer = dont_fragment(outer)
        for piece in fragment4(outer, path):
            self.send(piece)

    # -- ICMP --

    def _icmp(self, head: Header4, message: bytes) -> None:
        if len(message) < 8 or ones_sum(message) != 0xFFFF:
            return
        if message[0] == ECHO_REQUEST4:
            self.send(build_icmp4(head.dst, head.src, ECHO_REPLY4, 0, message[4:], self.ident()))
        elif message[0] in (UNREACHABLE4, TIME_EXCEEDED4):
            self._tunnel_error(message[0], message[1], int.from_bytes(message[6:8], "big"), message[8:])

    def _tunnel_error(self, kind: int, code: int, mtu: int, octets: bytes) -> None:
        """RFC 4213 3.4: an error about a tunnel packet is told to the node, as far as it shows what was inside."""
        head, packet = split_ipv4(octets, cut=True)
        lma = self.anchor_at(head.dst)
        if head.src != self.cfg.core4.address or lma is None:
            return
        too_big = (kind, code) == (UNREACHABLE4, TOO_BIG4)
        if too_big:
            self.gw.path.too_big(head.dst, mtu)
        at = head.size + (8 if head.protocol == PROTO_UDP else 0)
        at += 4 if split_tlv(packet[at:]) is not None else 0
        if not head.whole or self.cfg.faulty("transport-errors-kept") or len(packet) <= at:
            return
        if packet[at] >> 4 == 6:
            self.gw.path.tell_source(lma, TOO_BIG if too_big else UNREACHABLE, mtu - at, packet[at:])
        elif packet[at] >> 4 == 4:
            self.gw.ipv4.tell_source(lma, too_big, mtu - at, packet[at:])
