#!/usr/bin/env python3
"""Self-test of foreign_mag: octets, protocol in simulated time, every fault, one live run.

    python3 test_foreign_mag.py            all tests (the live run needs root and `ip`)
    python3 test_foreign_mag.py -k Octets  only some

The players below have their own small encoder and decoder, so that an error in
the gateway's is not mirrored here.
"""

from __future__ import annotations

import ctypes
import math
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from dataclasses import dataclass, replace

import foreign_mag as m
import foreign_mag_octets as o

HERE = os.path.dirname(os.path.abspath(__file__))
a = o.address

COA, LMA, OTHER_LMA, CN = a("2001:db8:c::10"), a("2001:db8:c::1"), a("2001:db8:c::2"), a("2001:db8:ff::9")
CORE_MAC, LMA_MAC = bytes.fromhex("02000000c010"), bytes.fromhex("02000000c001")
MN1, MN2 = bytes.fromhex("020000000101"), bytes.fromhex("020000000102")
LL1, LL2 = a("fe80::101"), a("fe80::102")
HNP1, HNP2, HNP3 = o.Prefix.parse("2001:db8:1::/64"), o.Prefix.parse("2001:db8:2::/64"), o.Prefix.parse("2001:db8:3::/64")
HOA1, HOA2 = a("2001:db8:1::101"), a("2001:db8:2::102")
MAG_LL = a("fe80::200:5eff:fe00:5213")


# ---------------------------------------------------------------------------
# Players' own codec
# ---------------------------------------------------------------------------

@dataclass
class Seen:
    """A Proxy Binding Update as an anchor reads it."""
    src: bytes
    dst: bytes
    sequence: int
    flags: int
    lifetime: int
    options: list            # (type, data, offset in the Mobility Header)
    extension: int           # next header of the IPv6 header
    checksum_ok: bool
    at: float = 0.0

    def all(self, kind: int) -> list:
        return [d for t, d, _ in self.options if t == kind]

    def one(self, kind: int):
        found = self.all(kind)
        return found[0] if len(found) == 1 else None

    @property
    def prefixes(self) -> list:
        return [o.Prefix.of(d[2:18], d[1]) for d in self.all(22) if len(d) == 18]

    @property
    def handoff(self):
        data = self.one(23)
        return data[1] if data else None


def sum16(data: bytes) -> int:
    total = 0
    for i in range(0, len(data) - 1, 2):
        total += data[i] << 8 | data[i + 1]
    if len(data) % 2:
        total += data[-1] << 8
    while total > 0xFFFF:
        total = (total >> 16) + (total & 0xFFFF)
    return total


def pseudo_ok(src: bytes, dst: bytes, proto: int, data: bytes) -> bool:
    return sum16(src + dst + len(data).to_bytes(4, "big") + bytes([0, 0, 0, proto]) + data) == 0xFFFF


def finish(src: bytes, dst: bytes, proto: int, data: bytes, at: int) -> bytes:
    value = 0xFFFF - sum16(src + dst + len(data).to_bytes(4, "big") + bytes([0, 0, 0, proto]) + data)
    return data[:at] + value.to_bytes(2, "big") + data[at + 2:]


def ip6(src: bytes, dst: bytes, nxt: int, body: bytes, hops: int = 64, tc: int = 0) -> bytes:
    return ((6 << 28 | tc << 20).to_bytes(4, "big") + len(body).to_bytes(2, "big")
            + bytes([nxt, hops]) + src + dst + body)


def read_update(packet: bytes):
    nxt, at = packet[6], 40
    if nxt == 60:
        nxt, at = packet[40], 40 + 8 + 8 * packet[41]
    if nxt != 135 or packet[at + 2] != 5:
        return None
    mh = packet[at:]
    seq, flags, life = struct.unpack("!HHH", mh[6:12])
    options, i = [], 12
    while i < len(mh):
        if mh[i] == 0:
            i += 1
            continue
        if i + 2 > len(mh):
            break
        options.append((mh[i], mh[i + 2:i + 2 + mh[i + 1]], i))
        i += 2 + mh[i + 1]
    return Seen(packet[8:24], packet[24:40], seq, flags, life, options, packet[6],
                pseudo_ok(packet[8:24], packet[24:40], 135, mh))


def opt(kind: int, data: bytes) -> bytes:
    return bytes([kind, len(data)]) + data


