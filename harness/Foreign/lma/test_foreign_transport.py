#!/usr/bin/env python3
"""Tests of IPv4 transport of the local mobility anchor, in its three editions.

    python3 -m unittest test_foreign_transport

The tests of the faults are here as well; test_foreign_lma asks that each fault has one.
"""

import dataclasses
import io
import ipaddress
import contextlib
import struct
import unittest

import foreign_control
import foreign_esp as esp
import foreign_ipv4 as ipv4
import foreign_lma
import foreign_mobility as mobility
import foreign_stack as stack
import foreign_transport as transport
import test_foreign_lma as base
from foreign_faults import FAULTS
from foreign_mobility import Handoff, Option, Request
from foreign_stack import CE, ECT_0, Packet, Protocol, address
from foreign_transport import DRAFT_02, DRAFT_04, RFC_5844, Mode
from test_foreign_lma import CORRESPONDENT, CORRESPONDENT_4, LMA, MAG_1, MAG_2, ZERO, asked, datagram, datagram_4, host

LMA_4, GATE_1, GATE_2, STRANGER_4, NAT = (ipv4.address(f"192.0.2.{number}") for number in (1, 161, 162, 163, 240))
OWN = {GATE_1: MAG_1, GATE_2: MAG_2}
DRAFTS = (DRAFT_04, DRAFT_02)


def setUpModule():
    stream = contextlib.redirect_stderr(io.StringIO())
    stream.__enter__()
    unittest.addModuleCleanup(stream.__exit__, None, None, None)


@dataclasses.dataclass(frozen=True)
class Seen:
    """A packet of the device on the core, and the datagram in it."""

    outer: ipv4.Packet
    ports: tuple
    data: bytes
    checksum: bytes


def seen(octets):
    outer = ipv4.read_packet(octets)
    data = outer.payload
    if outer.protocol != ipv4.UDP or outer.fragment:
        return Seen(outer, (), data, b"")
    assert int.from_bytes(data[4:6], "big") == len(data)
    if any(data[6:8]):
        assert stack.sum_of_words(outer.source + outer.destination + struct.pack("!BBH", 0, 17, len(data)) + data) == 0xFFFF
    return Seen(outer, struct.unpack("!HH", data[:4]), data[8:], data[6:8])


def datagram_of(source, source_port, port, data, has_checksum=True):
    octets = struct.pack("!HHHH", source_port, port, 8 + len(data), 0) + data
    if has_checksum:
        value = stack.sum_of_words(source + LMA_4 + struct.pack("!BBH", 0, 17, len(octets)) + octets) ^ 0xFFFF
        octets = octets[:6] + struct.pack("!H", value or 0xFFFF) + octets[8:]
    return ipv4.Packet(source, LMA_4, ipv4.UDP, octets)


