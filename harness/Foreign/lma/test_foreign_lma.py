#!/usr/bin/env python3
"""Tests of the local mobility anchor: octets, signalling, data path, each fault, and one run between network namespaces.

    python3 test_foreign_lma.py          the last class needs root and the program ip
"""

import contextlib
import ctypes
import dataclasses
import hmac
import io
import ipaddress
import os
import pathlib
import random
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import foreign_control
import foreign_esp as esp
import foreign_ipv4 as ipv4
import foreign_lma
import foreign_mobility as mobility
import foreign_ripng as ripng
import foreign_stack as stack
from foreign_anchor import OWN_STYLE, Anchor, Policy, Settings
from foreign_faults import FAULTS
from foreign_mobility import Handoff, HomeAddress, Prefix, Request, Style
from foreign_stack import CE, ECT_0, ECT_1, NOT_ECT, Discard, Packet, Protocol, Tunnel, address

HERE = pathlib.Path(__file__).resolve().parent
LMA, MAG_1, MAG_2, STRANGER = (address(f"2001:db8:c::{number}") for number in ("1", "a", "b", "bad"))
HOME, CORRESPONDENT = address("2001:db8:f::1"), address("2001:db8:f::2")
ZERO = (mobility.NO_PREFIX,)
SECOND = 0x10000
NOON = 1_700_000_000 * SECOND
MILLISECOND = 1 / 1000


def setUpModule():
    # What the device logs is no result of a test.
    stream = contextlib.redirect_stderr(io.StringIO())
    stream.__enter__()
    unittest.addModuleCleanup(stream.__exit__, None, None, None)


# --- helpers -------------------------------------------------------------------------------------------------------------


def settings(fault=None, **fields):
    made = dict(
        address=LMA,
        gateways={MAG_1: (), MAG_2: ()},
        mobile_nodes=[
            ("off@*", Policy(is_enabled=False)),
            ("two@*", Policy(count=2)),
            ("fixed@*", Policy(groups=((mobility.prefix("2001:db8:b:1::/64"), mobility.prefix("2001:db8:b:2::/64")), (mobility.prefix("2001:db8:b:3::/64"),)))),
            ("*@example.net", Policy()),
        ],
        pool=ipaddress.IPv6Network("2001:db8:a::/48"),
        answer_delay=0,
        fault=fault,
    )
    return Settings(**made | fields)


