#!/usr/bin/env python3
"""Self-test of IPv4 transport of foreign_mag, in its three editions: in simulated time, with a codec of its own.

    python3 test_foreign_transport.py

The probes of the faults are here as well; test_foreign_mag runs them with all others.
"""

from __future__ import annotations

import os
import struct
import tempfile
import unittest
from dataclasses import dataclass

import foreign_mag as m
import foreign_mag_octets as o
import foreign_transport as t
from foreign_mag_octets import DRAFT_02, DRAFT_04, EDITIONS, RFC_5844
from test_foreign_ipv4 import DUAL, FAR, HOME1, HOME3, ONLY, ROUTER, Rig4, ip4, ping4, q, read4
from test_foreign_mag import (
    COA, CORE_MAC, CN, HNP1, HNP2, HOA1, LL2, LMA, LMA_MAC, MN2, OTHER_LMA, echo_request, extension, finish, ip6, opt,
    read_update, sum16, write_ack)

COA4, LMA4, OTHER_LMA4, ROUTER4 = q("192.0.2.161"), q("192.0.2.1"), q("192.0.2.2"), q("192.0.2.254")
DRAFTS = (DRAFT_04, DRAFT_02)
PLAIN = (m.NodeRule("*", "mn-{mac}@x"),)


@dataclass
class Over:
    """How an update came over IPv4."""
    src: bytes
    dst: bytes
    sport: int
    dport: int
    summed: bool
    tlv: bool
    checksum: bytes


def datagram(src, dst, sport, dport, data, summed=True, **more):
    body = struct.pack("!HHHH", sport, dport, 8 + len(data), 0) + data
    if summed:
        value = 0xFFFF - sum16(src + dst + b"\0\x11" + body[4:6] + body)
        body = body[:6] + (value or 0xFFFF).to_bytes(2, "big") + data
    return ip4(src, dst, 17, body, **more)


def nat(refresh=0, forced=False):
    return opt(31, struct.pack("!HI", forced << 15, refresh))


