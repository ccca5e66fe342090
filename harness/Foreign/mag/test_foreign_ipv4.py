#!/usr/bin/env python3
"""Self-test of IPv4 home addresses and DHCPv4 of foreign_mag: in simulated time, with a codec of its own.

    python3 test_foreign_ipv4.py

The probes of the faults are here as well; test_foreign_mag runs them with all others.
"""

from __future__ import annotations

import random
import struct
import unittest
from dataclasses import dataclass

import foreign_dhcp as d
import foreign_ipv4 as v
import foreign_mag as m
import foreign_mag_octets as o
import test_foreign_mag as base
from test_foreign_mag import (
    COA, HNP1, HOA1, LL1, LL2, LMA, MN1, MN2, Rig, a, extension, icmp, ip6, opt, read_update, sum16, write_ack)


def q(text: str) -> bytes:
    return bytes(map(int, text.split(".")))


HOME1, HOME2, HOME3, ROUTER, FAR = q("198.18.7.9"), q("198.18.7.10"), q("198.18.7.11"), q("198.18.0.1"), q("203.0.113.5")
SERVER, ALL = q("198.51.100.67"), b"\xff" * 4
NOBODY = bytes(4)
DUAL, ONLY = (m.NodeRule("*", "mn-{mac}@x", versions="46"),), (m.NodeRule("*", "mn-{mac}@x", versions="4"),)
FIXED = (m.NodeRule("*", "mn-{mac}@x", versions="46", home4=o.Home4(HOME3, 16)),)


# ---------------------------------------------------------------------------
# Players' own codec
# ---------------------------------------------------------------------------