def write_ack(update: Seen, status=0, prefixes=None, lifetime=None, sequence=None, identity=None,
              handoff=None, att=None, ll_id=None, link_local=None, stamp=None, proxy=True,
              extra=b"", skip=(), src=LMA, dst=COA) -> bytes:
    """An acknowledgement that echoes the update, with alterations."""
    def echo(kind, value):
        data = update.one(kind)
        return value if value is not None else data
    body = b""
    parts = [(8, echo(8, identity)), (23, echo(23, handoff)), (24, echo(24, att)),
             (25, echo(25, ll_id)), (27, echo(27, stamp)), (26, echo(26, link_local))]
    for kind, data in parts:
        if data is not None and kind not in skip:
            body += opt(kind, data)
    for p in (update.prefixes if prefixes is None else prefixes):
        body += opt(22, bytes([0, p.length]) + p.octets)
    body += extra
    body += b"\0" * (-(12 + len(body)) % 8)
    life = update.lifetime if lifetime is None else lifetime
    seq = update.sequence if sequence is None else sequence
    mh = bytes([59, (12 + len(body)) // 8 - 1, 6, 0, 0, 0, status, 0x20 if proxy else 0])
    mh += struct.pack("!HH", seq & 0xFFFF, life) + body
    return ip6(src, dst, 135, finish(src, dst, 135, mh, 4))


def icmp(src, dst, kind, code, body, hops=255):
    return ip6(src, dst, 58, finish(src, dst, 58, bytes([kind, code, 0, 0]) + body, 2), hops)


def echo_request(src, dst, hops=64, tc=0, size=8):
    packet = icmp(src, dst, 128, 0, bytes(4) + bytes(size), hops)
    return o.set_ecn(packet, tc)


@dataclass
class Ra:
    src: bytes
    dst: bytes
    mac: bytes
    lifetime: int
    flags: int
    mtu: object
    prefixes: dict           # Prefix -> (flags, valid, preferred)
    at: float = 0.0


def read_ra(frame: bytes):
    packet = frame[14:]
    if packet[6] != 58 or packet[40] != 134 or packet[7] != 255:
        return None
    if not pseudo_ok(packet[8:24], packet[24:40], 58, packet[40:]):
        return None
    ra = Ra(packet[8:24], packet[24:40], frame[:6], int.from_bytes(packet[46:48], "big"),
            packet[45], None, {})
    i = 56
    while i < len(packet):
        kind, size = packet[i], 8 * packet[i + 1]
        if kind == 5:
            ra.mtu = int.from_bytes(packet[i + 4:i + 8], "big")
        if kind == 3:
            valid, preferred = struct.unpack("!II", packet[i + 4:i + 12])
            ra.prefixes[o.Prefix(packet[i + 16:i + 32], packet[i + 2])] = (packet[i + 3], valid, preferred)
        i += size
    return ra


def unwrap(packet: bytes):
    """(outer traffic class, inner packet) of a tunnel packet, or None."""
    nxt, at = packet[6], 40
    if nxt == 60:
        nxt, at = packet[40], 40 + 8 + 8 * packet[41]
    if nxt != 41:
        return None
    return (packet[0] << 4 & 0xF0) | packet[1] >> 4, packet[at:]


# ---------------------------------------------------------------------------
# Simulated time
# ---------------------------------------------------------------------------

class Rig:
    """A gateway without sockets; time goes on only in run()."""

    def __init__(self, *faults, links=None, **changes):
        settings = dict(core="core", core_address=COA, core_length=64, lma=LMA,
                        links=links or (m.LinkConfig("a1"), m.LinkConfig("a2")),
                        identity_pattern="mn-{mac}@example.net", faults=frozenset(faults))
        settings.update(changes)
        self.cfg = m.Config(**settings)
        self.time = 1000.0
        self.answering = True                # address resolution on the core link
        self.frames = []                     # (time, interface, frame)
        self.cycled = []
        self.lines = []
        self.gw = m.Gateway(self.cfg, self, lambda: self.time, lambda: 1.6e9 + self.time,
                            lambda event, **v: self.lines.append((event, v)), random.Random(7))
        self.gw.interface("core", True, CORE_MAC, 1500)
        self.gw.core.learn(LMA, LMA_MAC, True)
        self.gw.core.learn(OTHER_LMA, LMA_MAC, True)

    # the wire
    def send(self, name, frame):
        self.frames.append((self.time, name, frame))
        if name == "core" and self.answering and frame[20] == 58 and frame[54] == 135:
            target = frame[62:78]
            if target in (LMA, OTHER_LMA):
                body = bytes([0x60, 0, 0, 0]) + target + bytes([2, 1]) + LMA_MAC
                self.gw.timers.after(0.001, lambda: self.from_core(
                    icmp(target, frame[22:38], 136, 0, body)))

    def cycle(self, name):
        self.cycled.append(name)

    # time
    def run(self, seconds):
        end = self.time + seconds
        while True:
            due = self.gw.timers.next_time()
            if due is None or due > end:
                break
            self.time = max(self.time, due)
            self.gw.timers.run_due()
        self.time = end

    # anchor side
    def from_core(self, packet, mac=LMA_MAC):
        self.gw.receive("core", CORE_MAC + mac + b"\x86\xdd" + packet)

    def updates(self):
        found = []
        for when, name, frame in self.frames:
            if name == "core" and (seen := read_update(frame[14:])):
                seen.at = when
                found.append(seen)
        return found

    def last(self):
        return self.updates()[-1]

    def ack(self, update=None, **changes):
        update = update or self.last()
        if "prefixes" not in changes and changes.get("status", 0) < 128:
            usable = [p for p in update.prefixes if p.usable()]
            changes["prefixes"] = usable or [HNP1]
        self.from_core(write_ack(update, **changes))

    def tunnelled(self):
        return [w for _, name, frame in self.frames if name == "core" and (w := unwrap(frame[14:]))]

    def core_icmp(self):
        return [f[14:] for _, n, f in self.frames if n == "core" and f[20] == 58 and f[54] < 128]

    # node side
    def up(self, link="a1", mtu=1500):
        self.gw.interface(link, True, bytes.fromhex("02000000aa01"), mtu)

    def down(self, link="a1"):
        self.gw.interface(link, False, bytes.fromhex("02000000aa01"), 1500)

    def from_node(self, packet, link="a1", mac=MN1, to=None):
        dst = packet[24:40]
        to = to or (b"\x33\x33" + dst[12:] if dst[0] == 0xFF else m.RESERVED_MAC)
        self.gw.receive(link, to + mac + b"\x86\xdd" + packet)

    def rs(self, link="a1", mac=MN1, src=LL1):
        body = bytes(4) + (bytes([1, 1]) + mac if src != bytes(16) else b"")
        self.from_node(icmp(src, a("ff02::2"), 133, 0, body), link, mac)

    def dad(self, target, link="a1", mac=MN1):
        group = a("ff02::1:ff00:0")[:13] + target[13:]
        self.from_node(icmp(bytes(16), group, 135, 0, bytes(4) + target), link, mac)

    def attach(self, link="a1", mac=MN1, src=LL1):
        self.up(link)
        self.rs(link, mac, src)

    def bind(self, link="a1", mac=MN1, src=LL1, **changes):
        """Attached, accepted, advertised; old frames are forgotten."""
        self.attach(link, mac, src)
        self.ack(**changes)
        self.run(1.0)
        return self

    def to_node(self, link="a1"):
        return [f for _, n, f in self.frames if n == link]

    def ras(self, link="a1"):
        found = []
        for when, name, frame in self.frames:
            if name == link and (ra := read_ra(frame)):
                ra.at = when
                found.append(ra)
        return found

    def solicitations(self, link="a1"):
        return [f[14:] for f in self.to_node(link) if f[20] == 58 and f[54] == 135]

    def answer_probes(self, link="a1", mac=MN1):
        """Let the node answer what it was asked last."""
        asked = self.solicitations(link)[-1]
        target = asked[48:64]
        body = bytes([0x60, 0, 0, 0]) + target + bytes([2, 1]) + mac
        self.from_node(icmp(target, asked[8:24], 136, 0, body), link, mac)

    def delivered(self, link="a1"):
        return [f[14:] for f in self.to_node(link) if f[20] == 58 and f[54] == 128]

    def tunnel_in(self, inner, src=LMA, tc=0):
        self.from_core(ip6(src, COA, 41, inner, 64, tc))

    def clear(self):
        self.frames.clear()
        return self


def extension(rig):
    """Bring a bound rig to its extension and return the update."""
    before = len(rig.updates())
    for _ in range(40 * rig.cfg.lifetime):
        rig.run(0.1)
        if rig.gw.links["a1"].probe_timer:
            rig.answer_probes()
        if len(rig.updates()) > before:
            return rig.updates()[before]
    return None


# ---------------------------------------------------------------------------
# Octets
# ---------------------------------------------------------------------------

class Octets(unittest.TestCase):
    def update(self, **changes):
        fields = dict(sequence=7, lifetime=10, identity=b"n@x", prefixes=(HNP1, HNP2), handoff=4,
                      access_technology=3, link_layer_id=MN1, link_local=LL1,
                      timestamp=bytes(range(8)))
        fields.update(changes)
        return o.Update(**fields)

    def test_alignment_for_many_sizes(self):
        for size in range(1, 40):
            for ident in (None, b"\1\2", MN1, bytes(range(8)), bytes(range(7))):
                for extra in (0, 2, 4, 5):
                    packet = o.build_update(self.update(identity=b"i" * size, link_layer_id=ident),
                                            COA, LMA, extra)
                    seen = read_update(packet)
                    self.assertTrue(seen.checksum_ok)
                    self.assertEqual(len(packet) % 8, 0)
                    self.assertEqual(packet[41] * 8 + 8, len(packet) - 40)
                    for kind, data, at in seen.options:
                        want = {22: 4, 26: 6, 27: 2}.get(kind)
                        if want is not None:
                            self.assertEqual(at % 8, want)
                    self.assertEqual(seen.one(8), b"\x01" + b"i" * size)
                    self.assertEqual(seen.prefixes, [HNP1, HNP2])
                    self.assertEqual(seen.flags, 0x8200)

    def test_link_layer_identifier_boundaries(self):
        for size, boundary in ((2, 2), (4, 4), (6, 2), (8, 8)):
            data = o.encode_options([o.Option(1, b""), o.link_layer_option(b"z" * size)])
            self.assertEqual((12 + data.index(b"z" * size)) % boundary, 0)

    def test_padding_never_repeats_pad1(self):
        self.assertEqual(o.padding(1), b"\0")
        self.assertEqual(o.padding(2), b"\1\0")
        self.assertEqual(o.padding(5), b"\1\3\0\0\0")

    def test_timestamp_format(self):
        self.assertEqual(o.timestamp(1.5), bytes.fromhex("0000000000018000"))

    def test_acknowledgement_round(self):
        seen = read_update(o.build_update(self.update(), COA, LMA))
        mh = write_ack(seen, status=3, extra=opt(200, b"??") + opt(2, b"\0\5"))[40:]
        ack = o.parse_acknowledgement(mh)
        self.assertEqual((ack.status, ack.proxy, ack.sequence, ack.lifetime), (3, True, 7, 10))
        self.assertEqual((ack.identity, ack.handoff, ack.access_technology, ack.link_layer_id),
                         (b"n@x", 4, 3, MN1))
        self.assertEqual((ack.link_local, ack.timestamp, ack.refresh), (LL1, bytes(range(8)), 5))
        self.assertEqual(ack.prefixes, (HNP1, HNP2))

    def test_malformed_acknowledgements(self):
        for bad in (b"\x16\x12\0\x40" + bytes(12), b"\x17\1\4\0", b"\x1b\7" + bytes(10), b"\x08",
                    b"\x08\0\0\0", b"\x16\x12\0\x81" + bytes(16), b"\x19\1\0\0", b"\x1a\x0f" + bytes(15)):
            with self.assertRaises(o.Malformed):
                o.parse_acknowledgement(bytes(12) + bad)

    def test_random_octets_do_no_harm(self):
        rng = random.Random(1)
        for _ in range(3000):
            junk = rng.randbytes(rng.randrange(12, 80))
            for call in (o.parse_acknowledgement, o.split_ipv6, o.nd_options):
                try:
                    call(junk)
                except o.Malformed:
                    pass
            o.find_upper(ip6(COA, LMA, rng.choice((0, 43, 44, 60, 41)), junk))
            o.find_encapsulation_limit(ip6(COA, LMA, rng.choice((0, 43, 44, 60, 41)), junk))

    def test_contradictions(self):
        update = self.update()
        ack = o.Acknowledgement(0, True, 7, 10, b"n@x", (HNP1,), 4, 3, MN1)
        self.assertIsNone(o.contradicts(update, ack))
        for change in (dict(identity=b"o@x"), dict(handoff=1), dict(access_technology=4),
                       dict(link_layer_id=MN2)):
            self.assertIsNotNone(o.contradicts(update, replace(ack, **change)))

    def test_ecn_tables(self):
        # RFC 6040 figure 4, rows inner 00 10 01 11, columns outer 00 10 01 11
        table = {0: [0, 0, 0, None], 2: [2, 2, 1, 3], 1: [1, 1, 1, 3], 3: [3, 3, 3, 3]}
        for inner, row in table.items():
            self.assertEqual([o.ecn_at_exit(inner, outer) for outer in (0, 2, 1, 3)], row)
        self.assertEqual([o.ecn_at_entry(e) for e in range(4)], [0, 1, 2, 3])
        self.assertEqual(o.ecn_at_entry(3, "rfc3168"), 2)
        self.assertEqual(o.ecn_at_exit(2, 1, "rfc3168"), 2)

    def test_fragments(self):
        packet = ip6(COA, LMA, 41, bytes(range(256)) * 6)
        pieces = o.fragment(packet, 1280, 77)
        self.assertTrue(all(len(p) <= 1280 for p in pieces) and len(pieces) == 2)
        for order in (pieces, pieces[::-1]):
            box = o.Reassembler()
            self.assertEqual([box.add(p, 0.0) for p in order], [None, packet])
        box = o.Reassembler()
        box.add(pieces[0], 0.0)
        self.assertIsNone(box.add(pieces[0], 0.0))          # overlap
        self.assertIsNone(box.add(pieces[1], 0.0))

    def test_upper_layer_walk(self):
        body = bytes([41, 0, 4, 1, 4, 1, 1, 0]) + bytes(40)
        up = o.find_upper(ip6(LMA, COA, 60, body))
        self.assertEqual((up.protocol, up.offset, up.pointer), (41, 48, 40))
        self.assertEqual(o.find_upper(ip6(LMA, COA, 60, bytes([41, 0, 0xC9, 1, 4, 1, 1, 0]))).problem, (2, 42))
        self.assertTrue(o.find_upper(ip6(LMA, COA, 60, bytes([41, 0, 0x47, 1, 4, 1, 1, 0]))).discard)
        rh2 = bytes([135, 2, 2, 1, 0, 0, 0, 0]) + HOA1
        self.assertEqual(o.find_upper(ip6(LMA, COA, 43, rh2 + bytes(16))).home_address, HOA1)
        self.assertEqual(o.find_upper(ip6(LMA, COA, 43, bytes([59, 0, 0, 1, 0, 0, 0, 0]))).problem, (0, 42))

    def test_encapsulation_limit(self):
        outer = o.encapsulate(echo_request(HOA1, CN), COA, LMA, 9, 2, 0x12345, 4)
        self.assertEqual(o.find_encapsulation_limit(outer), (4, 44))
        self.assertEqual((outer[7], o.get_ecn(outer)), (9, 2))
        self.assertIsNone(o.find_encapsulation_limit(echo_request(HOA1, CN)))

    def test_errors_that_must_not_be_sent(self):
        self.assertFalse(o.may_report(icmp(HOA1, CN, 1, 0, bytes(48)), 1, 0))
        self.assertFalse(o.may_report(echo_request(bytes(16), CN), 1, 0))
        self.assertFalse(o.may_report(echo_request(HOA1, a("ff05::1")), 1, 0))
        self.assertTrue(o.may_report(echo_request(HOA1, a("ff05::1")), 2, 0))

    def test_discovery_validation(self):
        def check(packet):
            head, packet = o.split_ipv6(packet)
            return o.parse_discovery(head, packet[40:])
        good = icmp(LL1, a("ff02::2"), 133, 0, bytes(4) + bytes([1, 1]) + MN1)
        self.assertEqual(check(good).mac, MN1)
        for bad in (icmp(LL1, a("ff02::2"), 133, 0, bytes(4), hops=64),
                    icmp(LL1, a("ff02::2"), 133, 1, bytes(4)),
                    icmp(LL1, a("ff02::2"), 133, 0, bytes(4) + bytes(8)),
                    icmp(bytes(16), a("ff02::2"), 133, 0, bytes(4) + bytes([1, 1]) + MN1),
                    icmp(bytes(16), a("ff02::1"), 135, 0, bytes(4) + LL1),
                    icmp(LL1, LL2, 135, 0, bytes(4) + a("ff02::5"))):
            with self.assertRaises(o.Malformed):
                check(bad)

    def test_escape(self):
        self.assertEqual(o.escape(b"a b\\\n\xff"), "a\\x20b\\x5c\\x0a\\xff")

    def test_prefixes(self):
        self.assertTrue(HNP1.covers(HOA1))
        self.assertFalse(HNP1.covers(HOA2))
        self.assertFalse(o.ALL_ZERO_PREFIX.usable())
        self.assertEqual(o.Prefix.of(HOA1, 128).octets, HOA1)
        self.assertEqual(o.Prefix.of(HOA1, 0).octets, bytes(16))

    def test_command_line(self):
        args = m.build_parser().parse_args([
            "--core", "c", "--core-address", "2001:db8::1/64", "--lma", "2001:db8::2",
            "--access", "x,id=a@b,att=4,hnp=2001:db8:1::/64+2001:db8:2::/64,visited=2001:db8:9::/64",
            "--access", "y,mac=02:00:00:00:00:01,handoff=1",
            "--node", "02:00:*=n{last}@r,lma=2001:db8::3", "--fixed-link-local", "none",
            "--ordering", "sequence", "--encap-limit", "none", "--fault", "no-p-flag"])
        cfg = m.config_from(args)
        self.assertEqual(cfg.links[0].identity, b"a@b")
        self.assertEqual(cfg.links[0].prefixes, (HNP1, HNP2))
        self.assertEqual(cfg.links[1].handoff, 1)
        self.assertFalse(cfg.timestamps)
        self.assertIsNone(cfg.encap_limit)
        profile = m.Policy(cfg).profile(cfg.links[1], MN1)
        self.assertEqual((profile.identity, profile.lma), (b"n1@r", a("2001:db8::3")))
        self.assertIsNone(m.Policy(cfg).profile(cfg.links[1], bytes.fromhex("0a0000000001")))


# ---------------------------------------------------------------------------
# Protocol in simulated time
# ---------------------------------------------------------------------------

class Registration(unittest.TestCase):
    def test_first_update(self):
        rig = Rig()
        rig.attach()
        u = rig.last()
        self.assertEqual((u.src, u.dst, u.flags, u.lifetime), (COA, LMA, 0x8200, 351))
        self.assertTrue(u.checksum_ok)
        self.assertEqual(u.one(8), b"\x01mn-020000000101@example.net")
        self.assertEqual(u.prefixes, [o.ALL_ZERO_PREFIX])
        self.assertEqual((u.one(23), u.one(24), u.one(25)), (b"\0\4", b"\0\3", b"\0\0" + MN1))
        self.assertEqual(u.all(26), [])
        self.assertAlmostEqual(int.from_bytes(u.one(27), "big") / 65536, 1.6e9 + rig.time, delta=0.01)
        self.assertEqual(rig.ras(), [])

    def test_acceptance_and_advertisement(self):
        rig = Rig()
        rig.attach()
        asked = rig.time
        rig.ack(prefixes=[HNP1, HNP2])
        rig.run(1)
        ra, = rig.ras()
        self.assertTrue(0.2 < ra.at - asked <= 0.5)
        self.assertEqual((ra.src, ra.dst, ra.mac, ra.flags), (MAG_LL, LL1, MN1, 0))
        self.assertEqual(ra.mtu, 1452)
        self.assertEqual(set(ra.prefixes), {HNP1, HNP2})
        for flags, valid, preferred in ra.prefixes.values():
            self.assertEqual(flags, 0xC0)
            self.assertTrue(1400 <= valid <= 1404 and preferred <= valid)

    def test_notice_switches(self):
        for notice, expected in (({"rs"}, [0, 1, 0]), ({"dad"}, [0, 0, 1]), ({"carrier"}, [1, 1, 1])):
            counts = []
            for step in (lambda r: r.up(), lambda r: r.attach(), lambda r: (r.up(), r.dad(LL1))):
                rig = Rig(links=(m.LinkConfig("a1", identity=b"fix@x"),), notice=frozenset(notice))
                step(rig)
                counts.append(len(rig.updates()))
            self.assertEqual(counts, expected)

    def test_carrier_with_unknown_node_waits_for_its_first_frame(self):
        rig = Rig(notice=frozenset({"carrier"}))
        rig.up()
        self.assertEqual(rig.updates(), [])
        rig.from_node(icmp(LL1, a("ff02::16"), 143, 0, bytes(4), 1))
        self.assertEqual(rig.last().one(25), b"\0\0" + MN1)

    def test_frame_that_shows_the_carrier(self):
        rig = Rig()
        rig.rs()
        self.assertEqual((rig.gw.is_down("a1"), rig.gw.is_down("core"), rig.updates()), (True, False, []))
        rig.gw.rise("a1")
        rig.rs()
        self.assertEqual((rig.gw.is_down("a1"), len(rig.updates())), (False, 1))

    def test_carrier_with_fixed_identity_has_no_link_layer_id(self):
        rig = Rig(links=(m.LinkConfig("a1", identity=b"fix@x"),), notice=frozenset({"carrier"}))
        rig.up()
        self.assertEqual(rig.last().all(25), [])
        rig.ack()
        ra, = rig.ras()
        self.assertEqual((ra.dst, ra.mac), (a("ff02::1"), bytes.fromhex("333300000001")))

    def test_profile(self):
        rig = Rig(rules=(m.NodeRule("02:00:*", "n{last}@r", OTHER_LMA,
                                      ("2001:db8:2::/64", "2001:db8:{n}::/64"), 3),))
        rig.attach()
        u = rig.last()
        self.assertEqual((u.dst, u.prefixes, u.handoff, u.one(8)),
                         (OTHER_LMA, [HNP2, o.Prefix.parse("2001:db8:101::/64")], 3, b"\x01n1@r"))

    def test_identity_of_a_temporary_address(self):
        self.assertEqual(m.fill_identity("{mac:2=07}@t", bytes.fromhex("025e87000001"), "a1"),
                         b"025e07000001@t")

    def test_repetition(self):
        rig = Rig()
        rig.attach()
        start = rig.time
        rig.run(300)
        times = [round(u.at - start, 2) for u in rig.updates()]
        self.assertEqual(times, [0, 1.5, 4.5, 10.5, 22.5, 46.5])
        stamps = [u.one(27) for u in rig.updates()]
        self.assertEqual(stamps, sorted(set(stamps)))
        self.assertEqual(len({u.sequence for u in rig.updates()}), 6)
        rig.rs()                                    # starts it anew
        self.assertEqual(len(rig.updates()), 7)
        self.assertEqual(rig.ras(), [])

    def test_repetition_for_ever(self):
        rig = Rig(persist=True)
        rig.attach()
        start = rig.time
        rig.run(150)
        self.assertEqual([round(u.at - start, 1) for u in rig.updates()],
                         [0, 1.5, 4.5, 10.5, 22.5, 46.5, 78.5, 110.5, 142.5])

    def test_answer_to_an_earlier_transmission(self):
        rig = Rig()
        rig.attach()
        rig.run(2)
        rig.ack(rig.updates()[0])
        rig.run(60)
        self.assertEqual(len(rig.updates()), 2)

    def test_rate_limit(self):
        rig = Rig(links=tuple(m.LinkConfig(f"a{i}") for i in range(8)))
        for i in range(8):
            rig.attach(f"a{i}", MN1[:5] + bytes([i]), LL1)
        rig.run(1.2)
        times = [u.at for u in rig.updates()]
        self.assertTrue(all(b - a_ > 1 for a_, b in zip(times, times[3:])))
        self.assertEqual(len(times), 6)

    def test_sequence_mode(self):
        rig = Rig(timestamps=False)
        rig.attach()
        rig.run(5)
        numbers = [u.sequence for u in rig.updates()]
        self.assertTrue(all(0 < (b - a_) % 65536 < 8 for a_, b in zip(numbers, numbers[1:])))
        self.assertTrue(all(u.all(27) == [] for u in rig.updates()))
        rig.ack(status=135, sequence=5000)
        self.assertTrue(0 < rig.last().sequence - 5000 < 8)

    def test_asked_link_local(self):
        rig = Rig(fixed_link_local=None)
        rig.attach()
        self.assertEqual(rig.last().one(26), bytes(16))
        given = a("fe80::abcd")
        rig.ack(link_local=given)
        rig.run(1)
        self.assertEqual(rig.ras()[0].src, given)
        rig.down()
        self.assertEqual(rig.last().one(26), given)

    def test_given_link_local_is_the_nodes(self):
        rig = Rig(fixed_link_local=None)
        rig.attach()
        rig.ack(link_local=LL1)
        self.assertEqual(rig.ras(), [])
        rig.run(1.6)
        upload = rig.last()
        self.assertEqual(upload.handoff, 5)
        self.assertEqual(upload.prefixes, [HNP1])
        self.assertNotIn(upload.one(26), (bytes(16), LL1))
        self.assertEqual(rig.ras()[0].src, upload.one(26))

    def test_given_link_local_under_test_by_the_node(self):
        rig = Rig(fixed_link_local=None)
        rig.up()
        rig.dad(a("fe80::77"))
        rig.ack(link_local=a("fe80::77"))
        rig.run(2)
        self.assertEqual(rig.last().handoff, 5)
        self.assertNotEqual(rig.ras()[0].src, a("fe80::77"))

    def test_regular_access(self):
        visited = o.Prefix.parse("2001:db8:99::/64")
        rig = Rig(links=(m.LinkConfig("a1", visited=visited),), identity_pattern=None,
                  next_hop=LMA)
        rig.attach()
        rig.run(1)
        self.assertEqual(rig.updates(), [])
        self.assertEqual(list(rig.ras()[0].prefixes), [visited])
        host = a("2001:db8:99::5")
        rig.clear().from_node(echo_request(host, CN, hops=9))
        self.assertEqual([(f[14 + 7], f[22:38]) for _, n, f in rig.frames if n == "core"], [(8, host)])
        rig.from_core(echo_request(CN, host, hops=9))
        self.assertEqual([p[7] for p in rig.delivered()], [8])


class Answers(unittest.TestCase):
    def test_refusals(self):
        for status in (128, 129, 130, 152, 153, 154, 156, 158, 159, 160, 161, 162, 200):
            rig = Rig()
            rig.attach()
            rig.ack(status=status)
            rig.run(70)
            rig.rs()
            rig.run(1)
            rig.from_node(echo_request(HOA1, CN))
            self.assertEqual((len(rig.updates()), rig.ras(), rig.tunnelled()), (1, [], []), status)

    def test_152_bars_until_administrative_action(self):
        rig = Rig()
        rig.attach()
        rig.ack(status=152)
        rig.down()
        rig.attach()
        self.assertEqual(len(rig.updates()), 1)
        rig.gw.signalling.administrative_action()
        rig.rs()
        self.assertEqual(len(rig.updates()), 2)

    def test_157_registers_again_later(self):
        rig = Rig()
        rig.attach()
        rig.ack(status=157, stamp=bytes(8))
        rig.run(2)
        first, second = rig.updates()
        self.assertGreater(second.one(27), first.one(27))
        rig.ack()
        rig.run(1)
        self.assertEqual(len(rig.ras()), 1)

    def test_155_asks_once_without_prefixes(self):
        rig = Rig(links=(m.LinkConfig("a1", prefixes=(HNP2,)),))
        rig.attach()
        rig.ack(status=155)
        self.assertEqual([u.prefixes for u in rig.updates()], [[HNP2], [o.ALL_ZERO_PREFIX]])
        rig.ack(status=155)
        rig.run(70)
        self.assertEqual(len(rig.updates()), 2)

    def test_altered_options_stop_repetition(self):
        for change in (dict(handoff=b"\0\1"), dict(att=b"\0\5"), dict(ll_id=b"\0\0" + MN2),
                       dict(identity=b"\1other@x")):
            rig = Rig()
            rig.attach()
            rig.ack(**change)
            rig.run(70)
            self.assertEqual((len(rig.updates()), rig.ras()), (1, []), change)
            rig.gw.signalling.administrative_action()
            self.assertEqual(len(rig.updates()), 2)

    def test_ignored_answers_leave_repetition_going(self):
        for change in (dict(sequence=1), dict(proxy=False), dict(src=OTHER_LMA), dict(prefixes=[]),
                       dict(prefixes=[o.ALL_ZERO_PREFIX]), dict(stamp=bytes(8)),
                       dict(extra=b"\x17\3\0\4\0"), dict(extra=b"\x16\xff")):
            rig = Rig()
            rig.attach()
            rig.ack(**change)
            rig.run(2)
            self.assertEqual((len(rig.updates()), rig.ras()), (2, []), change)

    def test_unusual_but_right_answers(self):
        for change in (dict(extra=opt(222, b"abc") + b"\1\3\0\0\0\0"), dict(skip=(27,)),
                       dict(skip=(8,)), dict(status=1)):
            rig = Rig()
            rig.bind(**change)
            self.assertEqual(len(rig.ras()), 1, change)

    def test_routing_header_is_no_hindrance(self):
        rig = Rig()
        rig.attach()
        packet = write_ack(rig.last(), prefixes=[HNP1])
        rh2 = bytes([135, 2, 2, 1, 0, 0, 0, 0]) + HOA1
        rig.from_core(ip6(LMA, COA, 43, rh2 + packet[40:]))
        rig.run(1)
        self.assertEqual(len(rig.ras()), 1)

    def test_mobility_header_errors(self):
        rig = Rig()
        rig.attach()
        good = write_ack(rig.last(), prefixes=[HNP1])[40:]
        def mh(change):
            data = bytearray(good)
            change(data)
            data[4:6] = b"\0\0"
            return ip6(LMA, COA, 135, finish(LMA, COA, 135, bytes(data), 4))
        rig.clear().from_core(mh(lambda d: d.__setitem__(0, 6)))
        self.assertEqual([(p[40], p[41], p[47]) for p in rig.core_icmp()], [(4, 0, 40)])
        short = bytearray(good[:8])
        short[1], short[4:6] = 0, b"\0\0"
        rig.clear().from_core(ip6(LMA, COA, 135, finish(LMA, COA, 135, bytes(short), 4)))
        self.assertEqual([(p[40], p[41], p[47]) for p in rig.core_icmp()], [(4, 0, 41)])
        rig.clear().from_core(mh(lambda d: d.__setitem__(2, 77)))
        errors = [f[14:] for _, n, f in rig.frames if n == "core" and f[20] == 135]
        self.assertEqual([(p[42], p[46]) for p in errors], [(7, 2)])
        rig.clear().from_core(ip6(LMA, COA, 135, good[:4] + b"\x12\x34" + good[6:]))
        self.assertEqual(rig.frames, [])

    def test_lifetime_is_the_granted_one(self):
        rig = Rig(verify="carrier")
        rig.bind(lifetime=10)
        rig.run(33)
        self.assertEqual([u.handoff for u in rig.updates()][:2], [4, 5])
        self.assertTrue(29.9 <= rig.updates()[1].at - 1000 <= 34)

    def test_refresh_advice(self):
        rig = Rig(verify="carrier")
        rig.bind(lifetime=100, extra=opt(2, b"\0\5"))
        rig.run(20)
        self.assertEqual([u.handoff for u in rig.updates()][:2], [4, 5])

    def test_expiry_without_an_answer(self):
        rig = Rig(verify="carrier")
        rig.bind(lifetime=5)
        rig.run(20)
        self.assertEqual(rig.last().handoff, 4)
        self.assertEqual(rig.last().prefixes, [HNP1])
        self.assertEqual(rig.ras()[-1].prefixes[HNP1][1], 0)
        rig.clear().from_node(echo_request(HOA1, CN))
        self.assertEqual((rig.tunnelled(), rig.gw.tunnels), ([], {}))

    def test_refused_extension_ends_the_service(self):
        rig = Rig(verify="carrier")
        rig.bind(lifetime=5)
        extension(rig)
        rig.ack(status=129)
        self.assertEqual((rig.ras()[-1].lifetime, rig.ras()[-1].prefixes[HNP1][1]), (0, 0))
        rig.clear().from_node(echo_request(HOA1, CN))
        self.assertEqual(rig.tunnelled(), [])

    def test_altered_answer_to_an_extension(self):
        rig = Rig(verify="carrier")
        rig.bind(lifetime=5)
        extension(rig)
        rig.ack(handoff=b"\0\1")
        rig.run(100)
        rig.rs()
        self.assertEqual([u.handoff for u in rig.updates()], [4, 5])
        self.assertEqual((rig.gw.routes.routes, rig.ras()[-1].lifetime), ([], 0))
        rig.gw.signalling.administrative_action()
        self.assertEqual(len(rig.updates()), 3)

    def test_granted_lifetime_zero(self):
        rig = Rig()
        rig.bind(lifetime=0)
        rig.run(100)
        self.assertEqual((len(rig.updates()), rig.ras(), rig.gw.tunnels), (1, [], {}))

    def test_refused_extension_for_its_timestamp(self):
        rig = Rig(verify="carrier")
        rig.bind(lifetime=5)
        extension(rig)
        rig.ack(status=157)
        rig.run(1.5)
        self.assertEqual([u.handoff for u in rig.updates()], [4, 5, 5])
        rig.clear().run(2)
        rig.ack()
        self.assertGreater(rig.ras()[-1].lifetime, 0)

    def test_renumbering(self):
        rig = Rig(verify="carrier")
        rig.bind(lifetime=5)
        extension(rig)
        rig.ack(prefixes=[HNP2])
        ra = rig.ras()[-1]
        self.assertEqual(ra.prefixes[HNP1][1:], (0, 0))
        self.assertGreater(ra.prefixes[HNP2][1], 0)
        rig.clear().from_node(echo_request(HOA1, CN))
        self.assertEqual(rig.tunnelled(), [])
        rig.from_node(echo_request(HOA2, CN))
        self.assertEqual(len(rig.tunnelled()), 1)


class Departure(unittest.TestCase):
    def test_deregistration(self):
        rig = Rig().bind(prefixes=[HNP1, HNP2])
        rig.down()
        u = rig.last()
        self.assertEqual((u.lifetime, u.handoff, u.prefixes), (0, 4, [HNP1, HNP2]))
        self.assertEqual(u.one(25), b"\0\0" + MN1)
        rig.ack()
        self.assertEqual((rig.gw.bindings, rig.gw.routes.routes, rig.gw.tunnels), ([], [], {}))

    def test_unanswered_deregistration(self):
        rig = Rig().bind()
        rig.down()
        rig.run(0.9)
        self.assertEqual(len(rig.gw.bindings), 1)
        rig.run(10)
        self.assertEqual((rig.gw.bindings, len(rig.updates())), ([], 2))

    def test_no_repetition_after_departure(self):
        rig = Rig()
        rig.attach()
        rig.down()
        rig.run(70)
        self.assertEqual((len(rig.updates()), rig.gw.bindings), (1, []))

    def test_silent_node_is_not_extended(self):
        rig = Rig().bind(lifetime=10)
        rig.run(39)
        self.assertEqual([u.lifetime for u in rig.updates()], [351, 0])
        self.assertEqual(len(rig.solicitations()), 3)
        self.assertEqual(rig.ras()[-1].lifetime, 0)         # torn down

    def test_present_node_is_extended(self):
        rig = Rig().bind()
        u = extension(rig)
        self.assertEqual((u.handoff, u.prefixes, u.lifetime), (5, [HNP1], 351))
        before = len(rig.ras())
        rig.ack()
        self.assertEqual(len(rig.ras()), before + 1)

    def test_teardown_by_carrier(self):
        rig = Rig(teardown="carrier", presence_interval=5).bind()
        rig.run(15)
        self.assertEqual(rig.cycled, ["a1"])

    def test_shared_tunnel(self):
        rig = Rig().bind()
        rig.bind("a2", MN2, LL2, prefixes=[HNP2])
        rig.down("a1")
        rig.ack()
        self.assertEqual(list(rig.gw.tunnels), [LMA])
        rig.clear().from_node(echo_request(HOA2, CN), "a2", MN2)
        self.assertEqual(len(rig.tunnelled()), 1)

    def test_quick_return(self):
        rig = Rig().bind()
        rig.down()
        rig.attach()
        self.assertEqual([u.lifetime for u in rig.updates()], [351, 0, 351])
        rig.ack(rig.updates()[1])                           # late: must do nothing
        rig.ack(rig.updates()[2])
        rig.run(2)
        self.assertEqual(len(rig.gw.routes.routes), 1)

    def test_return_without_a_solicitation(self):
        rig = Rig()
        for _ in range(2):
            rig.up()
            rig.dad(LL1)
            before = len(rig.ras())
            rig.ack()
            self.assertEqual(len(rig.ras()), before + 1)     # at once, all nodes
            rig.run(0.5)
            rig.down()
            rig.ack()

    def test_another_node_on_the_link(self):
        rig = Rig().bind()
        rig.rs(mac=MN2, src=LL2)
        self.assertEqual([u.lifetime for u in rig.updates()], [351, 0, 351])
        self.assertEqual(rig.last().one(25), b"\0\0" + MN2)

    def test_move_between_links(self):
        rig = Rig().bind()
        rig.attach("a2", MN1, LL1)
        self.assertEqual([(u.lifetime, u.prefixes) for u in rig.updates()][1:], [(351, [HNP1])])
        rig.ack()
        rig.clear().tunnel_in(echo_request(CN, HOA1))
        self.assertEqual((len(rig.delivered("a1")), len(rig.delivered("a2"))), (0, 1))
        rig.down("a1")
        self.assertEqual(rig.updates(), [])


class Forwarding(unittest.TestCase):
    def test_into_the_tunnel(self):
        rig = Rig().bind().clear()
        rig.from_node(echo_request(HOA1, CN, hops=9, tc=2))
        (outer_tc, inner), = rig.tunnelled()
        frame = rig.frames[-1][2]
        self.assertEqual((frame[22:38], frame[38:54], frame[21]), (COA, LMA, 32))
        self.assertEqual((outer_tc, inner), (2, o.lower_hop_limit(echo_request(HOA1, CN, 9, 2))))

    def test_out_of_the_tunnel(self):
        rig = Rig().bind().clear()
        rig.tunnel_in(echo_request(CN, HOA1, hops=9, tc=2), tc=3)
        packet, = rig.delivered()
        self.assertEqual((packet[7], o.get_ecn(packet)), (8, 3))
        self.assertEqual(rig.frames[-1][2][:12], MN1 + m.RESERVED_MAC)

    def test_what_is_dropped(self):
        rig = Rig()
        rig.attach()
        rig.from_node(echo_request(HOA1, CN))               # before the binding
        rig.ack()
        rig.run(1)
        for src, dst in ((LL1, CN), (HOA2, CN), (bytes(16), CN), (HOA1, a("fe80::5")),
                         (HOA1, a("ff02::5"))):
            rig.from_node(echo_request(src, dst))
        self.assertEqual(rig.tunnelled(), [])
        rig.clear()
        rig.tunnel_in(echo_request(CN, HOA2))               # no such link: silence
        rig.tunnel_in(echo_request(CN, HOA1, tc=0), tc=3)   # congestion, not capable
        rig.tunnel_in(b"junk")
        self.assertEqual(rig.frames, [])

    def test_tunnel_from_a_stranger(self):
        rig = Rig().bind().clear()
        rig.tunnel_in(echo_request(CN, HOA1), src=OTHER_LMA)
        self.assertEqual(rig.delivered(), [])
        self.assertEqual([(p[40], p[41], p[47]) for p in rig.core_icmp()], [(4, 1, 6)])

    def test_hop_limit_and_size(self):
        rig = Rig().bind().clear()
        rig.from_node(echo_request(HOA1, CN, hops=1))
        rig.from_node(echo_request(HOA1, CN, size=1440))
        errors = [f[14:] for f in rig.to_node()]
        self.assertEqual([(p[40], p[41], p[24:40]) for p in errors], [(3, 0, HOA1), (2, 0, HOA1)])
        self.assertEqual(int.from_bytes(errors[1][44:48], "big"), 1452)
        self.assertEqual(rig.tunnelled(), [])
        rig.clear().tunnel_in(echo_request(CN, HOA1, hops=1))
        rig.gw.core.learn(CN, LMA_MAC, True)
        self.assertEqual(rig.delivered(), [])

    def test_path_mtu(self):
        rig = Rig().bind()
        rig.from_node(echo_request(HOA1, CN, size=1390))
        outer = rig.frames[-1][2][14:]
        rig.clear().from_core(icmp(a("2001:db8:c::77"), COA, 2, 0,
                                   (1400).to_bytes(4, "big") + outer[:1100]))
        self.assertEqual(rig.ras()[-1].mtu, 1352)
        relayed = [f[14:] for f in rig.to_node() if f[20] == 58 and f[54] == 2]
        self.assertEqual([int.from_bytes(p[44:48], "big") for p in relayed], [1352])
        self.assertEqual(relayed[0][48:88][8:24], HOA1)
        rig.clear().from_core(icmp(LMA, COA, 2, 0, (1000).to_bytes(4, "big") + outer[:1100]))
        self.assertEqual(rig.ras(), [])                     # below the minimum
        rig.run(700)
        self.assertEqual(rig.ras()[-1].mtu, 1452)

    def test_small_packets_are_fragmented(self):
        rig = Rig(path_mtu=1280).bind()
        self.assertEqual(rig.ras()[0].mtu, 1280)
        rig.clear().from_node(echo_request(HOA1, CN, size=1232))
        box, whole = o.Reassembler(), None
        for _, _, frame in rig.frames:
            self.assertLessEqual(len(frame), 1294)
            whole = box.add(frame[14:], 0.0) or whole
        self.assertEqual(len(unwrap(whole)[1]), 1280)

    def test_access_mtu_is_lower(self):
        rig = Rig()
        rig.up(mtu=1300)
        rig.rs()
        rig.ack()
        rig.run(1)
        self.assertEqual(rig.ras()[0].mtu, 1300)
        rig.clear().tunnel_in(echo_request(CN, HOA1, size=1300))
        self.assertEqual(rig.delivered(), [])

    def test_local_routing(self):
        for flag, tunnel, local in ((False, 1, 0), (True, 0, 1)):
            rig = Rig(local_routing=flag).bind()
            rig.bind("a2", MN2, LL2, prefixes=[HNP2]).clear()
            rig.from_node(echo_request(HOA1, HOA2))
            self.assertEqual((len(rig.tunnelled()), len(rig.delivered("a2"))), (tunnel, local))

    def test_errors_from_inside_the_tunnel(self):
        rig = Rig().bind()
        rig.from_node(echo_request(HOA1, CN))
        outer = rig.frames[-1][2][14:]
        rig.clear().from_core(icmp(LMA, COA, 3, 0, bytes(4) + outer))
        self.assertEqual([(f[54], f[55]) for f in rig.to_node()], [(1, 3)])

    def test_nested_limit_zero(self):
        rig = Rig().bind().clear()
        nested = o.encapsulate(echo_request(HOA1, CN), HOA1, CN, 9, 0, 0, 0)
        rig.from_node(nested)
        error, = [f[14:] for f in rig.to_node()]
        self.assertEqual((error[40], error[41], error[47]), (4, 0, 44))

    def test_dhcp_relay(self):
        rig = Rig(dhcp_server=a("2001:db8:c::547")).bind().clear()
        rig.gw.core.learn(a("2001:db8:c::547"), LMA_MAC, True)
        rig.from_node(m.build_udp(LL1, a("ff02::1:2"), 546, 547, b"\x01abcdef"))
        forward = rig.frames[-1][2][14:]
        body = forward[48:]
        self.assertEqual((body[0], body[1], body[18:34]), (12, 0, LL1))
        self.assertTrue(HNP1.covers(body[2:18]))
        reply = bytes([13]) + body[1:34] + struct.pack("!HH", 18, 2) + b"a1" + struct.pack("!HH", 9, 4) + b"\7xyz"
        rig.clear().from_core(m.build_udp(a("2001:db8:c::547"), COA, 547, 547, reply))
        packet = rig.to_node()[0][14:]
        self.assertEqual((packet[24:40], packet[42:44], packet[48:]), (LL1, b"\x02\x22", b"\7xyz"))


class Policies(unittest.TestCase):
    def test_policy_on_local_routing_wins_over_the_variable(self):
        for flag in (False, True):
            for own, expected in ((True, (0, 1)), (False, (1, 0)), (None, (1 - flag, int(flag)))):
                rules = (m.NodeRule("*", "mn-{mac}@x", local=own),)
                self.assertEqual(sent_between((), flag, rules=rules), expected)

    def test_rules_of_the_command_line(self):
        self.assertEqual(m.parse_node("*=n@x,local=no,service=no"), m.NodeRule("*", "n@x", local=False, service=False))


class Operation(unittest.TestCase):
    def test_hint_is_for_one_attachment(self):
        self.assertEqual(hints(()), [3, 4])
        rig = Rig(max_timeout=1.5)
        operation(rig).obey(["hint", "a1", "2"])
        rig.attach()
        rig.run(5)
        rig.rs()
        self.assertEqual([u.handoff for u in rig.updates()], [2, 4])

    def test_time_of_the_node(self):
        rig = Rig(node_timestamps=True)
        operation(rig).obey(["timestamp", "a1", "2026-01-31T12:00:00.5000000+00:00"])
        rig.attach()
        rig.run(2)
        first, second = [int.from_bytes(u.one(27), "big") for u in rig.updates()]
        self.assertEqual((first, second - first), ((1769860800 << 16) + 0x8000, 3 << 15))
        rig.attach("a2", MN2, LL2)
        self.assertLess(int.from_bytes(rig.last().one(27), "big"), first)

    def test_time_of_the_node_is_sent_as_it_was_given_however_late(self):
        rig = Rig(node_timestamps=True, update_rate=1).bind()
        operation(rig).obey(["timestamp", "a2", "2026-01-31T12:00:00+00:00"])
        rig.attach("a2", MN2, LL2)
        rig.run(0.5)
        self.assertEqual(int.from_bytes(rig.last().one(27), "big"), 1769860800 << 16)

    def test_variables(self):
        rig = Rig()
        tell = operation(rig).obey
        self.assertEqual(tell(["set", "FixedMAGLinkLocalAddressOnAllAccessLinks", "::"]), "done")
        rig.attach()
        self.assertEqual(rig.last().one(26), bytes(16))
        self.assertEqual(tell(["set", "FixedMAGLinkLocalAddressOnAllAccessLinks", "fe80::77"]), "done")
        rig.attach("a2", MN2, LL2)
        self.assertEqual(rig.last().all(26), [])
        rig.ack(prefixes=[HNP2])
        rig.run(1)
        self.assertEqual(rig.ras("a2")[0].src, a("fe80::77"))
        self.assertEqual(tell(["set", "TimestampBasedApproachInUse", "0"]), "done")
        self.assertIn("refused", tell(["set", "MobileNodeGeneratedTimestampInUse", "1"]))
        self.assertEqual(tell(["set", "FixedMAGLinkLayerAddressOnAllAccessLinks", "02:00:00:00:00:77"]), "done")
        self.assertIn("refused", tell(["set", "Nothing", "1"]))
        self.assertIn("refused", tell(["dance"]))

    def test_one_of_two_prefixes_becomes_invalid(self):
        rig = Rig().bind(prefixes=[HNP1, HNP2]).clear()
        self.assertEqual(operation(rig).obey(["renumber", str(HNP1)]), "done")
        told = rig.ras()[-1].prefixes
        self.assertEqual((told[HNP1][1:], told[HNP2][1] > 0), ((0, 0), True))
        rig.clear().from_node(echo_request(HOA1, CN))
        rig.from_node(echo_request(HOA2, CN))
        self.assertEqual([inner[8:24] for _, inner in rig.tunnelled()], [HOA2])
        self.assertEqual(extension(rig).prefixes, [HNP2])

    def test_the_only_prefix_becomes_invalid(self):
        rig = bound(())
        operation(rig).obey(["renumber", str(HNP1)])
        self.assertEqual(rig.gw.tunnels, {})
        last = extension(rig)
        self.assertEqual((last.lifetime, last.prefixes), (0, [HNP1]))
        self.assertIn("refused", operation(rig).obey(["renumber", str(HNP1)]))

    def test_regular_access_after_a_refusal(self):
        rig = Rig(links=(m.LinkConfig("a1", visited=VISITED),), visit_refused=True,
                  fixed_link_local=None)
        rig.attach()
        rig.ack(status=129)
        rig.run(3)
        self.assertEqual(list(rig.ras()[-1].prefixes), [VISITED])
        rig.gw.signalling.administrative_action()
        rig.ack(link_local=a("fe80::abcd"))
        rig.run(1)
        told = rig.ras()[-1].prefixes
        self.assertEqual((told[VISITED][1], told[HNP1][1] > 0), (0, True))


class Neighbors(unittest.TestCase):
    def test_core_resolution(self):
        rig = Rig()
        rig.answering = False
        rig.gw.core.cache.clear()
        rig.attach()
        asked = rig.frames[-1][2][14:]
        self.assertEqual((asked[40], asked[48:64]), (135, LMA))
        body = bytes([0x60, 0, 0, 0]) + LMA + bytes([2, 1]) + LMA_MAC
        rig.from_core(icmp(LMA, COA, 136, 0, body))
        self.assertEqual(len(rig.updates()), 1)

    def test_core_answers(self):
        rig = Rig()
        body = bytes(4) + COA + bytes([1, 1]) + LMA_MAC
        rig.from_core(icmp(LMA, a("ff02::1:ff00:10"), 135, 0, body))
        reply = rig.frames[-1][2]
        self.assertEqual((reply[:6], reply[54], reply[58] & 0xE0, reply[-6:]), (LMA_MAC, 136, 0xE0, CORE_MAC))
        rig.from_core(echo_request(LMA, COA))
        self.assertEqual(rig.frames[-1][2][54], 129)

    def test_access_answers(self):
        rig = Rig().bind().clear()
        body = bytes(4) + MAG_LL + bytes([1, 1]) + MN1
        rig.from_node(icmp(LL1, a("ff02::1:ff00:5213"), 135, 0, body))
        reply = rig.frames[-1][2]
        self.assertEqual((reply[54], reply[62:78], reply[-6:]), (136, MAG_LL, m.RESERVED_MAC))
        rig.clear().dad(MAG_LL)
        self.assertEqual(rig.frames[-1][2][54], 136)
        rig.clear().from_node(echo_request(LL1, MAG_LL))
        self.assertEqual(rig.frames[-1][2][54], 129)
        rig.clear().dad(HOA1)
        self.assertEqual(rig.frames, [])

    def test_unknown_receiver_is_resolved(self):
        rig = Rig(links=(m.LinkConfig("a1", identity=b"fix@x"),), notice=frozenset({"carrier"}))
        rig.up()
        rig.ack()
        rig.clear().tunnel_in(echo_request(CN, HOA1))
        self.assertEqual(rig.delivered(), [])
        rig.answer_probes()
        self.assertEqual(len(rig.delivered()), 1)


class RandomInput(unittest.TestCase):
    def test_nothing_breaks_the_gateway(self):
        rng = random.Random(3)
        rig = Rig().bind()
        seeds = [write_ack(rig.last(), prefixes=[HNP1]), ip6(LMA, COA, 41, echo_request(CN, HOA1)),
                 icmp(LL1, a("ff02::2"), 133, 0, bytes(4) + bytes([1, 1]) + MN1),
                 echo_request(HOA1, CN), icmp(LMA, COA, 2, 0, bytes(2) + b"\5\x78" + bytes(90)),
                 m.build_udp(LMA, COA, 547, 547, bytes([13]) + bytes(40))]
        for _ in range(4000):
            packet = bytearray(rng.choice(seeds))
            for _ in range(rng.randrange(1, 6)):
                packet[rng.randrange(len(packet))] = rng.randrange(256)
            packet = bytes(packet[:rng.randrange(1, len(packet) + 1)])
            if rng.random() < 0.5 and len(packet) > 50 and packet[6] == 58:
                packet = packet[:40] + finish(packet[8:24], packet[24:40], 58,
                                              packet[40:42] + b"\0\0" + packet[44:], 2)
            rig.from_core(packet)
            rig.from_node(packet if len(packet) > 40 else packet + bytes(40))
            rig.run(0.01)


# ---------------------------------------------------------------------------
# Faults: a probe is true for a conforming gateway and false for the fault
# ---------------------------------------------------------------------------

def first_update(*faults, **changes):
    rig = Rig(*faults, **changes)
    rig.attach()
    return rig.last()


def ack_has_effect(fault, **changes):
    """Does an answer that must be ignored lead to an advertisement?"""
    rig = Rig(*fault)
    rig.attach()
    rig.ack(**changes)
    rig.run(1)
    return bool(rig.ras())


def bound(fault, **changes):
    return Rig(*fault, **changes).bind()


def first_ra(fault):
    return bound(fault).ras()[0]


def left(fault, **changes):
    rig = bound(fault, **changes)
    rig.down()
    return rig


def gone(fault):
    """A node that left and whose link is up again."""
    rig = left(fault)
    rig.ack()
    rig.up()
    return rig.clear()


def intervals(fault):
    rig = Rig(*fault)
    rig.attach()
    rig.run(15)
    times = [u.at for u in rig.updates()]
    return [round(b - a_, 2) for a_, b in zip(times, times[1:])]


def malformed_survives(fault):
    rig = Rig(*fault)
    rig.attach()
    try:
        rig.ack(extra=b"\x16\xff")
    except RuntimeError:
        return False
    return True


def bad_checksum_ignored(fault):
    rig = Rig(*fault)
    rig.attach()
    packet = write_ack(rig.last(), prefixes=[HNP1])
    rig.from_core(packet[:44] + bytes([packet[44] ^ 1]) + packet[45:])
    rig.run(1)
    return not rig.ras()


def repeats_after_mismatch(fault):
    rig = Rig(*fault)
    rig.attach()
    rig.ack(handoff=b"\0\1")
    rig.run(5)
    return len(rig.updates()) > 1


def repeats_after_departure(fault):
    rig = Rig(*fault)
    rig.attach()
    rig.down()
    rig.run(5)
    return len(rig.updates()) > 1


def given_address_used(fault):
    rig = Rig(*fault, fixed_link_local=None)
    rig.bind(link_local=a("fe80::abcd"))
    return rig.ras()[0].src == a("fe80::abcd")


def sent_by_node(fault, **packet):
    rig = bound(fault).clear()
    fields = dict(src=HOA1, dst=CN)
    fields.update(packet)
    rig.from_node(echo_request(**fields))
    return rig.tunnelled()


def repeated(fault, **changes):
    rig = Rig(*fault, **changes)
    rig.attach()
    rig.run(2)
    return rig.updates()


def tunnel_is_closed(fault):
    rig = gone(fault)
    rig.tunnel_in(echo_request(CN, HOA1))
    return [p[40] for p in rig.core_icmp()] == [4]


def stale_route(fault):
    rig = gone(fault)
    rig.from_node(echo_request(HOA1, CN))
    return bool(rig.tunnelled())


def extended_unseen(fault):
    rig = bound(fault)
    rig.run(1300)
    return any(u.handoff == 5 for u in rig.updates())


def solicited_answer(fault):
    rig = bound(fault).clear()
    rig.rs()
    rig.run(1)
    return bool(rig.ras())


def congestion_mark_kept(fault):
    rig = bound(fault).clear()
    rig.tunnel_in(echo_request(CN, HOA1, tc=2), tc=3)
    return o.get_ecn(rig.delivered()[0]) == 3


def torn_down(fault):
    """A node that falls silent before its extension."""
    rig = bound(fault).clear()
    for _ in range(14000):
        rig.run(0.1)
        if rig.updates():
            break
    rig.ack()
    return any(ra.lifetime == 0 for ra in rig.ras())


def with_two(fault, **changes):
    """Two nodes on two links."""
    rig = bound(fault, **changes)
    return rig.bind("a2", MN2, LL2, prefixes=[HNP2]).clear()


def report_too_big(rig, mtu):
    """Packet Too Big about a packet of the node; what the node is told."""
    rig.clear().from_node(echo_request(HOA1, CN))
    outer = rig.frames[-1][2][14:]
    rig.clear().from_core(icmp(a("2001:db8:c::77"), COA, 2, 0, mtu.to_bytes(4, "big") + outer))
    return rig


def mtu_after(fault, mtu):
    return report_too_big(bound(fault), mtu).gw.path.path(LMA)


def fragments_of_large(fault):
    rig = bound(fault).clear()
    rig.from_node(echo_request(HOA1, CN, size=1450))
    return [f for _, n, f in rig.frames if n == "core" and f[20] == 44]


def told_limit(fault):
    inner = o.encapsulate(echo_request(HOA1, CN), HOA1, CN, 9, 0, 0, 3)
    rig = bound(fault).clear()
    rig.from_node(inner)
    return rig.frames[-1][2][14 + 40 + 4]


LOCAL_POLICY = (m.NodeRule("*", "mn-{mac}@x", local=True),)


def sent_between(fault, flag, **changes):
    rig = with_two(fault, local_routing=flag, **changes)
    rig.from_node(echo_request(HOA1, HOA2))
    return len(rig.tunnelled()), len(rig.delivered("a2"))


def renumbered(fault):
    rig = bound(fault, links=(m.LinkConfig("a1"),), fixed_link_local=MAG_LL)
    operation(rig).obey(["renumber", str(HNP1)])
    return rig


def operation(rig, file=None):
    return m.Operation(rig.gw, file)


VISITED = o.Prefix.parse("2001:db8:99::/64")


def visitor(fault):
    rig = Rig(*fault, links=(m.LinkConfig("a1", visited=VISITED),), next_hop=LMA,
              rules=(m.NodeRule("*", "visitor@x", service=False),))
    rig.attach()
    rig.run(1)
    return rig


def visitor_served(fault):
    rig = visitor(fault).clear()
    rig.from_node(echo_request(a("2001:db8:99::5"), CN))
    return any(n == "core" and f[22:38] == a("2001:db8:99::5") for _, n, f in rig.frames)


def relayed_link(fault):
    rig = bound(fault, dhcp_server=LMA).clear()
    rig.from_node(m.build_udp(LL1, a("ff02::1:2"), 546, 547, b"\x01abcdef"))
    return rig.frames[-1][2][14 + 48 + 2:14 + 48 + 18]


def hints(fault):
    """The handoff indicators of two attachments; the access network told of the first."""
    rig = Rig(*fault)
    operation(rig).obey(["hint", "a1", "3"])
    rig.bind()
    rig.down()
    rig.ack()
    rig.attach()
    return [u.handoff for u in rig.updates() if u.lifetime]


def node_time(fault, text="2026-01-31T12:00:00.2500000+00:00"):
    rig = Rig(*fault, node_timestamps=True)
    operation(rig).obey(["timestamp", "a1", text])
    rig.attach()
    return int.from_bytes(rig.last().one(27), "big")


def remembered(fault):
    """What a gateway has that starts after another one was told to route locally."""
    with tempfile.TemporaryDirectory() as directory:
        file = os.path.join(directory, "variables")
        operation(Rig(*fault), file).obey(["set", "EnableMAGLocalRouting", "1"])
        again = Rig(*fault)
        operation(again, file)
        return again.cfg.local_routing


def changed(fault):
    rig = Rig(*fault)
    operation(rig).obey(["set", "EnableMAGLocalRouting", "1"])
    return rig.cfg.local_routing


def node_address_kept_free(fault):
    rig = Rig(*fault, fixed_link_local=None)
    rig.attach()
    rig.ack(link_local=LL1)
    rig.run(3)
    return all(ra.src != LL1 for ra in rig.ras())


def burst(fault):
    rig = Rig(*fault, links=tuple(m.LinkConfig(f"a{n}") for n in range(1, 7)))
    for n in range(1, 7):
        rig.attach(f"a{n}", bytes([2, 0, 0, 0, 1, n]), a(f"fe80::{n}"))
    return len([u for u in rig.updates() if u.at < rig.time + 0.5])


def prefix_aligned(update):
    return all(at % 8 == 4 for kind, _, at in update.options if kind == 22)


PROBES = {
    "no-p-flag": lambda f: bool(first_update(*f).flags & 0x0200),
    "no-a-flag": lambda f: bool(first_update(*f).flags & 0x8000),
    "no-handoff-indicator": lambda f: first_update(*f).one(23) is not None,
    "no-access-technology": lambda f: first_update(*f).one(24) is not None,
    "no-timestamp": lambda f: first_update(*f).one(27) is not None,
    "no-link-layer-id": lambda f: first_update(*f).one(25) is not None,
    "zero-link-layer-id": lambda f: any(first_update(*f).one(25) or b"\1"),
    "option-length": lambda f: len(first_update(*f).one(22)) == 18,
    "misaligned-prefix": lambda f: prefix_aligned(first_update(*f)),
    "fixed-link-local-option": lambda f: not first_update(*f).all(26),
    "home-address-option": lambda f: first_update(*f).extension == 135,
    "extension-handoff": lambda f: extension(bound(f)).handoff == 5,
    "extension-zero-prefix": lambda f: extension(bound(f)).prefixes == [HNP1],
    "dereg-handoff": lambda f: left(f).last().handoff == 4,
    "dereg-lifetime": lambda f: left(f).last().lifetime == 0,
    "no-retransmission": lambda f: bool(intervals(f)),
    "constant-interval": lambda f: intervals(f) == [1.5, 3.0, 6.0],
    "same-sequence": lambda f: len({u.sequence for u in repeated(f, timestamps=False)}) == 2,
    "same-timestamp": lambda f: len({u.one(27) for u in repeated(f)}) == 2,
    "repeat-after-departure": lambda f: not repeats_after_departure(f),
    "status-128-success": lambda f: not ack_has_effect(f, status=128, prefixes=[HNP1]),
    "accept-other-node": lambda f: not ack_has_effect(f, identity=b"\1other@x"),
    "accept-other-sequence": lambda f: not ack_has_effect(f, sequence=4),
    "repeat-after-mismatch": lambda f: not repeats_after_mismatch(f),
    "crash-on-malformed": malformed_survives,
    "no-checksum": bad_checksum_ignored,
    "ignore-given-link-local": given_address_used,
    "no-prefix": lambda f: HNP1 in first_ra(f).prefixes,
    "prefix-lifetime": lambda f: all(p <= v for _, v, p in first_ra(f).prefixes.values()),
    "prefix-off-link": lambda f: all(x & 0x80 for x, _, _ in first_ra(f).prefixes.values()),
    "access-mtu": lambda f: first_ra(f).mtu == 1452,
    "no-solicited-answer": solicited_answer,
    "no-deregistration": lambda f: left(f).last().lifetime == 0,
    "route-outlives-binding": lambda f: not stale_route(f),
    "tunnel-never-goes": tunnel_is_closed,
    "extend-without-check": lambda f: not extended_unseen(f),
    "foreign-source": lambda f: not sent_by_node(f, src=HOA2),
    "link-local-forwarded": lambda f: not sent_by_node(f, src=LL1),
    "node-address-taken": node_address_kept_free,
    "smaller-mtu-kept-secret": lambda f: [ra.mtu for ra in report_too_big(bound(f), 1400).ras()] == [1352],
    "renumbered-not-withdrawn": lambda f: renumbered(f).ras()[-1].prefixes.get(HNP1, (0, 1))[1] == 0,
    "renumbered-routes-stay": lambda f: not renumbered(f).gw.routes.routes,
    "visitor-registered": lambda f: not visitor(f).updates(),
    "visitor-dropped": visitor_served,
    "link-stays": torn_down,
    "path-mtu-ignored": lambda f: mtu_after(f, 1400) == 1400,
    "path-mtu-raised": lambda f: mtu_after(f, 1700) == 1500,
    "larger-packets-cut": lambda f: not fragments_of_large(f),
    "limit-not-lowered": lambda f: told_limit(f) == 2,
    "local-routing-always": lambda f: sent_between(f, False) == (1, 0),
    "local-routing-never": lambda f: sent_between(f, True) == (0, 1),
    "local-policy-ignored": lambda f: sent_between(f, False, rules=LOCAL_POLICY) == (0, 1),
    "dhcp-no-link-address": lambda f: HNP1.covers(relayed_link(f)),
    "profile-anchor-ignored": lambda f: first_update(*f, rules=(m.NodeRule("*", "mn@x", OTHER_LMA),)).dst == OTHER_LMA,
    "hint-ignored": lambda f: hints(f)[0] == 3,
    "hint-sticks": lambda f: hints(f)[1] == 4,
    "given-time-ignored": lambda f: node_time(f) == (1769860800 << 16) + 0x4000,
    "variables-fixed": changed,
    "variables-forgotten": remembered,
    "no-rate-limit": lambda f: burst(f) == 3,
    "ecn-lost": lambda f: sent_by_node(f, tc=2)[0][0] & 3 == 2,
    "ecn-lost-at-exit": congestion_mark_kept,
    "hop-limit-twice": lambda f: sent_by_node(f, hops=9)[0][1][7] == 8,
}


class Faults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # they import this module
        import test_foreign_ipv4
        import test_foreign_transport
        cls.probes = PROBES | test_foreign_ipv4.PROBES | test_foreign_transport.PROBES

    def test_each_has_a_probe_and_a_section(self):
        self.assertEqual(set(self.probes), set(m.FAULTS))
        self.assertTrue(all(len(row) == 2 and all(row) for row in m.FAULTS.values()))

    def test_each_shows(self):
        for name, probe in self.probes.items():
            with self.subTest(fault=name):
                self.assertTrue(probe(()), "the conforming gateway fails the probe")
                self.assertFalse(probe((name,)), "the fault does not show")

    def test_faults_do_not_break_other_probes(self):
        """A fault leaves the plain life of a node working unless that is the fault."""
        silent = {"no-prefix", "option-length"}
        for name in set(m.FAULTS) - silent:
            with self.subTest(fault=name):
                rig = Rig(name)
                rig.attach()
                u = rig.last()
                rig.from_core(write_ack(u, prefixes=[HNP1]))
                rig.run(1)
                self.assertEqual(HNP1 in rig.ras()[0].prefixes if rig.ras() else None, True)


# ---------------------------------------------------------------------------
# Live: network namespaces, a kernel stack as the mobile node, a player as anchor
# ---------------------------------------------------------------------------

LIBC = ctypes.CDLL(None, use_errno=True)


def socket_in(namespace: str, *arguments) -> socket.socket:
    """A socket of another network namespace."""
    own = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    other = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    try:
        if LIBC.setns(other, 0x40000000):
            raise OSError(ctypes.get_errno(), "setns")
        try:
            return socket.socket(*arguments)
        finally:
            LIBC.setns(own, 0x40000000)
    finally:
        os.close(own)
        os.close(other)


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


class Anchor(threading.Thread):
    """Answers updates (but drops the first), echoes what comes out of the tunnel."""

    def __init__(self, namespace: str) -> None:
        super().__init__(daemon=True)
        self.sock = socket_in(namespace, socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x86DD))
        self.sock.bind(("l0", 0x86DD))
        self.mac = self.sock.getsockname()[4]
        self.updates, self.data, self.stop = [], [], False
        self.dropped = self.malformed = False

    def run(self) -> None:
        while not self.stop:
            if not select.select([self.sock], [], [], 0.1)[0]:
                continue
            frame, source = self.sock.recvfrom(65536)
            if source[2] != 4:
                self.handle(frame)

    def reply(self, frame, packet):
        self.sock.send(frame[6:12] + self.mac + b"\x86\xdd" + packet)

    def handle(self, frame):
        packet = frame[14:]
        if packet[6] == 58 and packet[40] == 135 and packet[48:64] == LMA:
            body = bytes([0x60, 0, 0, 0]) + LMA + bytes([2, 1]) + self.mac
            self.reply(frame, icmp(LMA, packet[8:24], 136, 0, body))
        elif seen := read_update(packet):
            seen.at = time.monotonic()
            self.updates.append(seen)
            if not self.dropped:
                self.dropped = True
                return
            extra = b"\x16\xff" if self.malformed else b""
            self.reply(frame, write_ack(seen, prefixes=[HNP1], extra=extra))
        elif (inside := unwrap(packet)) and inside[1][6] == 58 and inside[1][40] == 128:
            inner = inside[1]
            self.data.append(inner)
            answer = icmp(inner[24:40], inner[8:24], 129, 0, inner[44:], 64)
            self.reply(frame, ip6(LMA, COA, 41, answer))


class Live(unittest.TestCase):
    def setUp(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        tag = f"fm{os.getpid()}"
        self.mag, self.lma, self.mn = tag + "g", tag + "l", tag + "n"
        self.process = self.anchor = None
        self.addCleanup(self.clean)
        for name in (self.mag, self.lma, self.mn):
            ip("netns", "add", name)
        for name in (self.mag, self.lma):
            ip("netns", "exec", name, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1",
               "net.ipv6.conf.default.disable_ipv6=1")
        ip("-n", self.mn, "link", "set", "lo", "up")
        ip("-n", self.mag, "link", "add", "c0", "type", "veth", "peer", "name", "l0", "netns", self.lma)
        ip("-n", self.mag, "link", "add", "x0", "type", "veth", "peer", "name", "n0", "netns", self.mn)
        ip("-n", self.mn, "link", "set", "n0", "address", "02:00:00:00:01:01")
        for name, interface in ((self.mag, "c0"), (self.mag, "x0"), (self.lma, "l0")):
            ip("-n", name, "link", "set", interface, "up")

    def clean(self):
        if self.process:
            self.process.stdin.close()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process.stderr.close()
        if self.anchor:
            self.anchor.stop = True
            self.anchor.join(2)
            self.anchor.sock.close()
        for name in (self.mag, self.lma, self.mn):
            subprocess.run(["ip", "netns", "del", name], capture_output=True)

    def wait(self, what, condition, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = condition()
            if value:
                return value
            time.sleep(0.05)
        self.fail(f"{what}: did not happen; log:\n" + "".join(self.log[-40:]))

    def addresses(self):
        text = subprocess.run(["ip", "-n", self.mn, "-6", "-o", "addr", "show", "dev", "n0", "scope",
                               "global"], capture_output=True, text=True).stdout
        return [line.split()[3].split("/")[0] for line in text.splitlines() if "tentative" not in line]

    def gateway_pid(self):
        """`ip netns exec` replaces itself by the program."""
        return self.process.pid

    def start(self, *more):
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", self.mag, sys.executable, os.path.join(HERE, "foreign_mag.py"),
             "--core", "c0", "--core-address", "2001:db8:c::10/64", "--lma", "2001:db8:c::1",
             "--access", "x0", "--identity-pattern", "mn-{mac}@example.net", "--lifetime", "12", "--deregister-at-exit", *more],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.log = []
        threading.Thread(target=lambda: self.log.extend(iter(self.process.stderr.readline, "")),
                         daemon=True).start()
        self.wait("ready", lambda: any(line.startswith("ready") for line in self.log), 5)

    def ping(self):
        with socket_in(self.mn, socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6) as sock:
            sock.settimeout(0.1)
            end = time.monotonic() + 5
            while time.monotonic() < end:
                try:
                    sock.sendto(b"\x80\0\0\0\x12\x34\0\1live", ("2001:db8:ff::9", 0))
                    data = sock.recv(2048)
                except OSError:
                    continue
                if data[0] == 129 and data.endswith(b"live"):
                    return True
        return False

    def test_life_of_a_node(self):
        self.anchor = Anchor(self.lma)
        self.anchor.start()
        self.start()
        ip("-n", self.mn, "link", "set", "n0", "up")
        updates = self.anchor.updates
        self.wait("registration and its repetition", lambda: len(updates) >= 2, 10)
        self.assertTrue(1.4 < updates[1].at - updates[0].at < 1.9)
        self.assertEqual(updates[0].one(8), b"\x01mn-020000000101@example.net")
        self.wait("address from the prefix", self.addresses, 10)
        self.assertTrue(self.addresses()[0].startswith("2001:db8:1:"))
        self.assertTrue(self.ping(), "no echo through the tunnel")
        self.assertEqual(self.anchor.data[0][7], 63)
        extended = self.wait("extension", lambda: [u for u in updates if u.handoff == 5], 15)[0]
        self.assertEqual(extended.prefixes, [HNP1])
        self.assertTrue(self.ping(), "no echo after the extension")
        ip("-n", self.mn, "link", "set", "n0", "down")
        ended = self.wait("de-registration", lambda: [u for u in updates if u.lifetime == 0], 3)[0]
        self.assertEqual((ended.handoff, ended.prefixes), (4, [HNP1]))
        self.wait("cleaned up", lambda: any(l.startswith("tunnel-deleted") for l in self.log), 3)
        count = len(updates)
        ip("-n", self.mn, "link", "set", "n0", "up")
        self.wait("second registration", lambda: len(updates) > count, 10)
        self.wait("address again", self.addresses, 10)
        count = len(updates)
        os.kill(self.gateway_pid(), signal.SIGHUP)
        self.wait("extension by administrative action",
                  lambda: [u for u in updates[count:] if u.handoff == 5], 3)
        self.process.stdin.close()
        self.assertEqual(self.process.wait(5), 0)
        self.assertEqual((updates[-1].lifetime, updates[-1].handoff), (0, 4))

    def test_crash_fault_ends_the_process(self):
        self.anchor = Anchor(self.lma)
        self.anchor.malformed = True
        self.anchor.start()
        self.start("--fault", "crash-on-malformed", "--notice", "carrier,rs,dad")
        ip("-n", self.mn, "link", "set", "n0", "up")
        self.assertNotEqual(self.process.wait(10), 0)


if __name__ == "__main__":
    unittest.main()
