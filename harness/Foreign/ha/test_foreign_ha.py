#!/usr/bin/env python3
"""Tests of the home agent: bindings, the home link, packets, and each fault. They need neither root nor a network.

The mobile node below makes its messages by itself, so that an error in those of the device is not mirrored here.
"""

import csv
import pathlib
import struct
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import foreign_ha
import foreign_mobility as mobility
import foreign_stack as stack
from foreign_home_agent import Settings
from foreign_stack import Packet, Protocol, address

HA, HA_CORE, CN, NEIGHBOR = (address(text) for text in ("2001:db8:200::1", "2001:db8:100::1", "2001:db8:100::c1", "2001:db8:200::c2"))
HOME = address("2001:db8:200::5e00:1")
LINK_LOCAL = address("fe80::5e00:1")
NETWORK = address("2001:db8:4000:1::")
CARE_OF = [address(f"2001:db8:100::5e{k}:1") for k in range(4)]
HOME_MAC, CORE_MAC, PEER, NODE = (bytes([2, 0, 0, 0, 0, number]) for number in (1, 2, 3, 4))
A, H, L, R, O = 0x8000, 0x4000, 0x2000, 0x0400, 0x0040


def header(kind, data, source, destination):
    octets = bytes([59, (len(data) + 6) // 8 - 1, kind, 0, 0, 0]) + data
    return octets[:4] + struct.pack("!H", stack.checksum(source, destination, 135, octets)) + octets[6:]


def home_option(home, next_header, payload):
    return bytes([next_header, 2, 1, 2, 0, 0, 201, 16]) + home + payload


def identifier(bid, care_of=b"", flags=0):
    return struct.pack("!BBHBB", 35, 4 + len(care_of), bid, 0, flags) + care_of


class Bench:
    """The device between two links, and a mobile node. Everybody on the core has one link-layer address."""

    def __init__(self, fault=None, **fields):
        self.now, self.frames, self.sequence = 100.0, [], 0
        prefix = mobility.prefix("2001:db8:200::/64")
        settings = Settings(HA, prefix, networks=address("2001:db8:4000::")[:6], fault=fault, **fields)
        home = foreign_ha.HomeInterface("home", HOME_MAC, 1500, lambda octets: self.frames.append(("home", octets)), [HA])
        core = stack.Interface("core", CORE_MAC, 1500, lambda octets: self.frames.append(("core", octets)), [HA_CORE], router=CN)
        self.device = foreign_ha.Device(settings, home, core, mobility.prefix("2001:db8:100::/64"))
        for neighbor in (CN, *CARE_OF):
            core.neighbors.heard(neighbor, PEER, self.now)
        home.neighbors.heard(NEIGHBOR, PEER, self.now)

    def give(self, packet, link="core", source=PEER, destination=None):
        """The packets that follow: link, link-layer destination, packet."""
        self.frames.clear()
        interface = self.device.home if link == "home" else self.device.core
        self.device.receive(interface, stack.Frame(destination or interface.link_layer, source, packet.octets), self.now)
        return self.sent()

    def sent(self):
        found = [(link, octets[:6], stack.read_packet(octets[14:])) for link, octets in self.frames]
        return [one for one in found if one[2].next_header != Protocol.ICMPV6 or one[2].payload[0] not in (135, 136)]

    def neighbor_messages(self):
        packets = [stack.read_packet(octets[14:]) for _, octets in self.frames]
        return [packet for packet in packets if packet.next_header == Protocol.ICMPV6 and packet.payload[0] in (135, 136)]

    def wait(self, seconds):
        self.frames.clear()
        self.now += seconds
        self.device.pass_time(self.now)
        return self.sent()

    def update(self, source, options=b"", lifetime=100, flags=A | H, sequence=None, has_option=True, link="core", waits=1.1):
        """The acknowledgement: its status, Sequence Number, lifetime, BID options, and the packet."""
        self.sequence = self.sequence + 1 if sequence is None else sequence
        data = struct.pack("!HHH", self.sequence, flags, lifetime) + options
        data += bytes(-(len(data) + 6) % 8)
        message = header(5, data, HOME, HA)
        payload = home_option(HOME, 135, message) if has_option else message
        answers = self.give(Packet(source, HA, 60 if has_option else 135, payload), link, NODE if link == "home" else PEER)
        answers = answers or self.wait(waits)
        if not answers:
            return None
        found_on, to, packet = answers[0]
        octets = packet.payload[24:] if packet.next_header == Protocol.ROUTING else packet.payload
        status, _, number, granted = struct.unpack("!BBHH", octets[6:12])
        found, at = [], 12
        while at < len(octets):
            if octets[at] == 0:
                at += 1
                continue
            if octets[at] == 35:
                found.append(struct.unpack("!HB", octets[at + 2 : at + 5]))
            at += 2 + octets[at + 1]
        return status, number, granted * 4, found, (found_on, to, packet)

    def register(self, *bids, **fields):
        return self.update(CARE_OF[bids[0]], b"".join(b"\1\0" * 2 * (not at) + identifier(bid, CARE_OF[bid]) for at, bid in enumerate(bids)), **fields)

    def place(self, port=40000, destination=HOME, link="core"):
        """Where a packet for the mobile node goes: a care-of address, the home link, or nowhere."""
        answers = self.give(stack.udp(NEIGHBOR if link == "home" else CN, destination, port, 40000, b"data"), link)
        if not answers or answers[0][2].payload[:1] == b"\1":
            return None
        found_on, _, packet = answers[0]
        return packet.destination if packet.next_header == Protocol.IPV6 else found_on

    def tunnelled(self, care_of, port=50000, source=HOME):
        """Whether a packet through the tunnel is forwarded."""
        inner = stack.udp(source, CN, 40000, port, b"data")
        return bool(self.give(Packet(care_of, HA, 41, inner.octets)))

    def accepts(self, care_of):
        request = stack.icmp(128, 0, b"\0\1\0\1data", HOME, HA).payload
        answers = self.give(Packet(care_of, HA, 60, home_option(HOME, 58, request)))
        return bool(answers) and answers[0][2].next_header != 135

    def defends(self, target=HOME):
        group = stack.solicited_node(target)
        self.give(stack.solicitation(stack.UNSPECIFIED, group, target, PEER), "home", PEER, stack.multicast_link_layer(group))
        return any(packet.payload[0] == 136 and packet.payload[8:24] == target for packet in self.neighbor_messages())


class Bindings(unittest.TestCase):
    def test_registration(self):
        bench = Bench()
        status, number, granted, found, (link, _, packet) = bench.register(3)
        self.assertEqual((0, 1, 396, [(3, 0)], "core", CARE_OF[3]), (status, number, granted, found, link, packet.destination))
        self.assertEqual(HOME, packet.payload[8:24])
        self.assertEqual(0, stack.checksum(HA, HOME, 135, packet.payload[24:]))
        self.assertEqual(CARE_OF[3], bench.place())

    def test_sequence_numbers(self):
        bench = Bench()
        bench.register(1, sequence=100)
        self.assertEqual((135, 100), bench.register(2, sequence=100)[:2])
        self.assertEqual(0, bench.register(2, sequence=32867)[0])

    def test_other_home_addresses(self):
        bench = Bench()
        foreign = address("2001:db8:dead::1")
        data = struct.pack("!HHH", 1, A | H, 10) + bytes(4)
        answer = bench.give(Packet(CARE_OF[1], HA, 60, home_option(foreign, 135, header(5, data, foreign, HA))))
        self.assertEqual(132, answer[0][2].payload[30])

    def test_duplicates(self):
        bench = Bench()
        self.assertIsNone(bench.register(1, waits=0.5))
        self.assertEqual({HOME}, bench.device.home.tested)
        message = stack.advertisement(HOME, stack.ALL_NODES, HOME, NODE, stack.OVERRIDES)
        bench.give(message, "home", NODE, stack.multicast_link_layer(stack.ALL_NODES))
        self.assertEqual(134, bench.wait(0.01)[0][2].payload[30])
        self.assertEqual(set(), bench.device.home.tested)

    def test_removal(self):
        bench = Bench()
        bench.register(1, 2, 3)
        self.assertEqual(0, bench.update(CARE_OF[1], identifier(1), lifetime=0)[0])
        self.assertEqual([False, True, True], [bench.tunnelled(CARE_OF[k]) for k in (1, 2, 3)])
        self.assertEqual(133, bench.update(CARE_OF[1], identifier(1) + identifier(2), lifetime=0)[0])
        self.assertEqual(0, bench.update(CARE_OF[1], lifetime=0)[0])
        self.assertIsNone(bench.place())
        self.assertEqual(133, bench.update(CARE_OF[1], lifetime=0)[0])

    def test_bulk(self):
        bench = Bench()
        status, _, _, found, _ = bench.update(CARE_OF[1], identifier(1, CARE_OF[1]) + identifier(2, address("ff0e::1")))
        self.assertEqual((4, [(1, 0), (2, 164)]), (status, found))
        self.assertEqual(168, Bench(allows_bulk=False).register(1, 2)[0])
        self.assertEqual(166, Bench(allows_several=False).register(1)[0])

    def test_plain(self):
        bench = Bench()
        bench.register(1, 2)
        self.assertEqual(0, bench.update(CARE_OF[3])[0])
        self.assertEqual([False, False, True], [bench.tunnelled(CARE_OF[k]) for k in (1, 2, 3)])
        self.assertEqual(165, bench.register(1)[0])
        self.assertEqual(0, bench.register(1, flags=A | H | O)[0])
        self.assertEqual(CARE_OF[1], bench.place())
        other = Bench(has_identifiers=False)
        self.assertEqual([], other.register(1)[3])

    def test_without_address(self):
        bench = Bench()
        bench.register(1)
        self.assertEqual(0, bench.update(CARE_OF[3], identifier(1))[0])
        self.assertEqual(CARE_OF[1], bench.place())
        self.assertEqual(167, bench.update(CARE_OF[3], identifier(3))[0])
        self.assertEqual(164, bench.update(CARE_OF[3], bytes([35, 5, 0, 3, 0, 0, 0]))[0])

    def test_lifetimes(self):
        bench = Bench()
        bench.register(1, lifetime=10)
        asked = bench.wait(30.5)[0][2]
        self.assertEqual((CARE_OF[1], Protocol.IPV6), (asked.destination, asked.next_header))
        inner = stack.read_packet(asked.payload)
        self.assertEqual((HOME, 0, bytes([35, 4, 0, 1])), (inner.destination, inner.payload[2], inner.payload[8:12]))
        bench.wait(6)
        self.assertIsNone(bench.place())


class HomeLink(unittest.TestCase):
    def test_defence(self):
        bench = Bench()
        self.assertFalse(bench.defends())
        bench.update(CARE_OF[1], flags=A | H | L)
        announced = [packet for packet in bench.neighbor_messages() if packet.payload[0] == 136]
        self.assertEqual({(HOME, HA, 0x20), (LINK_LOCAL, HA, 0x20)}, {(packet.payload[8:24], packet.source, packet.payload[4]) for packet in announced} & {(one, HA, 0x20) for one in (HOME, LINK_LOCAL)})
        self.assertTrue(bench.defends() and bench.defends(LINK_LOCAL))
        bench.update(CARE_OF[1], lifetime=0)
        self.assertFalse(bench.defends() or bench.defends(LINK_LOCAL))

    def test_return(self):
        bench = Bench()
        bench.register(1)
        status, _, _, _, (link, to, packet) = bench.update(HOME, lifetime=0, has_option=False, link="home")
        self.assertEqual((0, "home", NODE, HOME, 135), (status, link, to, packet.destination, packet.next_header))
        self.assertEqual(135, bench.register(1, sequence=1)[0])

    def test_home_binding(self):
        bench = Bench()
        bench.register(1)
        option = bytes([0, 7, 7, 2]) + NODE + bytes(2) + identifier(2, HOME, 0x80)
        self.assertEqual(0, bench.update(HOME, option, has_option=False, link="home")[0])
        self.assertEqual("home", bench.place())
        self.assertFalse(bench.defends())
        bench.register(1)
        self.assertEqual(CARE_OF[1], bench.place(1))
        self.assertEqual(169, Bench(allows_home_binding=False).update(CARE_OF[1], identifier(2, HOME, 0x80))[0])
        others = Bench(has_other_routers=True)
        status, _, _, found, _ = others.update(HOME, option, has_option=False, link="home")
        self.assertEqual((5, [(2, 5)], True), (status, found, others.defends()))

    def test_link_local_packets(self):
        bench = Bench()
        bench.update(CARE_OF[1], flags=A | H | L)
        answer = bench.give(stack.udp(NEIGHBOR, LINK_LOCAL, 1, 2, b""), "home")[0][2]
        self.assertEqual((1, 3), tuple(answer.payload[:2]))


class Packets(unittest.TestCase):
    def test_tunnels(self):
        bench = Bench()
        bench.register(1)
        self.assertEqual([True, False], [bench.tunnelled(CARE_OF[k]) for k in (1, 2)])
        self.assertEqual(CARE_OF[1], bench.place(link="home"))

    def test_flows(self):
        bench = Bench()
        bench.register(1)
        bench.register(2)
        bench.tunnelled(CARE_OF[1], 1001)
        bench.tunnelled(CARE_OF[2], 1002)
        self.assertEqual([CARE_OF[1], CARE_OF[2], CARE_OF[2]], [bench.place(port) for port in (1001, 1002, 1003)])

    def test_home_address_option(self):
        bench = Bench()
        bench.register(1)
        self.assertEqual([True, False], [bench.accepts(CARE_OF[k]) for k in (1, 2)])

    def test_prefixes(self):
        bench = Bench()
        bench.register(1)
        answer = self.solicit(bench, CARE_OF[1])
        self.assertEqual((CARE_OF[1], 147, b"\x12\x34", HA), (answer.destination, answer.payload[24], answer.payload[28:30], answer.payload[-16:]))

    def solicit(self, bench, care_of):
        request = stack.icmp(146, 0, b"\x12\x34\0\0", HOME, HA).payload
        return bench.give(Packet(care_of, HA, 60, home_option(HOME, 58, request)))[0][2]

    def test_mobile_networks(self):
        bench = Bench()
        network = bytes([1, 2, 0, 0, 6, 18, 0, 64]) + NETWORK
        self.assertEqual(0, bench.update(CARE_OF[1], network + identifier(1, CARE_OF[1]), flags=A | H | R)[0])
        self.assertEqual(CARE_OF[1], bench.place(destination=NETWORK[:15] + b"\5"))
        other = bytes([1, 2, 0, 0, 6, 18, 0, 64]) + address("2001:db8:4000:2::")
        self.assertEqual(142, bench.update(CARE_OF[1], other + identifier(1, CARE_OF[1]), flags=A | H | R)[0])
        bench.update(CARE_OF[1], lifetime=0)
        self.assertIsNone(bench.place(destination=NETWORK[:15] + b"\5"))


class Faults(unittest.TestCase):
    """What each fault changes, beside the device without it."""

    @staticmethod
    def several(then):
        def observe(bench):
            bench.register(1)
            bench.register(2)
            return then(bench), [bench.tunnelled(CARE_OF[k]) for k in (1, 2, 3)]

        return observe

    def test_faults(self):
        cases = {
            "sequence-bare": lambda bench: (bench.register(1, sequence=65535), bench.register(1, sequence=0)[0])[1],
            "own-sequence-in-135": lambda bench: (bench.register(1, sequence=9), bench.register(1, sequence=8)[1])[1],
            "lifetime-longer": lambda bench: bench.register(1)[2],
            "bindings-stay": lambda bench: (bench.register(1, lifetime=5), bench.wait(30), bench.place())[2],
            "untested": lambda bench: bench.register(1, waits=0.1) is None,
            "routing-header-left-out": lambda bench: bench.register(1)[4][2].next_header,
            "undefended": lambda bench: (bench.register(1), bench.defends())[1],
            "unannounced": lambda bench: (bench.register(1), len([one for one in bench.neighbor_messages() if one.payload[0] == 136]))[1],
            "any-tunnel-source": lambda bench: (bench.register(1), bench.tunnelled(CARE_OF[2]))[1],
            "errors-left-out": lambda bench: len(bench.give(Packet(CARE_OF[1], HA, 60, home_option(HOME, 17, bytes(8))))),
            "prefixes-unanswered": lambda bench: (
                bench.register(1),
                len(bench.give(Packet(CARE_OF[1], HA, 60, home_option(HOME, 58, stack.icmp(146, 0, bytes(4), HOME, HA).payload)))),
            )[1],
            "flows-move": self.several(lambda bench: (bench.tunnelled(CARE_OF[1], 1001), bench.tunnelled(CARE_OF[2], 1002), bench.place(1001))),
            "second-replaces-first": self.several(lambda bench: None),
            "others-kept": self.several(lambda bench: bench.update(CARE_OF[3])[0]),
            "overwrite-ignored": self.several(lambda bench: bench.register(3, flags=A | H | O)[0]),
            "beside-plain-binding": lambda bench: (bench.update(CARE_OF[1]), bench.register(2)[0])[1],
            "unknown-registered": self.several(lambda bench: bench.update(CARE_OF[3], identifier(3))[0]),
            "bulk-last-alone": lambda bench: (bench.register(1, 2), bench.tunnelled(CARE_OF[1]))[1],
            "complete-always": lambda bench: bench.update(CARE_OF[1], identifier(1, CARE_OF[1]) + identifier(2))[0],
            "length-unchecked": self.several(lambda bench: bench.update(CARE_OF[3], bytes([35, 5, 0, 1, 0, 0, 0]))[0]),
            "removal-ends-all": self.several(lambda bench: bench.update(CARE_OF[1], identifier(1), lifetime=0)[0]),
            "identifier-left-out": lambda bench: bench.register(1)[3],
        }
        for fault, observe in cases.items():
            with self.subTest(fault):
                self.assertNotEqual(observe(Bench()), observe(Bench(fault)))
        self.assertEqual(set(foreign_ha.FAULTS), set(cases))

    def test_rows(self):
        with open(pathlib.Path(__file__).resolve().parent.parent / "faults.tsv", encoding="utf-8", newline="") as file:
            named = [row["fault"] for row in csv.DictReader(file, delimiter="\t") if row["role"] == "HA"]
        self.assertEqual(sorted(foreign_ha.FAULTS), sorted(named))


if __name__ == "__main__":
    unittest.main()