class RigOver(Rig4):
    """An anchor that is reached over IPv4."""

    def __init__(self, *faults, edition=RFC_5844, rules=PLAIN, **changes):
        settings = dict(edition=edition, core4=o.Home4(COA4, 24), core4_router=ROUTER4, anchors4={LMA: LMA4, OTHER_LMA: OTHER_LMA4})
        super().__init__(*faults, rules=rules, **settings | changes)
        for addr in (LMA4, OTHER_LMA4, ROUTER4):
            self.gw.over4.learn(addr, LMA_MAC, True)

    def core4(self):
        return [read4(frame[14:]) for _, name, frame in self.frames if name == "core" and frame[12:14] == b"\x08\0"]

    def updates(self):
        """Also those over IPv6, which have nothing over."""
        found = []
        for when, name, frame in self.frames:
            if name != "core":
                continue
            if frame[12:14] == b"\x86\xdd":
                seen, over = read_update(frame[14:]), None
            elif frame[12:14] == b"\x08\0":
                seen, over = self._over(read4(frame[14:]))
            else:
                seen = None
            if seen:
                seen.at, seen.over = when, over
                found.append(seen)
        return found

    def _over(self, packet):
        if packet.proto != 17 or packet.flags & 0x3FFF or packet.body[2:4] not in (b"\x15\x3c", b"\x10\x5f"):
            return None, None
        sport, dport, length, value = struct.unpack("!HHHH", packet.body[:8])
        assert length == len(packet.body)
        assert not value or sum16(packet.src + packet.dst + b"\0\x11" + packet.body[4:6] + packet.body) == 0xFFFF
        data = packet.body[8:]
        tlv = data[0] == 2
        if tlv:
            assert data[1] == len(data) - 4 & 0xFF and data[2:4] == b"\0\0"
            data = data[4:]
        over = Over(packet.src, packet.dst, sport, dport, bool(value), tlv, data[4:6] if dport == 5436 else data[44:46])
        return read_update(ip6(bytes(16), bytes(16), 135, data) if dport == 5436 else data), over

    def content(self, update, grants_tlv=False, checksum=b"\0\0", **changes):
        """What is in the datagram of an acknowledgement."""
        packet = write_ack(update, **changes)
        if grants_tlv:
            mh = packet[40:47] + bytes([packet[47] | 0x10]) + packet[48:]
            packet = packet[:40] + finish(packet[8:24], packet[24:40], 135, mh[:4] + b"\0\0" + mh[6:], 4)
        return packet if self.cfg.edition != RFC_5844 else packet[40:44] + checksum + packet[46:]

    def ack(self, update=None, wrapped=False, summed=True, src4=LMA4, port=None, **changes):
        update = update or self.last()
        if "prefixes" not in changes and changes.get("status", 0) < 128:
            usable = [p for p in update.prefixes if p.usable()]
            changes["prefixes"] = usable or ([HNP1] if update.prefixes else [])
        data = self.content(update, **changes)
        if wrapped:
            data = bytes([2, len(data) & 0xFF, 0, 0]) + data
        own = 5436 if self.cfg.edition == RFC_5844 else 4191
        self.over4(datagram(src4, COA4, own, port or update.over.sport, data, summed))
        return self

    def over4(self, packet, mac=LMA_MAC):
        self.gw.receive("core", CORE_MAC + mac + b"\x08\0" + packet)
        return self

    def bound(self, **changes):
        self.bind(**changes)
        self.port = self.last().over.sport
        return self.clear()

    def data(self, packet, mode, src4=LMA4, port=None, **more):
        """A packet of the anchor in a tunnel."""
        inside = bytes([2 if packet[0] >> 4 == 6 else 1, len(packet) & 0xFF, 0, 0]) + packet if mode is t.Mode.TLV else packet
        if mode is t.Mode.IPV4:
            return self.over4(ip4(src4, COA4, 41 if packet[0] >> 4 == 6 else 4, packet, **more))
        to = 5437 if self.cfg.edition == RFC_5844 else port or self.port
        return self.over4(datagram(src4, COA4, 5437 if to == 5437 else 4191, to, inside, summed=False, **more))

    def carried(self):
        """(mode, packet, ports, inner) of packets in tunnels over IPv4."""
        found = []
        for packet in self.core4():
            if packet.proto in (4, 41):
                found.append((t.Mode.IPV4, packet, None, packet.body))
            elif packet.proto == 17 and packet.body[2:4] in (b"\x15\x3d", b"\x10\x5f"):
                inner = packet.body[8:]
                mode = t.Mode.TLV if inner[0] in (1, 2) else t.Mode.UDP
                found.append((mode, packet, struct.unpack("!HH", packet.body[:4]), inner[4:] if mode is t.Mode.TLV else inner))
        return found


