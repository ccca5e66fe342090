#!/usr/bin/env python3
"""Tests of the correspondent node: octets, return routability, bindings, packets, and each fault. They need neither root nor a network.

The mobile node below makes its messages by itself, so that an error in those of the device is not mirrored here.
"""

import contextlib
import csv
import hashlib
import hmac
import io
import pathlib
import struct
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import foreign_cn
import mobile_ipv6 as mip
import foreign_mobility as mobility
import foreign_stack as stack
from foreign_correspondent import Nonces, Settings
from foreign_host import HostInterface
from foreign_stack import Packet, Protocol, address

CN, ROUTER = address("2001:db8:100::c1"), address("2001:db8:100::ff")
HOME, OTHER_HOME = address("2001:db8:200::5e00:1"), address("2001:db8:200::5e00:2")
CARE_OF = [address(f"2001:db8:100::5e{k}:1") for k in range(4)]
OWN, PEER = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")
A, H, O = 0x8000, 0x4000, 0x0040


def setUpModule():
    # What the device logs is no result of a test.
    stream = contextlib.redirect_stderr(io.StringIO())
    stream.__enter__()
    unittest.addModuleCleanup(stream.__exit__, None, None, None)


def padded(octets):
    left = -len(octets) % 8
    return octets + (b"" if left == 0 else b"\0" if left == 1 else bytes([1, left - 2]) + bytes(left - 2))