class Signalling:
    """An anchor without network: requests go in, acknowledgements come out. The clocks stand until time passes."""

    def __init__(self, fault=None, **fields):
        self.now, self.day = 100.0, NOON
        self.answers = []
        self.anchor = Anchor(settings(fault, **fields), self.collect, clock=lambda: self.day)
        self.timestamp = NOON - SECOND // 10

    def collect(self, request, data):
        self.answers.append((request, data))

    def wait(self, seconds):
        self.now += seconds
        self.day += int(seconds * SECOND)
        self.timestamp = max(self.timestamp, self.day - SECOND // 10)
        self.anchor.pass_time(self.now)

    def request(self, name="mn@example.net", mag=MAG_1, lifetime=100, handoff=Handoff.NEW_INTERFACE, access=4, interface=b"\x02\0\0\0\0\x01", prefixes=ZERO, **fields):
        """With the next timestamp unless another one is given."""
        self.timestamp += 1
        made = dict(
            source=mag,
            destination=LMA,
            sequence=7,
            lifetime=lifetime,
            mobile_node=b"\x01" + name.encode(),
            prefixes=prefixes,
            handoff=handoff,
            access=access,
            link_layer=interface,
            timestamp=self.timestamp,
            arrived=self.day,
        )
        return Request(**made | fields)

    def send(self, **fields):
        """The acknowledgement, or None."""
        before = len(self.answers)
        self.anchor.handle(self.request(**fields), self.now)
        return mobility.read_acknowledgement(self.answers[-1][1]) if len(self.answers) > before else None

    def status(self, **fields):
        answer = self.send(**fields)
        return None if answer is None else answer.status

    def later_answers(self, before):
        return [(request.source, mobility.read_acknowledgement(data)) for request, data in self.answers[before:]]


def link(name, number, own, groups=()):
    """An interface whose frames are collected, with neighbors that are known already."""
    sent = []
    interface = stack.Interface(name, bytes([2, 0, 0, 0, 0, number]), 1500, sent.append, [own], groups=groups)
    interface.sent = sent
    return interface


class Bench:
    """A device between two collected links; the gateways and the correspondent are known neighbors."""

    def __init__(self, fault=None, forwarding=None, ports=None, security=None, **fields):
        self.core, self.home = link("core", 1, LMA), link("home", 2, HOME, [ripng.RIPNG_ROUTERS])
        chosen = foreign_lma.Forwarding(**{"announce": "none", "encapsulation_limit": None} | (forwarding or {}))
        core_prefix, home_prefix = Prefix(address("2001:db8:c::"), 64), Prefix(address("2001:db8:f::"), 64)
        routes = [foreign_lma.Route(core_prefix, self.core), foreign_lma.Route(home_prefix, self.home), foreign_lma.Route(mobility.NO_PREFIX, self.home)]
        self.device = foreign_lma.Device(settings(fault, **fields), chosen, self.core, self.home, routes, security)
        self.now = 100.0
        self.know(self.core, MAG_1, MAG_2, STRANGER)
        self.know(self.home, CORRESPONDENT)
        self.device.pass_time(self.now)

    @staticmethod
    def know(interface, *neighbors):
        for octets in neighbors:
            interface.neighbors.neighbors[octets] = stack.Neighbor(octets, stack.Reachability.REACHABLE, b"\x02\0\0\0\1" + octets[-1:])

    def wait(self, seconds):
        self.now += seconds
        self.device.pass_time(self.now)

    def give(self, interface, packet, to=None, octets=None):
        """The packets that the device sends in response, as (interface, packet)."""
        before = len(self.core.sent), len(self.home.sent)
        frame = stack.Frame(to or interface.link_layer, b"\x02\0\0\0\1\x99", octets or packet.octets)
        self.device.receive(interface, frame, self.now)
        return self.since(before)

    def since(self, before):
        sent = [("core", octets) for octets in self.core.sent[before[0] :]] + [("home", octets) for octets in self.home.sent[before[1] :]]
        return [(name, stack.read_packet(frame.payload)) for name, octets in sent if (frame := stack.read_frame(octets))]

    def register(self, name="mn@example.net", mag=MAG_1, lifetime=100, prefixes=ZERO, interface=b"\x02\0\0\0\0\x01", handoff=Handoff.NEW_INTERFACE, **fields):
        request = Request(
            source=mag,
            destination=LMA,
            lifetime=lifetime,
            mobile_node=b"\x01" + name.encode(),
            prefixes=prefixes,
            handoff=handoff,
            access=4,
            link_layer=interface,
            timestamp=mobility.time_of_day(),
            **fields,
        )
        octets = mobility.mobility_header(mobility.BINDING_UPDATE, mobility.write_update(request), mag, LMA)
        sent = self.give(self.core, Packet(mag, LMA, Protocol.MOBILITY, octets))
        if not sent:
            return None
        _, data = mobility.message_data(LMA, mag, sent[0][1].payload)
        return mobility.read_acknowledgement(data)

    def from_correspondent(self, to, **fields):
        return self.give(self.home, datagram(CORRESPONDENT, to, **fields))

    def from_mobile_node(self, inner, mag=MAG_1, **fields):
        return self.give(self.core, Packet(mag, LMA, Protocol.IPV6, inner.octets, **fields))


def datagram(source, destination, size=20, **fields):
    return dataclasses.replace(stack.udp(source, destination, 1000, 2000, bytes(size)), **fields)


def host(prefix, number=5):
    return prefix.octets[:15] + bytes([number])


def error_of(packet):
    """The type, code and value of an ICMPv6 error."""
    return packet.payload[0], packet.payload[1], int.from_bytes(packet.payload[4:8], "big")


def keys(security=None, fault=None):
    """The associations of the device with MAG_1, which has AES, and MAG_2, which has a tunnel under ESP, and those of the gateways."""
    made = []
    for is_anchor in (True, False):
        for number, mag, size, is_tunnel in ((0x101, MAG_1, 48, False), (0x102, MAG_2, 32, False), (0x103, MAG_2, 32, True)):
            for spi, towards_anchor in ((number, True), (number + 0x100, False)):
                peer = mag if is_anchor else LMA
                made.append(esp.Association(spi, peer, bytes([spi & 0xFF]) * size, towards_anchor == is_anchor, is_tunnel))
        if is_anchor:
            device, made = esp.Associations(made, security == "replays", lambda name: name == fault), []
    return device, {known.spi: known for known in made}


# --- octets --------------------------------------------------------------------------------------------------------------


class Octets(unittest.TestCase):
    def test_checksum_of_known_message(self):
        octets = stack.icmp(stack.ECHO_REQUEST, 0, bytes.fromhex("00010002"), address("fe80::1"), address("fe80::2")).payload
        self.assertEqual(octets.hex(), "8000" + "82b5" + "00010002")
        self.assertEqual(stack.checksum(address("fe80::1"), address("fe80::2"), 58, octets), 0)

    def test_packet_is_read_as_written(self):
        packet = Packet(LMA, MAG_1, 59, b"abc", 3, 0xAB, 0x12345)
        self.assertEqual(stack.read_packet(packet.octets + b"trailer"), packet)
        self.assertEqual(packet.octets[:8].hex(), "6ab12345" + "0003" + "3b" + "03")
        self.assertIsNone(stack.read_packet(packet.octets[:-1]))
        self.assertIsNone(stack.read_packet(b"\x45" + bytes(60)))

    def test_update_octets(self):
        request = Request(LMA, LMA, 1, 2, b"\x01a", (Prefix(address("2001:db8::"), 64),), 3, 4, b"\x02\0\0\0\0\x05", bytes(16), 6)
        octets = mobility.write_update(request)
        expected = "0001" "8200" "0002"
        expected += "08020161" "01020000" "16120040" + "20010db8" + "00" * 12
        expected += "17020003" "18020004" "0100" "1b08" "0000000000000006"
        expected += "1908" "0000" "020000000005" "1a10" + "00" * 16
        self.assertEqual(octets.hex(), expected)
        self.assertEqual(mobility.read_update(LMA, LMA, octets), request)

    def test_alignment_of_all_options(self):
        for size in (1, 2, 4, 6, 8, 16):
            for style in (Style(), OWN_STYLE):
                answer = mobility.Answer(0, 1, 2, b"\x01abc", (Prefix(address("2001:db8::"), 64),) * 2, 3, 4, 5, bytes(size), address("fe80::1"))
                octets = bytes(6) + mobility.write_acknowledgement(answer, style)
                self.assertEqual(len(octets) % 8, 0)
                for option, at in places(octets):
                    multiple, offset = {22: (8, 4), 26: (8, 6), 27: (8, 2), 19: (4, 2)}.get(option, (1, 0))
                    self.assertEqual(at % multiple, offset % multiple, (option, at))
                self.assertEqual(mobility.read_acknowledgement(octets[6:]), answer)

    def test_own_style_differs_from_figure_6(self):
        answer = mobility.Answer(0, 1, 2, b"\x01abc", ZERO, 3, 4, 5, bytes(6), address("fe80::1"))
        usual = [option for option, _ in places(bytes(6) + mobility.write_acknowledgement(answer)) if option > 1]
        own = [option for option, _ in places(bytes(6) + mobility.write_acknowledgement(answer, OWN_STYLE)) if option > 1]
        self.assertEqual(usual, [8, 22, 23, 24, 27, 25, 26])
        self.assertEqual(own, [27, 26, 24, 22, 25, 23, 8, 19])

    def test_options_of_wrong_length_are_skipped(self):
        self.assertEqual(mobility.read_options(bytes.fromhex("1701" + "03" + "18020004")), {24: [b"\0\x04"]})
        self.assertEqual(mobility.read_options(bytes.fromhex("0800")), {})
        with self.assertRaises(mobility.Unreadable):
            mobility.read_options(bytes.fromhex("170300"))

    def test_mobility_header_checks_in_order(self):
        good = mobility.mobility_header(5, bytes(10), LMA, MAG_1)
        self.assertEqual(mobility.message_data(LMA, MAG_1, good), (5, bytes(10)))
        for octets, error, pointer in (
            (good[:7] + b"\xff" + good[8:], mobility.Unreadable, None),
            (header(99, proto=1, length=0), mobility.UnknownType, None),
            (header(5, proto=58, length=0), mobility.Unreadable, 0),
            (header(5, proto=59, length=0), mobility.Unreadable, 1),
            (header(5, proto=59, length=9), mobility.Unreadable, None),
        ):
            with self.assertRaises(error) as raised:
                mobility.message_data(LMA, MAG_1, octets)
            self.assertEqual(getattr(raised.exception, "pointer", None), pointer)

    def test_prefixes(self):
        dirty = Prefix(address("2001:db8:0:1::7"), 64)
        self.assertEqual(dirty.masked, mobility.prefix("2001:db8:0:1::/64"))
        self.assertFalse(Prefix(LMA, 129).is_possible)

    def test_reassembly(self):
        packet = Packet(MAG_1, LMA, Protocol.IPV6, bytes(range(250)) * 12)
        parts = stack.fragments(packet, 1280, 9)
        self.assertTrue(all(len(part) <= 1280 for part in parts))
        reassembly = stack.Reassembly()
        results = [stack.process_headers(part, reassembly, 0.0) for part in (parts[2], parts[0], parts[0], parts[1])]
        self.assertEqual(results[:3], [None] * 3)
        self.assertEqual(results[3].packet, packet)
        stack.process_headers(parts[0], reassembly, 0.0)
        overlapping = parts[1].changed(payload=struct.pack("!BBHI", 41, 0, 8 | 1, 9) + bytes(16))
        with self.assertRaises(Discard):
            stack.process_headers(overlapping, reassembly, 0.0)
        stack.process_headers(parts[0], reassembly, 1.0)
        self.assertEqual(reassembly.next_time(), 61.0)
        self.assertEqual(reassembly.pass_time(61.0), [parts[0]])

    def test_congestion_of_fragments(self):
        packet = Packet(MAG_1, LMA, 59, bytes(3000), traffic_class=ECT_0)
        first, second, third = stack.fragments(packet, 1280, 9)
        reassembly = stack.Reassembly()
        for part in (first, second.changed(traffic_class=CE)):
            stack.process_headers(part, reassembly, 0.0)
        self.assertEqual(stack.process_headers(third, reassembly, 0.0).packet.ecn, CE)

    def test_extension_headers(self):
        def reach(octets, next_header=Protocol.DESTINATION_OPTIONS):
            return stack.process_headers(Packet(MAG_1, LMA, next_header, octets), stack.Reassembly(), 0.0)

        self.assertEqual(reach(bytes.fromhex("2900040104010100") + b"x").payload, b"x")
        self.assertEqual(reach(bytes.fromhex("8700" + "010400000000")).protocol, Protocol.MOBILITY)
        for octets, next_header, expected in (
            ("8700" + "8a0400000000", 60, (4, 2, 42)),
            ("8700" + "4a0400000000", 60, (None, 0, 0)),
            ("8700" + "0a0900000000", 60, (4, 0, 42)),
            ("8709", 60, (4, 0, 41)),
            ("3a00" + "6301" + "00000000", 43, (4, 0, 42)),
            ("0000" + "010400000000" + "3a00" + "010400000000", 60, (4, 1, 40)),
        ):
            with self.assertRaises(Discard) as raised:
                reach(bytes.fromhex(octets), next_header)
            self.assertEqual((raised.exception.kind, raised.exception.code, raised.exception.value), expected)

    def test_ecn(self):
        everything = (NOT_ECT, ECT_1, ECT_0, CE)
        self.assertEqual([stack.outer_ecn(inner, 3168) for inner in everything], [NOT_ECT, ECT_1, ECT_0, ECT_0])
        self.assertEqual([stack.outer_ecn(inner, 6040) for inner in everything], [NOT_ECT, ECT_1, ECT_0, CE])
        table = {NOT_ECT: [NOT_ECT, NOT_ECT, NOT_ECT, None], ECT_0: [ECT_0, ECT_1, ECT_0, CE], ECT_1: [ECT_1, ECT_1, ECT_1, CE], CE: [CE, CE, CE, CE]}
        for inner in everything:
            self.assertEqual([stack.inner_ecn(inner, outer, 6040) for outer in everything], table[inner])
        self.assertEqual(stack.inner_ecn(ECT_0, ECT_1, 3168), ECT_0)

    def test_tunnel(self):
        tunnel = Tunnel(LMA, MAG_1, 1500, hop_limit=47, flow_label=0x5213, encapsulation_limit=4)
        packet = datagram(CORRESPONDENT, host(Prefix(address("2001:db8:a::"), 64)), traffic_class=0xB8 | ECT_1)
        (outer,) = tunnel.wrap(packet)
        self.assertEqual((outer.source, outer.destination, outer.hop_limit, outer.traffic_class, outer.flow_label), (LMA, MAG_1, 47, ECT_1, 0x5213))
        self.assertEqual(outer.payload, bytes.fromhex("2900040104010100") + packet.octets)
        self.assertEqual(tunnel.room(tunnel.limit_for(packet)), 1452)
        (nested,) = tunnel.wrap(outer.changed(source=MAG_2))
        self.assertEqual(nested.payload[4], 3)
        with self.assertRaises(Discard) as raised:
            tunnel.wrap(Packet(CORRESPONDENT, MAG_2, 60, bytes.fromhex("2900040100010100") + packet.octets))
        self.assertEqual((raised.exception.kind, raised.exception.value), (4, 44))
        with self.assertRaises(Discard):
            Tunnel(LMA, MAG_1, 1500).wrap(packet.changed(source=LMA, destination=MAG_1))

    def test_tunnel_mtu(self):
        tunnel = Tunnel(LMA, MAG_1, 1500)
        with self.assertRaises(Discard) as raised:
            tunnel.wrap(datagram(CORRESPONDENT, MAG_2, 1413))
        self.assertEqual((raised.exception.kind, raised.exception.value), (2, 1460))
        tunnel.too_big(1000, 0.0)
        self.assertEqual(tunnel.path_mtu, 1500)
        tunnel.too_big(1280, 0.0)
        with self.assertRaises(Discard) as raised:
            tunnel.wrap(datagram(CORRESPONDENT, MAG_2, 1400))
        self.assertEqual((raised.exception.kind, raised.exception.value), (2, 1280))
        parts = tunnel.wrap(datagram(CORRESPONDENT, MAG_2, 1280 - 48))
        self.assertEqual([part.next_header for part in parts], [44, 44])
        tunnel.pass_time(600.0)
        self.assertEqual(tunnel.path_mtu, 1500)

    def test_errors_that_may_be_sent(self):
        ordinary = datagram(CORRESPONDENT, LMA)
        self.assertTrue(stack.may_report(1, 0, ordinary))
        self.assertFalse(stack.may_report(1, 0, ordinary.changed(source=stack.UNSPECIFIED)))
        self.assertFalse(stack.may_report(1, 0, ordinary.changed(destination=stack.ALL_NODES)))
        self.assertTrue(stack.may_report(2, 0, ordinary.changed(destination=stack.ALL_NODES)))
        self.assertFalse(stack.may_report(3, 0, ordinary, is_group_frame=True))
        self.assertFalse(stack.may_report(1, 0, stack.icmp_error(1, 0, 0, b"", CORRESPONDENT, LMA)))
        self.assertTrue(stack.may_report(1, 0, stack.icmp(128, 0, bytes(4), CORRESPONDENT, LMA)))
        self.assertEqual(len(stack.icmp_error(1, 0, 0, bytes(2000), CORRESPONDENT, LMA)), 1280)
        bucket = stack.Bucket(rate=10, burst=2)
        self.assertEqual([bucket.take(0.0), bucket.take(0.0), bucket.take(0.0), bucket.take(0.1)], [True, True, False, True])

    def test_unfinished_checksums(self):
        packet = datagram(CORRESPONDENT, LMA)
        unfinished = packet.changed(payload=packet.payload[:6] + b"\x12\x34" + packet.payload[8:])
        self.assertEqual(stack.finish_checksum(unfinished.octets), packet.octets)
        outer = Packet(MAG_1, LMA, 41, unfinished.octets)
        self.assertEqual(stack.finish_checksum(outer.octets)[40:], packet.octets)


def header(message_type, proto, length):
    octets = struct.pack("!BBBBH", proto, length, message_type, 0, 0) + bytes(10)
    return stack.with_checksum(LMA, MAG_1, Protocol.MOBILITY, octets, 4)


def places(octets):
    """Types and offsets of the options of an acknowledgement, from the start of its Mobility Header."""
    at, found = 12, []
    while at < len(octets):
        found.append((octets[at], at))
        at += 1 if octets[at] == 0 else 2 + octets[at + 1]
    return found


# --- Neighbor Discovery --------------------------------------------------------------------------------------------------


class Neighbors(unittest.TestCase):
    def setUp(self):
        self.interface = link("core", 1, LMA)
        self.mac = b"\x02\0\0\0\x09\x09"

    def sent(self):
        frames = [stack.read_frame(octets) for octets in self.interface.sent]
        self.interface.sent.clear()
        return [(frame, stack.read_packet(frame.payload)) for frame in frames]

    def discover(self, packet, now=0.0):
        self.interface.discover(stack.read_neighbor_message(packet, packet.payload), now)

    def test_answers_solicitations(self):
        self.discover(stack.solicitation(MAG_1, stack.solicited_node(LMA), LMA, self.mac))
        ((frame, packet),) = self.sent()
        self.assertEqual((frame.destination, packet.source, packet.destination, packet.hop_limit), (self.mac, LMA, MAG_1, 255))
        self.assertEqual(packet.payload[:1] + packet.payload[4:5] + packet.payload[8:24], b"\x88\xe0" + LMA)
        self.assertEqual(packet.payload[24:], b"\x02\x01" + self.interface.link_layer)

    def test_defends_its_addresses(self):
        self.discover(stack.solicitation(stack.UNSPECIFIED, stack.solicited_node(LMA), LMA, self.mac))
        ((frame, packet),) = self.sent()
        self.assertEqual((frame.destination, packet.destination, packet.payload[4]), (stack.multicast_link_layer(stack.ALL_NODES), stack.ALL_NODES, 0xA0))

    def test_answers_for_nobody_else(self):
        self.discover(stack.solicitation(MAG_1, stack.solicited_node(MAG_2), MAG_2, self.mac))
        self.assertEqual(self.sent(), [])

    def test_invalid_messages(self):
        good = stack.solicitation(MAG_1, stack.solicited_node(LMA), LMA, self.mac)
        for bad in (
            good.changed(hop_limit=254),
            good.changed(payload=good.payload[:20]),
            good.changed(payload=good.payload[:1] + b"\x01" + good.payload[2:]),
            good.changed(payload=good.payload[:8] + stack.ALL_NODES + good.payload[24:]),
            good.changed(payload=good.payload[:25] + b"\0" + good.payload[26:]),
            good.changed(source=stack.UNSPECIFIED),
        ):
            self.assertIsNone(stack.read_neighbor_message(bad, bad.payload))

    def test_resolution(self):
        packets = [datagram(LMA, MAG_1, size) for size in range(1, 6)]
        for packet in packets:
            self.interface.send(packet, MAG_1, 0.0)
        ((frame, asked),) = self.sent()
        self.assertEqual((asked.source, asked.destination, asked.payload[8:24]), (LMA, stack.solicited_node(MAG_1), MAG_1))
        self.assertEqual(asked.payload[24:26], b"\x01\x01")
        self.discover(stack.advertisement(MAG_1, LMA, MAG_1, self.mac, stack.IS_SOLICITED | stack.OVERRIDES))
        self.assertEqual([packet for frame, packet in self.sent()], packets[-3:])

    def test_failed_resolution(self):
        packet = datagram(LMA, MAG_1)
        self.interface.send(packet, MAG_1, 0.0)
        self.assertEqual([self.interface.neighbors.pass_time(now) for now in (0.9, 1.0, 2.0, 3.0)], [[], [], [], [packet]])
        self.assertEqual(len(self.sent()), 3)

    def test_unreachability(self):
        self.discover(stack.solicitation(MAG_1, stack.solicited_node(LMA), LMA, self.mac))
        self.interface.send(datagram(LMA, MAG_1), MAG_1, 0.0)
        self.assertEqual(len(self.sent()), 2)
        self.assertEqual(self.interface.neighbors.next_time(), 5.0)
        self.interface.neighbors.pass_time(5.0)
        ((frame, probe),) = self.sent()
        self.assertEqual((frame.destination, probe.destination), (self.mac, MAG_1))
        for now in (6.0, 7.0, 8.0):
            self.interface.neighbors.pass_time(now)
        self.assertEqual(self.interface.neighbors.neighbors, {})

    def test_override(self):
        cache, other = self.interface.neighbors, b"\x02\0\0\0\x09\x08"
        self.discover(stack.solicitation(MAG_1, stack.solicited_node(LMA), LMA, self.mac))
        self.discover(stack.advertisement(MAG_1, LMA, MAG_1, other, stack.IS_SOLICITED))
        self.assertEqual(cache.neighbors[MAG_1].link_layer, self.mac)
        self.discover(stack.advertisement(MAG_1, LMA, MAG_1, other, stack.OVERRIDES))
        self.assertEqual((cache.neighbors[MAG_1].link_layer, cache.neighbors[MAG_1].state), (other, stack.Reachability.STALE))

    def test_duplicate_addresses(self):
        self.interface.test_addresses()
        self.assertEqual({packet.payload[8:24] for _, packet in self.sent()}, set(self.interface.addresses))
        self.discover(stack.advertisement(LMA, stack.ALL_NODES, LMA, self.mac, stack.OVERRIDES))
        self.assertEqual(self.interface.duplicates, {LMA})

    def test_announces_its_addresses(self):
        self.interface.announce(0.0)
        self.assertEqual([(packet.payload[4], packet.payload[8:24]) for _, packet in self.sent()], [(0xA0, own) for own in self.interface.addresses])


# --- 5.3: signalling -----------------------------------------------------------------------------------------------------


class Registration(unittest.TestCase):
    def test_initial_registration(self):
        world = Signalling()
        answer = world.send(link_local=bytes(16))
        self.assertEqual((answer.status, answer.is_proxy, answer.sequence, answer.lifetime), (0, True, 7, 75))
        self.assertEqual((answer.mobile_node, answer.handoff, answer.access, answer.link_layer), (b"\x01mn@example.net", 1, 4, b"\x02\0\0\0\0\x01"))
        self.assertEqual((answer.timestamp, len(answer.prefixes), answer.prefixes[0].length), (world.timestamp, 1, 64))
        self.assertTrue(stack.is_link_local(answer.link_local))
        self.assertIn(ipaddress.IPv6Address(answer.prefixes[0].octets), world.anchor.settings.pool)

    def test_only_requested_options_are_returned(self):
        answer = Signalling().send(interface=None, timestamp=None)
        self.assertEqual((answer.status, answer.link_layer, answer.link_local, answer.timestamp), (0, None, None, None))

    def test_checks_and_their_order(self):
        for expected, fields in (
            (160, dict(mobile_node=None, prefixes=())),
            (154, dict(mag=STRANGER, prefixes=())),
            (154, dict(mag=STRANGER, name="who@nowhere")),
            (153, dict(name="who@nowhere", handoff=None)),
            (153, dict(mobile_node=b"\x01")),
            (153, dict(mobile_node=b"\x02mn@example.net")),
            (152, dict(name="off@example.net", timestamp=1)),
            (156, dict(timestamp=1, prefixes=())),
            (158, dict(prefixes=(), handoff=None, access=None)),
            (161, dict(handoff=None, access=None)),
            (162, dict(access=None)),
            (155, dict(prefixes=(mobility.prefix("2001:db8:bad::/64"),))),
        ):
            self.assertEqual(Signalling().status(**fields), expected, fields)

    def test_gateway_for_some_mobile_nodes(self):
        world = Signalling(gateways={MAG_1: ("two@*",)})
        self.assertEqual((world.status(), world.status(name="two@example.net")), (154, 0))

    def test_rejections_return_the_request(self):
        asked = (mobility.prefix("2001:db8:bad::/64"), mobility.prefix("2001:db8:bad:1::/64"))
        answer = Signalling().send(prefixes=asked, link_local=address("fe80::7"))
        self.assertEqual((answer.prefixes, answer.link_local, answer.lifetime), (asked, address("fe80::7"), 0))
        self.assertEqual(Signalling().send(mobile_node=None).mobile_node, b"\x01")
        answer = Signalling().send(prefixes=(), handoff=None, access=None)
        self.assertEqual((answer.prefixes, answer.handoff, answer.access), (ZERO, 0, 0))

    def test_prefixes_are_exclusive(self):
        world = Signalling()
        given = [prefix for number in range(50) for prefix in world.send(name=f"mn{number}@example.net").prefixes]
        given += world.send(name="two@example.net").prefixes
        self.assertEqual((len(given), len(set(given))), (52, 52))

    def test_requested_prefixes(self):
        world = Signalling()
        asked = (mobility.prefix("2001:db8:a:77::/64"),)
        self.assertEqual(world.send(prefixes=asked).prefixes, asked)
        self.assertEqual(world.status(name="other@example.net", prefixes=asked), 155)
        self.assertEqual(world.status(name="other@example.net", prefixes=(mobility.prefix("2001:db8:a:78::/63"),)), 155)
        self.assertEqual(world.status(name="other@example.net", prefixes=(mobility.prefix("2001:db8:b:1::/64"),)), 155)
        self.assertEqual(world.status(name="other@example.net", prefixes=(Prefix(address("2001:db8:a:79::"), 200),)), 155)

    def test_static_prefixes(self):
        world = Signalling()
        first = world.send(name="fixed@example.net")
        second = world.send(name="fixed@example.net", interface=b"\x02\0\0\0\0\x02")
        self.assertEqual(tuple(map(str, first.prefixes)), ("2001:db8:b:1::/64", "2001:db8:b:2::/64"))
        self.assertEqual(tuple(map(str, second.prefixes)), ("2001:db8:b:3::/64",))
        self.assertEqual(world.status(name="fixed@example.net", interface=b"\x02\0\0\0\0\x03"), 130)
        self.assertEqual(Signalling().status(name="fixed@example.net", prefixes=(mobility.prefix("2001:db8:a:1::/64"),)), 155)

    def test_exhausted_pool(self):
        world = Signalling(pool=ipaddress.IPv6Network("2001:db8:a::/63"))
        answers = [world.send(name=f"mn{number}@example.net") for number in range(3)]
        self.assertEqual([answer.status for answer in answers], [0, 0, 130])
        self.assertEqual(answers[2].prefixes, ZERO)

    def test_lifetimes(self):
        self.assertEqual([Signalling().send(lifetime=asked).lifetime for asked in (1, 2, 8, 65535)], [1, 1, 6, 900])
        world = Signalling()
        world.send(lifetime=8)
        world.wait(23.9)
        self.assertEqual(len(world.anchor.cache), 1)
        world.wait(0.2)
        self.assertEqual((world.anchor.cache, world.anchor.routes, world.anchor.tunnels), ([], {}, {}))

    def test_extension(self):
        world = Signalling()
        first = world.send(lifetime=8, link_local=bytes(16))
        world.wait(20)
        second = world.send(lifetime=8, handoff=Handoff.NOT_CHANGED, link_local=bytes(16))
        self.assertEqual((second.prefixes, second.link_local), (first.prefixes, first.link_local))
        world.wait(20)
        self.assertEqual(len(world.anchor.cache), 1)

    def test_link_local_address_of_the_gateway(self):
        world = Signalling()
        self.assertEqual(world.send(link_local=address("fe80::5")).link_local, address("fe80::5"))
        self.assertEqual(world.send(link_local=bytes(16)).link_local, address("fe80::5"))
        self.assertEqual(Signalling(fixed_link_local=address("fe80::9")).send(link_local=bytes(16)).link_local, address("fe80::9"))

    def test_unusable_care_of_address(self):
        for care_of in (LMA, stack.ALL_NODES, address("fe80::1"), stack.LOOPBACK):
            self.assertIsNone(Signalling().send(alternate_care_of=care_of))

    def test_delayed_answer(self):
        world = Signalling(answer_delay=30)
        self.assertIsNone(world.send())
        self.assertEqual(len(world.anchor.routes), 1)
        world.wait(31 * MILLISECOND)
        self.assertEqual(len(world.answers), 1)

    def test_handoff_moves_routes(self):
        world = Signalling()
        (prefix,) = world.send().prefixes
        self.assertEqual((world.anchor.routes, set(world.anchor.tunnels)), ({prefix: MAG_1}, {MAG_1}))
        world.send(mag=MAG_2, handoff=Handoff.BETWEEN_GATEWAYS)
        self.assertEqual((world.anchor.routes, set(world.anchor.tunnels)), ({prefix: MAG_2}, {MAG_2}))

    def test_shared_tunnel(self):
        world = Signalling()
        world.send(name="a@example.net")
        world.send(name="b@example.net")
        world.send(name="a@example.net", mag=MAG_2, handoff=Handoff.BETWEEN_GATEWAYS)
        self.assertEqual(set(world.anchor.tunnels), {MAG_1, MAG_2})

    def test_alternate_care_of_address(self):
        world = Signalling()
        answer = world.send(alternate_care_of=STRANGER)
        self.assertEqual((answer.status, set(world.anchor.tunnels), world.answers[-1][0].source), (0, {STRANGER}, MAG_1))
        self.assertIsNone(world.send(lifetime=0))
        self.assertEqual(world.status(lifetime=0, alternate_care_of=STRANGER), 0)


class Deregistration(unittest.TestCase):
    def test_waits_before_deletion(self):
        world = Signalling()
        given = world.send().prefixes
        answer = world.send(lifetime=0)
        self.assertEqual((answer.status, answer.lifetime, answer.prefixes), (0, 0, given))
        self.assertTrue(world.anchor.is_paused(host(given[0])))
        world.wait(6)
        self.assertEqual(world.status(lifetime=0), 0)
        world.wait(3.9)
        self.assertEqual(len(world.anchor.cache), 1)
        world.wait(0.2)
        self.assertEqual((world.anchor.cache, world.anchor.routes, world.anchor.tunnels), ([], {}, {}))
        self.assertIsNone(world.send(lifetime=0))

    def test_registration_ends_the_wait(self):
        world = Signalling()
        given = world.send().prefixes
        world.send(lifetime=0)
        world.wait(9)
        self.assertEqual(world.send(mag=MAG_2, handoff=Handoff.BETWEEN_GATEWAYS).prefixes, given)
        world.wait(20)
        self.assertEqual((len(world.anchor.cache), world.anchor.is_paused(host(given[0]))), (1, False))

    def test_other_gateway_is_ignored(self):
        world = Signalling()
        world.send()
        self.assertIsNone(world.send(mag=MAG_2, lifetime=0))
        self.assertFalse(world.anchor.cache[0].is_deregistered)

    def test_without_session(self):
        for interface in (b"\x02\0\0\0\0\x01", None):
            self.assertIsNone(Signalling().send(lifetime=0, interface=interface, handoff=Handoff.UNKNOWN))
        self.assertIsNone(Signalling().send(lifetime=0, prefixes=(mobility.prefix("2001:db8:a:1::/64"),)))

    def test_unknown_handoff_without_keys(self):
        world = Signalling()
        world.send(interface=None)
        self.assertIsNone(world.send(mag=MAG_2, interface=None, lifetime=0, handoff=Handoff.UNKNOWN))
        self.assertEqual(world.status(interface=None, lifetime=0, handoff=Handoff.UNKNOWN), 0)


# --- 5.4.1: look-up ------------------------------------------------------------------------------------------------------


class LookUp(unittest.TestCase):
    A, B = b"\x02\0\0\0\0\x0a", b"\x02\0\0\0\0\x0b"

    def world(self, **fields):
        """One session of the interface A with access technology 4 at the first gateway."""
        world = Signalling(gateways={MAG_1: (), MAG_2: (), STRANGER: ()})
        self.given = world.send(**dict(name="two@example.net", interface=self.A) | fields).prefixes
        return world

    def check(self, world, is_update, **fields):
        """Whether the request updates the session; otherwise a session is created, or refused since its prefixes are in use."""
        before = len(world.anchor.cache)
        answer = world.send(**dict(name="two@example.net") | fields)
        self.assertEqual((answer.status, answer.prefixes == self.given, len(world.anchor.cache)), (0, True, before) if is_update else (0, False, before + 1), fields)

    def test_by_prefix(self):
        for expected, fields in (
            (True, dict(mag=MAG_2, interface=self.A, handoff=1)),
            (False, dict(mag=MAG_2, interface=self.A, access=5, handoff=3)),
            (True, dict(mag=MAG_2, interface=self.B, access=5, handoff=2)),
            (False, dict(mag=MAG_2, interface=None, handoff=3)),
            (True, dict(mag=MAG_1, interface=self.B, handoff=1)),
            (False, dict(mag=MAG_1, interface=self.A[:1] + self.B[1:], access=5, handoff=1)),
        ):
            world = self.world()
            answer = world.send(name="two@example.net", prefixes=self.given, **fields)
            self.assertEqual(answer.status, 0 if expected else 155, fields)

    def test_by_prefix_without_interface(self):
        world = self.world(interface=None)
        self.assertEqual(world.status(name="two@example.net", prefixes=self.given, interface=None, mag=MAG_2, handoff=3), 0)
        self.assertEqual(world.status(name="two@example.net", prefixes=self.given, interface=None, mag=MAG_1, access=5, handoff=3), 155)

    def test_by_prefix_with_other_set(self):
        first, second = self.world() and self.given
        free = mobility.prefix("2001:db8:a:ffff::/64")
        for prefixes in ((first,), (first, second, free), (first, free), (first, mobility.NO_PREFIX), (first, first)):
            self.assertEqual(self.world().status(name="two@example.net", prefixes=prefixes, interface=self.A), 159)
        self.assertEqual(self.world().status(name="two@example.net", prefixes=(second, first), interface=self.A), 0)
        dirty = Prefix(host(first), 64)
        self.assertEqual(self.world().status(name="two@example.net", prefixes=(dirty, second), interface=self.A), 0)

    def test_by_prefix_of_another_node(self):
        world = self.world()
        self.assertEqual(world.status(name="mn@example.net", prefixes=self.given), 155)
        self.assertEqual(world.status(name="mn@example.net", prefixes=self.given, lifetime=0), 155)

    def test_by_interface(self):
        for handoff in range(6):
            self.check(self.world(), True, interface=self.A, mag=MAG_2, handoff=handoff)
        self.check(self.world(), False, interface=self.A, access=5, handoff=3)
        self.check(self.world(), False, interface=self.B, handoff=3)
        self.check(self.world(), True, interface=self.B, access=5, handoff=2)
        world = self.world()
        world.send(name="two@example.net", interface=self.B)
        self.check(world, False, interface=b"\x02\0\0\0\0\x0c", handoff=2)

    def test_by_mobile_node(self):
        for handoff, expected in ((0, False), (1, False), (2, True), (3, True), (5, False)):
            self.check(self.world(), expected, interface=None, mag=MAG_2, handoff=handoff)
        world = self.world()
        world.send(name="two@example.net", interface=self.B)
        self.check(world, False, interface=None, handoff=3)

    def test_zero_interface_counts_as_none(self):
        self.check(self.world(), True, interface=bytes(6), mag=MAG_2, handoff=3)
        world = self.world()
        self.assertEqual(world.send(name="two@example.net", interface=bytes(6), mag=MAG_2, handoff=3).link_layer, bytes(6))

    def wait_for(self, interface):
        world = self.world()
        self.assertIsNone(world.send(name="two@example.net", interface=interface, mag=MAG_2, handoff=Handoff.UNKNOWN))
        return world

    def test_unknown_handoff_after_deregistration(self):
        for interface in (self.B, None):
            world = self.wait_for(interface)
            world.wait(1)
            before = len(world.answers)
            world.send(name="two@example.net", interface=self.A, lifetime=0)
            answers = world.later_answers(before)
            self.assertEqual([(source, answer.status, answer.prefixes) for source, answer in answers], [(MAG_1, 0, self.given), (MAG_2, 0, self.given)])
            self.assertEqual((len(world.anchor.cache), world.anchor.cache[0].is_deregistered, world.anchor.cache[0].care_of), (1, False, MAG_2))

    def test_two_requests_wait(self):
        """The session goes to the gateway that asked first; what the second one asked for creates a session in its time."""
        world = self.wait_for(self.B)
        world.wait(0.5)
        self.assertIsNone(world.send(name="two@example.net", interface=b"\x02\0\0\0\0\x0c", mag=STRANGER, handoff=Handoff.UNKNOWN))
        world.send(name="two@example.net", interface=self.A, lifetime=0)
        self.assertEqual((world.anchor.cache[0].care_of, len(world.anchor.held)), (MAG_2, 1))
        world.wait(1.6)
        self.assertEqual([binding.care_of for binding in world.anchor.cache], [MAG_2, STRANGER])

    def test_request_that_became_old_while_it_waited(self):
        world = self.wait_for(self.B)
        before = len(world.answers)
        world.send(name="two@example.net", interface=b"\x02\0\0\0\0\x0c", access=5, mag=STRANGER, handoff=Handoff.BETWEEN_INTERFACES)
        self.assertEqual([(source, answer.status) for source, answer in world.later_answers(before)], [(STRANGER, 0), (MAG_2, 157)])
        world.wait(2)
        self.assertEqual(len(world.anchor.cache), 1)

    def test_unknown_handoff_without_deregistration(self):
        for interface in (self.B, None):
            world = self.wait_for(interface)
            world.wait(1.4)
            self.assertIsNone(world.send(name="two@example.net", interface=interface, mag=MAG_2, handoff=Handoff.UNKNOWN))
            before = len(world.answers)
            world.wait(0.2)
            ((source, answer),) = world.later_answers(before)
            self.assertEqual((source, answer.status, set(answer.prefixes) & set(self.given), len(world.anchor.cache)), (MAG_2, 0, set(), 2))
            self.assertEqual(answer.timestamp, world.answers[-1][0].timestamp)

    def test_unknown_handoff_after_end_of_session(self):
        world = self.world(lifetime=1)
        world.send(name="two@example.net", interface=self.B, mag=MAG_2, handoff=Handoff.UNKNOWN)
        world.wait(1.4)
        self.assertEqual(len(world.answers), 1)
        world = self.world(lifetime=1)
        world.wait(3.5)
        world.send(name="two@example.net", interface=self.B, mag=MAG_2, handoff=Handoff.UNKNOWN)
        world.wait(0.6)
        self.assertEqual((len(world.answers), len(world.anchor.cache)), (2, 1))

    def test_unknown_handoff_at_once(self):
        world = Signalling(new_bce_at_once=True)
        world.send(interface=self.A)
        self.assertEqual((world.status(interface=self.B, handoff=Handoff.UNKNOWN), len(world.anchor.cache)), (0, 2))

    def test_unknown_handoff_of_deregistered_session(self):
        world = self.world()
        world.send(name="two@example.net", interface=self.A, lifetime=0)
        self.check(world, True, interface=self.B, mag=MAG_2, handoff=Handoff.UNKNOWN)

    def test_sessions_of_two_interfaces(self):
        world = self.world()
        self.check(world, False, interface=self.B, access=5)
        self.assertEqual(world.status(name="two@example.net", interface=self.B, access=5, lifetime=0), 0)
        world.wait(11)
        self.assertEqual([binding.link_layer for binding in world.anchor.cache], [self.A])


# --- 5.5: ordering -------------------------------------------------------------------------------------------------------


class Ordering(unittest.TestCase):
    def test_timestamps(self):
        world = Signalling()
        first = world.send().timestamp
        self.assertEqual(first, world.timestamp)
        for timestamp, expected in ((first - 1, 157), (1, 157), (first, 156), (NOON + SECOND, 156)):
            answer = world.send(timestamp=timestamp)
            self.assertEqual((answer.status, answer.timestamp), (expected, NOON))
        self.assertEqual(world.status(timestamp=first + 1), 0)

    def test_window(self):
        edge = 300 * SECOND // 1000
        self.assertEqual([Signalling().status(timestamp=NOON + offset) for offset in (-edge - 1, -edge, edge, edge + 1)], [156, 0, 0, 156])
        self.assertEqual(Signalling(timestamp_validity_window=2000).status(timestamp=NOON - 2 * SECOND), 0)

    def test_lagging_clock_is_compared_with_requests(self):
        world = Signalling()
        self.assertEqual([world.status(timestamp=NOON - 200 * 65), world.status(timestamp=NOON - 100 * 65)], [0, 0])

    def test_sequence_number_is_ignored(self):
        world = Signalling()
        self.assertEqual([world.status(sequence=number) for number in (9, 9, 3)], [0, 0, 0])

    def test_second_session_of_the_node(self):
        world = Signalling()
        last = world.send().timestamp
        self.assertEqual(world.status(interface=b"\x02\0\0\0\0\x02", timestamp=last - 1), 156)

    def test_sequence_numbers(self):
        world = Signalling()
        self.assertEqual(world.status(timestamp=None, sequence=65530), 0)
        for number, expected in ((65530, 135), (65529, 135), (32762, 135), (32761, 0), (32760, 135), (32762, 0)):
            answer = world.send(timestamp=None, sequence=number)
            self.assertEqual((answer.status, answer.timestamp), (expected, None), number)
        self.assertEqual(world.send(timestamp=None, sequence=1).sequence, 32762)

    def test_sequence_numbers_belong_to_sessions(self):
        world = Signalling()
        world.send(timestamp=None, sequence=9)
        self.assertEqual(world.status(timestamp=None, sequence=5, interface=b"\x02\0\0\0\0\x02"), 0)

    def test_sequence_numbers_after_a_timestamp(self):
        world = Signalling()
        world.send(sequence=9)
        self.assertEqual(world.status(timestamp=None, sequence=5), 0)

    def test_timestamps_not_in_use(self):
        world = Signalling(ordering="sequence")
        self.assertEqual(world.send(sequence=9, timestamp=5).timestamp, 5)
        self.assertEqual((world.status(sequence=9), world.status(sequence=10, timestamp=1)), (135, 0))

    def test_timestamps_of_mobile_nodes(self):
        world = Signalling(ordering="mobile-node-timestamp")
        self.assertEqual([world.status(timestamp=number) for number in (5, 6, 6, 4)], [0, 0, 156, 157])
        self.assertEqual(world.send(timestamp=7, prefixes=()).timestamp, 7)

    def test_timestamp_of_other_rejections(self):
        self.assertEqual(Signalling().send(timestamp=NOON - 1, prefixes=()).timestamp, NOON - 1)
        self.assertEqual(Signalling().send(timestamp=5, mag=STRANGER).timestamp, NOON)


# --- 5.6: data path ------------------------------------------------------------------------------------------------------


class DataPath(unittest.TestCase):
    def setUp(self):
        self.bench = Bench()
        (self.prefix,) = self.bench.register().prefixes
        self.node = host(self.prefix)

    def test_to_the_mobile_node(self):
        packet = datagram(CORRESPONDENT, self.node, hop_limit=9, traffic_class=0xB8 | ECT_0, flow_label=5)
        ((side, outer),) = self.bench.give(self.bench.home, packet)
        self.assertEqual((side, outer.source, outer.destination, outer.next_header, outer.traffic_class), ("core", LMA, MAG_1, 41, ECT_0))
        self.assertEqual(outer.payload, packet.changed(hop_limit=8).octets)

    def test_from_the_mobile_node(self):
        packet = datagram(self.node, CORRESPONDENT, hop_limit=9)
        self.assertEqual(self.bench.from_mobile_node(packet), [("home", packet.changed(hop_limit=8))])

    def test_fragmented_tunnel_packet(self):
        packet = datagram(self.node, CORRESPONDENT, 1400)
        parts = stack.fragments(Packet(MAG_1, LMA, 41, packet.octets), 1280, 3)
        self.assertEqual(self.bench.give(self.bench.core, parts[0]), [])
        self.assertEqual(self.bench.give(self.bench.core, parts[1]), [("home", packet.changed(hop_limit=63))])

    def test_tunnel_header_with_options(self):
        packet = datagram(self.node, CORRESPONDENT)
        outer = Packet(MAG_1, LMA, 60, bytes.fromhex("2900040104010100") + packet.octets)
        self.assertEqual(self.bench.give(self.bench.core, outer), [("home", packet.changed(hop_limit=63))])

    def test_source_of_tunnelled_packets(self):
        packet = datagram(self.node, CORRESPONDENT)
        self.bench.register(name="other@example.net", mag=MAG_2)
        for mag in (MAG_2, STRANGER):
            self.assertEqual(self.bench.from_mobile_node(packet, mag), [])
        self.assertEqual(self.bench.from_mobile_node(packet.changed(source=address("2001:db8:a:ffff::1"))), [])
        self.assertEqual(self.bench.from_mobile_node(packet.changed(source=CORRESPONDENT)), [])

    def test_ecn_at_decapsulation(self):
        for inner, outer, expected in ((ECT_0, CE, CE), (ECT_1, CE, CE), (ECT_0, ECT_1, ECT_0), (ECT_1, NOT_ECT, ECT_1), (CE, NOT_ECT, CE), (NOT_ECT, ECT_0, NOT_ECT)):
            ((_, packet),) = self.bench.from_mobile_node(datagram(self.node, CORRESPONDENT, traffic_class=inner), traffic_class=outer)
            self.assertEqual(packet.ecn, expected)
        self.assertEqual(self.bench.from_mobile_node(datagram(self.node, CORRESPONDENT), traffic_class=CE), [])

    def test_hop_limits(self):
        for limit in (0, 1):
            ((side, error),) = self.bench.from_correspondent(self.node, hop_limit=limit)
            self.assertEqual((side, error.source, error.destination, error_of(error)), ("home", HOME, CORRESPONDENT, (3, 0, 0)))
        ((side, outer),) = self.bench.from_mobile_node(datagram(self.node, CORRESPONDENT, hop_limit=1))
        error = stack.read_packet(outer.payload)
        self.assertEqual((side, outer.destination, error.destination, error_of(error)), ("core", MAG_1, self.node, (3, 0, 0)))

    def test_packet_too_big(self):
        self.assertEqual(len(self.bench.from_correspondent(self.node, size=1460 - 48)), 1)
        ((side, error),) = self.bench.from_correspondent(self.node, size=1461 - 48)
        self.assertEqual((side, error_of(error), len(error)), ("home", (2, 0, 1460), 1280))

    def tunnel_error(self, kind, code, value, size=20, reporter=MAG_2):
        ((_, outer),) = self.bench.from_correspondent(self.node, size=size)
        return self.bench.give(self.bench.core, stack.icmp_error(kind, code, value, outer.octets, reporter, LMA)), outer

    def test_errors_from_inside_the_tunnel(self):
        for kind, code, value, expected in ((1, 0, 0, (1, 3, 0)), (3, 0, 0, (1, 3, 0)), (4, 0, 44, None), (4, 1, 6, None)):
            sent, outer = self.tunnel_error(kind, code, value)
            self.assertEqual([error_of(packet) for _, packet in sent], [expected] if expected else [])
            if sent:
                self.assertEqual((sent[0][1].destination, sent[0][1].payload[8:]), (CORRESPONDENT, outer.payload))

    def test_packet_too_big_from_inside_the_tunnel(self):
        sent, _ = self.tunnel_error(2, 0, 1400, size=1400)
        self.assertEqual([error_of(packet) for _, packet in sent], [(2, 0, 1360)])
        ((_, error),) = self.bench.from_correspondent(self.node, size=1400)
        self.assertEqual(error_of(error), (2, 0, 1360))
        self.assertEqual(self.tunnel_error(2, 0, 1280)[0], [])
        self.assertEqual(len(self.bench.from_correspondent(self.node, size=1280 - 48)), 2)

    def test_errors_for_other_tunnels_are_ignored(self):
        packet = Packet(LMA, STRANGER, 41, datagram(CORRESPONDENT, self.node).octets)
        self.assertEqual(self.bench.give(self.bench.core, stack.icmp_error(1, 0, 0, packet.octets, MAG_2, LMA)), [])

    def test_unreachable_gateway(self):
        self.bench.core.neighbors.neighbors.clear()
        before = len(self.bench.core.sent), len(self.bench.home.sent)
        self.bench.from_correspondent(self.node)
        for _ in range(3):
            self.bench.wait(1)
        sent = self.bench.since(before)
        self.assertEqual([error_of(packet) for side, packet in sent if side == "home"], [(1, 3, 0)])

    def test_unreachable_correspondent(self):
        self.bench.home.neighbors.neighbors.clear()
        before = len(self.bench.core.sent), len(self.bench.home.sent)
        self.bench.from_mobile_node(datagram(self.node, CORRESPONDENT))
        for _ in range(3):
            self.bench.wait(1)
        (error,) = [stack.read_packet(packet.payload) for side, packet in self.bench.since(before) if side == "core"]
        self.assertEqual((error_of(error), error.destination), ((1, 3, 0), self.node))

    def test_between_mobile_nodes(self):
        (other,) = self.bench.register(name="other@example.net", mag=MAG_2).prefixes
        packet = datagram(self.node, host(other))
        ((side, outer),) = self.bench.from_mobile_node(packet)
        self.assertEqual((side, outer.destination, outer.payload), ("core", MAG_2, packet.changed(hop_limit=63).octets))

    def test_no_session(self):
        free = address("2001:db8:a:ffff::1")
        ((side, error),) = self.bench.from_correspondent(free)
        self.assertEqual((side, error_of(error)), ("home", (1, 6, 0)))
        ((side, error),) = self.bench.from_correspondent(address("2001:db8:99::1"))
        self.assertEqual((side, error_of(error)), ("home", (1, 1, 0)))
        self.bench.device.forwarding.is_silent = True
        self.assertEqual(self.bench.from_correspondent(free), [])

    def test_traffic_stops_at_deregistration(self):
        self.bench.register(lifetime=0)
        self.assertEqual(self.bench.from_correspondent(self.node), [])
        self.assertEqual(self.bench.from_mobile_node(datagram(self.node, CORRESPONDENT)), [])
        self.bench.wait(10.1)
        ((_, error),) = self.bench.from_correspondent(self.node)
        self.assertEqual(error_of(error), (1, 6, 0))

    def test_traffic_follows_handoff(self):
        self.bench.register(mag=MAG_2, handoff=Handoff.BETWEEN_GATEWAYS)
        ((_, outer),) = self.bench.from_correspondent(self.node)
        self.assertEqual(outer.destination, MAG_2)
        packet = datagram(self.node, CORRESPONDENT)
        self.assertEqual((self.bench.from_mobile_node(packet), len(self.bench.from_mobile_node(packet, MAG_2))), ([], 1))

    def test_what_is_not_forwarded(self):
        link_local = address("fe80::5")
        for inner in (
            datagram(link_local, CORRESPONDENT),
            datagram(self.node, address("ff02::16")),
            datagram(self.node, address("ff0e::1")),
            datagram(self.node, link_local),
        ):
            self.assertEqual(self.bench.from_mobile_node(inner), [])
        self.assertEqual(self.bench.give(self.bench.home, datagram(link_local, self.node)), [])
        self.assertEqual(self.bench.give(self.bench.home, datagram(CORRESPONDENT, self.node), to=b"\x02\0\0\0\0\x77"), [])
        self.assertEqual(self.bench.give(self.bench.home, datagram(CORRESPONDENT, self.node), to=b"\x33\x33\0\0\0\x01"), [])

    def test_echo(self):
        for interface, own, source in ((self.bench.core, LMA, MAG_1), (self.bench.home, HOME, CORRESPONDENT), (self.bench.home, LMA, CORRESPONDENT)):
            ((side, reply),) = self.bench.give(interface, stack.icmp(128, 0, b"\0\1\0\2data", source, own))
            self.assertEqual((side, reply.source, reply.destination, reply.payload[:1] + reply.payload[4:]), (interface.name, own, source, b"\x81\0\1\0\2data"))
        broken = stack.icmp(128, 0, b"\0\1\0\2data", MAG_1, LMA)
        self.assertEqual(self.bench.give(self.bench.core, broken.changed(payload=broken.payload[:-1] + b"x")), [])

    def test_echo_of_the_mobile_node(self):
        ((side, outer),) = self.bench.from_mobile_node(stack.icmp(128, 0, b"\0\1\0\2", self.node, HOME))
        reply = stack.read_packet(outer.payload)
        self.assertEqual((side, outer.destination, reply.source, reply.destination, reply.hop_limit), ("core", MAG_1, HOME, self.node, 64))

    def test_solicitations_for_mobile_nodes_are_not_answered(self):
        message = stack.solicitation(CORRESPONDENT, stack.solicited_node(self.node), self.node, b"\x02\0\0\0\1\x99")
        self.assertEqual(self.bench.give(self.bench.home, message, to=stack.multicast_link_layer(message.destination)), [])
        message = stack.solicitation(CORRESPONDENT, stack.solicited_node(HOME), HOME, b"\x02\0\0\0\1\x99")
        self.assertEqual(len(self.bench.give(self.bench.home, message, to=stack.multicast_link_layer(message.destination))), 1)

    def test_large_echo(self):
        request = Packet(MAG_1, LMA, 58, stack.icmp(128, 0, bytes(2000), MAG_1, LMA).payload)
        first, second = stack.fragments(request, 1500, 5)
        self.assertEqual(self.bench.give(self.bench.core, second), [])
        sent = [packet for _, packet in self.bench.give(self.bench.core, first)]
        self.assertEqual(([len(packet) <= 1280 for packet in sent], {packet.next_header for packet in sent}), ([True, True], {44}))

    def test_duplicate_is_noticed(self):
        self.bench.core.test_addresses()
        message = stack.advertisement(LMA, stack.ALL_NODES, LMA, b"\x02\0\0\0\1\x99", stack.OVERRIDES)
        self.bench.give(self.bench.core, message, to=stack.multicast_link_layer(stack.ALL_NODES))
        self.assertEqual(self.bench.core.duplicates, {LMA})

    def test_unknown_protocols(self):
        ((_, error),) = self.bench.give(self.bench.core, Packet(MAG_1, LMA, 253, bytes(8)))
        self.assertEqual(error_of(error), (4, 1, 6))
        ((_, error),) = self.bench.give(self.bench.core, datagram(MAG_1, LMA))
        self.assertEqual(error_of(error), (1, 4, 0))

    def test_faulty_mobility_headers(self):
        def send(octets, **fields):
            octets = stack.with_checksum(MAG_1, LMA, Protocol.MOBILITY, octets, 4)
            return self.bench.give(self.bench.core, Packet(MAG_1, LMA, Protocol.MOBILITY, octets, **fields))

        ((_, packet),) = send(header(99, 59, 1))
        self.assertEqual(mobility.message_data(LMA, MAG_1, packet.payload), (7, b"\x02\0" + bytes(16)))
        self.assertEqual([error_of(packet) for _, packet in send(header(5, 58, 1))], [(4, 0, 40)])
        self.assertEqual([error_of(packet) for _, packet in send(header(5, 59, 0))], [(4, 0, 41)])
        self.assertEqual(send(header(5, 59, 9)), [])
        self.assertEqual(send(header(6, 59, 1)), [])
        self.assertEqual(self.bench.give(self.bench.core, Packet(MAG_1, LMA, Protocol.MOBILITY, bytes(16))), [])

    def test_update_that_is_not_proxy(self):
        octets = mobility.mobility_header(5, struct.pack("!HHH", 1, 0xC000, 9) + bytes.fromhex("01020000"), MAG_1, LMA)
        self.assertEqual(self.bench.give(self.bench.core, Packet(MAG_1, LMA, Protocol.MOBILITY, octets)), [])

    def test_home_address_option(self):
        option = bytes.fromhex("0102" + "0000" + "c910") + self.node
        packet = Packet(MAG_1, LMA, 60, bytes.fromhex("3b02") + option)
        ((_, error),) = self.bench.give(self.bench.core, packet)
        self.assertEqual(mobility.message_data(LMA, MAG_1, error.payload), (7, b"\x01\0" + self.node))

    def test_answers_to_strangers_leave_by_the_core(self):
        stranger = address("2001:db8:77::1")
        self.bench.know(self.bench.core, stranger)
        self.assertEqual(self.bench.register(mag=stranger).status, 154)

    def test_errors_are_limited(self):
        sent = sum(len(self.bench.from_correspondent(self.node, hop_limit=1)) for _ in range(50))
        self.assertEqual(sent, 20)

    def test_random_octets_do_no_harm(self):
        chance = random.Random(5213)
        request = Signalling().request(link_local=bytes(16))
        update = Packet(MAG_1, LMA, Protocol.MOBILITY, mobility.mobility_header(5, mobility.write_update(request), MAG_1, LMA)).octets
        tunnelled = Packet(MAG_1, LMA, 60, bytes.fromhex("2900040104010100") + datagram(self.node, CORRESPONDENT).octets).octets
        neighbor = stack.solicitation(MAG_1, LMA, LMA, b"\x02\0\0\0\1\x99").octets
        error = stack.icmp_error(1, 0, 0, Packet(LMA, MAG_1, 41, datagram(CORRESPONDENT, self.node).octets).octets, MAG_2, LMA).octets
        for number in range(4000):
            octets = bytearray(chance.choice((update, tunnelled, neighbor, error)))
            for _ in range(chance.randint(1, 4)):
                octets[chance.randrange(len(octets))] = chance.choice((0, 1, 255, chance.randrange(256)))
            if chance.random() < 0.3:
                del octets[chance.randrange(40, len(octets)) :]
                octets[4:6] = (len(octets) - 40).to_bytes(2, "big")
            if octets[6] in (58, 135) and len(octets) > 48:
                fixed = stack.with_checksum(bytes(octets[8:24]), bytes(octets[24:40]), octets[6], bytes(octets[40:]), 2 if octets[6] == 58 else 4)
                octets[40:] = fixed
            self.bench.give(self.bench.core, None, octets=bytes(octets))
            self.bench.core.sent.clear()
            self.bench.home.sent.clear()
            self.bench.wait(0.01)


class Announcements(unittest.TestCase):
    def announce(self, **forwarding):
        bench = Bench()
        bench.device.forwarding.announce = forwarding["announce"]
        bench.device.announcer = ripng.Announcer(bench.home, bench.device.announced, lambda packet: bench.device.originate(packet, bench.home, bench.now))
        return bench

    @staticmethod
    def entries(packets):
        return {(str(Prefix(data[at : at + 16], data[at + 18])), data[at + 19]) for _, packet in packets for data in [packet.payload[12:]] for at in range(0, len(data), 20)}

    def test_aggregate(self):
        bench = self.announce(announce="aggregate")
        bench.wait(1)
        sent = bench.since((0, 0))
        self.assertEqual({(side, packet.destination, packet.hop_limit, packet.source) for side, packet in sent}, {("home", address("ff02::9"), 255, bench.home.link_local)})
        self.assertEqual(self.entries(sent), {("2001:db8:a::/48", 1), ("2001:db8:b:1::/64", 1), ("2001:db8:b:2::/64", 1), ("2001:db8:b:3::/64", 1)})

    def test_sessions(self):
        bench = self.announce(announce="sessions")
        bench.wait(1)
        (prefix,) = bench.register().prefixes
        before = len(bench.core.sent), len(bench.home.sent)
        bench.wait(6)
        self.assertEqual(self.entries(bench.since(before)), {(str(prefix), 1)})
        bench.register(lifetime=0)
        bench.wait(10.1)
        self.assertIn((str(prefix), 16), self.entries(bench.since(before)))

    def test_requests(self):
        bench = self.announce(announce="aggregate")
        whole = struct.pack("!BBH", 1, 1, 0) + bytes(19) + b"\x10"
        ((side, reply),) = bench.give(bench.home, stack.udp(CORRESPONDENT, HOME, 999, 521, whole))
        self.assertEqual((side, reply.source, reply.destination, reply.payload[:4]), ("home", HOME, CORRESPONDENT, struct.pack("!HH", 521, 999)))
        self.assertEqual(len(self.entries([(side, reply)])), 4)


# --- operation -------------------------------------------------------------------------------------------------------------


class Operation(unittest.TestCase):
    def setUp(self):
        self.directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.world = Signalling()

    def control(self, world):
        path = self.directory / "variables"
        control = foreign_control.Control(self.directory / "control", foreign_control.Variables(world.anchor.settings, path), world.anchor)
        self.addCleanup(control.listener.close)
        return control

    def tell(self, *words):
        return self.control(self.world).obey(list(words), self.world.now)

    def test_variables(self):
        self.assertEqual(self.tell("set", "MinDelayBeforeBCEDelete", "400"), "done")
        self.assertEqual(self.tell("set", "FixedMAGLinkLocalAddressOnAllAccessLinks", "fe80::7"), "done")
        self.world.send()
        self.world.send(lifetime=0)
        self.assertEqual(self.world.anchor.cache[0].link_local, address("fe80::7"))
        self.world.wait(0.3)
        self.assertEqual(len(self.world.anchor.cache), 1)
        self.world.wait(0.2)
        self.assertEqual(self.world.anchor.cache, [])

    def test_ordering(self):
        for name, value, expected in (
            ("TimestampBasedApproachInUse", "0", "sequence"),
            ("MobileNodeGeneratedTimestampInUse", "0", "sequence"),
            ("TimestampBasedApproachInUse", "1", "timestamp"),
            ("MobileNodeGeneratedTimestampInUse", "1", "mobile-node-timestamp"),
            ("TimestampBasedApproachInUse", "1", "mobile-node-timestamp"),
            ("MobileNodeGeneratedTimestampInUse", "0", "timestamp"),
        ):
            self.assertEqual(self.tell("set", name, value), "done")
            self.assertEqual(self.world.anchor.settings.ordering, expected)
        self.tell("set", "TimestampBasedApproachInUse", "0")
        self.assertIn("9.3", self.tell("set", "MobileNodeGeneratedTimestampInUse", "1"))

    def test_variables_outlive_a_restart(self):
        self.tell("set", "TimestampValidityWindow", "77")
        self.tell("authorize", "2001:db8:c::bad")
        self.tell("deauthorize", "2001:db8:c::b")
        again = Signalling()
        self.control(again)
        self.assertEqual(again.anchor.settings.timestamp_validity_window, 77)
        self.assertEqual(set(again.anchor.settings.gateways), {MAG_1, STRANGER})

    def test_gateways(self):
        self.assertEqual(self.world.status(mag=STRANGER), 154)
        self.assertEqual(self.tell("authorize", "2001:db8:c::bad"), "done")
        self.assertEqual(self.world.status(mag=STRANGER), 0)
        self.assertEqual(self.tell("deauthorize", "2001:db8:c::bad"), "done")
        self.assertEqual(self.world.status(mag=STRANGER, handoff=Handoff.NOT_CHANGED), 154)
        self.assertEqual(len(self.world.anchor.cache), 1)

    def test_unknown_commands(self):
        self.assertIn("no variable", self.tell("set", "Nothing", "1"))
        self.assertIn("refused", self.tell("set", "TimestampValidityWindow", "soon"))
        self.assertEqual(self.tell("dance"), "unknown command")

    def test_renumbering(self):
        first, second = self.world.send(name="two@example.net").prefixes
        self.assertEqual(self.tell("renumber", str(first)), "done")
        self.assertEqual(set(self.world.anchor.routes), {second})
        self.assertEqual(self.world.status(name="two@example.net", prefixes=(first, second), handoff=Handoff.NOT_CHANGED), 159)
        self.assertEqual(self.world.send(name="two@example.net", prefixes=(second,), handoff=Handoff.NOT_CHANGED).prefixes, (second,))
        self.assertEqual(self.tell("renumber", str(second)), "done")
        self.assertEqual((self.world.anchor.cache, self.world.anchor.tunnels), ([], {}))
        self.assertEqual(self.world.status(name="two@example.net", prefixes=(first,)), 155)
        self.assertIn("no session", self.tell("renumber", str(second)))


# --- protection ----------------------------------------------------------------------------------------------------------


class Protection(unittest.TestCase):
    """RFC 4303, and RFC 5213, 4."""

    def setUp(self):
        self.security, self.of_gateway = keys()
        self.bench = Bench(security=self.security)

    def update(self, mag, name="mn@example.net"):
        request = Request(source=mag, destination=LMA, lifetime=100, mobile_node=b"\x01" + name.encode(), prefixes=ZERO, handoff=1, access=4, link_layer=b"\x02\0\0\0\0\x01", timestamp=mobility.time_of_day())
        octets = mobility.mobility_header(mobility.BINDING_UPDATE, mobility.write_update(request), mag, LMA)
        return Packet(mag, LMA, Protocol.MOBILITY, octets)

    def protected(self, packet, spi):
        return packet.changed(next_header=Protocol.ESP, payload=self.of_gateway[spi].seal(packet.next_header, packet.payload))

    def answer(self, sent, spi, mag):
        """The acknowledgement in the only packet that was sent."""
        ((side, packet),) = sent
        self.assertEqual((side, packet.next_header, packet.destination), ("core", Protocol.ESP, mag))
        next_header, octets = self.of_gateway[spi].open(packet.payload, True)
        self.assertEqual(next_header, Protocol.MOBILITY)
        return mobility.read_acknowledgement(mobility.message_data(LMA, mag, octets)[1])

    def test_octets(self):
        # The padding is 1, 2, 3 ...; the check value is that of RFC 4868 over all before it.
        sealed = esp.Association(0x1234, LMA, bytes(32), False).seal(135, b"abc")
        self.assertEqual(sealed[:-16].hex(), "00001234" "00000001" "616263" "010203" "0387")
        self.assertEqual(sealed[-16:].hex(), hmac.digest(bytes(32), sealed[:-16], "sha256")[:16].hex())

    def test_what_is_sealed_is_opened(self):
        for size in (32, 48, 64):
            key = bytes(range(size))
            out, back = esp.Association(0x1234, LMA, key, False), esp.Association(0x1234, MAG_1, key, True)
            for length in range(40):
                sealed = out.seal(135, bytes(length))
                self.assertEqual(back.open(sealed, True), (135, bytes(length)))
                self.assertLessEqual(length, out.room(len(sealed)))
                for at in (0, 5, 8, len(sealed) - 17, len(sealed) - 1):
                    self.assertIsNone(back.open(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], False), at)
            self.assertIsNone(back.open(sealed[:-1], False))

    def test_padding_is_inspected(self):
        known = esp.Association(0x1234, LMA, bytes(32), True)
        for text in (b"abcd" + bytes([1, 3, 2, 135]), b"abcd" + bytes([0, 0, 9, 135])):
            signed = struct.pack("!II", 0x1234, 1) + text
            self.assertIsNone(known.open(signed + known.check_value(signed), False))

    def test_window(self):
        known = esp.Association(0x1234, LMA, bytes(32), True)
        for number, is_replay in ((5, False), (5, True), (3, False), (3, True), (0, True), (68, False), (5, True), (4, True), (6, False), (500, False), (436, True), (437, False)):
            self.assertEqual(known.is_replay(number), is_replay, number)
            if not is_replay:
                known.note(number)

    def test_protected_registration(self):
        for mag, spi in ((MAG_1, 0x101), (MAG_2, 0x102)):
            sent = self.bench.give(self.bench.core, self.protected(self.update(mag), spi))
            self.assertEqual(self.answer(sent, spi + 0x100, mag).status, 0)

    def test_what_is_not_protected_as_agreed_is_not_answered(self):
        update = self.update(MAG_1)
        changed = self.protected(update, 0x101)
        tunnelled = update.changed(next_header=Protocol.ESP, payload=self.of_gateway[0x101].seal(Protocol.IPV6, update.octets))
        for packet in (
            update,
            self.protected(update, 0x102),
            tunnelled,
            update.changed(next_header=Protocol.ESP, payload=self.of_gateway[0x101].seal(Protocol.UDP, update.payload)),
            changed.changed(payload=changed.payload[:-1] + bytes([changed.payload[-1] ^ 1])),
            changed.changed(payload=b"\x00\x00\x09\x09" + changed.payload[4:]),
            changed.changed(payload=changed.payload[:20]),
        ):
            self.assertEqual(self.bench.give(self.bench.core, packet), [])
        self.assertEqual(self.bench.device.anchor.cache, [])

    def test_protected_message_that_is_malformed_is_not_reported(self):
        for octets in (header(5, proto=58, length=0), header(99, proto=59, length=0)):
            sent = self.bench.give(self.bench.core, self.protected(Packet(MAG_1, LMA, Protocol.MOBILITY, octets), 0x101))
            self.assertTrue(all(packet.next_header == Protocol.ESP for _, packet in sent))

    def test_tunnel(self):
        sent = self.bench.give(self.bench.core, self.protected(self.update(MAG_2), 0x102))
        node = host(self.answer(sent, 0x202, MAG_2).prefixes[0])
        for inner in (NOT_ECT, ECT_0, ECT_1, CE):
            ((side, outer),) = self.bench.from_correspondent(node, traffic_class=inner)
            self.assertEqual((side, outer.next_header, outer.ecn), ("core", Protocol.ESP, inner))
            next_header, octets = self.of_gateway[0x203].open(outer.payload, True)
            self.assertEqual((next_header, stack.read_packet(octets).destination), (Protocol.IPV6, node))
        for outer, inner, result in ((CE, ECT_0, CE), (CE, NOT_ECT, NOT_ECT), (ECT_1, ECT_0, ECT_0), (NOT_ECT, CE, CE)):
            packet = datagram(node, CORRESPONDENT, traffic_class=inner)
            sealed = self.of_gateway[0x103].seal(Protocol.IPV6, packet.octets)
            ((side, forwarded),) = self.bench.give(self.bench.core, Packet(MAG_2, LMA, Protocol.ESP, sealed, traffic_class=outer))
            self.assertEqual((side, forwarded.ecn), ("home", result))
        self.assertEqual(self.bench.from_mobile_node(datagram(node, CORRESPONDENT), MAG_2), [], "not protected")

    def test_size_of_the_tunnel(self):
        sent = self.bench.give(self.bench.core, self.protected(self.update(MAG_2), 0x102))
        node = host(self.answer(sent, 0x202, MAG_2).prefixes[0])
        ((_, error),) = self.bench.from_correspondent(node, size=1400)
        kind, _, mtu = error_of(error)
        self.assertEqual(kind, stack.PACKET_TOO_BIG)
        ((_, outer),) = self.bench.from_correspondent(node, size=mtu - 48)
        self.assertLessEqual(len(outer), 1500)

    def test_words(self):
        made = esp.association_of("in", "0x1001", MAG_1, "aes-cbc-hmac-sha-256-128", bytes(64), "tunnel")
        self.assertEqual((made.spi, made.is_inbound, made.is_tunnel, len(made.encryption_key)), (0x1001, True, True, 32))
        for words in (("out", "0xff", MAG_1, "null-hmac-sha-256-128", bytes(32)), ("out", "0x1001", MAG_1, "null-hmac-sha-256-128", bytes(64)), ("both", "0x1001", MAG_1, "null-hmac-sha-256-128", bytes(32))):
            with self.assertRaises(ValueError):
                esp.association_of(*words)