class Messages(unittest.TestCase):
    def test_update_of_rfc_5844(self):
        rig = RigOver()
        rig.attach()
        update = rig.last()
        over = update.over
        self.assertEqual((over.src, over.dst, over.dport, over.summed, over.checksum), (COA4, LMA4, 5436, True, bytes(2)))
        self.assertIn(over.sport, range(49152, 65536))
        self.assertEqual((update.flags, update.all(32), update.prefixes, update.handoff), (0x8200, [], [o.ALL_ZERO_PREFIX], 4))

    def test_update_of_the_drafts(self):
        for edition in DRAFTS:
            rig = RigOver(edition=edition, rules=DUAL)
            rig.attach()
            update = rig.last()
            self.assertEqual((update.src, update.dst, update.checksum_ok), (COA, LMA, True))
            self.assertEqual((update.over.src, update.over.dst, update.over.dport, update.over.tlv), (COA4, LMA4, 4191, False))
            self.assertEqual((update.flags, update.all(36)), (0x8200, []))
            self.assertEqual((update.one(32), update.one(29)), (b"\0\0" + COA4, b"\0\0" + bytes(4)))
            self.assertEqual([at % 4 for kind, _, at in update.options if kind in (29, 32)], [0, 0])

    def test_flags(self):
        for edition, changes, flags in (
                (RFC_5844, {"force_udp": True}, 0x8300), (RFC_5844, {"tlv": True, "request_udp": True}, 0x8200),
                (DRAFT_04, {"force_udp": True}, 0x8200), (DRAFT_04, {"force_udp": True, "request_udp": True}, 0x8300),
                (DRAFT_04, {"tlv": True}, 0x8280), (DRAFT_02, {"tlv": True, "force_udp": True}, 0x8380)):
            rig = RigOver(edition=edition, **changes)
            rig.attach()
            self.assertEqual((rig.last().flags, rig.last().over.tlv), (flags, edition == DRAFT_02))

    def test_who_is_reached_over_ipv4(self):
        own = q("192.0.2.77")
        for rule, expected in (({}, LMA4), ({"lma": OTHER_LMA}, OTHER_LMA4), ({"lma4": own}, own), ({"over4": False}, None)):
            rig = RigOver(rules=(m.NodeRule("*", "mn-{mac}@x", **rule),))
            rig.gw.over4.learn(own, LMA_MAC, True)
            rig.attach()
            self.assertEqual(rig.last().over and rig.last().over.dst, expected)
        rig = RigOver(anchors4={})
        rig.attach()
        self.assertIsNone(rig.last().over)

    def test_each_session_has_a_port(self):
        rig = RigOver()
        rig.bind()
        rig.bind("a2", MN2, LL2, prefixes=[HNP2])
        self.assertEqual(len({update.over.sport for update in rig.updates()}), 2)

    def test_life_of_a_session(self):
        for edition in EDITIONS:
            rig = RigOver(edition=edition, lifetime=10).bound()
            self.assertEqual([r.home for r in rig.gw.routes.routes], [HNP1])
            update = extension(rig)
            self.assertEqual((update.prefixes, update.handoff, update.over.dst, update.over.sport), ([HNP1], 5, LMA4, rig.port))
            rig.ack(update)
            rig.down()
            last = rig.last()
            self.assertEqual((last.lifetime, last.prefixes, last.over.sport), (0, [HNP1], rig.port))
            rig.ack(last)
            self.assertEqual((rig.gw.bindings, rig.gw.tunnels), ([], {}))

    def test_what_an_acknowledgement_must_be(self):
        def accepted(edition=RFC_5844, **how):
            rig = RigOver(edition=edition)
            rig.attach()
            rig.ack(**how)
            return bool(rig.gw.routes.routes)

        for value in (bytes(2), b"\x12\x34"):
            self.assertTrue(accepted(checksum=value))
        self.assertFalse(accepted(summed=False))
        for edition in DRAFTS:
            self.assertTrue(accepted(edition, summed=False))
            self.assertTrue(accepted(edition, wrapped=True))
            self.assertFalse(accepted(edition, src=OTHER_LMA))
        for edition in EDITIONS:
            self.assertFalse(accepted(edition, src4=OTHER_LMA4))
            self.assertFalse(accepted(edition, port=5436))
            self.assertFalse(accepted(edition, status=130))
        rig = RigOver()
        rig.attach()
        rig.from_core(write_ack(rig.last(), prefixes=[HNP1], src=LMA))
        self.assertTrue(rig.gw.routes.routes, "the anchor answers over IPv6: the message is its own")

    def test_broken_datagrams(self):
        for edition in EDITIONS:
            rig = RigOver(edition=edition)
            rig.attach()
            data = rig.content(rig.last(), prefixes=[HNP1])
            whole = datagram(LMA4, COA4, 5436, rig.last().over.sport, data)
            for packet in (whole[:26] + bytes([whole[26] ^ 1]) + whole[27:], datagram(LMA4, COA4, 5436, rig.last().over.sport, data[:-9])):
                rig.over4(packet)
            self.assertEqual(rig.gw.routes.routes, [])

    def test_pieces(self):
        rig = RigOver()
        rig.attach()
        packet = datagram(LMA4, COA4, 5436, rig.last().over.sport, rig.content(rig.last(), prefixes=[HNP1]))
        head, body = packet[:20], packet[20:]
        for at in (48, 24, 0):
            part = body[at:at + 24] if at < 48 else body[48:]
            length, flags = struct.pack("!H", 20 + len(part)), struct.pack("!H", at // 8 | (0x2000 if at < 48 else 0))
            piece = head[:2] + length + head[4:6] + flags + head[8:10]
            piece += (0xFFFF - sum16(piece + head[12:])).to_bytes(2, "big") + head[12:] + part
            self.assertEqual(rig.gw.routes.routes, [])
            rig.over4(piece)
        self.assertEqual(len(rig.gw.routes.routes), 1)

    def test_home_address_in_the_drafts(self):
        for edition in DRAFTS:
            for server in (None, q("198.51.100.67")):
                rig = RigOver(edition=edition, rules=ONLY, dhcp4_server=server)
                rig.attach()
                router = b"" if edition == DRAFT_02 else opt(38, b"\0\0" + ROUTER)
                rig.ack(prefixes=[], extra=opt(30, bytes([0, 16 << 2]) + HOME1) + router)
                route = rig.gw.ipv4.routes.routes[0]
                self.assertEqual((route.home, route.router, route.binding.dhcp_server), (o.Home4(HOME1, 16), ROUTER, server is None))

    def test_variables(self):
        for edition, name, known in ((RFC_5844, "Force", True), (RFC_5844, "Request", False), (DRAFT_04, "Force", True),
                                     (DRAFT_04, "Request", True), (DRAFT_02, "Force", False)):
            rig = RigOver(edition=edition, request_udp=name == "Force")
            with tempfile.TemporaryDirectory() as directory:
                file = os.path.join(directory, "variables")
                answer = m.Operation(rig.gw, file).obey(["set", f"{name}IPv4UDPEncapsulationSupport", "1"])
                self.assertEqual(answer == "done", known)
                again = RigOver(edition=edition)
                m.Operation(again.gw, file)
                self.assertEqual(again.cfg.force_udp or again.cfg.request_udp, known)

    def test_command_line(self):
        words = ("--core c --core-address 2001:db8:c::10/64 --lma 2001:db8:c::1 --access a --core4 192.0.2.161/24"
                 " --edition ipv4-draft-02 --tlv --anchor4 2001:db8:c::1=192.0.2.1 --node *=mn@x,lma4=192.0.2.2,over4=no --force-udp").split()
        cfg = m.config_from(m.build_parser().parse_args(words))
        self.assertEqual((cfg.core4, cfg.edition, cfg.anchors4), (o.Home4(COA4, 24), DRAFT_02, {LMA: LMA4}))
        self.assertEqual((cfg.tlv, cfg.force_udp), (True, True))
        self.assertEqual((cfg.rules[0].lma4, cfg.rules[0].over4), (OTHER_LMA4, False))


class Tunnels(unittest.TestCase):
    def told(self, *told, **changes):
        return tunnel_of((), *told, **changes)

    def test_mode(self):
        self.assertEqual(self.told(RFC_5844), t.Mode.IPV4)
        self.assertEqual(self.told(RFC_5844, force_udp=True), t.Mode.IPV4)
        self.assertEqual(self.told(RFC_5844, nat(7, False)), t.Mode.IPV4)
        self.assertEqual(self.told(RFC_5844, nat(7, True), force_udp=True), t.Mode.UDP)
        self.assertEqual(self.told(RFC_5844, tlv=True, grants_tlv=True), t.Mode.IPV4)
        for edition in DRAFTS:
            self.assertEqual(self.told(edition), t.Mode.IPV4)
            self.assertEqual(self.told(edition, nat(7)), t.Mode.UDP)
            self.assertEqual(self.told(edition, nat(7, True)), t.Mode.UDP)
            self.assertEqual(self.told(edition, grants_tlv=True), t.Mode.IPV4, "T was not asked for")
            self.assertEqual(self.told(edition, tlv=True), t.Mode.IPV4, "T was not granted")
            self.assertEqual(self.told(edition, nat(7), tlv=True, grants_tlv=True), t.Mode.TLV)

    def tunnels(self):
        for edition, mode, extra, changes, grants_tlv in (
                (RFC_5844, t.Mode.IPV4, b"", {}, False), (RFC_5844, t.Mode.UDP, nat(0, True), {"force_udp": True}, False),
                (DRAFT_04, t.Mode.UDP, nat(100), {}, False), (DRAFT_02, t.Mode.TLV, b"", {"tlv": True}, True),
                (DRAFT_04, t.Mode.TLV, nat(100), {"tlv": True}, True)):
            yield mode, RigOver(edition=edition, **changes).bound(extra=extra, grants_tlv=grants_tlv)

    def test_into_the_tunnel(self):
        for mode, rig in self.tunnels():
            packet = echo_request(HOA1, CN, hops=9, tc=2)
            rig.from_node(packet)
            ((found, outer, ports, inner),) = rig.carried()
            self.assertEqual((found, outer.src, outer.dst, outer.tos), (mode, COA4, LMA4, 2))
            self.assertEqual(inner, packet[:7] + bytes([8]) + packet[8:])
            expected = None if mode is t.Mode.IPV4 else (5437, 5437) if rig.cfg.edition == RFC_5844 else (rig.port, 4191)
            self.assertEqual((ports, outer.flags), (expected, 0x4000))
            if ports:
                self.assertEqual(sum16(outer.src + outer.dst + b"\0\x11" + outer.body[4:6] + outer.body), 0xFFFF)

    def test_out_of_the_tunnel(self):
        for mode, rig in self.tunnels():
            packet = echo_request(CN, HOA1, hops=9, tc=2)
            rig.data(packet, mode, tos=3)
            self.assertEqual([(p[7], p[1] >> 4 & 3) for p in rig.delivered()], [(8, 3)])
            rig.clear().data(packet, mode, src4=OTHER_LMA4)
            for other in set(t.Mode) - {mode}:
                if other is not t.Mode.TLV or rig.cfg.edition != RFC_5844:
                    rig.data(packet, other)
            if mode is not t.Mode.IPV4 and rig.cfg.edition != RFC_5844:
                rig.data(packet, mode, port=4191)
            rig.tunnel_in(packet)
            self.assertEqual(rig.delivered(), [])

    def test_force_without_an_option_in_04(self):
        rig = RigOver(edition=DRAFT_04, force_udp=True, request_udp=True).bound()
        for mode in (t.Mode.IPV4, t.Mode.UDP):
            rig.clear().data(echo_request(CN, HOA1), mode)
            self.assertEqual(len(rig.delivered()), 1)
        rig.from_node(echo_request(HOA1, CN))
        self.assertEqual([one[0] for one in rig.carried()], [t.Mode.IPV4])

    def test_ipv4_both_ways(self):
        for edition, mode, extra in ((RFC_5844, t.Mode.IPV4, b""), (DRAFT_04, t.Mode.UDP, nat(9))):
            kind = 37 if edition == RFC_5844 else 30
            rig = RigOver(edition=edition, rules=ONLY)
            rig.attach()
            rig.ack(prefixes=[], extra=opt(kind, bytes([0, 16 << 2]) + HOME1) + opt(38, b"\0\0" + ROUTER) + extra)
            rig.run(1)
            rig.port = rig.last().over.sport
            rig.clear().frame4(ping4(HOME1, FAR, tos=1))
            ((found, outer, _, inner),) = rig.carried()
            self.assertEqual((found, outer.tos, read4(inner).src, read4(inner).ttl), (mode, 1, HOME1, 63))
            rig.data(ping4(FAR, HOME1), mode)
            self.assertEqual([packet.dst for packet in rig.got4()], [HOME1])
            rig.clear().data(ping4(FAR, HOME3), mode).tunnel4(ping4(FAR, HOME1))
            self.assertEqual(rig.got4(), [])

    def test_size(self):
        for mode, rig in self.tunnels():
            mtu = 1500 - {t.Mode.IPV4: 20, t.Mode.UDP: 28, t.Mode.TLV: 32}[mode]
            rig.rs()
            rig.run(1)
            self.assertEqual(rig.ras()[-1].mtu, mtu)
            rig.clear().from_node(echo_request(HOA1, CN, size=mtu - 48))
            self.assertEqual([one[1].length for one in rig.carried()], [1500])
            rig.clear().from_node(echo_request(HOA1, CN, size=mtu - 47))
            self.assertEqual((rig.carried(), [self.error(f) for f in rig.to_node()]), ([], [(2, mtu)]))

    @staticmethod
    def error(frame):
        return frame[54], int.from_bytes(frame[58:62], "big")

    def broken(self, rig, kind, code, mtu=0, size=8):
        """An error of a router about a packet of the tunnel: what the node hears."""
        rig.clear().from_node(echo_request(HOA1, CN, size=size))
        (frame,) = [f for _, name, f in rig.frames if name == "core"]
        body = bytes([kind, code, 0, 0]) + struct.pack("!HH", 0, mtu) + frame[14:]
        body = body[:2] + (0xFFFF - sum16(body)).to_bytes(2, "big") + body[4:]
        rig.clear().over4(ip4(q("192.0.2.240"), COA4, 1, body))
        return [self.error(f) for f in rig.to_node() if f[20] == 58 and f[54] < 128]

    def test_errors_from_inside_a_tunnel(self):
        for mode, rig in self.tunnels():
            self.assertEqual(self.broken(rig, 3, 1), [(1, 0)])
            self.assertEqual(self.broken(rig, 11, 0), [(1, 0)])
            self.assertEqual(self.broken(rig, 3, 4, 1400, size=1380), [(2, 1400 - mode.value)])
            rig.run(4)
            self.assertEqual(rig.ras()[-1].mtu, 1400 - mode.value)
            self.assertEqual(self.broken(rig, 3, 4, 900), [])
            rig.clear().from_node(echo_request(HOA1, CN, size=1200))
            pieces = rig.core4()
            self.assertEqual(([p.length <= 900 for p in pieces], pieces[0].flags), ([True, True], 0x2000))

    def test_neighbors(self):
        rig = RigOver().bound()
        rig.gw.over4.cache.clear()
        rig.from_node(echo_request(HOA1, CN))
        asked = [f for _, name, f in rig.frames if f[12:14] == b"\x08\x06"]
        self.assertEqual([(f[:6], f[28:32], f[38:42]) for f in asked], [(b"\xff" * 6, COA4, LMA4)])
        answer = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 2) + LMA_MAC + LMA4 + CORE_MAC + COA4
        rig.gw.receive("core", CORE_MAC + LMA_MAC + b"\x08\x06" + answer)
        self.assertEqual(len(rig.carried()), 1)
        question = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + LMA_MAC + LMA4 + bytes(6) + COA4
        rig.clear().gw.receive("core", b"\xff" * 6 + LMA_MAC + b"\x08\x06" + question)
        self.assertEqual([(f[:6], f[21], f[22:28], f[28:32]) for _, _, f in rig.frames], [(LMA_MAC, 2, CORE_MAC, COA4)])
        rig.gw.over4.cache.clear()
        rig.clear().from_node(echo_request(HOA1, CN))
        rig.run(4)
        self.assertEqual([self.error(f) for f in rig.to_node() if f[20] == 58 and f[54] == 1], [(1, 0)])
        rig.gw.over4.learn(LMA4, LMA_MAC, True)
        rig.clear().over4(ping4(LMA4, COA4))
        self.assertEqual([(p.dst, p.body[0]) for p in rig.core4()], [(LMA4, 0)])
        rig.gw.over4.cache.pop(ROUTER4, None)
        far = q("203.0.113.7")
        rig.clear().over4(ping4(far, COA4))
        self.assertEqual([f[:6] for _, _, f in rig.frames if f[12:14] == b"\x08\0"], [])
        self.assertEqual([f[38:42] for _, _, f in rig.frames], [ROUTER4])

    def test_refresh_for_a_nat(self):
        for edition in DRAFTS:
            rig = RigOver(edition=edition).bound(extra=nat(20))
            start = rig.time
            update = extension(rig)
            self.assertTrue(15 < update.at - start < 19.5, update.at - start)
            self.assertEqual((update.handoff, update.prefixes), (5, [HNP1]))
            for seconds in (0, 0xFFFFFFFF):
                rig = RigOver(edition=edition).bound(extra=nat(seconds))
                rig.run(60)
                self.assertEqual(rig.updates(), [])
        rig = RigOver(force_udp=True).bound(extra=nat(20, True))
        rig.run(60)
        self.assertEqual(rig.updates(), [])