def header(kind, data, source, destination):
    octets = bytes([59, (len(data) + 6) // 8 - 1, kind, 0, 0, 0]) + data
    return octets[:4] + struct.pack("!H", stack.checksum(source, destination, 135, octets)) + octets[6:]


def home_option(home, next_header, payload):
    return bytes([next_header, 2, 1, 2, 0, 0, 201, 16]) + home + payload


class Bench:
    """The device on a link on which everybody has one link-layer address, and a mobile node."""

    def __init__(self, fault=None, **fields):
        self.now, self.frames = 100.0, []
        interface = HostInterface("core", OWN, 1500, self.frames.append, [CN], router=ROUTER)
        self.device = foreign_cn.Device(Settings(CN, fault=fault, **fields), interface, mobility.prefix("2001:db8:100::/64"))
        for neighbor in (ROUTER, *CARE_OF):
            interface.neighbors.heard(neighbor, PEER, self.now)
        self.sequence = 0

    def give(self, packet):
        """The packets that follow."""
        self.frames.clear()
        self.device.receive(self.device.interfaces[0], stack.Frame(OWN, PEER, packet.octets), self.now)
        return self.sent()

    def sent(self):
        packets = [stack.read_packet(frame[14:]) for frame in self.frames]
        return [packet for packet in packets if packet.next_header != Protocol.ICMPV6 or packet.payload[0] not in (135, 136)]

    def wait(self, seconds):
        self.frames.clear()
        self.now += seconds
        self.device.pass_time(self.now)
        return self.sent()

    def test(self, source, kind, option=b""):
        """The token and the index, and the packet."""
        data = bytes(2) + b"cookie!!" + option
        answer = self.give(Packet(source, CN, 135, header(kind, padded(bytes(6) + data)[6:], source, CN)))[0]
        index, cookie, token = struct.unpack("!H8s8s", answer.payload[6:24])
        return token, index, cookie, answer

    def update(self, care_of, bid=None, lifetime=100, flags=A, source=None, home=HOME, options=None, wrong=False, proved=None, indices=None, sequence=None):
        """The answers to an update with a proof."""
        self.sequence = self.sequence + 1 if sequence is None else sequence
        home_token, home_index, *_ = self.test(home, 1)
        care_of_token, care_of_index, *_ = self.test(proved or care_of, 2)
        key = hashlib.sha1(home_token + (care_of_token if lifetime else b"")).digest()
        source = source or care_of
        identifier = b"" if bid is None else struct.pack("!BBHBB", 35, 20, bid, 0, 0) + care_of
        data = struct.pack("!HHH", self.sequence, flags, lifetime) + bytes([4, 4]) + struct.pack("!HH", *(indices or (home_index, care_of_index)))
        data += identifier if options is None else options
        while (len(data) + 6) % 8 != 2:
            data += b"\0"
        data += bytes([5, 12])
        octets = bytes([59, (len(data) + 18) // 8 - 1, 5, 0, 0, 0]) + data
        covered = ((proved or care_of) if lifetime else home) + CN + octets
        mac = bytes(12) if wrong else hmac.new(key, covered, hashlib.sha1).digest()[:12]
        self.key, self.covers = key, (proved or care_of) if lifetime else home
        return self.give(Packet(source, CN, 60, home_option(home, 135, header(5, data + mac, home, CN))))

    def status(self, *arguments, **fields):
        """The status of the answer; None without one."""
        answers = self.update(*arguments, **fields)
        return answers[0].payload[24 + 6] if answers else None

    def test_destination(self):
        """Where a Home Test goes."""
        return self.give(Packet(HOME, CN, 135, header(1, bytes(10), HOME, CN)))[0].destination

    def echo(self, source, home=HOME):
        """An Echo Request with a Home Address option: the answers."""
        request = stack.icmp(128, 0, b"\0\1\0\1data", home, CN).payload
        return self.give(Packet(source, CN, 60, home_option(home, 58, request)))

    def accepts(self, source):
        answers = self.echo(source)
        return bool(answers) and answers[0].next_header != 135

    def path(self):
        """Where a reply to the home address goes."""
        return self.give(stack.icmp(128, 0, b"\0\1\0\1data", HOME, CN))[0].destination


def options_of(answer, at):
    found = {}
    while at < len(answer):
        if answer[at] == 0:
            at += 1
            continue
        found.setdefault(answer[at], []).append(answer[at + 2 : at + 2 + answer[at + 1]])
        at += 2 + answer[at + 1]
    return found


class Octets(unittest.TestCase):
    def test_options(self):
        self.assertEqual([(35, b"\0\1\0\0", 12)], mip.options_of(bytes(12) + bytes([35, 4, 0, 1, 0, 0, 1, 0]), 12))
        with self.assertRaises(mobility.Unreadable):
            mip.options_of(bytes(12) + bytes([35, 40, 0, 1]), 12)

    def test_identifiers_of_any_length(self):
        self.assertEqual((258, 3), (mip.read_identifier(b"\1\2\0").bid, mip.read_identifier(b"\1\2\0").length))
        self.assertIsNone(mip.read_identifier(b"\1").bid)

    def test_sequence_numbers(self):
        self.assertTrue(all(mip.is_later(*pair) for pair in ((16, 15), (32782, 15), (0, 65535))))
        self.assertFalse(any(mip.is_later(*pair) for pair in ((15, 15), (14, 15), (32783, 15), (65535, 15))))

    def test_routing_header(self):
        led = mip.routed(stack.icmp(129, 0, b"data", CN, HOME), CARE_OF[1])
        self.assertEqual((CARE_OF[1], bytes([58, 2, 2, 1, 0, 0, 0, 0]) + HOME), (led.destination, led.payload[:24]))


class Proofs(unittest.TestCase):
    def test_tests(self):
        bench = Bench()
        _, home_index, cookie, answer = bench.test(HOME, 1)
        self.assertEqual((b"cookie!!", HOME, 3, 0), (cookie, answer.destination, answer.payload[2], stack.checksum(CN, HOME, 135, answer.payload)))
        _, index, _, answer = bench.test(CARE_OF[1], 2, bytes([35, 4, 0, 9, 0, 0]))
        self.assertEqual(home_index, index)
        self.assertEqual([b"\0\x09\0\0"], options_of(answer.payload, 24)[35])

    def test_tokens_differ_by_kind_and_address(self):
        bench = Bench()
        tokens = [bench.test(HOME, 1)[0], bench.test(HOME, 2)[0], bench.test(CARE_OF[1], 2)[0]]
        self.assertEqual(3, len(set(tokens)))
        self.assertEqual(tokens[0], bench.test(HOME, 1)[0])

    def test_nonces_end(self):
        nonces = Nonces(Settings(CN, nonce_lifetime=40, nonce_use=5))
        first = nonces.take(0.0)
        self.assertEqual(first, nonces.take(4.9))
        self.assertNotEqual(first, nonces.take(5.0))
        nonces.pass_time(39.9)
        self.assertTrue(nonces.is_known(first))
        nonces.pass_time(40.0)
        self.assertFalse(nonces.is_known(first))

    def test_home_address_option(self):
        bench = Bench()
        data = header(2, bytes(10), HOME, CN)
        self.assertEqual([], bench.give(Packet(CARE_OF[1], CN, 60, home_option(HOME, 135, data))))


class Updates(unittest.TestCase):
    def test_registration(self):
        bench = Bench()
        answer = bench.update(CARE_OF[1], bid=7)[0]
        status, _, sequence, lifetime = struct.unpack("!BBHH", answer.payload[30:36])
        self.assertEqual((0, 1, 99), (status, sequence, lifetime))
        self.assertEqual((CARE_OF[1], HOME), (answer.destination, answer.payload[8:24]))
        self.assertEqual(0, stack.checksum(CN, HOME, 135, answer.payload[24:]))
        found = options_of(answer.payload, 36)
        self.assertEqual([b"\0\7\0\0"], found[35])
        octets = answer.payload[24:]
        covered = CARE_OF[1] + CN + octets[:4] + bytes(2) + octets[6:-12]
        self.assertEqual(hmac.new(bench.key, covered, hashlib.sha1).digest()[:12], octets[-12:])
        self.assertEqual(octets[-12:], found[5][0])

    def test_what_is_not_proved(self):
        bench = Bench()
        self.assertIsNone(bench.status(CARE_OF[1], wrong=True))
        self.assertIsNone(bench.status(CARE_OF[1], source=CARE_OF[2], options=b"", proved=CARE_OF[1]))
        self.assertFalse(bench.accepts(CARE_OF[1]))

    def test_nonce_indices(self):
        bench = Bench()
        index = bench.test(HOME, 1)[1]
        unknown = (index + 9) % 65536
        self.assertEqual(136, bench.status(CARE_OF[1], indices=(unknown, index)))
        self.assertEqual(137, bench.status(CARE_OF[1], indices=(index, unknown)))
        self.assertEqual(138, bench.status(CARE_OF[1], indices=(unknown, unknown)))
        self.assertNotIn(5, options_of(bench.update(CARE_OF[1], indices=(unknown, index))[0].payload, 36))

    def test_sequence_numbers(self):
        bench = Bench()
        bench.update(CARE_OF[1], sequence=500)
        answer = bench.update(CARE_OF[2], sequence=500)[0]
        self.assertEqual((135, 500), (answer.payload[30], struct.unpack("!H", answer.payload[32:34])[0]))
        self.assertTrue(bench.accepts(CARE_OF[1]))

    def test_ended_bindings_do_not_come_back(self):
        bench = Bench()
        first = self.repeatable(bench)
        bench.update(CARE_OF[1], lifetime=0)
        bench.give(first)
        self.assertFalse(bench.accepts(CARE_OF[1]))
        self.assertEqual(0, bench.status(CARE_OF[1]))

    def repeatable(self, bench):
        kept, give = [], bench.give
        bench.give = lambda packet: kept.append(packet) or give(packet)
        bench.update(CARE_OF[1])
        bench.give = give
        return kept[-1]

    def test_lifetimes(self):
        bench = Bench(longest_lifetime=60)
        bench.update(CARE_OF[1], lifetime=50)
        bench.wait(55.9)
        self.assertTrue(bench.accepts(CARE_OF[1]))
        bench.wait(0.2)
        self.assertFalse(bench.accepts(CARE_OF[1]))

    def test_unanswered(self):
        bench = Bench()
        self.assertIsNone(bench.status(CARE_OF[1], flags=0))
        self.assertTrue(bench.accepts(CARE_OF[1]))
        self.assertEqual(139, bench.status(CARE_OF[2], flags=A | H))
        self.assertEqual(131, bench.status(CARE_OF[2], flags=A | H, home=OTHER_HOME))


class Identifiers(unittest.TestCase):
    def bench(self, fault=None, **fields):
        bench = Bench(fault, **fields)
        bench.update(CARE_OF[1], bid=1)
        bench.update(CARE_OF[2], bid=2)
        return bench

    def reached(self, bench):
        return [k for k in (1, 2, 3) if bench.accepts(CARE_OF[k])]

    def test_several(self):
        self.assertEqual([1, 2], self.reached(self.bench()))

    def test_move(self):
        bench = self.bench()
        self.assertEqual(0, bench.status(CARE_OF[3], bid=1))
        self.assertEqual([2, 3], self.reached(bench))

    def test_plain_replaces_all(self):
        bench = self.bench()
        self.assertEqual(0, bench.status(CARE_OF[3]))
        self.assertEqual([3], self.reached(bench))
        self.assertEqual(165, bench.status(CARE_OF[1], bid=1))
        self.assertEqual(0, bench.status(CARE_OF[1], bid=1, flags=A | O))
        self.assertEqual([1], self.reached(bench))

    def test_overwrite(self):
        bench = self.bench()
        self.assertEqual(0, bench.status(CARE_OF[3], bid=3, flags=A | O))
        self.assertEqual([3], self.reached(bench))

    def test_without_address(self):
        bench = self.bench()
        self.assertEqual(0, bench.status(CARE_OF[1], options=bytes([35, 4, 0, 1, 0, 0])))
        self.assertEqual(167, bench.status(CARE_OF[3], options=bytes([35, 4, 0, 3, 0, 0])))
        self.assertEqual([1, 2], self.reached(bench))

    def test_rejections(self):
        bench = self.bench()
        self.assertEqual(164, bench.status(CARE_OF[3], options=bytes([35, 5, 0, 3, 0, 0, 0])))
        self.assertEqual(164, bench.status(CARE_OF[3], options=bytes([35, 20, 0, 3, 0, 0]) + address("ff0e::1")))
        self.assertEqual(168, bench.status(CARE_OF[3], options=bytes([35, 4, 0, 1, 0, 0]) * 2))
        self.assertEqual(166, Bench(allows_several=False).status(CARE_OF[1], bid=1))
        self.assertEqual([1, 2], self.reached(bench))

    def test_removal(self):
        bench = self.bench()
        one = bytes([35, 4, 0, 1, 0, 0])
        self.assertEqual(0, bench.status(CARE_OF[2], options=one, lifetime=0))
        self.assertEqual([2], self.reached(bench))
        self.assertEqual(133, bench.status(CARE_OF[2], options=one, lifetime=0))
        self.assertEqual(0, bench.status(CARE_OF[2], lifetime=0))
        self.assertEqual([], self.reached(bench))
        self.assertEqual(128, bench.status(CARE_OF[2], lifetime=0))

    def test_plain_node_skips_the_option(self):
        bench = self.bench(has_identifiers=False)
        self.assertEqual([2], self.reached(bench))


class Packets(unittest.TestCase):
    def test_replies_take_the_verified_path(self):
        bench = Bench()
        self.assertEqual(HOME, bench.path())
        bench.update(CARE_OF[1], bid=1)
        bench.update(CARE_OF[2], bid=2)
        self.assertEqual(CARE_OF[2], bench.path())
        self.assertTrue(bench.accepts(CARE_OF[1]))
        self.assertEqual(CARE_OF[1], bench.path())

    def test_binding_errors(self):
        answer = Bench().echo(CARE_OF[1])[0]
        self.assertEqual((CARE_OF[1], 7, 1, HOME), (answer.destination, answer.payload[2], answer.payload[6], answer.payload[8:24]))
        unknown = header(200, bytes(10), CARE_OF[1], CN)
        answer = Bench().give(Packet(CARE_OF[1], CN, 135, unknown))[0]
        self.assertEqual((7, 2, bytes(16)), (answer.payload[2], answer.payload[6], answer.payload[8:24]))

    def test_datagrams(self):
        bench = Bench()
        answer = bench.give(stack.udp(CARE_OF[1], CN, 5000, 7, b"data"))[0]
        self.assertEqual((17, b"data"), (answer.next_header, answer.payload[8:]))
        self.assertEqual((1, 4), tuple(bench.give(stack.udp(CARE_OF[1], CN, 5000, 9, b"data"))[0].payload[:2]))

    def test_refresh_requests(self):
        bench = Bench()
        bench.update(CARE_OF[1], bid=9, lifetime=10)
        bench.accepts(CARE_OF[1])
        self.assertEqual([], bench.wait(29.9))
        asked = bench.wait(0.2)
        self.assertEqual((HOME, 135, 0), (asked[0].destination, asked[0].next_header, asked[0].payload[2]))
        self.assertEqual([b"\0\x09\0\0"], options_of(asked[0].payload, 8)[35])
        unused = Bench()
        unused.update(CARE_OF[1], lifetime=10)
        self.assertEqual([], unused.wait(31))


class Faults(unittest.TestCase):
    """What each fault changes, beside the device without it."""

    def both(self, fault, observe, **fields):
        self.assertNotEqual(observe(Bench(**fields)), observe(Bench(fault, **fields)), fault)

    def several(self, *then):
        def observe(bench):
            bench.update(CARE_OF[1], bid=1)
            bench.update(CARE_OF[2], bid=2)
            results = [one(bench) for one in then]
            return results, [k for k in (1, 2, 3) if bench.accepts(CARE_OF[k])]

        return observe

    def test_faults(self):
        three = bytes([35, 4, 0, 3, 0, 0])
        cases = {
            "cookie-lost": lambda bench: bench.test(HOME, 1)[2],
            "test-routed": lambda bench: (bench.update(CARE_OF[1]), bench.test_destination())[1],
            "nonces-stay": lambda bench: (index := bench.test(HOME, 1)[1], bench.wait(241), bench.status(CARE_OF[1], indices=(index, index)))[2],
            "statuses-swapped": lambda bench: (index := bench.test(HOME, 1)[1], bench.status(CARE_OF[1], indices=(index, (index + 9) % 65536)))[1],
            "authenticator-unchecked": lambda bench: bench.status(CARE_OF[1], wrong=True),
            "source-proved": lambda bench: bench.status(CARE_OF[1], options=bytes([0, 0, 3, 16]) + CARE_OF[2], proved=CARE_OF[1]),
            "sequence-bare": lambda bench: (bench.update(CARE_OF[1], sequence=65535), bench.status(CARE_OF[1], sequence=0))[1],
            "lifetime-longer": lambda bench: bench.update(CARE_OF[1])[0].payload[34:36],
            "bindings-stay": lambda bench: (bench.update(CARE_OF[1], lifetime=5), bench.wait(30), bench.accepts(CARE_OF[1]))[2],
            "own-sequence-in-135": lambda bench: (bench.update(CARE_OF[1], sequence=9), bench.update(CARE_OF[1], sequence=8)[0].payload[32:34])[1],
            "authenticator-always": lambda bench: (
                index := bench.test(HOME, 1)[1],
                len(bench.update(CARE_OF[1], indices=((index + 9) % 65536, index))[0].payload),
            )[1],
            "routing-header-left-out": lambda bench: bench.update(CARE_OF[1])[0].next_header,
            "any-care-of": lambda bench: (bench.update(CARE_OF[1]), bench.accepts(CARE_OF[2]))[1],
            "errors-left-out": lambda bench: len(bench.echo(CARE_OF[1])),
            "home-path-kept": lambda bench: (bench.update(CARE_OF[1]), bench.path())[1],
            "second-replaces-first": self.several(),
            "others-kept": self.several(lambda bench: bench.status(CARE_OF[3])),
            "overwrite-ignored": self.several(lambda bench: bench.status(CARE_OF[3], bid=3, flags=A | O)),
            "beside-plain-binding": lambda bench: (bench.update(CARE_OF[1]), bench.status(CARE_OF[2], bid=2))[1],
            "unknown-registered": self.several(lambda bench: bench.status(CARE_OF[3], options=three)),
            "bulk-accepted": self.several(lambda bench: bench.status(CARE_OF[1], options=bytes([35, 4, 0, 1, 0, 0]) * 2)),
            "length-unchecked": self.several(lambda bench: bench.status(CARE_OF[3], options=bytes([35, 5, 0, 3, 0, 0, 0]))),
            "removal-ends-all": self.several(lambda bench: bench.status(CARE_OF[1], options=bytes([35, 4, 0, 1, 0, 0]), lifetime=0)),
            "identifier-left-out": lambda bench: 35 in options_of(bench.update(CARE_OF[1], bid=1)[0].payload, 36),
            "status-in-option": lambda bench: options_of(bench.update(CARE_OF[3], options=three)[0].payload, 36)[35],
            "request-without-identifier": lambda bench: (
                bench.update(CARE_OF[1], bid=9, lifetime=10),
                bench.accepts(CARE_OF[1]),
                len(bench.wait(31)[0].payload),
            )[2],
        }
        for fault, observe in cases.items():
            with self.subTest(fault):
                self.both(fault, observe)
        self.both("prohibition-ignored", lambda bench: bench.status(CARE_OF[1], bid=1), allows_several=False)
        self.assertEqual(set(foreign_cn.FAULTS), {*cases, "prohibition-ignored"})

    def test_rows(self):
        with open(pathlib.Path(__file__).resolve().parent.parent / "faults.tsv", encoding="utf-8", newline="") as file:
            named = [row["fault"] for row in csv.DictReader(file, delimiter="\t") if row["role"] == "CN"]
        self.assertEqual(sorted(foreign_cn.FAULTS), sorted(named))


if __name__ == "__main__":
    unittest.main()