# --- IPv4 home addresses -------------------------------------------------------------------------------------------------


def asked(text="0.0.0.0", length=0):
    return (HomeAddress(ipv4.address(text), length),)


NODES = (("four@*", ipv4.Entitlement(has_ipv6=False)), ("fixed4@*", ipv4.Entitlement(addresses=(ipv4.address("198.18.255.77"),))), ("mn*@*", ipv4.Entitlement()))
HOME_4, CORRESPONDENT_4, ROUTER_4 = (ipv4.address(text) for text in ("198.51.100.1", "198.51.100.193", "198.18.0.1"))


def home_network(**fields):
    made = dict(network=ipaddress.IPv4Network("198.18.0.0/16"), router=ROUTER_4, mobile_nodes=NODES, reserved=(ipv4.address("198.18.255.1"),))
    return ipv4.HomeNetwork(**made | fields)


class Signalling4(Signalling):
    """An anchor with an IPv4 home network; requests ask for IPv4 alone unless told otherwise."""

    def __init__(self, fault=None, network=None, **fields):
        super().__init__(fault, ipv4=network or home_network(), **fields)

    def request(self, **fields):
        return super().request(**{"prefixes": (), "home_addresses": asked()} | fields)

    def both(self, **fields):
        return self.send(prefixes=ZERO, **fields)

    @property
    def session(self):
        (only,) = self.anchor.cache
        return only