class BenchOver(base.Bench4):
    """A device that is reached over IPv4, too."""

    def __init__(self, edition=RFC_5844, fault=None, accepts_udp=None, **fields):
        over = transport.Ipv4Transport(LMA_4, edition, accepts_udp)
        super().__init__(fault, gateways={MAG_1: (), MAG_2: (), GATE_1: (), GATE_2: ()}, transport=over, **fields)
        self.edition, self.port = edition, 5436 if edition == RFC_5844 else 4191
        link = ipv4.Link(self.core, ipaddress.IPv4Interface("192.0.2.1/24"))
        self.device.core4 = foreign_lma.foreign_core4.Core4(self.device, link)
        self.know(link, GATE_1, GATE_2, STRANGER_4, NAT)

    def give_core(self, packet):
        """What the device sends in response on the core, over IPv4."""
        before = len(self.core.sent), len(self.home.sent)
        self.device.core4.receive(stack.Frame(self.core.link_layer, b"\x02\0\0\0\1\x99", packet.octets, ethertype=stack.ETHERTYPE_IPV4), self.now)
        return self.over_since(before)

    def over_since(self, before):
        self.home_sent = self.home.sent[before[1] :]
        return [seen(octets[14:]) for octets in self.core.sent[before[0] :] if octets[12:14] == b"\x08\0"]

    def message(self, gate=GATE_1, name="mn@example.net", lifetime=100, prefixes=ZERO, interface=b"\x02\0\0\0\0\x01", handoff=Handoff.NEW_INTERFACE, checksum=None, has_tlv=False, care_of="own", **fields):
        """The content of a datagram with an update."""
        care_of = {"own": None if self.edition == RFC_5844 else gate}.get(care_of, care_of)
        made = dict(sequence=7, lifetime=lifetime, mobile_node=b"\x01" + name.encode(), prefixes=prefixes, handoff=handoff, access=4, link_layer=interface, timestamp=mobility.time_of_day())
        source = gate if self.edition == RFC_5844 else OWN.get(gate, MAG_1)
        request = Request(source, LMA, **made | fields, ipv4_care_of=care_of)
        option = Option.IPV4_HOME_ADDRESS_REQUEST if self.edition == RFC_5844 else Option.IPV4_HOME_ADDRESS
        data = mobility.write_update(request, request_option=option)
        if self.edition == RFC_5844:
            octets = mobility.mobility_header(mobility.BINDING_UPDATE, data, None, None)
            return octets if checksum is None else octets[:4] + checksum + octets[6:]
        octets = Packet(source, LMA, Protocol.MOBILITY, mobility.mobility_header(mobility.BINDING_UPDATE, data, source, LMA)).octets
        return b"\2\0\0\0" + octets if has_tlv else octets

    def over(self, gate=GATE_1, outer=None, port=50001, has_checksum=True, **fields):
        """Sends an update over IPv4; the packets in response."""
        return self.give_core(datagram_of(outer or gate, port, self.port, self.message(gate, **fields), has_checksum))

    def read(self, data, gate=GATE_1):
        """The acknowledgement in a datagram."""
        if self.edition == RFC_5844:
            return mobility.read_acknowledgement(mobility.message_data(None, None, data)[1])
        packet = stack.read_packet(transport.without_tlv(data) or data)
        assert (packet.source, packet.destination) == (LMA, OWN[gate])
        content = mobility.message_data(packet.source, packet.destination, packet.payload)[1]
        return mobility.read_acknowledgement(content, Option.IPV4_ADDRESS_ACKNOWLEDGEMENT)

    def answer(self, gate=GATE_1, **fields):
        sent = self.over(gate, **fields)
        return self.read(sent[0].data, gate) if sent else None

    def to_node(self, prefix, **fields):
        """A packet for the mobile node: how it is in the tunnel."""
        before = len(self.core.sent), len(self.home.sent)
        self.give(self.home, datagram(CORRESPONDENT, host(prefix), **fields))
        return self.over_since(before)

    def from_node(self, packet, mode=Mode.IPV4, source=GATE_1, **fields):
        """A packet of the mobile node in the tunnel: the packets on the home link."""
        octets = packet.octets
        if mode == Mode.TLV:
            octets = bytes([1 if packet.number == Protocol.IPV4 else 2, len(octets) & 0xFF, 0, 0]) + octets
        port = 5437 if self.edition == RFC_5844 else 4191
        outer = ipv4.Packet(source, LMA_4, packet.number, octets) if mode == Mode.IPV4 else datagram_of(source, 40000, port, octets, False)
        self.give_core(outer.changed(**fields))
        return [stack.read_packet(octets[14:]) or ipv4.read_packet(octets[14:]) for octets in self.home_sent]


def form(sent):
    """The mode of a tunnel packet, its destination, its ports, and the packet in it."""
    mode, data = Mode.IPV4 if sent.outer.protocol in (4, 41) else Mode.UDP, sent.data
    if data[0] in (1, 2):
        mode, data = Mode.TLV, data[4:]
    return mode, sent.outer.destination, sent.ports[1:], stack.read_packet(data) or ipv4.read_packet(data)