# ---------------------------------------------------------------------------
# Faults
# ---------------------------------------------------------------------------

def first(fault, **changes):
    rig = RigOver(*fault, **changes)
    rig.attach()
    return rig.last()


def tunnel_of(fault, edition=RFC_5844, extra=b"", grants_tlv=False, **changes):
    """The mode of the tunnel into which a packet of the node goes."""
    rig = RigOver(*fault, edition=edition, **changes).bound(extra=extra, grants_tlv=grants_tlv)
    rig.from_node(echo_request(HOA1, CN))
    return rig.carried()[0][0]


def takes_any_checksum(fault):
    rig = RigOver(*fault)
    rig.attach()
    rig.ack(checksum=b"\x12\x34")
    return bool(rig.gw.routes.routes)


def refreshed(fault):
    rig = RigOver(*fault, edition=DRAFT_02, verify="carrier").bound(extra=nat(20))
    rig.run(21)
    return bool(rig.updates())


def mark_kept(fault):
    rig = RigOver(*fault).bound()
    rig.data(echo_request(CN, HOA1, tc=2), t.Mode.IPV4, tos=3)
    return rig.delivered()[0][1] >> 4 & 3 == 3


PROBES = {
    "no-care-of4": lambda f: first(f, edition=DRAFT_04).one(32) is not None,
    "care-of4-of-anchor": lambda f: first(f, edition=DRAFT_02).one(32) == b"\0\0" + COA4,
    "update-mobility-checksum": lambda f: first(f).over.checksum == bytes(2),
    "update-no-udp-checksum": lambda f: first(f).over.summed,
    "ack-mobility-checksum-verified": takes_any_checksum,
    "extension-over-ipv6": lambda f: extension(RigOver(*f, lifetime=10).bound()).over is not None,
    "force-flag-left-out": lambda f: bool(first(f, force_udp=True).flags & 0x100),
    "force-flag-always": lambda f: not first(f).flags & 0x100,
    "nat-option-ignored": lambda f: tunnel_of(f, DRAFT_04, nat(9)) is t.Mode.UDP,
    "udp-for-any-option": lambda f: tunnel_of(f, RFC_5844, nat(9)) is t.Mode.IPV4,
    "nat-refresh-ignored": refreshed,
    "tlv-left-out": lambda f: tunnel_of(f, DRAFT_02, tlv=True, grants_tlv=True) is t.Mode.TLV,
    "transport-ecn-lost": mark_kept,
    "transport-errors-kept": lambda f: Tunnels().broken(RigOver(*f).bound(), 3, 1) == [(1, 0)],
}


if __name__ == "__main__":
    unittest.main()