def outcome(answer):
    """The status of an acknowledgement, and those of its replies."""
    return answer.status, [reply.status for reply in answer.replies]


class HomeAddresses(unittest.TestCase):
    def test_octets_of_options(self):
        request = Request(LMA, LMA, 1, 2, b"\x01a", home_addresses=asked("198.18.1.2", 16))
        octets = mobility.write_update(request)
        self.assertEqual(octets.hex(), "000182000002" "08020161" "2406" "4000" "c6120102")
        self.assertEqual(mobility.read_update(LMA, LMA, octets), request)
        dirty = octets.replace(bytes.fromhex("24064000"), bytes.fromhex("240643ff"))
        self.assertEqual(mobility.read_update(LMA, LMA, dirty), request)
        for style in (Style(), OWN_STYLE):
            replies = (mobility.Reply(129, HomeAddress(ipv4.address("198.18.1.2"), 16)),)
            answer = mobility.Answer(0, 1, 2, b"\x01abc", ZERO, 3, 4, 5, bytes(6), None, replies=replies, router=ROUTER_4, dhcp_mode=1)
            written = bytes(6) + mobility.write_acknowledgement(answer, style)
            self.assertEqual(mobility.read_acknowledgement(written[6:]), answer)
            self.assertEqual({at % 4 for option, at in places(written) if option in (37, 38)}, {0})
            for expected in ("2506" "8140" "c6120102", "2606" "0000" "c6120001", "2702" "0001"):
                self.assertIn(bytes.fromhex(expected), written)

    def test_options_are_not_understood_without_home_network(self):
        world = Signalling()
        self.assertEqual(world.status(prefixes=(), home_addresses=asked()), 158)
        answer = world.send(home_addresses=asked())
        self.assertEqual((answer.status, answer.replies, answer.router, answer.dhcp_mode), (0, (), None, None))

    def test_initial_registration(self):
        answer = Signalling4().send()
        (reply,) = answer.replies
        self.assertEqual((answer.status, answer.prefixes, reply.status, reply.home_address.length), (0, (), 0, 16))
        self.assertTrue(home_network().is_assignable(reply.home_address.octets))
        self.assertEqual((answer.router, answer.dhcp_mode, answer.lifetime), (ROUTER_4, 0, 75))
        self.assertEqual(Signalling4(network=home_network(dhcp_mode=ipv4.SERVER)).send().dhcp_mode, 1)

    def test_both_families_are_one_session(self):
        world = Signalling4()
        answer = world.both()
        self.assertEqual((answer.status, len(answer.prefixes), len(answer.replies)), (0, 1, 1))
        self.assertEqual((world.session.prefixes, world.session.home_address), (answer.prefixes, answer.replies[0].home_address.octets))
        only_prefixes = world.send(prefixes=answer.prefixes, home_addresses=())
        self.assertEqual((only_prefixes.status, only_prefixes.replies, only_prefixes.router), (0, (), None))
        self.assertIsNotNone(world.session.home_address)

    def test_checks(self):
        for expected, fields in (
            ((158, []), dict(home_addresses=())),
            ((160, [128]), dict(mobile_node=None)),
            ((154, [128]), dict(mag=STRANGER)),
            ((153, [128]), dict(name="who@nowhere")),
            ((161, [128]), dict(handoff=None)),
            ((162, [128]), dict(access=None)),
            ((170, [129]), dict(name="six@example.net")),
            ((172, [128]), dict(name="four@example.net", prefixes=ZERO)),
            ((172, []), dict(name="four@example.net", prefixes=ZERO, home_addresses=())),
            ((173, [128, 128]), dict(home_addresses=asked() * 2)),
            ((0, [0]), dict(name="four@example.net")),
        ):
            with self.subTest(fields):
                self.assertEqual(outcome(Signalling4().send(**fields)), expected)
        self.assertEqual(Signalling4(network=home_network(is_ipv4_on=False)).status(), 170)
        self.assertEqual(Signalling4(network=home_network(is_ipv6_on=False)).status(prefixes=ZERO), 172)

    def test_rejections_repeat_the_request(self):
        for status, name in ((170, "six@example.net"), (171, "mn@example.net")):
            wanted = asked("203.0.113.99", 24)
            answer = Signalling4().send(name=name, home_addresses=wanted)
            self.assertEqual((answer.status, answer.replies[0].home_address, answer.router, answer.dhcp_mode), (status, wanted[0], None, None))
            self.assertEqual((answer.prefixes, answer.replies[0].status), ((), 129))

    def test_named_addresses(self):
        for expected, name, text in (
            (0, "mn@example.net", "198.18.255.1"),
            (0, "mn@example.net", "198.18.7.7"),
            (171, "mn@example.net", "198.18.0.1"),
            (171, "mn@example.net", "198.18.255.255"),
            (171, "mn@example.net", "198.18.255.77"),
            (171, "mn@example.net", "203.0.113.99"),
            (0, "fixed4@example.net", "198.18.255.77"),
            (171, "fixed4@example.net", "198.18.7.7"),
        ):
            with self.subTest((name, text)):
                world = Signalling4()
                self.assertEqual(world.status(name=name, home_addresses=asked(text, 24)), expected)
                self.assertEqual([binding.home_address for binding in world.anchor.cache], [ipv4.address(text)] if expected == 0 else [])

    def test_addresses_run_out(self):
        world = Signalling4(network=home_network(limit=2))
        answers = [world.send(name=f"mn{number}@example.net") for number in range(2)]
        self.assertEqual(len({answer.replies[0].home_address.octets for answer in answers}), 2)
        self.assertEqual(outcome(world.both(name="mn2@example.net")), (130, [128]))
        self.assertEqual(len(world.anchor.cache), 2)
        self.assertEqual(outcome(world.send(name="fixed4@example.net")), (0, [0]))
        self.assertEqual(outcome(world.send(name="fixed4@example.net", interface=b"\x02\0\0\0\0\x09")), (130, [128]))

    def test_every_address_is_assigned_once(self):
        network = home_network(network=ipaddress.IPv4Network("198.18.0.0/27"), router=ipv4.address("198.18.0.5"), reserved=(ipv4.address("198.18.0.6"),))
        world = Signalling4(network=network)
        statuses = [world.status(name=f"mn{number}@example.net") for number in range(28)]
        self.assertEqual(statuses, [0] * 27 + [130])
        self.assertEqual(len({binding.home_address for binding in world.anchor.cache} - {network.router, *network.reserved}), 27)
        self.assertEqual(world.status(name="mn30@example.net", home_addresses=asked("198.18.0.5")), 171)

    def test_extension(self):
        world = Signalling4()
        home_address = world.send().replies[0].home_address
        for wanted in (asked(), (home_address,)):
            world.wait(200)
            self.assertEqual(world.send(home_addresses=wanted, handoff=Handoff.NOT_CHANGED).replies[0].home_address, home_address)
        world.wait(299)
        self.assertEqual(world.session.home_address, home_address.octets)
        world.wait(2)
        self.assertEqual(world.anchor.cache, [])

    def test_ipv4_for_a_session_with_prefixes_and_the_reverse(self):
        world = Signalling4()
        prefixes = world.send(prefixes=ZERO, home_addresses=()).prefixes
        answer = world.send(prefixes=prefixes)
        self.assertEqual((answer.status, answer.prefixes, world.session.prefixes), (0, prefixes, prefixes))
        self.assertEqual(world.session.home_address, answer.replies[0].home_address.octets)
        world = Signalling4()
        home_address = world.send().replies[0].home_address
        self.assertEqual(len(world.both(home_addresses=(home_address,)).prefixes), 1)
        self.assertEqual(world.session.home_address, home_address.octets)

    def test_refused_addition_changes_nothing(self):
        world = Signalling4()
        prefixes = world.send(prefixes=ZERO, home_addresses=()).prefixes
        before = dataclasses.replace(world.session)
        self.assertEqual(outcome(world.send(prefixes=prefixes, home_addresses=asked("203.0.113.99"), mag=MAG_2, handoff=3)), (171, [129]))
        self.assertEqual(dataclasses.asdict(world.session), dataclasses.asdict(before))
        self.assertEqual(list(world.anchor.routes), list(prefixes))

    def test_session_keeps_its_address_when_found_by_prefix(self):
        world = Signalling4()
        first = world.both()
        answer = world.send(prefixes=first.prefixes, home_addresses=asked("198.18.7.7"))
        self.assertEqual((answer.status, answer.replies), (0, first.replies))

    def test_hand_off(self):
        world = Signalling4()
        first = world.both()
        moved = world.send(mag=MAG_2, handoff=Handoff.BETWEEN_GATEWAYS, prefixes=first.prefixes)
        self.assertEqual((moved.status, moved.prefixes, moved.replies, world.session.care_of), (0, first.prefixes, first.replies, MAG_2))
        home_address = first.replies[0].home_address
        self.assertEqual(world.anchor.host_routes, {home_address.octets: MAG_2})
        self.assertEqual(set(world.anchor.tunnels), {MAG_2})

    def test_hand_off_of_one_family_gives_up_the_other(self):
        world = Signalling4()
        first = world.both()
        moved = world.send(mag=MAG_2, handoff=3, home_addresses=(first.replies[0].home_address,))
        self.assertEqual((moved.status, moved.prefixes, moved.replies), (0, (), first.replies))
        self.assertEqual((world.session.prefixes, world.anchor.routes), ((), {}))
        world = Signalling4()
        first = world.both()
        moved = world.send(mag=MAG_2, handoff=3, prefixes=first.prefixes, home_addresses=())
        self.assertEqual((moved.status, moved.prefixes, moved.replies), (0, first.prefixes, ()))
        self.assertEqual((world.session.home_address, world.anchor.host_routes), (None, {}))

    def test_look_up_by_address(self):
        other = b"\x02\0\0\0\0\x02"
        for is_found, made, fields in (
            (True, {}, dict(mag=MAG_2, handoff=Handoff.NEW_INTERFACE)),
            (True, {}, dict(mag=MAG_2, interface=other, access=3, handoff=Handoff.BETWEEN_INTERFACES)),
            (True, dict(interface=None), dict(mag=MAG_2, interface=None, handoff=Handoff.BETWEEN_GATEWAYS)),
            (True, {}, dict(interface=other, handoff=Handoff.UNKNOWN)),
            (False, {}, dict(mag=MAG_2, interface=other, handoff=Handoff.BETWEEN_GATEWAYS)),
            (False, {}, dict(mag=MAG_2, access=3, handoff=Handoff.UNKNOWN)),
        ):
            with self.subTest(fields):
                world = Signalling4()
                home_address = world.both(**made).replies[0].home_address
                answer = world.send(home_addresses=(home_address,), **fields)
                self.assertEqual(answer.status, 0 if is_found else 171)
                self.assertEqual(world.session.care_of, fields.get("mag", MAG_1) if is_found else MAG_1)

    def test_address_of_another_mobile_node(self):
        world = Signalling4()
        home_address = world.send().replies[0].home_address
        self.assertEqual(outcome(world.send(name="mn2@example.net", home_addresses=(home_address,))), (171, [129]))
        self.assertEqual(world.status(name="mn2@example.net", home_addresses=(home_address,), lifetime=0), 171)

    def test_deregistration(self):
        world = Signalling4()
        home_address = world.send().replies[0].home_address
        self.assertIsNone(world.send(lifetime=0, home_addresses=(home_address,), mag=MAG_2))
        gone = world.send(lifetime=0, home_addresses=(home_address,))
        self.assertEqual((gone.status, gone.lifetime, gone.replies[0].home_address, gone.router), (0, 0, home_address, ROUTER_4))
        self.assertTrue(world.anchor.is_paused(home_address.octets))
        saved = world.send(home_addresses=(home_address,), mag=MAG_2, handoff=3)
        self.assertEqual((saved.replies[0].home_address, world.session.is_deregistered), (home_address, False))
        world.send(lifetime=0, home_addresses=(home_address,), mag=MAG_2)
        world.wait(10)
        self.assertEqual((world.anchor.cache, world.anchor.host_routes, world.anchor.tunnels), ([], {}, {}))
        self.assertIsNone(world.send(lifetime=0, home_addresses=(home_address,), mag=MAG_2))

    def test_selective_deregistration(self):
        world = Signalling4()
        first = world.both()
        home_address = first.replies[0].home_address
        gone = world.send(lifetime=0, home_addresses=(home_address,))
        self.assertEqual((gone.status, gone.lifetime, gone.prefixes, gone.replies[0].home_address), (0, 0, (), home_address))
        self.assertEqual((world.session.prefixes, world.session.is_deregistered, world.anchor.host_routes), (first.prefixes, False, {}))
        self.assertEqual(list(world.anchor.routes), list(first.prefixes))
        self.assertIsNone(world.send(lifetime=0, home_addresses=asked()))

        world = Signalling4()
        first = world.both()
        gone = world.send(lifetime=0, prefixes=first.prefixes, home_addresses=())
        self.assertEqual((gone.status, gone.prefixes, gone.replies, gone.router), (0, first.prefixes, (), None))
        self.assertEqual((world.session.prefixes, world.anchor.routes), ((), {}))
        self.assertEqual(list(world.anchor.host_routes), [first.replies[0].home_address.octets])
        self.assertEqual(world.send(home_addresses=(first.replies[0].home_address,)).replies, first.replies)

    def test_renumbered_session_keeps_its_address(self):
        world = Signalling4()
        first = world.both()
        world.anchor.renumber(first.prefixes[0], world.now)
        self.assertEqual((world.session.prefixes, len(world.anchor.host_routes)), ((), 1))