class Messages(unittest.TestCase):
    def test_octets_of_rfc_5844(self):
        bench = BenchOver()
        (sent,) = bench.over(port=50123)
        self.assertEqual((sent.outer.source, sent.outer.destination, sent.ports, sent.outer.fragment), (LMA_4, GATE_1, (5436, 50123), 0))
        self.assertEqual((sent.data[0], sent.data[2], sent.data[4:6]), (59, 6, bytes(2)))
        self.assertTrue(any(sent.checksum))
        self.assertEqual((bench.read(sent.data).status, bench.read(sent.data).nat_detection), (0, None))

    def test_octets_of_the_drafts(self):
        for edition in DRAFTS:
            bench = BenchOver(edition)
            (sent,) = bench.over(outer=NAT, port=61000, home_addresses=asked())
            self.assertEqual((sent.outer.source, sent.outer.destination, sent.ports), (LMA_4, NAT, (4191, 61000)))
            answer = bench.read(sent.data)
            self.assertEqual((answer.status, answer.nat_detection, answer.has_tlv, answer.dhcp_mode), (0, (False, 47), False, None))
            self.assertEqual((answer.replies[0].status, answer.router is None), (0, edition == DRAFT_02))
            at = sent.data.index(bytes.fromhex("1f06" "0000" "0000002f"))
            self.assertEqual((at - 40) % 4, 0)

    def test_checksum_of_the_mobility_header_does_not_matter(self):
        for value in (b"\x12\x34", b"\xff\xff", bytes(2)):
            self.assertEqual(BenchOver().answer(checksum=value).status, 0)
        bench = BenchOver(DRAFT_04)
        octets = bytearray(bench.message())
        octets[44] ^= 1
        self.assertEqual(bench.give_core(datagram_of(GATE_1, 50001, 4191, bytes(octets))), [])

    def test_udp_checksum(self):
        self.assertEqual(BenchOver().over(has_checksum=False), [])
        self.assertEqual(BenchOver(DRAFT_04).answer(has_checksum=False).status, 0)
        for edition in transport.EDITIONS:
            bench = BenchOver(edition)
            packet = datagram_of(GATE_1, 50001, bench.port, bench.message())
            wrong = packet.payload[:6] + bytes([packet.payload[6] ^ 1]) + packet.payload[7:]
            self.assertEqual(bench.give_core(packet.changed(payload=wrong)), [])

    def test_rules_of_rfc_5213_apply(self):
        for edition in transport.EDITIONS:
            self.assertEqual(BenchOver(edition).answer(handoff=None).status, 161)
            self.assertEqual(BenchOver(edition).answer(name="off@example.net").status, 152)
        self.assertEqual(BenchOver().answer(STRANGER_4).status, 154)
        # In the drafts it is the address in the IPv6 packet that counts.
        self.assertEqual(BenchOver(DRAFT_04, accepts_udp=True).answer(outer=STRANGER_4).status, 0)

    def test_what_is_no_update(self):
        bench = BenchOver()
        unknown = mobility.mobility_header(77, bytes(10), None, None)
        (error,) = bench.give_core(datagram_of(GATE_1, 50001, 5436, unknown))
        self.assertEqual((error.ports, error.data[2], error.data[6], error.data[4:6]), ((5436, 50001), 7, 2, bytes(2)))
        self.assertEqual(bench.give_core(datagram_of(GATE_1, 50001, 5436, bench.message()[:-9])), [])
        ((unreachable),) = bench.give_core(datagram_of(GATE_1, 50001, 999, b"x"))
        self.assertEqual((unreachable.outer.protocol, base.error_of_4(unreachable.outer)[:2]), (1, (3, 3)))

    def test_session_moves_between_transports(self):
        for edition in DRAFTS:
            bench = BenchOver(edition)
            prefix = bench.register().prefixes[0]
            self.assertEqual(bench.from_correspondent(host(prefix))[0][1].destination, MAG_1)
            self.assertEqual(bench.answer(prefixes=(prefix,), handoff=5).prefixes, (prefix,))
            self.assertEqual(form(bench.to_node(prefix)[0])[:3], (Mode.IPV4, GATE_1, ()))
            bench.register(prefixes=(prefix,), handoff=5)
            self.assertEqual(bench.from_correspondent(host(prefix))[0][1].destination, MAG_1)
            self.assertEqual(list(bench.device.anchor.tunnels), [MAG_1])

    def test_handoff_and_deregistration(self):
        for edition in transport.EDITIONS:
            bench = BenchOver(edition, min_delay_before_bce_delete=1000)
            prefix = bench.answer().prefixes[0]
            self.assertEqual(bench.answer(GATE_2, prefixes=(prefix,), handoff=3).prefixes, (prefix,))
            self.assertEqual(form(bench.to_node(prefix)[0])[1], GATE_2)
            self.assertIsNone(bench.answer(lifetime=0, prefixes=(prefix,), handoff=4))
            answer = bench.answer(GATE_2, lifetime=0, prefixes=(prefix,), handoff=4)
            self.assertEqual((answer.status, answer.lifetime), (0, 0))
            bench.wait(2)
            self.assertEqual((bench.device.anchor.cache, bench.device.anchor.tunnels), ([], {}))

    def test_alternate_care_of_address_is_ignored(self):
        bench = BenchOver()
        prefix = bench.answer(alternate_care_of=MAG_2).prefixes[0]
        self.assertEqual(form(bench.to_node(prefix)[0])[1], GATE_1)

    def test_fragmented_update(self):
        bench = BenchOver()
        packet = datagram_of(GATE_1, 50001, 5436, bench.message()).changed(identification=9)
        parts = ipv4.fragments(packet, 60)
        self.assertGreater(len(parts), 2)
        self.assertEqual([len(bench.give_core(part)) for part in reversed(parts)], [0] * (len(parts) - 1) + [1])
        self.assertEqual(bench.give_core(parts[0]) + bench.give_core(parts[0].changed(fragment=parts[0].fragment | 1)), [])