def ip4(src, dst, proto, body, ttl=64, tos=0, flags=0, options=b""):
    head = bytes([0x45 + len(options) // 4, tos]) + struct.pack("!HHHBBH", 20 + len(options) + len(body), 77, flags, ttl, proto, 0)
    head += src + dst + options
    return head[:10] + (0xFFFF - sum16(head)).to_bytes(2, "big") + head[12:] + body


def ping4(src, dst, size=8, **more):
    body = bytes([8, 0, 0, 0]) + bytes(4 + size)
    return ip4(src, dst, 1, body[:2] + (0xFFFF - sum16(body)).to_bytes(2, "big") + body[4:], **more)


def udp4(src, dst, sport, dport, data, **more):
    body = struct.pack("!HHHH", sport, dport, 8 + len(data), 0) + data
    value = 0xFFFF - sum16(src + dst + b"\0\x11" + body[4:6] + body)
    return ip4(src, dst, 17, body[:6] + (value or 0xFFFF).to_bytes(2, "big") + data, **more)


@dataclass
class Seen4:
    tos: int
    flags: int
    ttl: int
    proto: int
    src: bytes
    dst: bytes
    body: bytes
    length: int
    options: bytes

    @property
    def error(self):
        """Type, code and value of an ICMP message."""
        return self.body[0], self.body[1], int.from_bytes(self.body[4:8], "big")


def read4(octets):
    size = (octets[0] & 15) * 4
    length = int.from_bytes(octets[2:4], "big")
    assert sum16(octets[:size]) == 0xFFFF and length <= len(octets), "IPv4 header"
    return Seen4(octets[1], int.from_bytes(octets[6:8], "big"), octets[8], octets[9], octets[12:16], octets[16:20],
                 octets[size:length], length, octets[20:size])


def arp(target, sender=HOME1, mac=MN1, kind=1):
    return struct.pack("!HHBBH", 1, 0x0800, 6, 4, kind) + mac + sender + bytes(6) + target


def dhcp(kind, mac=MN1, ciaddr=NOBODY, flags=0, op=1, yiaddr=NOBODY, giaddr=NOBODY, tail=b"", hops=0, **options):
    names = {"wanted": 50, "lease": 51, "server": 54, "client": 61, "agent": 82}
    fixed = bytes([op, 1, 6, hops]) + b"XID!" + struct.pack("!HH", 3, flags) + ciaddr + yiaddr + NOBODY + giaddr
    fixed += mac + bytes(10 + 192)
    body = opt(53, bytes([kind])) + b"".join(opt(names[name], value) for name, value in options.items())
    return (fixed + b"\x63\x82\x53\x63" + body + tail + b"\xff").ljust(300, b"\0")


@dataclass
class SeenDhcp:
    frame_to: bytes
    src: bytes
    dst: bytes
    ports: tuple
    op: int
    hops: int
    flags: int
    ciaddr: bytes
    yiaddr: bytes
    giaddr: bytes
    chaddr: bytes
    options: list

    @property
    def kind(self):
        return self.one(53)[0]

    def one(self, number):
        found = [data for kind, data in self.options if kind == number]
        return found[0] if len(found) == 1 else None


def read_dhcp(octets, frame_to=b""):
    packet = read4(octets)
    if packet.proto != 17 or packet.body[2:4] not in (b"\0\x43", b"\0\x44"):
        return None
    pseudo = packet.src + packet.dst + b"\0\x11" + packet.body[4:6]
    assert sum16(pseudo + packet.body) == 0xFFFF, "UDP checksum"
    data = packet.body[8:]
    assert len(data) >= 300 and data[236:240] == b"\x63\x82\x53\x63"
    options, at = [], 240
    while data[at] != 255:
        options.append((data[at], data[at + 2:at + 2 + data[at + 1]]))
        at += 2 + data[at + 1]
    return SeenDhcp(frame_to, packet.src, packet.dst, struct.unpack("!HH", packet.body[:4]), data[0], data[3],
                    int.from_bytes(data[10:12], "big"), data[12:16], data[16:20], data[24:28], data[28:34], options)


def home(address=HOME1, status=0, length=16, router=ROUTER, server=True, spare=0):
    """The options of an acknowledgement; server None: no DHCP Support Mode option."""
    out = opt(37, bytes([status, length << 2 | spare & 3]) + address)
    out += opt(38, bytes([spare, spare]) + router) if router else b""
    return out + (b"" if server is None else opt(39, bytes([spare, spare & 0xFE | server])))


class Rig4(Rig):
    def __init__(self, *faults, rules=DUAL, **changes):
        super().__init__(*faults, rules=rules, **changes)

    def grant(self, update=None, prefixes=None, src=LMA, **how):
        update = update or self.last()
        asked = [p for p in update.prefixes if p.usable()] or ([HNP1] if update.prefixes else [])
        self.from_core(write_ack(update, 0, asked if prefixes is None else prefixes, extra=home(**how), src=src))
        return self

    def with_home(self, link="a1", mac=MN1, src=LL1, **how):
        self.attach(link, mac, src)
        self.grant(**how)
        self.run(1)
        return self.clear()

    def frame4(self, packet, link="a1", mac=MN1, to=m.RESERVED_MAC, kind=b"\x08\0"):
        self.gw.receive(link, to + mac + kind + packet)
        return self

    def client(self, message, src=NOBODY, dst=ALL, link="a1", mac=MN1):
        to = b"\xff" * 6 if dst == ALL else m.RESERVED_MAC
        self.frame4(udp4(src, dst, 68, 67, message), link, mac, to)
        self.run(0)
        return self

    def tunnel4(self, inner, src=LMA, tc=0):
        self.from_core(ip6(src, COA, 4, inner, 64, tc))
        return self

    def got4(self, link="a1"):
        """IPv4 packets of frames on a link."""
        return [read4(f[14:]) for f in self.to_node(link) if f[12:14] == b"\x08\0"]

    def got_dhcp(self, link="a1"):
        return [s for f in self.to_node(link) if f[12:14] == b"\x08\0" and (s := read_dhcp(f[14:], f[:6]))]

    def sent4(self):
        """(outer packet, inner octets) of IPv4 packets in the tunnel."""
        found = []
        for _, name, frame in self.frames:
            packet = frame[14:]
            at = 48 if packet[6] == 60 and packet[40] == 4 else 40
            if name == "core" and (packet[6] == 4 or at == 48):
                found.append((packet, packet[at:]))
        return found

    def relayed(self):
        return [read_dhcp(inner) for _, inner in self.sent4()]


def address_of(update):
    """(prefix length, address) of the only IPv4 Home Address Request option."""
    data = update.one(36)
    return data and (data[0] >> 2, data[2:])


def offers(rig):
    return [s for s in rig.got_dhcp() if s.kind == d.OFFER]


# ---------------------------------------------------------------------------
# Signalling (RFC 5844 3.2.3, 3.3)
# ---------------------------------------------------------------------------

class Signalling4(unittest.TestCase):
    def attached(self, **changes):
        rig = Rig4(**changes)
        rig.attach()
        return rig

    def test_the_profile_decides_what_is_asked_for(self):
        dual, only = self.attached().last(), self.attached(rules=ONLY).last()
        six = self.attached(rules=(m.NodeRule("*", "mn@x"),)).last()
        self.assertEqual((address_of(dual), len(dual.prefixes)), ((0, NOBODY), 1))
        self.assertEqual((address_of(only), only.prefixes), ((0, NOBODY), []))
        self.assertEqual((six.all(36), len(six.prefixes)), ([], 1))
        self.assertEqual(address_of(self.attached(rules=FIXED).last()), (16, HOME3))

    def test_the_option_has_its_form(self):
        for size in range(1, 30):
            for extra in (0, 2, 3, 5):
                update = o.Update(1, 2, b"i" * size, (HNP1,), 4, 3, MN1[:size % 6 + 1], None, bytes(8), o.Home4(HOME1, 30))
                seen = read_update(o.build_update(update, COA, LMA, extra))
                data, at = next((data, at) for kind, data, at in seen.options if kind == 36)
                self.assertEqual((data, at % 4), (bytes([30 << 2, 0]) + HOME1, 0))

    def test_extension_and_deregistration_name_the_assigned_address(self):
        rig = Rig4(lifetime=10).with_home(length=23)
        update = extension(rig)
        self.assertEqual((update.handoff, address_of(update), update.prefixes), (5, (23, HOME1), [HNP1]))
        rig.grant(update, length=23)
        rig.down()
        self.assertEqual((rig.last().lifetime, address_of(rig.last()), rig.last().prefixes), (0, (23, HOME1), [HNP1]))

    def test_a_node_with_ipv4_alone_has_no_prefix_ever(self):
        rig = Rig4(rules=ONLY, lifetime=10)
        rig.attach()
        rig.grant(prefixes=[HNP1])
        rig.run(1)
        self.assertEqual((rig.ras(), rig.gw.routes.routes), ([], []))
        self.assertEqual(len(rig.gw.ipv4.routes.routes), 1)
        update = extension(rig)
        self.assertEqual((update.prefixes, address_of(update)), ([], (16, HOME1)))
        rig.grant(update)
        rig.down()
        self.assertEqual((rig.last().lifetime, rig.last().prefixes), (0, []))

    def test_no_answer_and_a_refusal_leave_the_prefixes_alone(self):
        for extra in (b"", home(status=128), home(status=255), home(address=q("224.0.0.1")), home(length=0)):
            rig = self.attached()
            rig.from_core(write_ack(rig.last(), 0, [HNP1], extra=extra))
            rig.run(1)
            self.assertEqual((len(rig.gw.routes.routes), rig.gw.ipv4.routes.routes), (1, []))
            self.assertIn(HNP1, rig.ras()[0].prefixes)
        for status in (0, 1, 127):
            self.assertEqual(len(self.attached().grant(status=status).gw.ipv4.routes.routes), 1)

    def test_an_address_alone_is_taken(self):
        rig = self.attached().grant(prefixes=[])
        self.assertEqual((len(rig.gw.routes.routes), len(rig.gw.ipv4.routes.routes)), (0, 1))

    def test_reserved_bits_do_no_harm(self):
        rig = self.attached().grant(spare=0xFF)
        route = rig.gw.ipv4.routes.routes[0]
        self.assertEqual((route.home, route.router, route.binding.dhcp_server), (o.Home4(HOME1, 16), ROUTER, True))
        self.assertFalse(self.attached().grant(spare=0xFF, server=False).gw.bindings[0].dhcp_server)

    def test_wrong_lengths_discard_the_acknowledgement(self):
        for bad in (opt(37, bytes(5)), opt(37, bytes([0, 33 << 2]) + HOME1), opt(38, bytes(4)), opt(39, bytes(1))):
            with self.assertRaises(o.Malformed):
                o.parse_acknowledgement(bytes(12) + bad)

    def test_170_bars_ipv4_until_sighup(self):
        rig = self.attached()
        rig.from_core(write_ack(rig.last(), 170))
        self.assertEqual((rig.last().all(36), len(rig.last().prefixes)), ([], 1))
        rig.ack()
        rig.client(dhcp(d.DISCOVER))
        rig.down()
        rig.ack()
        rig.run(2)
        rig.attach()
        self.assertEqual(rig.last().all(36), [])
        self.assertEqual(offers(rig), [])
        rig.ack()
        rig.gw.signalling.administrative_action()
        rig.run(2)
        rig.ack()
        rig.client(dhcp(d.DISCOVER))
        self.assertEqual(address_of(rig.last()), (0, NOBODY))

    def test_170_ends_the_service_of_a_node_with_ipv4_alone(self):
        rig = self.attached(rules=ONLY)
        rig.from_core(write_ack(rig.last(), 170))
        rig.run(100)
        self.assertEqual(len(rig.updates()), 1)

    def test_171_is_followed_by_any_address(self):
        rig = self.attached(rules=FIXED)
        rig.from_core(write_ack(rig.last(), 171))
        self.assertEqual((address_of(rig.last()), len(rig.last().prefixes)), ((0, NOBODY), 1))
        rig.from_core(write_ack(rig.last(), 171))
        self.assertEqual(len(rig.updates()), 2)
        rig.down()
        rig.run(2)
        rig.attach()
        self.assertEqual(address_of(rig.last()), (0, NOBODY))
        rig.gw.signalling.administrative_action()
        rig.down()
        rig.run(2)
        rig.attach()
        self.assertEqual(address_of(rig.last()), (16, HOME3))

    def test_what_was_not_asked_for_is_not_taken(self):
        rig = self.attached(rules=(m.NodeRule("*", "mn@x"),))
        rig.grant()
        self.assertEqual((len(rig.gw.routes.routes), rig.gw.ipv4.routes.routes), (1, []))

    def test_the_router_stays_if_an_extension_does_not_name_it(self):
        rig = Rig4(lifetime=10).with_home()
        rig.grant(extension(rig), router=None)
        self.assertEqual(rig.gw.ipv4.routes.routes[0].router, ROUTER)

    def test_172_leaves_ipv4(self):
        rig = self.attached(rules=FIXED)
        rig.from_core(write_ack(rig.last(), 172))
        self.assertEqual((address_of(rig.last()), rig.last().prefixes), ((16, HOME3), []))
        rig.grant(prefixes=[HNP1])
        self.assertEqual(rig.gw.routes.routes, [])
        rig = self.attached(rules=ONLY)
        rig.from_core(write_ack(rig.last(), 172))
        self.assertEqual(len(rig.updates()), 1)

    def test_other_refusals_end_both(self):
        rig = Rig4(lifetime=10).with_home()
        update = extension(rig)
        rig.from_core(write_ack(update, 130))
        self.assertEqual((rig.gw.routes.routes, rig.gw.ipv4.routes.routes), ([], []))

    def test_an_address_that_is_not_extended_goes(self):
        for extra in (b"", home(status=129)):
            rig = Rig4(lifetime=10).with_home()
            rig.from_core(write_ack(extension(rig), 0, [HNP1], extra=extra))
            self.assertEqual((len(rig.gw.routes.routes), rig.gw.ipv4.routes.routes), (1, []))
            self.assertEqual(extension(rig).all(36), [])

    def test_the_end_of_the_lifetime_ends_ipv4_and_asks_for_the_same_address(self):
        rig = Rig4(lifetime=10, verify="carrier").with_home()
        rig.run(41)
        self.assertEqual((rig.gw.ipv4.routes.routes, address_of(rig.last()), rig.last().handoff), ([], (16, HOME1), 4))

    def test_a_move_between_links_keeps_the_address(self):
        rig = Rig4().with_home()
        rig.attach("a2", MN1)
        self.assertEqual((address_of(rig.last()), rig.last().prefixes), ((16, HOME1), [HNP1]))
        self.assertEqual(rig.gw.ipv4.routes.routes, [])

    def test_the_tunnel_serves_both_families(self):
        rig = Rig4(rules=ONLY).with_home()
        rig.attach("a2", MN2, LL2)
        rig.grant(address=HOME2)
        rig.down("a1")
        rig.grant()
        self.assertIn(LMA, rig.gw.tunnels)
        rig.run(2)
        rig.down("a2")
        rig.grant(address=HOME2)
        self.assertEqual(rig.gw.tunnels, {})

    def test_release_gives_back_the_address_alone(self):
        rig = Rig4(lifetime=10).with_home(length=20)
        rig.client(dhcp(d.RELEASE, ciaddr=HOME1, server=ROUTER), HOME1, ROUTER)
        update = rig.last()
        self.assertEqual((update.lifetime, update.handoff, update.prefixes, address_of(update)), (0, 4, [], (20, HOME1)))
        self.assertEqual((rig.gw.ipv4.routes.routes, len(rig.gw.routes.routes)), ([], 1))
        rig.from_core(write_ack(update, 0, [], 0))
        self.assertIsNone(rig.gw.bindings[0].exchange)
        self.assertEqual(extension(rig).all(36), [])

    def test_a_release_that_is_not_answered_ends(self):
        rig = Rig4().with_home()
        rig.client(dhcp(d.RELEASE, ciaddr=HOME1, server=ROUTER), HOME1, ROUTER)
        rig.client(dhcp(d.DISCOVER))
        rig.run(1.1)
        self.assertEqual((rig.last().lifetime > 0, rig.last().handoff, address_of(rig.last())), (True, 5, (0, NOBODY)))
        rig.grant(address=HOME2)
        self.assertEqual([s.yiaddr for s in offers(rig)], [HOME2])

    def test_release_of_a_node_with_ipv4_alone_ends_the_session(self):
        rig = Rig4(rules=ONLY).with_home()
        rig.client(dhcp(d.RELEASE, ciaddr=HOME1, server=ROUTER), HOME1, ROUTER)
        self.assertEqual((rig.last().lifetime, address_of(rig.last())), (0, (16, HOME1)))
        rig.grant()
        rig.client(dhcp(d.DISCOVER))
        self.assertEqual((rig.last().lifetime > 0, rig.last().handoff, address_of(rig.last())), (True, 4, (0, NOBODY)))

    def test_a_silent_node_is_asked_by_arp(self):
        rig = Rig4(rules=ONLY, lifetime=10)
        rig.up()
        rig.client(dhcp(d.DISCOVER))
        rig.grant()
        rig.clear()
        rig.run(34.5)
        asked = [f for f in rig.to_node() if f[12:14] == b"\x08\x06"]
        self.assertEqual((asked[0][:6], asked[0][20:22], asked[0][28:32], asked[0][38:42]), (MN1, b"\0\1", ROUTER, HOME1))
        rig.frame4(arp(ROUTER, kind=2), kind=b"\x08\x06")
        self.assertEqual(rig.last().handoff, 5)
        rig.grant()
        rig.run(40)
        self.assertEqual(rig.last().lifetime, 0)

    def test_ipv4_on_demand(self):
        rig = self.attached(ipv4_on_demand=True)
        self.assertEqual(rig.last().all(36), [])
        rig.ack()
        rig.client(dhcp(d.DISCOVER))
        self.assertEqual((rig.last().handoff, rig.last().prefixes, address_of(rig.last())), (5, [HNP1], (0, NOBODY)))


# ---------------------------------------------------------------------------
# DHCP server (RFC 5844 3.4.1, 3.4.3)
# ---------------------------------------------------------------------------

class Server(unittest.TestCase):
    def test_discover_attaches_and_waits_for_the_acknowledgement(self):
        rig = Rig4(rules=ONLY)
        rig.up()
        rig.client(dhcp(d.DISCOVER))
        self.assertEqual((len(rig.updates()), rig.got_dhcp()), (1, []))
        rig.grant()
        self.assertEqual([(s.kind, s.yiaddr) for s in rig.got_dhcp()], [(d.OFFER, HOME1)])

    def test_what_is_offered(self):
        rig = Rig4(path_mtu=1480).with_home(length=20).client(dhcp(d.DISCOVER, client=b"\0id"))
        seen = offers(rig)[0]
        self.assertEqual((seen.op, seen.src, seen.dst, seen.ports, seen.frame_to), (2, ROUTER, HOME1, (67, 68), MN1))
        self.assertEqual((seen.yiaddr, seen.ciaddr, seen.giaddr, seen.chaddr), (HOME1, NOBODY, NOBODY, MN1))
        want = {54: ROUTER, 1: q("255.255.240.0"), 3: ROUTER, 26: struct.pack("!H", 1432), 51: struct.pack("!I", 1500),
                58: struct.pack("!I", 750), 59: struct.pack("!I", 1312), 61: b"\0id"}
        self.assertEqual({number: seen.one(number) for number in want}, want)

    def test_mtu_of_the_access_link_and_masks(self):
        rig = Rig4()
        rig.up(mtu=1300)
        rig.rs()
        rig.grant(length=32)
        rig.client(dhcp(d.DISCOVER))
        self.assertEqual((offers(rig)[0].one(26), offers(rig)[0].one(1)), (struct.pack("!H", 1300), ALL))

    def test_a_shorter_lease_is_granted(self):
        for asked, granted in ((100, 100), (9999, 1500), (0, 1500)):
            rig = Rig4().with_home().client(dhcp(d.DISCOVER, lease=struct.pack("!I", asked)))
            self.assertEqual(offers(rig)[0].one(51), struct.pack("!I", granted))

    def test_destinations(self):
        rig = Rig4().with_home().client(dhcp(d.DISCOVER, flags=0x8000))
        rig.client(dhcp(d.REQUEST, flags=0x8000, ciaddr=HOME1), HOME1, ROUTER)
        self.assertEqual([(s.dst, s.frame_to, s.kind, s.ciaddr) for s in rig.got_dhcp()],
                         [(ALL, b"\xff" * 6, d.OFFER, NOBODY), (HOME1, MN1, d.ACK, HOME1)])

    def test_requests_in_every_state(self):
        states = [(dict(server=ROUTER, wanted=HOME1), ALL), (dict(wanted=HOME1), ALL), (dict(ciaddr=HOME1), ALL),
                  (dict(ciaddr=HOME1), ROUTER), (dict(ciaddr=HOME1, wanted=HOME1), ROUTER)]
        for fields, dst in states:
            rig = Rig4().with_home().client(dhcp(d.REQUEST, **fields), dst=dst)
            self.assertEqual([(s.kind, s.yiaddr, s.one(3)) for s in rig.got_dhcp()], [(d.ACK, HOME1, ROUTER)])
            wrong = {name: HOME2 if value == HOME1 else value for name, value in fields.items()}
            rig = Rig4().with_home().client(dhcp(d.REQUEST, **wrong), dst=dst)
            self.assertEqual([(s.kind, s.yiaddr, s.ciaddr, s.dst, s.frame_to, s.one(54)) for s in rig.got_dhcp()],
                             [(d.NAK, NOBODY, NOBODY, ALL, b"\xff" * 6, ROUTER)])

    def test_what_is_not_answered(self):
        silent = [dhcp(d.REQUEST, server=FAR, wanted=HOME1), dhcp(d.REQUEST), dhcp(d.DISCOVER, giaddr=FAR), dhcp(d.DISCOVER, op=2),
                  dhcp(d.DISCOVER, agent=b"\1\1x"), dhcp(d.INFORM, ciaddr=HOME2), dhcp(d.OFFER), dhcp(99),
                  dhcp(d.RELEASE, ciaddr=HOME2, server=ROUTER), dhcp(d.DECLINE, wanted=HOME1, server=FAR)]
        for message in silent:
            rig = Rig4().with_home().client(message)
            self.assertEqual((rig.got_dhcp(), rig.updates()), ([], []))
        self.assertEqual(Rig4().with_home(router=None).client(dhcp(d.DISCOVER)).got_dhcp(), [])
        release = dhcp(d.RELEASE, ciaddr=HOME1, server=ROUTER)
        self.assertEqual(Rig4().with_home().client(release, HOME1, ROUTER, mac=MN2).updates(), [])

    def test_inform(self):
        seen = Rig4().with_home().client(dhcp(d.INFORM, ciaddr=HOME1), HOME1, ROUTER).got_dhcp()[0]
        self.assertEqual((seen.kind, seen.yiaddr, seen.dst, seen.one(3), seen.one(51)), (d.ACK, NOBODY, HOME1, ROUTER, None))

    def test_decline_gives_the_address_back(self):
        rig = Rig4().with_home().client(dhcp(d.DECLINE, wanted=HOME1, server=ROUTER))
        self.assertEqual((rig.last().lifetime, rig.last().prefixes, address_of(rig.last())), (0, [], (16, HOME1)))

    def test_the_link_tells_who_it_is(self):
        for message in (dhcp(d.DISCOVER, client=b"\0other"), dhcp(d.DISCOVER, mac=MN2, flags=0x8000), dhcp(d.DISCOVER, wanted=HOME2)):
            self.assertEqual(offers(Rig4().with_home().client(message))[0].yiaddr, HOME1)
        self.assertEqual(Rig4().with_home().client(dhcp(d.DISCOVER), mac=MN2, link="a2").got_dhcp(), [])

    def test_renewal_at_another_gateway(self):
        for how, want in ((dict(), (d.ACK, HOME1)), (dict(address=HOME2), (d.NAK, NOBODY))):
            rig = Rig4(rules=ONLY)
            rig.up()
            rig.client(dhcp(d.REQUEST, ciaddr=HOME1), HOME1, ROUTER)
            self.assertEqual((len(rig.updates()), rig.got_dhcp()), (1, []))
            rig.grant(**how)
            self.assertEqual([(s.kind, s.yiaddr) for s in rig.got_dhcp()], [want])

    def test_renewal_if_the_registration_fails(self):
        def renewing(**changes):
            rig = Rig4(rules=ONLY, **changes)
            rig.up()
            return rig.client(dhcp(d.REQUEST, ciaddr=HOME1), HOME1, ROUTER)
        refused, silent, altered, none = renewing(), renewing(max_timeout=3), renewing(), renewing()
        refused.from_core(write_ack(refused.last(), 130))
        silent.run(10)
        altered.from_core(write_ack(altered.last(), 0, [], handoff=b"\0\1", extra=home()))
        none.from_core(write_ack(none.last(), 0, []))
        for rig in (refused, silent, altered, none):
            self.assertEqual([(s.kind, s.src, s.one(54)) for s in rig.got_dhcp()], [(d.NAK, ROUTER, ROUTER)])
        with_relay = renewing(dhcp4_server=SERVER)
        with_relay.from_core(write_ack(with_relay.last(), 130))
        self.assertEqual(with_relay.got_dhcp(), [])
        refused.clear().client(dhcp(d.REQUEST, ciaddr=HOME1), HOME1, ROUTER)
        self.assertEqual([s.kind for s in refused.got_dhcp()], [d.NAK])
        refused.clear().client(dhcp(d.REQUEST, wanted=HOME1))
        refused.client(dhcp(d.DISCOVER))
        self.assertEqual((refused.got_dhcp(), refused.updates()), ([], []))

    def test_discover_asks_for_an_address_that_was_not_given(self):
        rig = Rig4()
        rig.attach()
        rig.from_core(write_ack(rig.last(), 0, [HNP1]))
        rig.client(dhcp(d.DISCOVER))
        self.assertEqual((rig.last().handoff, address_of(rig.last()), rig.last().prefixes), (5, (0, NOBODY), [HNP1]))
        self.assertEqual(rig.got_dhcp(), [])
        rig.grant()
        self.assertEqual([s.yiaddr for s in offers(rig)], [HOME1])
        only = Rig4(rules=ONLY)
        only.attach()
        only.from_core(write_ack(only.last(), 0, [], extra=home(status=129)))
        only.client(dhcp(d.DISCOVER))
        self.assertEqual((len(only.updates()), only.last().handoff), (2, 4))

    def test_nothing_for_a_node_without_ipv4(self):
        rig = Rig4(rules=(m.NodeRule("*", "mn@x"),)).bind()
        rig.clear().client(dhcp(d.DISCOVER))
        self.assertEqual((rig.got_dhcp(), rig.updates()), ([], []))

    def test_checksums(self):
        packet = udp4(NOBODY, ALL, 68, 67, dhcp(d.DISCOVER))
        for value, answers in ((packet[26:28], 1), (bytes(2), 1), (bytes([packet[26] ^ 1, packet[27]]), 0)):
            rig = Rig4().with_home().frame4(packet[:26] + value + packet[28:], to=b"\xff" * 6)
            self.assertEqual(len(rig.got_dhcp()), answers)

    def test_one_address_for_the_servers_of_all_gateways(self):
        fixed = q("198.18.0.67")
        rig = Rig4(dhcp4_address=fixed).with_home().client(dhcp(d.DISCOVER))
        self.assertEqual((offers(rig)[0].src, offers(rig)[0].one(54), offers(rig)[0].one(3)), (fixed, fixed, ROUTER))
        rig.clear().client(dhcp(d.REQUEST, ciaddr=HOME1), HOME1, fixed)
        self.assertEqual([(s.kind, s.src) for s in rig.got_dhcp()], [(d.ACK, fixed)])

    def test_overload_and_split_options(self):
        for number, at in ((1, 108), (2, 44)):
            message = dhcp(d.REQUEST, tail=opt(52, bytes([number])) + opt(50, HOME1[:2]))
            message = message[:at] + opt(50, HOME1[2:]) + b"\xff" + message[at + 5:]
            self.assertEqual([s.kind for s in Rig4().with_home().client(message).got_dhcp()], [d.ACK])

    def test_random_octets_do_no_harm(self):
        rng, rig = random.Random(3), Rig4(dhcp4_server=SERVER).with_home(server=None)
        for _ in range(2000):
            message = bytearray(dhcp(rng.randrange(1, 9), ciaddr=HOME1, server=ROUTER, wanted=HOME1))
            for _ in range(rng.randrange(6)):
                message[rng.randrange(236, len(message))] = rng.randrange(256)
            cut = bytes(message)[:rng.randrange(200, 300)]
            packet = bytearray(udp4(HOME1, rng.choice((ROUTER, SERVER, ALL)), 68, 67, cut))
            packet[rng.randrange(20)] ^= rng.choice((0, 0, 1 << rng.randrange(8)))
            rig.frame4(bytes(packet), to=rng.choice((m.RESERVED_MAC, b"\xff" * 6)))
            rig.frame4(rng.randbytes(rng.randrange(60)), kind=rng.choice((b"\x08\0", b"\x08\x06")))
            rig.tunnel4(ip4(SERVER, ROUTER, 17, struct.pack("!HHHH", 67, 67, 8 + len(message), 0) + bytes(message)))


# ---------------------------------------------------------------------------
# DHCP relay (RFC 5844 3.4.2)
# ---------------------------------------------------------------------------

class Relay(unittest.TestCase):
    def rig(self, *faults, **how):
        return Rig4(*faults, dhcp4_server=SERVER).with_home(**{"server": None, **how})

    def answer(self, rig, kind, **fields):
        fields = {"op": 2, "yiaddr": HOME1, "giaddr": ROUTER, "server": SERVER, "agent": b"\2\4" + HOME1, **fields}
        return rig.clear().tunnel4(udp4(SERVER, ROUTER, 67, 67, dhcp(kind, **fields)))

    def test_nothing_before_the_acknowledgement(self):
        rig = Rig4(dhcp4_server=SERVER)
        rig.attach()
        rig.client(dhcp(d.DISCOVER))
        self.assertEqual(rig.sent4(), [])
        rig.grant(server=False)
        self.assertEqual([s.kind for s in rig.relayed()], [d.DISCOVER])

    def test_what_is_relayed(self):
        rig = self.rig().client(dhcp(d.DISCOVER, client=b"\0id", hops=2))
        outer, seen = rig.sent4()[0][0], rig.relayed()[0]
        self.assertEqual((outer[8:24], outer[24:40]), (COA, LMA))
        self.assertEqual((seen.src, seen.dst, seen.ports, seen.op, seen.hops, seen.giaddr), (ROUTER, SERVER, (67, 67), 1, 3, ROUTER))
        self.assertEqual(seen.options, [(53, b"\1"), (61, b"\0id"), (82, b"\2\4" + HOME1)])
        self.assertEqual(rig.got_dhcp(), [])

    def test_all_messages_of_the_client_for_its_address(self):
        for message in (dhcp(d.REQUEST, server=SERVER, wanted=HOME1), dhcp(d.REQUEST, wanted=HOME1), dhcp(d.REQUEST, ciaddr=HOME1),
                        dhcp(d.INFORM, ciaddr=HOME1), dhcp(d.DECLINE, server=SERVER, wanted=HOME1)):
            rig = self.rig().client(message)
            self.assertEqual((len(rig.relayed()), rig.updates()), (1, []))
        for message in (dhcp(d.REQUEST, server=SERVER, wanted=HOME2), dhcp(d.REQUEST, wanted=HOME2), dhcp(d.REQUEST, ciaddr=HOME2),
                        dhcp(d.DISCOVER, giaddr=FAR), dhcp(d.DISCOVER, agent=b"\1\1x"), dhcp(d.DISCOVER, hops=16)):
            self.assertEqual(self.rig().client(message).sent4(), [])

    def test_answers_of_the_server(self):
        everyone = b"\xff" * 6
        for kind, fields, dst, to in ((d.OFFER, {}, HOME1, MN1), (d.OFFER, dict(flags=0x8000), ALL, everyone), (d.ACK, {}, HOME1, MN1),
                                      (d.ACK, dict(flags=0x8000, ciaddr=HOME1), ALL, everyone), (d.NAK, dict(yiaddr=NOBODY), ALL, everyone),
                                      (d.ACK, dict(ciaddr=HOME1, yiaddr=NOBODY), HOME1, MN1)):
            seen = self.answer(self.rig(), kind, **fields).got_dhcp()
            self.assertEqual([(s.kind, s.src, s.dst, s.frame_to, s.ports) for s in seen], [(kind, ROUTER, dst, to, (67, 68))])
            self.assertEqual((seen[0].one(82), seen[0].one(54)), (None, SERVER))

    def test_answers_that_are_dropped(self):
        rig = self.answer(self.rig(), d.OFFER, yiaddr=HOME2)
        self.assertEqual((rig.got_dhcp(), [e for e, v in rig.lines if v.get("error")]), ([], ["dhcp-dropped"]))
        self.assertEqual(self.answer(self.rig(), d.ACK, yiaddr=HOME2).got_dhcp(), [])
        self.assertEqual(self.answer(self.rig(), d.OFFER, op=1).got_dhcp(), [])
        self.assertEqual(self.answer(self.rig(), d.OFFER, mac=MN2, agent=b"\2\4" + HOME3).got_dhcp(), [])
        self.assertEqual(self.answer(self.rig(server=True), d.OFFER).got_dhcp(), [])
        rig = self.rig().tunnel4(udp4(FAR, ROUTER, 67, 67, dhcp(d.OFFER, op=2, yiaddr=HOME1, giaddr=ROUTER)))
        self.assertEqual(rig.got_dhcp(), [])

    def test_the_node_is_found_without_the_option_too(self):
        rig = self.rig()
        rig.attach("a2", MN2, LL2)
        rig.grant(address=HOME2, server=None)
        self.answer(rig, d.OFFER, mac=MN2, yiaddr=HOME2, agent=b"")
        self.assertEqual((len(rig.got_dhcp("a1")), len(rig.got_dhcp("a2"))), (0, 1))
        self.answer(rig, d.OFFER, mac=MN1, yiaddr=HOME2, agent=b"\2\4" + HOME2)
        self.assertEqual((len(rig.got_dhcp("a1")), len(rig.got_dhcp("a2"))), (0, 1))

    def test_on_the_way_to_the_server(self):
        rig = self.rig().client(dhcp(d.REQUEST, ciaddr=HOME1), HOME1, SERVER)
        seen = rig.relayed()[0]
        self.assertEqual((seen.src, seen.dst, seen.hops, seen.giaddr, seen.one(82)), (HOME1, SERVER, 0, NOBODY, None))
        self.assertEqual(self.rig().client(dhcp(d.REQUEST, ciaddr=HOME2), HOME1, SERVER).sent4(), [])
        self.assertEqual(len(self.rig().client(b"no DHCP", HOME1, SERVER).sent4()), 1)

    def test_release_on_the_way_to_the_server(self):
        rig = self.rig().client(dhcp(d.RELEASE, ciaddr=HOME1, server=SERVER), HOME1, SERVER)
        self.assertEqual([s.kind for s in rig.relayed()], [d.RELEASE])
        self.assertEqual((rig.last().lifetime, rig.last().prefixes, address_of(rig.last())), (0, [], (16, HOME1)))

    def test_the_mode_is_that_of_the_latest_acknowledgement(self):
        rig = self.rig(server=True).client(dhcp(d.DISCOVER))
        self.assertEqual((len(offers(rig)), rig.sent4()), (1, []))
        rig = self.rig(server=False).client(dhcp(d.DISCOVER))
        self.assertEqual((offers(rig), len(rig.sent4())), ([], 1))


# ---------------------------------------------------------------------------
# ARP and the data path (RFC 5844 3.1.4, 3.2.4)
# ---------------------------------------------------------------------------

class Data(unittest.TestCase):
    def two(self, home2=HOME2, **changes):
        rig = Rig4(**changes).with_home()
        rig.attach("a2", MN2, LL2)
        rig.grant(address=home2, src=rig.last().dst)
        rig.run(1)
        return rig.clear()

    def asked(self, rig, target, **fields):
        rig.clear().frame4(arp(target, **fields), kind=b"\x08\x06", to=b"\xff" * 6)
        return [f for f in rig.to_node() if f[12:14] == b"\x08\x06"]

    def test_arp(self):
        rig = Rig4().with_home()
        for target in (ROUTER, HOME2, q("198.18.200.3")):
            answer = self.asked(rig, target)[0]
            self.assertEqual((answer[:6], answer[6:12]), (MN1, m.RESERVED_MAC))
            self.assertEqual(answer[20:42], b"\0\2" + m.RESERVED_MAC + target + MN1 + HOME1)
        for target, fields in ((HOME1, dict(sender=NOBODY)), (HOME1, {}), (FAR, {}), (HOME2, dict(kind=2)), (HOME2, dict(sender=HOME2))):
            self.assertEqual(self.asked(rig, target, **fields), [])
        self.assertEqual(self.asked(Rig4().bind(), ROUTER), [])
        self.assertEqual(len(self.asked(Rig4().with_home(router=FAR), FAR)), 1)
        self.assertEqual(len(self.asked(Rig4().with_home(length=28), ROUTER)), 1)
        self.assertEqual(self.asked(Rig4().with_home(length=28), q("198.18.7.40")), [])

    def test_into_the_tunnel(self):
        rig = Rig4().with_home().frame4(ping4(HOME1, FAR, ttl=9, options=b"\x07\x03\x04\x00"))
        outer, inner = rig.sent4()[0]
        seen = read4(inner)
        self.assertEqual((outer[8:24], outer[24:40], outer[6], outer[40], outer[7]), (COA, LMA, 60, 4, 32))
        self.assertEqual((seen.ttl, seen.src, seen.dst, seen.options, seen.body[0]), (8, HOME1, FAR, b"\x07\x03\x04\x00", 8))
        rig = Rig4(encap_limit=None).with_home().frame4(ping4(HOME1, FAR))
        self.assertEqual(rig.sent4()[0][0][6], 4)

    def test_what_is_not_tunnelled(self):
        for packet in (ping4(HOME2, FAR), ping4(NOBODY, FAR), ping4(HOME1, ALL), ping4(HOME1, q("224.0.0.9")), ping4(HOME1, q("127.0.0.1")),
                       ping4(HOME1, q("169.254.1.1")), ping4(HOME1, FAR)[:27], b"\x45" + bytes(19)):
            self.assertEqual(Rig4().with_home().frame4(packet).sent4(), [], packet.hex())
        damaged = bytearray(ping4(HOME1, FAR))
        damaged[8] = 9
        self.assertEqual(Rig4().with_home().frame4(bytes(damaged)).sent4(), [])
        self.assertEqual(Rig4().with_home().frame4(ping4(HOME1, FAR), to=b"\xff" * 6).sent4(), [])
        self.assertEqual(Rig4().with_home().frame4(ping4(HOME1, FAR), to=MN2).sent4(), [])
        self.assertEqual(Rig4().with_home().frame4(ping4(HOME1, FAR), mac=MN2).sent4(), [])
        self.assertEqual(len(Rig4().with_home().frame4(ping4(HOME1, q("239.1.1.1"))).sent4()), 1)

    def test_only_with_a_binding(self):
        rig = Rig4()
        rig.attach()
        self.assertEqual(rig.frame4(ping4(HOME1, FAR)).sent4(), [])
        rig.grant()
        rig.down()
        rig.up()
        self.assertEqual(len(rig.frame4(ping4(HOME1, FAR)).sent4()), 1)
        rig.grant()
        self.assertEqual(rig.clear().frame4(ping4(HOME1, FAR)).sent4(), [])

    def test_out_of_the_tunnel(self):
        rig = Rig4().with_home().tunnel4(ping4(FAR, HOME1, ttl=9))
        self.assertEqual([(s.src, s.dst, s.ttl) for s in rig.got4()], [(FAR, HOME1, 8)])
        frame = rig.to_node()[-1]
        self.assertEqual((frame[:6], frame[6:12]), (MN1, m.RESERVED_MAC))
        for packet, src in ((ping4(FAR, HOME2), LMA), (ping4(q("224.1.1.1"), HOME1), LMA), (ping4(FAR, HOME1), base.OTHER_LMA)):
            self.assertEqual(Rig4().with_home().tunnel4(packet, src).got4(), [])
        rules = (m.NodeRule("*:01", "mn1@x", versions="46"), m.NodeRule("*:02", "mn2@x", base.OTHER_LMA, versions="46"))
        rig = self.two(rules=rules, home2=HOME1).tunnel4(ping4(FAR, HOME1), base.OTHER_LMA)
        self.assertEqual((len(rig.got4("a1")), len(rig.got4("a2"))), (0, 1))
        closed = Rig4().bind().clear()
        closed.tunnel4(ping4(FAR, HOME1), base.OTHER_LMA)
        self.assertEqual([(p[40], p[41]) for p in closed.core_icmp()], [(4, 1)])

    def test_ecn(self):
        for mark in range(4):
            outer = Rig4().with_home().frame4(ping4(HOME1, FAR, tos=0x50 | mark)).sent4()[0][0]
            self.assertEqual((outer[0] << 4 | outer[1] >> 4) & 0xFF, mark)
        self.assertEqual(Rig4(ecn="rfc3168").with_home().frame4(ping4(HOME1, FAR, tos=3)).sent4()[0][0][1] >> 4 & 3, 2)
        for inner, outer, want in ((2, 3, 3), (1, 3, 3), (2, 0, 2), (3, 0, 3), (0, 1, 0), (2, 1, 1)):
            seen = Rig4().with_home().tunnel4(ping4(FAR, HOME1, tos=0x50 | inner), tc=outer).got4()
            self.assertEqual([s.tos for s in seen], [0x50 | want])
        self.assertEqual(Rig4().with_home().tunnel4(ping4(FAR, HOME1), tc=3).got4(), [])

    def test_packets_that_do_not_fit(self):
        rig = Rig4().with_home().frame4(ping4(HOME1, FAR, size=1440, flags=0x4000))
        error = rig.got4()[0]
        self.assertEqual((rig.sent4(), error.src, error.dst, error.error), ([], ROUTER, HOME1, (3, 4, 1452)))
        self.assertEqual((sum16(error.body), error.length <= 576, read4(error.body[8:36] + bytes(1440)).dst), (0xFFFF, True, FAR))
        rig = Rig4().with_home().frame4(ping4(HOME1, FAR, size=1440))
        pieces = [f[14:] for _, n, f in rig.frames if n == "core" and f[20] == 44]
        self.assertTrue(len(pieces) == 2 and all(len(p) <= 1500 for p in pieces))
        box = o.Reassembler()
        whole = [box.add(p, 0) for p in pieces][1]
        self.assertEqual(len(read4(whole[48:]).body), 1448)
        self.assertEqual(len(Rig4().with_home().frame4(ping4(HOME1, FAR, size=1424, flags=0x4000)).sent4()), 1)

    def test_fragments_onto_the_access_link(self):
        rig = Rig4()
        rig.up(mtu=1300)
        rig.rs()
        rig.grant()
        rig.clear().tunnel4(ping4(FAR, HOME1, size=1400, options=b"\x94\x04\0\0\x07\x03\x04\0"))
        first, second = rig.got4()
        self.assertEqual((first.flags & 0x3FFF, second.flags & 0x3FFF, second.options), (0x2000, (1300 - 28) // 8, b"\x94\x04\0\0"))
        self.assertEqual(len(first.body + second.body), 1408)
        rig.clear().tunnel4(ping4(FAR, HOME1, size=1400, flags=0x4000))
        self.assertEqual((rig.got4(), read4(rig.sent4()[0][1]).error, read4(rig.sent4()[0][1]).dst), ([], (3, 4, 1300), FAR))

    def test_time_to_live(self):
        rig = Rig4().with_home().frame4(ping4(HOME1, FAR, ttl=1))
        self.assertEqual((rig.sent4(), [s.error[:2] for s in rig.got4()]), ([], [(11, 0)]))
        rig = Rig4().with_home().tunnel4(ping4(FAR, HOME1, ttl=1))
        back = read4(rig.sent4()[0][1])
        self.assertEqual((rig.got4(), back.src, back.dst, back.error[:2]), ([], ROUTER, FAR, (11, 0)))

    def test_errors_that_must_not_be_sent(self):
        error = ip4(HOME1, FAR, 1, bytes([3, 1, 0xFC, 0xFE]) + bytes(4), ttl=1)
        later = ip4(HOME1, FAR, 17, bytes(16), ttl=1, flags=5)
        for packet in (error, later, ping4(HOME1, q("239.1.1.1"), ttl=1)):
            self.assertEqual(Rig4().with_home().frame4(packet).got4(), [])
        self.assertEqual(Rig4().with_home(router=None).frame4(ping4(HOME1, FAR, ttl=1)).got4(), [])

    def test_errors_from_inside_the_tunnel(self):
        def told(kind, code, value, flags=0):
            rig = Rig4().with_home().frame4(ping4(HOME1, FAR, size=1300, flags=flags))
            body = struct.pack("!I", value) + rig.sent4()[0][0][:1200]
            rig.from_core(icmp(LMA, COA, kind, code, body, 64))
            return [s.error for s in rig.got4()], rig
        self.assertEqual(told(1, 3, 0)[0], [(3, 1, 0)])
        self.assertEqual(told(3, 0, 0)[0], [(3, 1, 0)])
        self.assertEqual(told(4, 0, 44)[0], [(3, 1, 0)])
        self.assertEqual(told(4, 0, 6)[0], [])
        self.assertEqual(told(2, 0, 1300)[0], [])
        errors, rig = told(2, 0, 1300, 0x4000)
        self.assertEqual(errors, [(3, 4, 1252)])
        rig.clear().frame4(ping4(HOME1, FAR, size=1300, flags=0x4000))
        self.assertEqual([s.error for s in rig.got4()], [(3, 4, 1252)])

    def test_the_default_router(self):
        rig = Rig4().with_home().frame4(ping4(HOME1, ROUTER)).frame4(udp4(HOME1, ROUTER, 9, 9, b"x")).frame4(ip4(HOME1, ROUTER, 99, b""))
        self.assertEqual(([s.error[:2] for s in rig.got4()], rig.sent4()), ([(0, 0), (3, 3), (3, 2)], []))
        self.assertTrue(all(s.src == ROUTER for s in rig.got4()))

    def test_local_routing(self):
        rig = self.two().frame4(ping4(HOME1, HOME2))
        self.assertEqual((len(rig.sent4()), rig.got4("a2")), (1, []))
        rig = self.two(local_routing=True).frame4(ping4(HOME1, HOME2, ttl=9))
        self.assertEqual((rig.sent4(), [s.ttl for s in rig.got4("a2")]), ([], [8]))
        rig = self.two(local_routing=True).frame4(ping4(HOME1, FAR))
        self.assertEqual(len(rig.sent4()), 1)


# ---------------------------------------------------------------------------
# Faults
# ---------------------------------------------------------------------------

def first(fault, **changes):
    rig = Rig4(*fault, **changes)
    rig.attach()
    return rig.last()


def asks_after_170(fault):
    rig = Rig4(*fault)
    rig.attach()
    rig.from_core(write_ack(rig.last(), 170))
    return bool(rig.last().all(36))


def unextended(fault):
    rig = Rig4(*fault, lifetime=10).with_home()
    rig.from_core(write_ack(extension(rig), 0, [HNP1], extra=home(status=129)))
    return rig.clear().frame4(ping4(HOME1, FAR)).sent4()


def refused_home(fault):
    rig = Rig4(*fault)
    rig.attach()
    rig.from_core(write_ack(rig.last(), 0, [HNP1], extra=home(status=129)))
    return rig.gw.ipv4.routes.routes


def arp_answers(fault, target):
    rig = Rig4(*fault).with_home().frame4(arp(target), kind=b"\x08\x06", to=b"\xff" * 6)
    return [f for f in rig.to_node() if f[12:14] == b"\x08\x06"]


def offered(fault):
    return offers(Rig4(*fault).with_home().client(dhcp(d.DISCOVER)))[0]


def early(fault):
    rig = Rig4(*fault)
    rig.attach()
    return offers(rig.client(dhcp(d.DISCOVER)))


def released(fault):
    rig = Rig4(*fault).with_home().client(dhcp(d.RELEASE, ciaddr=HOME1, server=ROUTER), HOME1, ROUTER)
    return rig.last().prefixes


def other_offer(fault):
    return Relay().answer(Relay().rig(*fault), d.OFFER, yiaddr=HOME2).got_dhcp()


def marked(fault):
    return Rig4(*fault).with_home().tunnel4(ping4(FAR, HOME1, tos=2), tc=3).got4()[0].tos


PROBES = {
    "no-home-address-request": lambda f: len(first(f).all(36)) == 1,
    "prefixes-for-all": lambda f: not first(f, rules=ONLY).all(22),
    "misaligned-home-address": lambda f: all(at % 4 == 0 for kind, _, at in first(f).options if kind == 36),
    "extension-any-home-address": lambda f: address_of(extension(Rig4(*f, lifetime=10).with_home())) == (16, HOME1),
    "ipv4-asked-after-170": lambda f: not asks_after_170(f),
    "reply-status-ignored": lambda f: not refused_home(f),
    "unextended-forwarded": lambda f: not unextended(f),
    "any-ipv4-source": lambda f: not Rig4(*f).with_home().frame4(ping4(HOME2, FAR)).sent4(),
    "no-proxy-arp": lambda f: bool(arp_answers(f, HOME2)) and bool(arp_answers(f, ROUTER)),
    "dont-fragment-ignored": lambda f: bool(Rig4(*f).with_home().frame4(ping4(HOME1, FAR, size=1440, flags=0x4000)).got4()),
    "ipv4-ecn-lost-at-exit": lambda f: marked(f) == 3,
    "early-offer": lambda f: not early(f),
    "offer-without-mtu": lambda f: offered(f).one(26) is not None,
    "mask-of-host": lambda f: offered(f).one(1) == q("255.255.0.0"),
    "no-nak": lambda f: bool(Rig4(*f).with_home().client(dhcp(d.REQUEST, wanted=HOME2)).got_dhcp()),
    "release-ends-session": lambda f: released(f) == [],
    "always-server": lambda f: not offers(Relay().rig(*f).client(dhcp(d.DISCOVER))),
    "no-remote-id": lambda f: Relay().rig(*f).client(dhcp(d.DISCOVER)).relayed()[0].one(82) == b"\2\4" + HOME1,
    "any-offer": lambda f: not other_offer(f),
}


if __name__ == "__main__":
    unittest.main()