class Bench4(Bench):
    """With the IPv4 side of the home link; the correspondent is a known neighbor."""

    def __init__(self, fault=None, **fields):
        super().__init__(fault, ipv4=home_network(), **fields)
        link_4 = ipv4.Link(self.home, ipaddress.IPv4Interface("198.51.100.1/24"))
        self.device.ipv4 = ipv4.Router(self.device, link_4)
        self.know(link_4, CORRESPONDENT_4)

    def give4(self, packet, to=None, ethertype=stack.ETHERTYPE_IPV4, octets=None):
        """What the device sends on the home link and on the core, where IPv4 is in a tunnel: (interface, outer packet, packet)."""
        before = len(self.core.sent), len(self.home.sent)
        frame = stack.Frame(to or self.home.link_layer, b"\x02\0\0\0\1\x99", octets or packet.octets, ethertype=ethertype)
        self.device.ipv4.receive(frame, self.now)
        return self.seen(before)

    def seen(self, before):
        found = []
        for octets in self.core.sent[before[0] :]:
            outer = stack.read_packet(stack.read_frame(octets).payload)
            reached = stack.process_headers(outer, stack.Reassembly(), self.now)
            found.append(("core", outer, reached and ipv4.read_packet(reached.payload)))
        return found + [("home", None, ipv4.read_packet(octets[14:])) for octets in self.home.sent[before[1] :]]

    def tunnelled(self, packet, mag=MAG_1, **fields):
        """A packet of a mobile node, in the tunnel."""
        before = len(self.core.sent), len(self.home.sent)
        outer = Packet(mag, LMA, Protocol.IPV4, packet.octets, **fields)
        self.device.receive(self.core, stack.Frame(self.core.link_layer, b"\x02\0\0\0\1\x99", outer.octets), self.now)
        return self.seen(before)

    def node(self, **fields):
        return self.register(**{"home_addresses": asked(), "prefixes": ()} | fields).replies[0].home_address.octets