class Negotiation(unittest.TestCase):
    """RFC 5844, 4.1.3.1; -04, 4.1.3.1; -02, 4.3.2."""

    def told(self, edition, accepts_udp=None, **fields):
        """The status, the NAT Detection option, the flag T, and the mode and port of data."""
        bench = BenchOver(edition, accepts_udp=accepts_udp)
        answer = bench.answer(**fields)
        data = form(bench.to_node(answer.prefixes[0])[0]) if answer.status == 0 else None
        return answer.status, answer.nat_detection, answer.has_tlv, data and (data[0], *data[2])

    def test_plain(self):
        for edition in transport.EDITIONS:
            self.assertEqual(self.told(edition), (0, None, False, (Mode.IPV4,)))
            self.assertEqual(self.told(edition, accepts_udp=edition == RFC_5844), (0, None, False, (Mode.IPV4,)))

    def test_forced(self):
        self.assertEqual(self.told(RFC_5844, forces_udp=True), (129, None, False, None))
        self.assertEqual(self.told(RFC_5844, True, forces_udp=True), (0, (True, 0xFFFFFFFF), False, (Mode.UDP, 5437)))
        self.assertEqual(self.told(DRAFT_04, forces_udp=True), (0, None, False, (Mode.UDP, 50001)))
        self.assertEqual(self.told(DRAFT_04, False, forces_udp=True), (144, None, False, None))
        self.assertEqual(self.told(DRAFT_02, forces_udp=True), (0, None, False, (Mode.IPV4,)))

    def test_behind_a_nat(self):
        for edition in DRAFTS:
            self.assertEqual(self.told(edition, outer=NAT, port=7), (0, (False, 47), False, (Mode.UDP, 7)))
            self.assertEqual(self.told(edition, outer=NAT, handoff=None), (161, (False, 47), False, None))
            self.assertEqual(self.told(edition, outer=NAT, care_of=None), (0, None, False, (Mode.IPV4,)))
        self.assertEqual(self.told(DRAFT_04, outer=NAT, forces_udp=True)[1], (True, 47))
        self.assertEqual(self.told(DRAFT_04, False, outer=NAT), (129, (False, 47), False, None))

    def test_tlv(self):
        self.assertEqual(self.told(RFC_5844, wants_tlv=True), (0, None, False, (Mode.IPV4,)))
        for edition in DRAFTS:
            self.assertEqual(self.told(edition, wants_tlv=True), (0, None, True, (Mode.TLV, 50001)))
        bench = BenchOver(DRAFT_02)
        (sent,) = bench.over(wants_tlv=True, has_tlv=True)
        self.assertEqual((sent.data[0], sent.data[1], sent.data[2:4]), (2, len(sent.data) - 4 & 0xFF, bytes(2)))
        self.assertEqual(bench.read(sent.data).status, 0)

    def test_what_ends_a_session_is_not_refused(self):
        bench = BenchOver(accepts_udp=True)
        prefix = bench.answer(forces_udp=True).prefixes[0]
        bench.device.settings.transport.accepts_udp = False
        self.assertEqual(bench.answer(prefixes=(prefix,), handoff=5, forces_udp=True).status, 129)
        self.assertEqual(bench.answer(lifetime=0, prefixes=(prefix,), handoff=4, forces_udp=True).status, 0)

    def test_nat_gives_another_port(self):
        for edition in DRAFTS:
            bench = BenchOver(edition)
            prefix = bench.answer(outer=NAT, port=61000).prefixes[0]
            self.assertEqual(bench.answer(outer=NAT, port=61001, prefixes=(prefix,), handoff=5).status, 0)
            self.assertEqual(form(bench.to_node(prefix)[0])[:3], (Mode.UDP, NAT, (61001,)))
            bench.answer(prefixes=(prefix,), handoff=5)
            self.assertEqual(form(bench.to_node(prefix)[0])[:3], (Mode.IPV4, GATE_1, ()))

    def test_two_gateways_behind_a_nat(self):
        bench = BenchOver(DRAFT_04)
        first = bench.answer(outer=NAT, port=61000).prefixes[0]
        second = bench.answer(GATE_2, outer=NAT, port=62000, name="other@example.net", interface=b"\x02\0\0\0\0\x02").prefixes[0]
        self.assertEqual([form(bench.to_node(prefix)[0])[2] for prefix in (first, second)], [(61000,), (62000,)])

    def test_variable(self):
        for edition, name, before in ((RFC_5844, "AcceptForcedIPv4UDPEncapsulationRequest", False), (DRAFT_04, "AcceptIPv4UDPEncapsulationRequest", True)):
            bench = BenchOver(edition)
            variables = foreign_control.Variables(bench.device.settings, None)
            self.assertEqual(bench.device.settings.transport.accepts_udp, before)
            variables.apply("set", name, "0" if before else "1")
            self.assertEqual(bench.device.settings.transport.accepts_udp, not before)
        with self.assertRaises(foreign_control.Refused):
            foreign_control.Variables(BenchOver(DRAFT_02).device.settings, None).apply("set", "AcceptIPv4UDPEncapsulationRequest", "0")


class Data(unittest.TestCase):
    def registered(self, edition=RFC_5844, fault=None, **fields):
        bench = BenchOver(edition, fault, accepts_udp=True)
        return bench, bench.answer(**fields).prefixes[0]

    def modes(self):
        """Benches with tunnels of each mode, and their prefixes."""
        yield Mode.IPV4, *self.registered()
        yield Mode.UDP, *self.registered(forces_udp=True)
        yield Mode.UDP, *self.registered(DRAFT_04, forces_udp=True)
        yield Mode.TLV, *self.registered(DRAFT_02, wants_tlv=True)

    def test_both_ways(self):
        for mode, bench, prefix in self.modes():
            packet = datagram(CORRESPONDENT, host(prefix), size=300, hop_limit=9, traffic_class=0xB8 | ECT_0)
            before = len(bench.core.sent), len(bench.home.sent)
            bench.give(bench.home, packet)
            (sent,) = bench.over_since(before)
            self.assertEqual((form(sent)[0], form(sent)[3]), (mode, packet.changed(hop_limit=8)))
            self.assertEqual((sent.outer.source, sent.outer.ttl, sent.outer.traffic_class, sent.outer.fragment), (LMA_4, 47, ECT_0, 0))
            self.assertIn(sent.checksum, (b"", bytes(2)))
            back = datagram(host(prefix), CORRESPONDENT, hop_limit=9)
            self.assertEqual(bench.from_node(back, mode), [back.changed(hop_limit=8)])
            for other in set(Mode) - {mode}:
                if other != Mode.TLV or bench.edition != RFC_5844:
                    self.assertEqual(bench.from_node(back, other), [])
            self.assertEqual(bench.from_node(back, mode, source=GATE_2), [])

    def test_ipv4_both_ways(self):
        for edition, mode, fields in ((RFC_5844, Mode.IPV4, {}), (RFC_5844, Mode.UDP, {"forces_udp": True}), (DRAFT_02, Mode.TLV, {"wants_tlv": True})):
            bench = BenchOver(edition, accepts_udp=True)
            node = bench.answer(home_addresses=asked(), prefixes=(), **fields).replies[0].home_address.octets
            before = len(bench.core.sent), len(bench.home.sent)
            bench.device.ipv4.receive(stack.Frame(bench.home.link_layer, b"\x02\0\0\0\1\x99", datagram_4(CORRESPONDENT_4, node, ttl=9).octets, ethertype=stack.ETHERTYPE_IPV4), bench.now)
            (sent,) = bench.over_since(before)
            self.assertEqual((form(sent)[0], form(sent)[3]), (mode, datagram_4(CORRESPONDENT_4, node, ttl=8)))
            back = datagram_4(node, CORRESPONDENT_4, ttl=9)
            self.assertEqual(bench.from_node(back, mode), [back.changed(ttl=8)])

    def test_congestion(self):
        bench, prefix = self.registered()
        back = datagram(host(prefix), CORRESPONDENT, traffic_class=ECT_0)
        self.assertEqual([packet.ecn for packet in bench.from_node(back, traffic_class=CE)], [CE])
        self.assertEqual(bench.from_node(datagram(host(prefix), CORRESPONDENT), traffic_class=CE), [])

    def test_large_packets(self):
        for mode, bench, prefix in self.modes():
            self.assertEqual(len(bench.to_node(prefix, size=1280 - 48)), 1)
            self.assertEqual(bench.to_node(prefix, size=1281 - 48), [])
            self.assertEqual(base.error_of(stack.read_packet(bench.home_sent[0][14:])), (2, 0, 1280))
        bench = BenchOver()
        node = bench.answer(home_addresses=asked(), prefixes=()).replies[0].home_address.octets
        for flags, expected in ((0, ("core", "core")), (ipv4.DONT_FRAGMENT, ("home",))):
            before = len(bench.core.sent), len(bench.home.sent)
            frame = stack.Frame(bench.home.link_layer, b"\x02\0\0\0\1\x99", datagram_4(CORRESPONDENT_4, node, 1470, fragment=flags).octets, ethertype=stack.ETHERTYPE_IPV4)
            bench.device.ipv4.receive(frame, bench.now)
            self.assertEqual(("core",) * (len(bench.core.sent) - before[0]) + ("home",) * (len(bench.home.sent) - before[1]), expected)

    def test_fragments_are_put_together(self):
        bench, prefix = self.registered(forces_udp=True)
        back = datagram(host(prefix), CORRESPONDENT, size=1200)
        parts = ipv4.fragments(datagram_of(GATE_1, 5437, 5437, back.octets).changed(identification=5), 600)
        for part in parts[:-1]:
            bench.give_core(part.changed(traffic_class=0))
            self.assertEqual(bench.home_sent, [])
        bench.give_core(parts[-1])
        self.assertEqual(stack.read_packet(bench.home_sent[0][14:]).payload, back.payload)

    def error(self, bench, sent, kind, code, mtu=0):
        packet = ipv4.icmp_error(kind, code, mtu, sent.outer.octets, NAT, LMA_4)
        bench.give_core(packet)
        return [base.error_of(stack.read_packet(octets[14:]))[:2] for octets in bench.home_sent]

    def test_errors_from_inside_a_tunnel(self):
        for _, bench, prefix in self.modes():
            (sent,) = bench.to_node(prefix, size=100)
            self.assertEqual(self.error(bench, sent, 3, 1), [(1, 3)])
            self.assertEqual(self.error(bench, sent, 11, 0), [(1, 3)])
            self.assertEqual(self.error(bench, sent, 3, 4, 600), [])
            self.assertGreater(len(bench.to_node(prefix, size=1000)), 1)
            bench.wait(0.5)
            self.assertEqual(self.error(bench, dataclasses.replace(sent, outer=sent.outer.changed(destination=STRANGER_4)), 3, 1), [])

    def test_silent_gateway(self):
        bench, prefix = self.registered()
        del bench.device.core4.link.neighbors.neighbors[GATE_1]
        bench.to_node(prefix)
        before = len(bench.core.sent), len(bench.home.sent)
        for _ in range(4):
            bench.wait(1)
        bench.over_since(before)
        self.assertEqual([base.error_of(stack.read_packet(octets[14:]))[:2] for octets in bench.home_sent], [(1, 3)])

    def test_echo(self):
        bench = BenchOver()
        (reply,) = bench.give_core(ipv4.icmp(8, 0, b"\0\1\0\2data", GATE_1, LMA_4))
        self.assertEqual((reply.outer.payload[0], reply.outer.payload[4:], reply.outer.destination), (0, b"\0\1\0\2data", GATE_1))