def datagram_4(source, destination, size=20, **fields):
    return ipv4.Packet(source, destination, ipv4.UDP, struct.pack("!HHHH", 1000, 2000, 8 + size, 0) + bytes(size), **fields)


def error_of_4(packet):
    """The type, code and value of an ICMP error with a right checksum."""
    assert packet.protocol == ipv4.ICMP and stack.sum_of_words(packet.payload) == 0xFFFF
    return packet.payload[0], packet.payload[1], int.from_bytes(packet.payload[4:8], "big")


class DataPath4(unittest.TestCase):
    def test_packets(self):
        packet = datagram_4(HOME_4, CORRESPONDENT_4, ttl=9, traffic_class=0xAB, identification=7, fragment=ipv4.DONT_FRAGMENT, options=b"\1\1\1\0")
        self.assertEqual(ipv4.read_packet(packet.octets + b"trailer"), packet)
        self.assertEqual(packet.octets[:10].hex(), "46ab" "0034" "0007" "4000" "0911")
        self.assertIsNone(ipv4.read_packet(packet.octets[:8] + b"\x08" + packet.octets[9:]))
        self.assertIsNone(ipv4.read_packet(packet.octets[:-1]))
        self.assertIsNone(ipv4.read_packet(b"\x65" + packet.octets[1:]))
        # The example of a checksum that is known from literature on RFC 1071.
        known = bytes.fromhex("45000073000040004011b861c0a80001c0a800c7") + bytes(95)
        self.assertEqual(ipv4.read_packet(known).octets, known)

    def test_fragments(self):
        packet = datagram_4(HOME_4, CORRESPONDENT_4, 3000, options=b"\1\1\1\0", identification=5)
        parts = ipv4.fragments(packet, 1500)
        self.assertEqual([len(part) for part in parts], [1496, 1500, 76])
        self.assertEqual([(part.offset * 8, bool(part.fragment & ipv4.MORE_FRAGMENTS)) for part in parts], [(0, True), (1472, True), (2952, False)])
        self.assertEqual(b"".join(part.payload for part in parts), packet.payload)
        again = ipv4.fragments(parts[1], 800)
        self.assertEqual([(part.offset * 8, bool(part.fragment & ipv4.MORE_FRAGMENTS)) for part in again], [(1472, True), (2248, True)])

    def test_address_resolution(self):
        bench = Bench4()
        other = b"\x02\0\0\0\0\x77"
        ask = ipv4.Resolution(True, other, ipv4.address("198.51.100.9"), bytes(6), HOME_4)
        bench.give4(None, b"\xff" * 6, stack.ETHERTYPE_ARP, ask.octets)
        frame = stack.read_frame(bench.home.sent[-1], ethertype=stack.ETHERTYPE_ARP)
        self.assertEqual(frame.destination, other)
        self.assertEqual(ipv4.read_resolution(frame.payload), ipv4.Resolution(False, bench.home.link_layer, HOME_4, other, ask.source))
        sent = len(bench.home.sent)
        for target in ("198.51.100.7", "198.18.0.1"):
            bench.give4(None, b"\xff" * 6, stack.ETHERTYPE_ARP, dataclasses.replace(ask, target=ipv4.address(target)).octets)
        self.assertEqual(len(bench.home.sent), sent)

    def test_neighbor_is_asked_for_and_reported(self):
        bench = Bench4()
        node, far = bench.node(), ipv4.address("203.0.113.5")
        bench.tunnelled(datagram_4(node, far))
        question = ipv4.read_resolution(stack.read_frame(bench.home.sent[-1], ethertype=stack.ETHERTYPE_ARP).payload)
        self.assertEqual((question.is_request, question.source, question.target), (True, HOME_4, far))
        answer = ipv4.Resolution(False, b"\x02\0\0\0\0\x55", far, bench.home.link_layer, HOME_4)
        ((_, _, packet),) = bench.give4(None, None, stack.ETHERTYPE_ARP, answer.octets)
        self.assertEqual((packet.source, packet.destination), (node, far))
        bench.tunnelled(datagram_4(node, ipv4.address("203.0.113.6")))
        before = len(bench.core.sent), len(bench.home.sent)
        for _ in range(4):
            bench.wait(1)
        errors = [error_of_4(packet) for name, _, packet in bench.seen(before) if name == "core" and packet]
        self.assertEqual(errors, [(3, 1, 0)])

    def test_both_ways(self):
        bench = Bench4()
        node = bench.node()
        packet = datagram_4(CORRESPONDENT_4, node, ttl=9, traffic_class=0x28, options=b"\1\1\1\0")
        ((name, outer, inner),) = bench.give4(packet)
        self.assertEqual((name, outer.source, outer.destination, outer.next_header, outer.hop_limit), ("core", LMA, MAG_1, Protocol.IPV4, 47))
        self.assertEqual(inner, packet.changed(ttl=8))
        ((name, _, back),) = bench.tunnelled(datagram_4(node, CORRESPONDENT_4, ttl=9))
        self.assertEqual((name, back), ("home", datagram_4(node, CORRESPONDENT_4, ttl=8)))
        self.assertEqual(bench.give4(packet, b"\xff" * 6), [])

    def test_with_encapsulation_limit(self):
        bench = Bench4(forwarding={"encapsulation_limit": 4})
        node = bench.node()
        ((_, outer, inner),) = bench.give4(datagram_4(CORRESPONDENT_4, node))
        self.assertEqual((outer.next_header, outer.payload[:8].hex(), inner.ttl), (Protocol.DESTINATION_OPTIONS, "0400040104010100", 63))

    def test_only_the_gateway_of_the_session_sends(self):
        bench = Bench4()
        node = bench.node()
        self.assertEqual(bench.tunnelled(datagram_4(node, CORRESPONDENT_4), MAG_2), [])
        self.assertEqual(bench.tunnelled(datagram_4(ipv4.address("198.18.3.3"), CORRESPONDENT_4)), [])
        self.assertEqual(len(bench.tunnelled(datagram_4(node, CORRESPONDENT_4))), 1)

    def test_between_mobile_nodes(self):
        bench = Bench4()
        first = bench.node()
        second = bench.node(name="mn2@example.net", mag=MAG_2, interface=b"\x02\0\0\0\0\x02")
        ((name, outer, inner),) = bench.tunnelled(datagram_4(first, second, ttl=9))
        self.assertEqual((name, outer.destination, inner), ("core", MAG_2, datagram_4(first, second, ttl=8)))

    def test_paused_and_deleted(self):
        bench = Bench4(min_delay_before_bce_delete=1000)
        node = bench.node()
        bench.node(lifetime=0)
        packet = datagram_4(CORRESPONDENT_4, node)
        self.assertEqual((bench.give4(packet), bench.tunnelled(datagram_4(node, CORRESPONDENT_4))), ([], []))
        bench.wait(2)
        ((name, _, error),) = bench.give4(packet)
        self.assertEqual((name, error.source, error.destination, error_of_4(error)), ("home", HOME_4, CORRESPONDENT_4, (3, 1, 0)))
        self.assertEqual(error.payload[8:], packet.octets)

    def test_errors(self):
        bench = Bench4()
        node = bench.node()
        for expected, packet in (
            ((11, 0, 0), datagram_4(CORRESPONDENT_4, node, ttl=1)),
            ((3, 10, 0), datagram_4(CORRESPONDENT_4, ipv4.address("203.0.113.5"))),
            ((3, 3, 0), datagram_4(CORRESPONDENT_4, HOME_4)),
            ((3, 2, 0), datagram_4(CORRESPONDENT_4, HOME_4).changed(protocol=99)),
        ):
            ((_, _, error),) = bench.give4(packet)
            self.assertEqual((error_of_4(error), error.traffic_class), (expected, 0xC0))
        ((_, _, error),) = bench.tunnelled(datagram_4(node, CORRESPONDENT_4, 1000, ttl=1))
        self.assertEqual((error_of_4(error), error.destination, len(error)), ((11, 0, 0), node, 576))
        for packet in (
            datagram_4(CORRESPONDENT_4, node, ttl=1, fragment=5),
            ipv4.icmp(3, 1, bytes(4), CORRESPONDENT_4, node).changed(ttl=1),
            datagram_4(ipv4.ANY, node, ttl=1),
            datagram_4(ipv4.address("198.51.100.255"), node, ttl=1),
            datagram_4(CORRESPONDENT_4, ipv4.address("198.51.100.255")),
            datagram_4(CORRESPONDENT_4, ipv4.address("224.0.0.9")),
        ):
            self.assertEqual(bench.give4(packet), [])

    def test_echo(self):
        bench = Bench4()
        ((_, _, reply),) = bench.give4(ipv4.icmp(8, 0, bytes.fromhex("00070001") + b"echo", CORRESPONDENT_4, HOME_4))
        self.assertEqual((reply.source, reply.destination, reply.payload[0], reply.payload[4:]), (HOME_4, CORRESPONDENT_4, 0, bytes.fromhex("00070001") + b"echo"))
        node = bench.node()
        ((name, _, reply),) = bench.tunnelled(ipv4.icmp(8, 0, bytes(4), node, HOME_4))
        self.assertEqual((name, reply.destination), ("core", node))

    def test_congestion(self):
        bench = Bench4()
        node = bench.node()
        for inner, expected in ((NOT_ECT, NOT_ECT), (ECT_0, ECT_0), (ECT_1, ECT_1), (CE, ECT_0)):
            ((_, outer, packet),) = bench.give4(datagram_4(CORRESPONDENT_4, node, traffic_class=inner))
            self.assertEqual((outer.ecn, packet.ecn), (expected, inner))
        for inner, outer, expected in ((ECT_0, CE, CE), (ECT_1, CE, CE), (CE, NOT_ECT, CE), (ECT_0, ECT_1, ECT_0), (NOT_ECT, ECT_0, NOT_ECT)):
            ((_, _, packet),) = bench.tunnelled(datagram_4(node, CORRESPONDENT_4, traffic_class=0x28 | inner), traffic_class=outer)
            self.assertEqual(packet.traffic_class, 0x28 | expected)
        self.assertEqual(bench.tunnelled(datagram_4(node, CORRESPONDENT_4), traffic_class=CE), [])

    def test_large_packets(self):
        bench = Bench4()
        node = bench.node()
        whole = dict(fragment=ipv4.DONT_FRAGMENT)
        self.assertEqual(len(bench.give4(datagram_4(CORRESPONDENT_4, node, 1432, **whole))), 1)
        ((name, _, error),) = bench.give4(datagram_4(CORRESPONDENT_4, node, 1433, **whole))
        self.assertEqual((name, error_of_4(error)), ("home", (3, 4, 1460)))
        before = len(bench.core.sent)
        bench.give4(datagram_4(CORRESPONDENT_4, node, 1433))
        outers = [stack.read_packet(stack.read_frame(octets).payload) for octets in bench.core.sent[before:]]
        reassembly = stack.Reassembly()
        *_, reached = [stack.process_headers(outer, reassembly, bench.now) for outer in outers]
        self.assertEqual((len(outers), ipv4.read_packet(reached.payload)), (2, datagram_4(CORRESPONDENT_4, node, 1433, ttl=63)))
        self.assertTrue(all(len(outer) <= 1500 for outer in outers))

    def test_large_packets_from_tunnel(self):
        bench = Bench4()
        node = bench.node()
        sent = bench.tunnelled(datagram_4(node, CORRESPONDENT_4, 1480))
        self.assertEqual([(name, packet.offset * 8) for name, _, packet in sent], [("home", 0), ("home", 1480)])
        ((name, _, error),) = bench.tunnelled(datagram_4(node, CORRESPONDENT_4, 1480, fragment=ipv4.DONT_FRAGMENT))
        self.assertEqual((name, error_of_4(error), error.destination), ("core", (3, 4, 1500), node))

    @staticmethod
    def fail(bench, packet, kind, code, value):
        """An error of a router in the core about the tunnel packet."""
        ((_, outer, _),) = bench.give4(packet)
        before = len(bench.core.sent), len(bench.home.sent)
        error = stack.icmp_error(kind, code, value, outer.octets, MAG_2, LMA)
        bench.device.receive(bench.core, stack.Frame(bench.core.link_layer, b"\x02\0\0\0\1\x99", error.octets), bench.now)
        return [(name, error_of_4(packet), packet.destination) for name, _, packet in bench.seen(before)]

    def test_errors_from_inside_a_tunnel(self):
        bench = Bench4(forwarding={"encapsulation_limit": 4})
        node = bench.node()
        packet = datagram_4(CORRESPONDENT_4, node, 1400, fragment=ipv4.DONT_FRAGMENT)
        unreachable = [("home", (3, 1, 0), CORRESPONDENT_4)]
        for kind, code, value in ((1, 0, 0), (3, 0, 0), (4, 0, 44)):
            self.assertEqual(self.fail(bench, packet, kind, code, value), unreachable)
        self.assertEqual(self.fail(bench, packet, 4, 0, 6), [])
        self.assertEqual(self.fail(bench, packet, 2, 0, 1400), [("home", (3, 4, 1352), CORRESPONDENT_4)])
        ((name, _, error),) = bench.give4(packet)
        self.assertEqual((name, error_of_4(error)), ("home", (3, 4, 1352)))
        small = datagram_4(CORRESPONDENT_4, node, 1000)
        self.assertEqual(self.fail(bench, small, 2, 0, 1280), [])