class Protection(unittest.TestCase):
    """RFC 5844, 4.3.1; -04, 4.1.3.2: outside for GATE_1, inside for MAG_2."""

    def bench(self, edition):
        bench = BenchOver(edition)
        peers = ((0x301, GATE_1), (0x302, MAG_2))
        known = [esp.Association(spi + out, peer, bytes([spi & 0xFF]) * 32, not out) for spi, peer in peers for out in (0, 0x100)]
        bench.device.security = esp.Associations(known)
        bench.of_gateway = {spi + out: esp.Association(spi + out, LMA_4, bytes([spi & 0xFF]) * 32, bool(out)) for spi, _ in peers for out in (0, 0x100)}
        return bench

    def test_outside(self):
        for edition in transport.EDITIONS:
            bench = self.bench(edition)
            packet = datagram_of(GATE_1, 50001, bench.port, bench.message())
            self.assertEqual(bench.give_core(packet), [])
            (sent,) = bench.give_core(packet.changed(protocol=50, payload=bench.of_gateway[0x301].seal(17, packet.payload)))
            self.assertEqual(sent.outer.protocol, 50)
            number, octets = bench.of_gateway[0x401].open(sent.data, True)
            self.assertEqual((number, struct.unpack("!HH", octets[:4])), (17, (bench.port, 50001)))
            self.assertEqual(bench.read(octets[8:]).status, 0)

    def test_inside(self):
        for edition in DRAFTS:
            bench = self.bench(edition)
            message = stack.read_packet(bench.message(GATE_2))
            sealed = message.changed(next_header=50, payload=bench.of_gateway[0x302].seal(135, message.payload))
            (sent,) = bench.give_core(datagram_of(NAT, 50001, bench.port, sealed.octets))
            packet = stack.read_packet(sent.data)
            self.assertEqual((sent.outer.destination, packet.next_header), (NAT, 50))
            number, octets = bench.of_gateway[0x402].open(packet.payload, True)
            self.assertEqual((number, mobility.read_acknowledgement(mobility.message_data(LMA, MAG_2, octets)[1]).status), (135, 0))
        bench = self.bench(RFC_5844)
        self.assertEqual(bench.over(GATE_2), [])