# --- faults --------------------------------------------------------------------------------------------------------------


class Faults(unittest.TestCase):
    """Each fault changes what its test sees; without it the same steps show what the RFC says."""

    def differ(self, fault, steps, right, wrong):
        self.assertIn(fault, FAULTS)
        self.assertEqual(steps(None), right, "without the fault")
        self.assertEqual(steps(fault), wrong, "with the fault")

    @staticmethod
    def octets(fault, style=None, **fields):
        """The octets of an acknowledgement, from the start of its Mobility Header."""
        world = Signalling(fault, **{"style": style} if style else {})
        world.send(**fields)
        return bytes(6) + world.answers[-1][1]

    def test_echo_prefix(self):
        asked = mobility.prefix("2001:db8:bad::/64")

        def steps(fault):
            world = Signalling(fault)
            answer = world.send(prefixes=(asked,))
            return answer.status, answer.prefixes == (asked,), asked in world.anchor.routes

        self.differ("echo-prefix", steps, (155, True, False), (0, True, False))

    def test_no_p_flag(self):
        self.differ("no-p-flag", lambda fault: self.octets(fault)[7], 0x20, 0)

    def test_misaligned_hnp(self):
        self.differ("misaligned-hnp", lambda fault: {at % 8 for option, at in places(self.octets(fault)) if option == 22}, {4}, {0})

    def test_length_counts_header(self):
        def steps(fault):
            octets = self.octets(fault)
            return octets[octets.index(b"\x00\x40\x20\x01\x0d\xb8") - 1]

        self.differ("length-counts-header", steps, 18, 20)

    def test_stale_padding(self):
        def steps(fault):
            octets = self.octets(fault)
            return {octet for option, at in places(octets) if option == 1 for octet in octets[at + 2 : at + 2 + octets[at + 1]]}

        self.differ("stale-padding", steps, {0}, {0xA5})

    def test_vague_status(self):
        def steps(fault):
            missing = (dict(prefixes=()), dict(mobile_node=None), dict(handoff=None), dict(access=None), dict(mag=STRANGER))
            return [Signalling(fault).status(**fields) for fields in missing]

        self.differ("vague-status", steps, [158, 160, 161, 162, 154], [128, 128, 128, 128, 154])

    def test_longer_lifetime(self):
        self.differ("longer-lifetime", lambda fault: Signalling(fault).send(lifetime=20).lifetime, 15, 35)

    def test_handoff_optional(self):
        self.differ("handoff-optional", lambda fault: (Signalling(fault).status(handoff=None), Signalling(fault).status(access=None)), (161, 162), (0, 162))

    @staticmethod
    def cut_update(bench):
        """The timestamp is the last option, and two of its octets are missing."""
        request = Signalling().request(link_layer=None)
        whole = mobility.write_update(request)
        at = whole.rindex(b"\x1b\x08")
        data = whole[:at] + b"\x19\x20" + bytes(-(at + 8) % 8 + 8)
        octets = mobility.mobility_header(5, data, MAG_1, LMA)
        return bench.give(bench.core, Packet(MAG_1, LMA, Protocol.MOBILITY, octets))

    def test_cut_option(self):
        def steps(fault):
            bench = Bench(fault)
            return len(self.cut_update(bench)), len(bench.device.anchor.cache)

        self.differ("cut-option", steps, (0, 0), (1, 1))

    def test_crash_on_malformed(self):
        def steps(fault):
            try:
                return self.cut_update(Bench(fault))
            except mobility.Unreadable:
                return "ends"

        self.differ("crash-on-malformed", steps, [], "ends")

    def test_no_timestamp_check(self):
        def steps(fault):
            world = Signalling(fault)
            first = world.send().timestamp
            return [world.status(timestamp=timestamp) for timestamp in (first - 1, first, NOON + 9 * SECOND)]

        self.differ("no-timestamp-check", steps, [157, 156, 156], [0, 0, 0])

    def test_first_timestamp_only(self):
        def steps(fault):
            world = Signalling(fault)
            first = world.send().timestamp
            return [world.status(timestamp=first + offset) for offset in (10, 5, -1)]

        self.differ("first-timestamp-only", steps, [0, 157, 157], [0, 0, 157])

    def test_key_link_layer_only(self):
        def steps(fault):
            world = Signalling(fault)
            return world.send(name="a@example.net").prefixes == world.send(name="b@example.net").prefixes

        self.differ("key-link-layer-only", steps, False, True)

    def test_key_identifier_only(self):
        def steps(fault):
            world = Signalling(fault)
            return world.send(interface=b"\x02\0\0\0\0\x01").prefixes == world.send(interface=b"\x02\0\0\0\0\x02", access=5).prefixes

        self.differ("key-identifier-only", steps, False, True)

    def test_second_deletes_first(self):
        def steps(fault):
            world = Signalling(fault)
            world.send(interface=b"\x02\0\0\0\0\x01")
            world.send(interface=b"\x02\0\0\0\0\x02")
            return len(world.anchor.cache), len(world.anchor.routes)

        self.differ("second-deletes-first", steps, (2, 2), (1, 1))

    def test_foreign_deregistration(self):
        def steps(fault):
            world = Signalling(fault)
            world.send()
            return world.status(mag=MAG_2, lifetime=0), world.status(mag=STRANGER, lifetime=0)

        self.differ("foreign-deregistration", steps, (None, 154), (0, 154))

    def test_no_delete_delay(self):
        def steps(fault):
            world = Signalling(fault)
            world.send()
            return world.status(lifetime=0), len(world.anchor.cache), world.status(lifetime=0)

        self.differ("no-delete-delay", steps, (0, 1, 0), (0, 0, None))

    def test_no_expiry(self):
        def steps(fault):
            world = Signalling(fault)
            world.send(lifetime=1)
            world.wait(100)
            return len(world.anchor.cache), world.anchor.next_time()

        self.differ("no-expiry", steps, (0, None), (1, None))

    @staticmethod
    def serving(fault, name="mn@example.net"):
        bench = Bench(fault)
        return bench, [host(prefix) for prefix in bench.register(name=name).prefixes]

    def test_routes_outlive_binding(self):
        def steps(fault):
            bench, (node,) = self.serving(fault)
            bench.register(lifetime=0)
            during = bench.from_correspondent(node)
            bench.wait(11)
            return during, [side for side, _ in bench.from_correspondent(node)]

        self.differ("routes-outlive-binding", steps, ([], ["home"]), ([], ["core"]))

    def test_any_tunnel_source(self):
        def steps(fault):
            bench, (node,) = self.serving(fault)
            known = len(bench.from_mobile_node(datagram(node, CORRESPONDENT), STRANGER))
            return known, len(bench.from_mobile_node(datagram(address("2001:db8:a:ffff::1"), CORRESPONDENT)))

        self.differ("any-tunnel-source", steps, (0, 0), (1, 0))

    def test_first_prefix_only(self):
        def steps(fault):
            bench, nodes = self.serving(fault, "two@example.net")
            back = [len(bench.from_mobile_node(datagram(node, CORRESPONDENT))) for node in nodes]
            return [bench.from_correspondent(node)[0][0] for node in nodes], back

        self.differ("first-prefix-only", steps, (["core", "core"], [1, 1]), (["core", "home"], [1, 1]))

    def test_ecn_lost(self):
        def steps(fault):
            bench, (node,) = self.serving(fault)
            marked = bench.from_mobile_node(datagram(node, CORRESPONDENT, traffic_class=ECT_0), traffic_class=CE)
            return marked[0][1].ecn, len(bench.from_mobile_node(datagram(node, CORRESPONDENT), traffic_class=CE))

        self.differ("ecn-lost", steps, (CE, 0), (ECT_0, 0))

    @classmethod
    def hop_limits(cls, fault):
        """Of packets with 9 that go to the mobile node and come from it."""
        bench, (node,) = cls.serving(fault)
        ((_, outer),) = bench.from_correspondent(node, hop_limit=9)
        ((_, back),) = bench.from_mobile_node(datagram(node, CORRESPONDENT, hop_limit=9))
        return stack.read_packet(outer.payload).hop_limit, back.hop_limit

    def test_hop_limit_kept(self):
        self.differ("hop-limit-kept", self.hop_limits, (8, 8), (9, 8))

    def test_hop_limit_twice(self):
        self.differ("hop-limit-twice", self.hop_limits, (8, 8), (8, 7))

    def test_tunnel_errors_kept(self):
        def steps(fault):
            bench, (node,) = self.serving(fault)
            ((_, outer),) = bench.from_correspondent(node)
            return [error_of(packet) for _, packet in bench.give(bench.core, stack.icmp_error(3, 0, 0, outer.octets, MAG_2, LMA))]

        self.differ("tunnel-errors-kept", steps, [(1, 3, 0)], [])

    def test_path_mtu_ignored(self):
        self.differ("path-mtu-ignored", self.mtu_after(1400), 1400, 1500)

    def test_path_mtu_raised(self):
        self.differ("path-mtu-raised", self.mtu_after(1700), 1500, 1700)

    @classmethod
    def mtu_after(cls, reported):
        def steps(fault):
            bench, (node,) = cls.serving(fault)
            ((_, outer),) = bench.from_correspondent(node)
            bench.give(bench.core, stack.icmp_error(2, 0, reported, outer.octets, MAG_2, LMA))
            return bench.device.anchor.tunnels[MAG_1].path_mtu

        return steps

    def test_larger_packets_cut(self):
        def steps(fault):
            bench, (node,) = self.serving(fault)
            return [side for side, _ in bench.from_correspondent(node, size=1450)]

        self.differ("larger-packets-cut", steps, ["home"], ["core", "core"])

    def test_limit_kept(self):
        def steps(fault):
            bench, (node,) = self.serving(fault)
            inner = datagram(CORRESPONDENT, node)
            limited = inner.changed(next_header=60, payload=bytes.fromhex("1100040103010100") + inner.payload)
            ((_, outer),) = bench.give(bench.home, limited)
            return outer.payload[4]

        self.differ("limit-kept", steps, 2, 3)

    def test_no_announcement(self):
        def steps(fault):
            bench = Bench(fault, forwarding={"announce": "aggregate"})
            return len(bench.since((0, 0)))

        self.differ("no-announcement", steps, 1, 0)

    def test_renumbered_routes_stay(self):
        def steps(fault):
            world = Signalling(fault)
            (prefix,) = world.send().prefixes
            world.anchor.renumber(prefix, world.now)
            return prefix in world.anchor.routes

        self.differ("renumbered-routes-stay", steps, False, True)

    @staticmethod
    def variables(fault, *commands, file=None):
        made = settings(fault)
        variables = foreign_control.Variables(made, file)
        for command in commands:
            variables.apply(*command)
            variables.keep()
        return made

    def test_deauthorized_served(self):
        self.differ("deauthorized-served", lambda fault: MAG_1 in self.variables(fault, ("deauthorize", "2001:db8:c::a")).gateways, False, True)

    def test_variables_fixed(self):
        self.differ("variables-fixed", lambda fault: self.variables(fault, ("set", "TimestampValidityWindow", "7")).timestamp_validity_window, 7, 300)

    def test_variables_forgotten(self):
        def steps(fault):
            with tempfile.TemporaryDirectory() as directory:
                file = pathlib.Path(directory, "variables")
                self.variables(fault, ("set", "TimestampValidityWindow", "7"), file=file)
                return self.variables(fault, file=file).timestamp_validity_window

        self.differ("variables-forgotten", steps, 7, 300)

    def with_associations(self, fault, *packets, security=None):
        """The Next Headers of what the device sends when these packets of MAG_2 come."""
        device, of_gateway = keys(security, fault)
        bench = Bench(fault, security=device)
        return [packet.next_header for given in packets for _, packet in bench.give(bench.core, given(of_gateway))]

    @staticmethod
    def update(of_gateway=None):
        request = Request(source=MAG_2, destination=LMA, lifetime=100, mobile_node=b"\x01mn@example.net", prefixes=ZERO, handoff=1, access=4, link_layer=b"\x02\0\0\0\0\x01", timestamp=mobility.time_of_day())
        octets = mobility.mobility_header(mobility.BINDING_UPDATE, mobility.write_update(request), MAG_2, LMA)
        return Packet(MAG_2, LMA, Protocol.MOBILITY, octets)

    def sealed(self, of_gateway):
        packet = self.update()
        return packet.changed(next_header=Protocol.ESP, payload=of_gateway[0x102].seal(packet.next_header, packet.payload))

    def again(self, of_gateway):
        of_gateway[0x102].number = 0
        return self.sealed(of_gateway)

    def test_unprotected_accepted(self):
        self.differ("unprotected-accepted", lambda fault: self.with_associations(fault, self.update), [], [Protocol.ESP])

    def test_answers_unprotected(self):
        self.differ("answers-unprotected", lambda fault: self.with_associations(fault, self.sealed), [Protocol.ESP], [Protocol.MOBILITY])

    def test_replays_accepted(self):
        # The second packet has the number of the first.
        self.differ("replays-accepted", lambda fault: self.with_associations(fault, self.sealed, self.again, security="replays"), [Protocol.ESP], [Protocol.ESP] * 2)

    def test_ipv4_only_refused(self):
        self.differ("ipv4-only-refused", lambda fault: (Signalling4(fault).send().status, Signalling4(fault).both().status), (0, 0), (158, 0))

    def test_families_unchecked(self):
        def steps(fault):
            return Signalling4(fault).status(name="six@example.net"), Signalling4(fault).status(name="four@example.net", prefixes=ZERO)

        self.differ("families-unchecked", steps, (170, 172), (0, 0))

    def test_second_request_ignored(self):
        self.differ("second-request-ignored", lambda fault: Signalling4(fault).status(home_addresses=asked() * 2), 173, 0)

    def test_any_home_address(self):
        def steps(fault):
            return [Signalling4(fault).status(home_addresses=asked(text)) for text in ("203.0.113.99", "198.18.255.77", "198.18.7.7")]

        self.differ("any-home-address", steps, [171, 171, 0], [0, 0, 0])

    def refused(self, fault, **fields):
        return Signalling4(fault).send(home_addresses=asked("203.0.113.99", 24), **fields)

    def test_reply_left_out(self):
        self.differ("reply-left-out", lambda fault: (len(self.refused(fault).replies), len(Signalling4(fault).send().replies)), (1, 1), (0, 1))

    def test_reply_zero(self):
        self.differ("reply-zero", lambda fault: self.refused(fault).replies[0].home_address, asked("203.0.113.99", 24)[0], asked()[0])

    def test_router_in_rejections(self):
        self.differ("router-in-rejections", lambda fault: self.refused(fault).router, None, ROUTER_4)

    def test_host_length(self):
        self.differ("host-length", lambda fault: Signalling4(fault).send().replies[0].home_address.length, 16, 32)

    def test_misaligned_reply(self):
        def steps(fault):
            world = Signalling4(fault)
            world.send()
            return {at % 4 for option, at in places(bytes(6) + world.answers[-1][1]) if option == 37}

        self.differ("misaligned-reply", steps, {0}, {2})

    def test_home_address_no_key(self):
        def steps(fault):
            world = Signalling4(fault)
            return world.status(home_addresses=(world.send().replies[0].home_address,))

        self.differ("home-address-no-key", steps, 0, 171)

    def test_selective_ends_session(self):
        def steps(fault):
            world = Signalling4(fault)
            world.send(lifetime=0, home_addresses=(world.both().replies[0].home_address,))
            world.wait(10)
            return len(world.anchor.cache)

        self.differ("selective-ends-session", steps, 1, 0)

    def test_host_route_kept(self):
        def steps(fault):
            bench = Bench4(fault, min_delay_before_bce_delete=1000)
            node = bench.node()
            bench.node(mag=MAG_2, handoff=3)
            moved = [outer.destination for name, outer, _ in bench.give4(datagram_4(CORRESPONDENT_4, node))]
            bench.node(mag=MAG_2, lifetime=0)
            bench.wait(2)
            return moved, [name for name, _, _ in bench.give4(datagram_4(CORRESPONDENT_4, node))]

        self.differ("host-route-kept", steps, ([MAG_2], ["home"]), ([MAG_1], ["core"]))

    def test_ipv4_ecn_lost(self):
        def steps(fault):
            bench = Bench4(fault)
            packet = datagram_4(bench.node(), CORRESPONDENT_4, traffic_class=ECT_0)
            return [packet.ecn for _, _, packet in bench.tunnelled(packet, traffic_class=CE)]

        self.differ("ipv4-ecn-lost", steps, [CE], [ECT_0])

    def test_dont_fragment_ignored(self):
        def steps(fault):
            bench = Bench4(fault)
            packet = datagram_4(CORRESPONDENT_4, bench.node(), 1450, fragment=ipv4.DONT_FRAGMENT)
            return [name for name, _, _ in bench.give4(packet)]

        self.differ("dont-fragment-ignored", steps, ["home"], ["core", "core"])

    def test_ipv4_errors_kept(self):
        def steps(fault):
            bench = Bench4(fault)
            return DataPath4.fail(bench, datagram_4(CORRESPONDENT_4, bench.node()), 3, 0, 0)

        self.differ("ipv4-errors-kept", steps, [("home", (3, 1, 0), CORRESPONDENT_4)], [])

    def test_every_fault_is_tested_and_present(self):
        # It imports this module.
        from test_foreign_transport import Faults as OverIpv4

        tested = {name[5:].replace("_", "-") for name in dir(self) + dir(OverIpv4) if name.startswith("test_")}
        self.assertEqual(set(FAULTS) - tested, set())
        code = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("foreign_*.py") if path.name != "foreign_faults.py")
        self.assertEqual([name for name in FAULTS if f'"{name}"' not in code], [])


class CommandLine(unittest.TestCase):
    def test_earlier_options(self):
        given = foreign_lma.read_arguments("--address 2001:db8::1 --mag 2001:db8::2 --pool 2001:db8:a::/48 --mobile-node mn*@x=2 --disabled-mobile-node y --min-delay-before-bce-delete 5 --max-delay-before-new-bce-assign 6 --timestamp-validity-window 7 --fault no-p-flag --exit-with-stdin".split())
        made = foreign_lma.settings_of(given)
        self.assertEqual((made.address, made.gateways, made.fault), (address("2001:db8::1"), {address("2001:db8::2"): ()}, "no-p-flag"))
        self.assertEqual(made.mobile_nodes, [("mn*@x", Policy(count=2)), ("y", Policy(is_enabled=False))])
        self.assertEqual((made.min_delay_before_bce_delete, made.max_delay_before_new_bce_assign, made.timestamp_validity_window), (5, 6, 7))

    def test_new_options(self):
        given = foreign_lma.read_arguments(
            "--address 2001:db8:c::1/48 --core c --home h --home-address 2001:db8:f::1 --core-router 2001:db8:c::9 --mag 2001:db8:9::2=a@*,b@*"
            " --mobile-node a@x=2001:db8:b:1::/64+2001:db8:b:2::/64,2001:db8:b:3::/64 --route 2001:db8:8::/48=core,2001:db8:c::8 --tunnel-dscp copy --encapsulation-limit none".split()
        )
        made = foreign_lma.settings_of(given)
        self.assertEqual(made.gateways, {address("2001:db8:9::2"): ("a@*", "b@*")})
        self.assertEqual([len(group) for group in made.mobile_nodes[0][1].groups], [2, 1])
        routes = {str(route.prefix): (route.interface, route.router) for route in foreign_lma.routes_of(given, "core", "home")}
        self.assertEqual(routes["2001:db8:c::/48"], ("core", None))
        self.assertEqual(routes["2001:db8:9::2/128"], ("core", address("2001:db8:c::9")))
        self.assertEqual(routes["2001:db8:8::/48"], ("core", address("2001:db8:c::8")))
        self.assertEqual(routes["::/0"], ("home", None))
        forwarding = foreign_lma.taken(foreign_lma.Forwarding, given)
        self.assertEqual((forwarding.tunnel_dscp, forwarding.encapsulation_limit, forwarding.ecn_rules), (None, None, 3168))

    def test_options_of_ipv4(self):
        common = "--address 2001:db8::1 --ipv4-network 198.18.0.0/16"
        made = foreign_lma.settings_of(foreign_lma.read_arguments(f"{common} --ipv4-mobile-node a@x --ipv4-mobile-node b@x=only --ipv4-mobile-node c@x=198.18.255.77".split())).ipv4
        self.assertEqual((made.router, made.size, made.dhcp_mode, made.is_ipv4_on, made.is_ipv6_on), (ROUTER_4, 65533, 0, True, True))
        granted = [(one.has_ipv4, one.has_ipv6, one.addresses) for one in map(made.entitlement, ("a@x", "b@x", "c@x", "d@x"))]
        self.assertEqual(granted, [(True, True, ()), (True, False, ()), (True, True, (ipv4.address("198.18.255.77"),)), (False, True, ())])
        made = foreign_lma.settings_of(foreign_lma.read_arguments(f"{common} --ipv4-limit 2 --ipv4-reserved 198.18.0.2 --ipv4-dhcp-server --no-ipv4 --no-ipv6".split())).ipv4
        self.assertEqual((made.size, made.reserved, made.dhcp_mode, made.is_ipv4_on, made.is_ipv6_on), (2, (ipv4.address("198.18.0.2"),), 1, False, False))


# --- between network namespaces ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def inside(namespace):
    """Sockets that are opened here belong to the namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open("/proc/self/ns/net", "rb") as before, open(f"/run/netns/{namespace}", "rb") as there:
        if libc.setns(there.fileno(), 0x40000000):
            raise OSError(ctypes.get_errno(), "setns")
        try:
            yield
        finally:
            libc.setns(before.fileno(), 0x40000000)


class Gateway:
    """A small mobile access gateway: it registers, and sends and receives through the tunnel. Several share a port."""

    def __init__(self, port, own):
        self.port = port
        self.interface = stack.Interface(port.name, stack.random_link_layer(), port.mtu, port.transmit, [own])
        self.own, self.sequence, self.packets = own, 0, []

    def take(self, frame):
        packet = stack.read_packet(frame.payload) if self.interface.takes(frame) else None
        if packet is None or not self.interface.hears(packet.destination):
            return
        message = packet.next_header == Protocol.ICMPV6 and stack.read_neighbor_message(packet, packet.payload)
        if message:
            self.interface.discover(message, time.monotonic())
        else:
            self.packets.append(stack.process_headers(packet, stack.Reassembly(), 0.0))

    def send(self, protocol, octets):
        self.interface.send(Packet(self.own, LMA, protocol, octets), LMA, time.monotonic())

    def update(self, **fields):
        self.sequence += 1
        made = dict(source=self.own, destination=LMA, sequence=self.sequence, lifetime=100, mobile_node=b"\x01mn@example.net", prefixes=ZERO, access=4, link_layer=b"\x02\0\0\0\0\x01", timestamp=mobility.time_of_day())
        self.send(Protocol.MOBILITY, mobility.mobility_header(5, mobility.write_update(Request(**made | fields)), self.own, LMA))

    def acknowledgement(self, reached):
        _, data = mobility.message_data(LMA, self.own, reached.payload)
        return mobility.read_acknowledgement(data)


@unittest.skipUnless(os.geteuid() == 0 and os.path.exists("/usr/sbin/ip"), "needs root and ip")
class BetweenNamespaces(unittest.TestCase):
    """The device in one namespace; in the other one two gateways in user space, and a correspondent with the kernel's IPv6."""

    @classmethod
    def setUpClass(cls):
        cls.device, cls.outside = f"foreign-lma-{os.getpid()}", f"foreign-out-{os.getpid()}"
        cls.addClassCleanup(cls.remove)
        for namespace in (cls.device, cls.outside):
            cls.ip(f"netns add {namespace}")
        for end, other in (("core0", "core1"), ("home0", "home1")):
            cls.ip(f"link add {end} netns {cls.device} type veth peer name {other} netns {cls.outside}")
        with open(os.devnull, "wb") as nothing:
            subprocess.run(["ip", "netns", "exec", cls.outside, "sysctl", "-w", "net.ipv6.conf.core1.disable_ipv6=1"], check=True, stdout=nothing)
        for namespace, name in ((cls.device, "core0"), (cls.device, "home0"), (cls.outside, "core1"), (cls.outside, "home1")):
            cls.ip(f"-n {namespace} link set {name} up")
        cls.ip(f"-n {cls.outside} address add 2001:db8:f::2/64 dev home1 nodad")
        cls.ip(f"-n {cls.outside} route add 2001:db8:a::/48 via 2001:db8:f::1 dev home1")
        cls.ip(f"-n {cls.outside} address add 198.51.100.193/24 dev home1")
        cls.ip(f"-n {cls.outside} route add 198.18.0.0/16 via 198.51.100.1 dev home1")
        with inside(cls.outside):
            cls.port = stack.Port("core1")
            cls.correspondent = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            cls.correspondent.bind(("2001:db8:f::2", 7000))
            cls.control = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
        cls.addClassCleanup(cls.port.socket.close)
        cls.addClassCleanup(cls.correspondent.close)
        cls.addClassCleanup(cls.control.close)
        cls.gateways = [Gateway(cls.port, MAG_1), Gateway(cls.port, MAG_2)]

    @staticmethod
    def ip(arguments):
        subprocess.run(["ip", *arguments.split()], check=True)

    @classmethod
    def remove(cls):
        for namespace in (cls.device, cls.outside):
            subprocess.run(["ip", "netns", "delete", namespace], check=False, stderr=subprocess.DEVNULL)

    def start(self, *options):
        command = ["ip", "netns", "exec", self.device, sys.executable, str(HERE / "foreign_lma.py"), "--exit-with-stdin"]
        command += "--core core0 --home home0 --address 2001:db8:c::1/64 --home-address 2001:db8:f::1/64 --mag 2001:db8:c::a --mag 2001:db8:c::b".split()
        command += "--pool 2001:db8:a::/48 --mobile-node *@example.net --min-delay-before-bce-delete 700 --timestamp-validity-window 3000".split()
        process = subprocess.Popen([*command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.end, process)
        self.assertEqual(process.stdout.readline(), "ready\n")
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream and not stream.closed:
                stream.close()

    def listen(self, until, wanted):
        """Lets the gateways receive until what is wanted is there, or the time is over."""
        ends = time.monotonic() + until
        while not (result := wanted()) and (left := ends - time.monotonic()) > 0:
            ready, _, _ = select.select([self.port], [], [], min(left, 0.1))
            for frame in self.port.receive() if ready else []:
                self.assertLess(abs(frame.time_of_day - time.time_ns()), 10**10)
                for gateway in self.gateways:
                    gateway.take(frame)
            for gateway in self.gateways:
                gateway.interface.neighbors.pass_time(time.monotonic())
        return result

    def receive(self, gateway, protocol, seconds=5.0):
        """The next packet of the protocol; None if there is none."""
        def wanted():
            return next((reached for reached in gateway.packets if reached.protocol == protocol), None)

        reached = self.listen(seconds, wanted)
        if reached:
            gateway.packets.remove(reached)
        return reached

    def register(self, gateway, seconds=5.0, **fields):
        gateway.update(**fields)
        reached = self.receive(gateway, Protocol.MOBILITY, seconds)
        return reached and gateway.acknowledgement(reached)

    def to_node(self, gateway, node, data, seconds=5.0):
        """What the correspondent sends, as it leaves the tunnel."""
        self.correspondent.sendto(data, (stack.text_of(node), 8000))
        reached = self.receive(gateway, Protocol.IPV6, seconds)
        return reached and stack.read_packet(reached.payload)

    def from_node(self, gateway, node, data, seconds=3.0):
        """What the correspondent receives."""
        gateway.send(Protocol.IPV6, stack.udp(node, CORRESPONDENT, 8000, 7000, data).octets)
        self.listen(seconds, lambda: select.select([self.correspondent], [], [], 0)[0])
        ready, _, _ = select.select([self.correspondent], [], [], 0)
        return self.correspondent.recvfrom(2000) if ready else None

    def test_life_of_a_session(self):
        process = self.start()
        first, second = self.gateways

        answer = self.register(first, handoff=Handoff.NEW_INTERFACE, link_local=bytes(16))
        self.assertEqual((answer.status, answer.lifetime, answer.sequence), (0, 75, first.sequence))
        node = host(answer.prefixes[0])

        packet = self.to_node(first, node, b"to the node")
        self.assertEqual((packet.source, packet.destination, packet.hop_limit, packet.payload[8:]), (CORRESPONDENT, node, 63, b"to the node"))
        self.assertEqual(stack.checksum(packet.source, packet.destination, Protocol.UDP, packet.payload), 0)
        data, (sender, *_) = self.from_node(first, node, b"from the node")
        self.assertEqual((data, sender), (b"from the node", stack.text_of(node)))

        self.assertEqual(self.discovered_mtu(node), 1500 - 48)

        moved = self.register(second, handoff=Handoff.BETWEEN_GATEWAYS, link_local=bytes(16))
        self.assertEqual((moved.status, moved.prefixes, moved.link_local), (0, answer.prefixes, answer.link_local))
        self.assertEqual(self.to_node(second, node, b"moved").payload[8:], b"moved")
        self.assertEqual(self.from_node(second, node, b"moved")[0], b"moved")
        self.assertIsNone(self.from_node(first, node, b"old gateway", 0.5))

        self.assertIsNone(self.register(first, 0.5, lifetime=0, handoff=Handoff.UNKNOWN))
        self.assertEqual(self.to_node(second, node, b"still there").payload[8:], b"still there")
        gone = self.register(second, lifetime=0, handoff=Handoff.UNKNOWN)
        self.assertEqual((gone.status, gone.lifetime, gone.prefixes), (0, 0, answer.prefixes))
        self.assertIsNone(self.to_node(second, node, b"nobody", 0.3))
        time.sleep(0.8)
        with inside(self.outside):
            connected = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        with connected:
            connected.settimeout(3)
            connected.connect((stack.text_of(node), 8000))
            connected.send(b"nobody")
            with self.assertRaises(PermissionError):
                # Destination Unreachable, code 6.
                connected.recv(1)

        self.echo("2001:db8:f::1")
        addresses = subprocess.run(["ip", "-n", self.device, "-6", "address"], check=True, capture_output=True, text=True).stdout
        self.assertNotRegex(addresses, "core0|home0")
        process.stdin.close()
        self.assertEqual(process.wait(10), 0, process.stderr.read())

    def discovered_mtu(self, node):
        """The path MTU that the kernel of the correspondent has learnt from a Packet Too Big."""
        with inside(self.outside):
            connected = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        with connected:
            connected.connect((stack.text_of(node), 8000))
            connected.send(bytes(1440))
            ipv6_mtu = 24
            self.listen(3, lambda: connected.getsockopt(socket.IPPROTO_IPV6, ipv6_mtu) < 1500)
            return connected.getsockopt(socket.IPPROTO_IPV6, ipv6_mtu)

    def echo(self, to):
        """The kernel of the correspondent asks the device."""
        self.control.sendto(struct.pack("!BBHHH", 128, 0, 0, 5213, 1) + b"echo", (to, 0))
        self.control.settimeout(3)
        while True:
            octets, _ = self.control.recvfrom(2000)
            if octets[0] == 129:
                self.assertEqual(octets[4:], struct.pack("!HH", 5213, 1) + b"echo")
                return

    def test_ipv4(self):
        """The kernel of the correspondent sends an echo request, and the mobile node answers it."""
        self.start(*"--ipv4-network 198.18.0.0/16 --ipv4-home-address 198.51.100.1/24 --ipv4-mobile-node *@example.net --no-dad".split())
        gateway, _ = self.gateways
        answer = self.register(gateway, handoff=Handoff.NEW_INTERFACE, home_addresses=asked(), prefixes=())
        node = answer.replies[0].home_address.octets
        with inside(self.outside):
            correspondent = socket.socket(socket.AF_INET, socket.SOCK_RAW, ipv4.ICMP)
        with correspondent:
            correspondent.settimeout(3)
            correspondent.sendto(ipv4.icmp(8, 0, bytes.fromhex("00070001") + b"echo", CORRESPONDENT_4, node).payload, (socket.inet_ntoa(node), 0))
            request = ipv4.read_packet(self.receive(gateway, Protocol.IPV4).payload)
            self.assertEqual((request.source, request.destination, request.ttl), (CORRESPONDENT_4, node, 63))
            gateway.send(Protocol.IPV4, ipv4.icmp(0, 0, request.payload[4:], node, CORRESPONDENT_4).octets)
            reply = ipv4.read_packet(correspondent.recv(2000))
            self.assertEqual((reply.source, reply.ttl, reply.payload[4:]), (node, 63, bytes.fromhex("00070001") + b"echo"))

    def test_fault_of_the_command_line(self):
        self.start("--fault", "no-p-flag", "--no-dad", "--home-link-layer", "random")
        self.assertFalse(self.register(self.gateways[0], handoff=Handoff.NEW_INTERFACE).is_proxy)
        self.echo("2001:db8:f::1")

    def test_signalling_by_the_kernel(self):
        """Without interfaces the device only signals, on a socket of the kernel."""
        with tempfile_namespace() as namespace:
            command = ["ip", "netns", "exec", namespace, sys.executable, str(HERE / "foreign_lma.py"), *"--address ::1 --mag ::1 --pool 2001:db8:a::/48 --mobile-node * --exit-with-stdin".split()]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.addCleanup(self.end, process)
            self.assertEqual(process.stdout.readline(), "ready\n")
            with inside(namespace):
                gateway = socket.socket(socket.AF_INET6, socket.SOCK_RAW, Protocol.MOBILITY)
            with gateway:
                gateway.settimeout(5)
                own = address("::1")
                request = Request(own, own, 5, 10, b"\x01mn", ZERO, 1, 4, None, None, mobility.time_of_day(), alternate_care_of=MAG_1)
                gateway.sendto(mobility.mobility_header(5, mobility.write_update(request), own, own), ("::1", 0))
                answers = []
                while not answers:
                    octets = gateway.recv(2000)
                    answers += [octets] if octets[2] == mobility.BINDING_ACKNOWLEDGEMENT else []
                self.assertEqual(mobility.read_acknowledgement(mobility.message_data(own, own, answers[0])[1]).status, 0)
            process.stdin.close()
            self.assertEqual(process.wait(10), 0)


@contextlib.contextmanager
def tempfile_namespace():
    name = f"foreign-one-{os.getpid()}"
    subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
        yield name
    finally:
        subprocess.run(["ip", "netns", "delete", name], check=False)


if __name__ == "__main__":
    unittest.main()