class Set(unittest.TestCase):
    def test_command_line(self):
        common = "--address 2001:db8:c::1 --core c --home h --home-address 2001:db8:f::1 --mag 192.0.2.161 --mag 2001:db8:c::a"
        given = foreign_lma.read_arguments(f"{common} --ipv4-transport 192.0.2.1/24 --ipv4-edition ipv4-draft-04 --accept-udp 0 --ipv4-refresh-time 5".split())
        made = foreign_lma.settings_of(given)
        self.assertEqual((made.gateways, made.transport), ({GATE_1: (), address("2001:db8:c::a"): ()}, transport.Ipv4Transport(LMA_4, DRAFT_04, False, 5)))
        self.assertEqual(len(foreign_lma.routes_of(given, "core", "home")), 3)
        self.assertIsNone(foreign_lma.settings_of(foreign_lma.read_arguments(common.split())).transport)


class Faults(unittest.TestCase):
    """Each fault changes what its test sees; without it the same steps show what the text says."""

    def differ(self, fault, steps, right, wrong):
        self.assertIn(fault, FAULTS)
        self.assertEqual(steps(None), right, "without the fault")
        self.assertEqual(steps(fault), wrong, "with the fault")

    @staticmethod
    def mode(fault, edition=RFC_5844, accepts_udp=True, **fields):
        bench = BenchOver(edition, fault, accepts_udp)
        return form(bench.to_node(bench.answer(**fields).prefixes[0])[0])[0]

    def test_nat_unseen(self):
        self.differ("nat-unseen", lambda fault: self.mode(fault, DRAFT_02, outer=NAT), Mode.UDP, Mode.IPV4)

    def test_nat_option_always(self):
        self.differ("nat-option-always", lambda fault: BenchOver(DRAFT_04, fault).answer().nat_detection, None, (True, 47))

    def test_nat_option_left_out(self):
        self.differ("nat-option-left-out", lambda fault: BenchOver(DRAFT_04, fault).answer(outer=NAT).nat_detection, (False, 47), None)

    def test_nat_port_kept(self):
        def steps(fault):
            bench = BenchOver(DRAFT_04, fault)
            prefix = bench.answer(outer=NAT, port=61000).prefixes[0]
            bench.answer(outer=NAT, port=61001, prefixes=(prefix,), handoff=5)
            return form(bench.to_node(prefix)[0])[2]

        self.differ("nat-port-kept", steps, (61001,), (61000,))

    def test_forced_always(self):
        self.differ("forced-always", lambda fault: BenchOver(RFC_5844, fault).answer(forces_udp=True).status, 129, 0)

    def test_force_ignored(self):
        self.differ("force-ignored", lambda fault: self.mode(fault, forces_udp=True), Mode.UDP, Mode.IPV4)

    def test_udp_always(self):
        self.differ("udp-always", self.mode, Mode.IPV4, Mode.UDP)

    def test_tlv_left_out(self):
        self.differ("tlv-left-out", lambda fault: self.mode(fault, DRAFT_02, wants_tlv=True), Mode.TLV, Mode.UDP)

    def test_answer_to_own_port(self):
        self.differ("answer-to-own-port", lambda fault: BenchOver(RFC_5844, fault).over()[0].ports, (5436, 50001), (5436, 5436))

    def test_mobility_checksum(self):
        self.differ("mobility-checksum", lambda fault: any(BenchOver(RFC_5844, fault).over()[0].data[4:6]), False, True)

    def test_mobility_checksum_verified(self):
        self.differ("mobility-checksum-verified", lambda fault: len(BenchOver(RFC_5844, fault).over()), 1, 0)

    def test_message_checksum_left_out(self):
        self.differ("message-checksum-left-out", lambda fault: any(BenchOver(RFC_5844, fault).over()[0].checksum), True, False)

    def test_message_checksum_optional(self):
        self.differ("message-checksum-optional", lambda fault: len(BenchOver(RFC_5844, fault).over(has_checksum=False)), 0, 1)

    def test_transport_ecn_lost(self):
        def steps(fault):
            bench = BenchOver(RFC_5844, fault)
            back = datagram(host(bench.answer().prefixes[0]), CORRESPONDENT, traffic_class=ECT_0)
            node = bench.answer(home_addresses=asked(), prefixes=(), name="mn2@example.net", interface=b"\x02\0\0\0\0\x02").replies[0].home_address.octets
            more = datagram_4(node, CORRESPONDENT_4, traffic_class=ECT_0)
            return [packet.ecn for one in (back, more) for packet in bench.from_node(one, traffic_class=CE)]

        self.differ("transport-ecn-lost", steps, [CE, CE], [ECT_0, ECT_0])


if __name__ == "__main__":
    unittest.main()
