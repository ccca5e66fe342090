"""Tests of the foreign mobile node: python3 -m unittest test_foreign_mn. Without sockets, in a time of their own.

The routers, the home agent and the correspondent node are played here, with mobile_ipv6 of the correspondent node, hmac and hashlib.
A failed test of an authenticator prints the inputs.
"""

import contextlib
import hashlib
import hmac
import io
import struct
import unittest

import foreign_mn as device
import foreign_stack as stack
import mobile_ipv6 as peers
import mobile_octets as mip
from foreign_access import Access
from foreign_mobile import Settings
from foreign_stack import Frame, Packet, Protocol, address

HOME, AGENT, CORRESPONDENT = address("2001:db8:200::5e00:1"), address("2001:db8:200::1"), address("2001:db8:300::c1")
HOME_PREFIX = HOME[:8]
ROUTER = address("fe80::ff")
ROUTER_LINK_LAYER = bytes.fromhex("0200000000ff")
LINKS = ("link1", "link2", "link3", "home")
PREFIXES = {name: address(f"2001:db8:10{number}::") for number, name in enumerate(LINKS[:3], 1)} | {"home": HOME_PREFIX + bytes(8)}
NONCE_KEY, HOME_TOKEN_INDEX, CARE_OF_TOKEN_INDEX = bytes(range(20)), 0x0101, 0x0202


def link_layer(number):
    return bytes([2, 0x1A, 0, 0, 0, 0x50 + number])


class Sent:
    """An IPv6 packet of the mobile node, taken out of its tunnel, and read by the code of the correspondent node."""

    def __init__(self, link, frame):
        self.link, self.frame = link, frame
        self.packet = stack.read_packet(frame.payload)
        self.tunnel = None
        if self.packet.next_header == Protocol.IPV6:
            self.tunnel, self.packet = self.packet, stack.read_packet(self.packet.payload)
        self.reached = stack.process_headers(self.packet, stack.Reassembly(), 0.0)
        self.home, self.octets = self.reached.home_address, self.reached.payload
        self.kind = self.octets[2] if self.reached.protocol == Protocol.MOBILITY else None

    @property
    def update(self):
        return peers.read_update(self.packet, self.home, self.octets)

    @property
    def bids(self):
        return [one.bid for one in self.update.identifiers]


class World(unittest.TestCase):
    policy = {}

    def setUp(self):
        self.start(**self.policy)

    def start(self, **settings):
        self.now, self.frames = 1000.0, []
        accesses = []
        for number, name in enumerate(LINKS, 1):
            transmit = lambda octets, name=name: self.frames.append((name, stack.read_frame(octets)))
            accesses.append(Access(name, link_layer(number), 1500, transmit, HOME_PREFIX, bytes([2, 0, 0, 0, 0, 0, 0, number])))
        self.device = device.Device(Settings(HOME, HOME_PREFIX, AGENT, **settings), accesses)
        self.links = dict(zip(LINKS, accesses))
        self.taken = self.seen = 0
        self.log = contextlib.redirect_stderr(io.StringIO())
        self.log.__enter__()
        self.addCleanup(self.log.__exit__, None, None, None)

    # --- the world around the mobile node

    def care_of(self, link):
        return PREFIXES[link][:8] + self.links[link].identifier

    def put(self, link, packet):
        self.device.receive(self.links[link], Frame(self.links[link].link_layer, ROUTER_LINK_LAYER, packet.octets), self.now)

    def advertise(self, link, prefixes=None, lifetime=1800, preferred=1800):
        body = struct.pack("!BBHII", 64, 0, lifetime, 0, 0) + bytes([stack.SOURCE_LINK_LAYER, 1]) + ROUTER_LINK_LAYER
        for prefix in prefixes or [PREFIXES[link]]:
            body += struct.pack("!BBBBIII", 3, 4, 64, 0xC0, max(preferred, 60), preferred, 0) + prefix
        packet = stack.icmp(stack.ROUTER_ADVERTISEMENT, 0, body, ROUTER, stack.ALL_NODES, 255)
        self.device.receive(self.links[link], Frame(stack.multicast_link_layer(stack.ALL_NODES), ROUTER_LINK_LAYER, packet.octets), self.now)

    def wait(self, seconds):
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, max(self.device.next_time(), self.now + 0.001))
            self.device.pass_time(self.now)
            self.answer_for_router()

    def answer_for_router(self):
        new, self.seen = self.frames[self.seen :], len(self.frames)
        for link, frame in new:
            packet = stack.read_packet(frame.payload)
            if packet.next_header == Protocol.ICMPV6 and packet.payload[0] == stack.NEIGHBOR_SOLICITATION and packet.payload[8:24] == ROUTER:
                answer = stack.advertisement(ROUTER, packet.source, ROUTER, ROUTER_LINK_LAYER, stack.IS_ROUTER | stack.IS_SOLICITED | stack.OVERRIDES)
                self.put(link, answer)

    def attach(self, *links):
        for link in links:
            self.device.carrier(self.links[link], True, self.now)
        for link in links:
            self.advertise(link)
        self.wait(1.6)

    def lose(self, link):
        self.device.carrier(self.links[link], False, self.now)

    def sent(self, kind=None):
        """What the mobile node has sent since the last call, without Neighbor Discovery."""
        new, self.taken = self.frames[self.taken :], len(self.frames)
        found = [Sent(link, frame) for link, frame in new]
        found = [one for one in found if one.reached.protocol != Protocol.ICMPV6 or not 133 <= one.octets[0] <= 137]
        return [one for one in found if kind is None or one.kind == kind]

    def one(self, kind=mip.UPDATE):
        found = self.sent(kind)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def acknowledge(self, sent, status=0, lifetime=None, statuses=None, bids=None, number=None):
        update = sent.update
        options = [
            (peers.BINDING_IDENTIFIER, peers.identifier_octets(one.bid, (statuses or {}).get(one.bid, 0)), (2, 0))
            for one in update.identifiers
            if bids is None or one.bid in bids
        ]
        granted = update.lifetime * 4 if lifetime is None else lifetime
        octets = peers.acknowledgement(status, update.sequence if number is None else number, granted, options, 0, None, AGENT, HOME)
        self.answer(sent, octets, AGENT)

    def answer(self, sent, octets, source):
        packet = peers.message(source, HOME, octets)
        self.put(sent.link, packet if sent.packet.source == HOME else peers.routed(packet, sent.packet.source))

    def register(self, *links):
        """Attaches the links one after the other; the home agent accepts all."""
        for link in links:
            self.attach(link)
            self.acknowledge(self.one())

    def from_tunnel(self, link, inner):
        self.put(link, Packet(AGENT, self.care_of(link), Protocol.IPV6, inner.octets))

    def echo(self, link):
        self.from_tunnel(link, stack.icmp(stack.ECHO_REQUEST, 0, bytes(8), CORRESPONDENT, HOME))

    # --- the correspondent node

    def answer_tests(self, sent):
        """The tests of RFC 6275, 5.2, with a fixed nonce and key."""
        for one in sent:
            if one.kind in (mip.HOME_TEST_INIT, mip.CARE_OF_TEST_INIT):
                self.answer_test(one)

    def token(self, tested, kind):
        return hmac.new(NONCE_KEY, tested + b"nonce000" + bytes([kind]), hashlib.sha1).digest()[:8]

    def answer_test(self, one, cookie=None):
        is_home = one.kind == mip.HOME_TEST_INIT
        tested = one.packet.source
        index = HOME_TOKEN_INDEX if is_home else CARE_OF_TOKEN_INDEX
        data = struct.pack("!H", index) + (cookie or one.octets[8:16]) + self.token(tested, 0 if is_home else 1)
        octets = mip.mobility(mip.HOME_TEST if is_home else mip.CARE_OF_TEST, data, CORRESPONDENT, tested)
        packet = peers.message(CORRESPONDENT, tested, octets)
        if is_home:
            self.from_tunnel(one.link, packet)
        else:
            self.put(one.link, packet)

    def key(self, care_of=None):
        return hashlib.sha1(self.token(HOME, 0) + (self.token(care_of, 1) if care_of else b"")).digest()

    def assert_authentic(self, sent, about, key):
        octets = sent.octets
        data = about + CORRESPONDENT + octets[:4] + b"\0\0" + octets[6:-12]
        expected = hmac.new(key, data, hashlib.sha1).digest()[:12]
        inputs = f"HMAC-SHA1 with {key.hex()} over {data.hex()}"
        self.assertEqual((octets[-14:-12].hex(), octets[-12:].hex()), ("050c", expected.hex()), inputs)

    def accept_at_correspondent(self, sent, about, key, status=0, broken=False):
        update = sent.update
        options = [(peers.BINDING_IDENTIFIER, peers.identifier_octets(one.bid), (2, 0)) for one in update.identifiers]
        authorize = lambda octets: bytes(12) if broken else hmac.new(key, about + CORRESPONDENT + octets, hashlib.sha1).digest()[:12]
        octets = peers.acknowledgement(status, update.sequence, update.lifetime * 4, options, 0, authorize, CORRESPONDENT, HOME)
        self.answer(sent, octets, CORRESPONDENT)

    def optimize(self, link):
        """The bindings of the links that are registered; the echo comes over the given one."""
        self.echo(link)
        self.answer_tests(self.sent())
        while updates := [one for one in self.sent() if one.kind == mip.UPDATE]:
            for one in updates:
                self.accept_at_correspondent(one, one.packet.source, self.key(one.packet.source))


class Registration(World):
    policy = {"is_bulk": False}

    def test_first_update(self):
        """RFC 6275, 11.7.1; RFC 5648, 5.1, 5.2 and 5.9."""
        self.attach("link1")
        sent = self.one()
        update = sent.update
        self.assertEqual((sent.packet.source, sent.packet.destination, sent.home), (self.care_of("link1"), AGENT, HOME))
        self.assertEqual(update.flags, peers.A | peers.H | peers.O)
        self.assertEqual(update.lifetime, 105)
        (identifier,) = update.identifiers
        self.assertEqual((identifier.bid, identifier.address, identifier.flags), (11, self.care_of("link1"), 0))
        self.assertIsNone(update.alternate)
        self.assertEqual(stack.checksum(HOME, AGENT, Protocol.MOBILITY, sent.octets), 0)

    def test_retransmission(self):
        """RFC 6275, 11.8: later each time, with higher numbers."""
        self.attach("link1")
        first = self.one().update
        times, numbers = [], [first.sequence]
        for _ in range(300):
            self.wait(0.1)
            for one in self.sent(mip.UPDATE):
                times.append(round(self.now, 1))
                numbers.append(one.update.sequence)
        gaps = [later - earlier for earlier, later in zip(times, times[1:])]
        self.assertEqual([round(gap / gaps[0]) for gap in gaps], [1, 2, 4][: len(gaps)])
        self.assertTrue(all(peers.is_later(later, earlier) for earlier, later in zip(numbers, numbers[1:])))

    def test_one_by_one(self):
        self.attach("link1", "link2")
        first = self.one()
        self.assertTrue(first.update.has(peers.O))
        self.acknowledge(first)
        second = self.one()
        self.assertEqual((second.bids, second.update.has(peers.O), second.packet.source), ([12], False, self.care_of("link2")))
        self.assertTrue(peers.is_later(second.update.sequence, first.update.sequence))

    def test_granted_lifetime(self):
        """RFC 6275, 11.7.3: the refresh comes before the end of what was granted, and without care-of address (RFC 5648, 5.1)."""
        self.attach("link1")
        self.acknowledge(self.one(), lifetime=40)
        self.wait(20)
        self.assertEqual(self.sent(), [])
        self.wait(6.5)
        refresh = self.one().update
        self.assertEqual([(one.bid, one.length) for one in refresh.identifiers], [(11, 4)])
        self.assertFalse(refresh.has(peers.O))

    def test_refresh_of_unknown(self):
        """RFC 5648, 5.7: 167."""
        self.attach("link1")
        self.acknowledge(self.one(), lifetime=40)
        self.wait(26.5)
        self.acknowledge(self.one(), status=167)
        self.assertEqual(self.one().update.identifiers[0].address, self.care_of("link1"))

    def test_old_number(self):
        """RFC 6275, 11.7.1: the next number after that of 135."""
        self.attach("link1")
        self.acknowledge(self.one(), status=135, number=0xFFFF)
        self.assertEqual(self.one().update.sequence, 0)

    def test_other_number(self):
        self.attach("link1")
        sent = self.one()
        self.acknowledge(sent, number=(sent.update.sequence + 1) & 0xFFFF)
        self.wait(2)
        self.assertEqual(len(self.sent(mip.UPDATE)), 1, "it is sent again")

    def test_lost_link(self):
        """RFC 5648, 5.4."""
        self.register("link1", "link2")
        self.lose("link2")
        sent = self.one()
        self.assertEqual((sent.bids, sent.update.lifetime, sent.packet.source), ([12], 0, self.care_of("link1")))
        self.acknowledge(sent)
        self.attach("link2")
        self.assertEqual(self.one().update.identifiers[0].address, self.care_of("link2"))

    def test_other_prefix(self):
        self.register("link1")
        other = address("2001:db8:111::")
        self.advertise("link1", preferred=0)
        self.advertise("link1", [other])
        self.wait(1.2)
        self.assertEqual(self.sent()[-1].update.identifiers[0].address, other[:8] + self.links["link1"].identifier)

    def test_second_prefix(self):
        self.register("link1")
        other = address("2001:db8:111::")
        self.advertise("link1", [PREFIXES["link1"], other])
        self.wait(1.2)
        self.assertEqual(self.one().bids, [21])

    def test_duplicate_address(self):
        self.device.carrier(self.links["link1"], True, self.now)
        self.advertise("link1")
        own = self.care_of("link1")
        answer = stack.advertisement(own, stack.ALL_NODES, own, ROUTER_LINK_LAYER, stack.OVERRIDES)
        self.device.receive(self.links["link1"], Frame(stack.multicast_link_layer(stack.ALL_NODES), ROUTER_LINK_LAYER, answer.octets), self.now)
        self.wait(3)
        self.assertEqual(self.sent(), [])

    def test_refresh_request(self):
        """RFC 5648, 5.8."""
        self.register("link1", "link2")
        octets = peers.refresh_request([12], AGENT, HOME)
        self.put("link1", peers.routed(peers.message(AGENT, HOME, octets), self.care_of("link1")))
        self.assertEqual(self.one().bids, [12])

    def test_without_identifiers(self):
        """RFC 5648, 5.7: an acknowledgement without BIDs."""
        self.attach("link1", "link2")
        self.acknowledge(self.one(), bids=(), lifetime=40)
        self.wait(26.5)
        sent = self.sent(mip.UPDATE)
        self.assertEqual([(one.bids, one.update.alternate) for one in sent], [([], self.care_of("link1"))])

    def test_prohibited(self):
        self.attach("link1")
        self.acknowledge(self.one(), status=166)
        self.assertEqual(self.one().bids, [])

    def test_prohibition_is_remembered(self):
        self.attach("link1")
        self.acknowledge(self.one(), status=166)
        self.acknowledge(self.one())
        for pause, bids in ((5, []), (40, [11])):
            self.lose("link1")
            self.wait(pause)
            self.attach("link2" if pause == 5 else "link1")
            self.assertEqual(self.sent(mip.UPDATE)[0].bids, bids)
            self.lose("link2")

    def test_other_binding(self):
        """RFC 5648, 5.7: 165 is followed by O."""
        self.register("link1", "link2")
        self.attach("link3")
        self.acknowledge(self.one(), status=165)
        self.assertTrue(self.one().update.has(peers.O))

    def test_refused(self):
        """RFC 6275, 11.7.3."""
        self.attach("link1")
        self.acknowledge(self.one(), status=129)
        self.wait(30)
        self.assertEqual(self.sent(), [])

    def test_duplicate(self):
        """RFC 6275, 11.7.1: 134."""
        self.attach("link1")
        self.acknowledge(self.one(), status=134)
        self.lose("link1")
        self.attach("link2")
        self.assertEqual(self.sent(), [])

    def test_rate(self):
        """RFC 6275, 11.8."""
        self.attach("link1")
        times = []
        for number in range(8):
            for one in self.sent(mip.UPDATE):
                times.append(self.now)
                self.acknowledge(one, status=135, number=number * 10)
            self.wait(0.1)
        self.assertLessEqual(len(times), 4)


class Bulk(World):
    def test_links_that_come_together(self):
        """RFC 5648, 5.3."""
        self.attach("link1", "link2", "link3")
        sent = self.one()
        self.assertEqual(sent.bids, [11, 12, 13])
        self.assertEqual([one.address for one in sent.update.identifiers], [self.care_of(link) for link in LINKS[:3]])
        self.assertTrue(sent.update.has(peers.O))

    def test_partly_refused(self):
        self.attach("link1", "link2")
        self.acknowledge(self.one(), status=4, statuses={12: 130}, lifetime=40)
        self.wait(26.5)
        self.assertEqual(self.one().bids, [11])

    def test_prohibited(self):
        """RFC 5648, 5.7: 168, and none was registered."""
        self.attach("link1", "link2")
        self.acknowledge(self.one(), status=168)
        first = self.one()
        self.assertEqual(first.bids, [11])
        self.acknowledge(first)
        self.assertEqual(self.one().bids, [12])

    def test_refresh(self):
        self.attach("link1", "link2")
        self.acknowledge(self.one(), lifetime=40)
        self.wait(26.5)
        self.assertEqual([(one.bid, one.length) for one in self.one().update.identifiers], [(11, 4), (12, 4)])


class ReturnRoutability(World):
    def test_authenticators(self):
        """RFC 6275, 5.2.5, 5.2.6, 6.2.7 and 11.6: the inputs of each authenticator are printed beside a wrong one."""
        self.attach("link1", "link2")
        self.acknowledge(self.one())
        self.echo("link1")
        sent = self.sent()
        tests = [one for one in sent if one.kind in (mip.HOME_TEST_INIT, mip.CARE_OF_TEST_INIT)]
        self.assertEqual(len([one for one in sent if one.reached.protocol == Protocol.ICMPV6 and one.tunnel]), 1, "the echo reply")
        self.assertEqual(sorted(one.kind for one in tests), [1, 2, 2])
        self.assertEqual([one.tunnel is not None for one in tests], [one.kind == mip.HOME_TEST_INIT for one in tests])
        self.assertEqual(len({one.octets[8:16] for one in tests}), 3, "each has a cookie of its own")
        self.answer_tests(tests)
        first = self.one()
        care_of = first.packet.source
        self.assertEqual((first.packet.destination, first.home, len(first.bids)), (CORRESPONDENT, HOME, 1))
        self.assertEqual(first.update.data(peers.NONCE_INDICES), struct.pack("!HH", HOME_TOKEN_INDEX, CARE_OF_TOKEN_INDEX))
        self.assertFalse(first.update.has(peers.H))
        self.assertTrue(first.update.ends_with_authorization)
        self.assert_authentic(first, care_of, self.key(care_of))
        self.accept_at_correspondent(first, care_of, self.key(care_of))
        second = self.one()
        self.assert_authentic(second, second.packet.source, self.key(second.packet.source))
        self.assertTrue(peers.is_later(second.update.sequence, first.update.sequence))

    def test_packets(self):
        """RFC 6275, 11.3.1: replies go the way that the request came."""
        self.attach("link1", "link2")
        self.acknowledge(self.one())
        self.optimize("link1")
        self.sent()
        for link in ("link1", "link2"):
            request = stack.icmp(stack.ECHO_REQUEST, 0, bytes(8), CORRESPONDENT, HOME)
            self.put(link, peers.routed(request, self.care_of(link)))
            (reply,) = self.sent()
            self.assertEqual((reply.packet.source, reply.home, reply.tunnel), (self.care_of(link), HOME, None))
            self.assertEqual(stack.checksum(HOME, CORRESPONDENT, Protocol.ICMPV6, reply.octets), 0)

    def test_removal(self):
        """RFC 6275, 5.2.5: Kbm of the home token alone; 6.2.7: over the home address."""
        self.attach("link1", "link2")
        self.acknowledge(self.one())
        self.optimize("link1")
        self.sent()
        self.lose("link2")
        removals = [one for one in self.sent(mip.UPDATE) if one.packet.destination == CORRESPONDENT]
        self.assertEqual([(one.bids, one.update.lifetime, one.packet.source) for one in removals], [([12], 0, self.care_of("link1"))])
        self.assert_authentic(removals[0], HOME, self.key())

    def test_wrong_cookie(self):
        self.register("link1")
        self.echo("link1")
        for one in self.sent():
            if one.kind in (mip.HOME_TEST_INIT, mip.CARE_OF_TEST_INIT):
                self.answer_test(one, cookie=b"\x55" * 8)
        self.assertEqual(self.sent(mip.UPDATE), [])

    def test_cookies_of_retransmissions(self):
        """RFC 6275, 11.8."""
        self.register("link1")
        self.echo("link1")
        self.wait(8)
        tests = self.sent(mip.CARE_OF_TEST_INIT)
        self.assertEqual(len(tests), 4)
        self.assertEqual(len({one.octets[8:16] for one in tests}), 4)

    def test_broken_acknowledgement(self):
        self.register("link1")
        self.echo("link1")
        self.answer_tests(self.sent())
        sent = self.one()
        self.accept_at_correspondent(sent, sent.packet.source, self.key(sent.packet.source), broken=True)
        self.wait(1.2)
        self.assertEqual(len([one for one in self.sent(mip.UPDATE) if one.packet.destination == CORRESPONDENT]), 1, "it is sent again")

    def test_expired_nonces(self):
        """RFC 6275, 6.1.8: 138 is without authenticator, and leads to tests of both addresses."""
        self.register("link1")
        self.echo("link1")
        self.answer_tests(self.sent())
        sent = self.one()
        octets = peers.acknowledgement(138, sent.update.sequence, 0, [(35, peers.identifier_octets(11), (2, 0))], 0, None, CORRESPONDENT, HOME)
        self.answer(sent, octets, CORRESPONDENT)
        self.assertEqual(sorted(one.kind for one in self.sent()), [mip.HOME_TEST_INIT, mip.CARE_OF_TEST_INIT])

    def test_end_of_a_binding(self):
        """A correspondent node from which nothing came is none any more at the end of its binding."""
        self.register("link1")
        self.optimize("link1")
        self.wait(500)
        self.assertEqual(self.device.mobile.correspondents, {})
        self.sent()
        self.lose("link1")
        self.attach("link1")
        self.assertEqual([one for one in self.sent() if one.packet.destination == CORRESPONDENT], [])

    def test_binding_error(self):
        """RFC 6275, 11.3.6."""
        self.register("link1")
        self.optimize("link1")
        error = mip.mobility(mip.ERROR, bytes([1, 0]) + HOME, CORRESPONDENT, self.care_of("link1"))
        self.put("link1", peers.message(CORRESPONDENT, self.care_of("link1"), error))
        self.sent()
        self.echo("link1")
        self.assertTrue(all(one.tunnel for one in self.sent() if one.reached.protocol == Protocol.ICMPV6))


class AtHome(World):
    policy = {"at_home": "home"}

    def test_return(self):
        """RFC 6275, 11.5.5."""
        self.register("link1")
        self.taken = len(self.frames)
        self.attach("home")
        sent = self.sent(mip.UPDATE)[-1]
        update = sent.update
        self.assertEqual((sent.link, sent.packet.source, sent.home, sent.frame.destination), ("home", HOME, None, ROUTER_LINK_LAYER))
        self.assertEqual((update.flags, update.lifetime, update.alternate, update.identifiers), (peers.A | peers.H, 0, HOME, ()))
        solicited = [frame.payload[48:64] for _, frame in self.frames if frame.payload[6] == 58 and frame.payload[40] == 135]
        self.assertNotIn(HOME, solicited, "no test for duplicates")
        before = len(self.frames)
        self.acknowledge(sent)
        announced = [stack.read_packet(frame.payload) for _, frame in self.frames[before:]]
        self.assertEqual([(one.destination, one.payload[8:24], one.payload[4]) for one in announced], [(stack.ALL_NODES, HOME, stack.OVERRIDES)])
        self.lose("home")
        self.assertTrue(self.one().update.has(peers.O), "registered again")

    def test_boot_at_home(self):
        self.attach("home")
        self.assertEqual(self.sent(), [])
        self.assertTrue(self.device.mobile.uses_home_link(self.now))


class AtHomeAndAway(World):
    def solicit(self):
        group = stack.solicited_node(HOME)
        solicitation = stack.solicitation(ROUTER, group, HOME, ROUTER_LINK_LAYER)
        self.device.receive(self.links["home"], Frame(stack.multicast_link_layer(group), ROUTER_LINK_LAYER, solicitation.octets), self.now)
        answers = [stack.read_packet(frame.payload) for link, frame in self.frames[self.taken :] if link == "home"]
        self.sent()
        return any(one.payload[0] == 136 and one.payload[8:24] == HOME for one in answers)

    def come_home(self, status):
        self.register("link1")
        self.attach("home")
        sent = self.sent(mip.UPDATE)[-1]
        (identifier,) = sent.update.identifiers
        self.assertEqual((identifier.bid, identifier.is_home, identifier.address), (14, True, HOME))
        self.assertEqual(sent.update.data(peers.LINK_LAYER), b"\x02" + self.links["home"].link_layer)
        self.assertFalse(self.solicit(), "RFC 5648, 5.6.3: not before the acknowledgement")
        self.acknowledge(sent, status, statuses={14: status})

    def test_neighbor_discovery(self):
        self.come_home(0)
        self.assertTrue(self.solicit())

    def test_no_neighbor_discovery(self):
        """RFC 5648, 5.6.4."""
        self.come_home(5)
        self.assertFalse(self.solicit())

    def test_leaving(self):
        """RFC 5648, 5.6.5."""
        self.come_home(0)
        self.sent()
        self.lose("home")
        sent = self.one()
        self.assertEqual([(one.bid, one.is_home) for one in sent.update.identifiers], [(11, False)])


class Plain(World):
    policy = {"has_identifiers": False}

    def test_movement(self):
        self.register("link1")
        self.attach("link2")
        self.assertEqual(self.sent(), [])
        self.lose("link1")
        sent = self.one()
        self.assertEqual((sent.packet.source, sent.update.alternate, sent.bids), (self.care_of("link2"), self.care_of("link2"), []))
        self.assertEqual(sent.update.flags, peers.A | peers.H)

    def test_correspondent_after_movement(self):
        """RFC 6275, 11.7.2: it gets the new care-of address, also if there was no link in between."""
        self.register("link1")
        self.optimize("link1")
        self.lose("link1")
        self.attach("link2")
        self.acknowledge(self.sent(mip.UPDATE)[-1])
        self.answer_tests(self.sent())
        sent = self.sent(mip.UPDATE)
        self.assertEqual([(one.packet.source, one.packet.destination) for one in sent], [(self.care_of("link2"), CORRESPONDENT)])

    def test_lost_acknowledgement(self):
        """RFC 6275, 11.7.2: a correspondent node is in the Binding Update List as soon as the update is sent."""
        self.register("link1")
        self.echo("link1")
        self.answer_tests(self.sent())
        self.lose("link1")
        self.attach("link2")
        self.acknowledge(self.sent(mip.UPDATE)[-1])
        self.answer_tests(self.sent())
        self.assertEqual([one.packet.destination for one in self.sent(mip.UPDATE)], [CORRESPONDENT])


class Faults(World):
    """Each fault shows; all that is tested above is right without it."""

    def with_fault(self, fault, *links, **settings):
        self.start(fault=fault, **settings)
        self.shown = {*getattr(self, "shown", ()), fault}
        self.attach(*links)
        return self.sent(mip.UPDATE)

    def correspondent_with_fault(self, fault, accepts_tests=True):
        """Registered over two links, of which the correspondent gets the bindings: what the node has sent last."""
        self.acknowledge(self.with_fault(fault, "link1", "link2")[-1])
        self.echo("link1")
        sent = self.sent()
        if accepts_tests:
            self.answer_tests(sent)
            sent = self.sent(mip.UPDATE)
        return sent

    def test_updates(self):
        self.assertIsNone(self.with_fault("home-address-left-out", "link1")[0].home)
        shown = {"sequence-kept": lambda numbers, gaps: len(set(numbers)) == 1, "no-back-off": lambda numbers, gaps: max(gaps) < 2}
        for fault, is_shown in shown.items():
            numbers, times = [self.with_fault(fault, "link1")[-1].update.sequence], []
            for _ in range(70):
                self.wait(0.1)
                for one in self.sent(mip.UPDATE):
                    numbers.append(one.update.sequence)
                    times.append(self.now)
            self.assertTrue(is_shown(numbers, [later - earlier for earlier, later in zip(times, times[1:])]), fault)
        self.acknowledge(self.with_fault("lifetime-kept", "link1")[-1], lifetime=40)
        self.wait(39)
        self.assertEqual(self.sent(), [])
        sent = self.with_fault("any-acknowledgement", "link1")[-1]
        self.acknowledge(sent, number=(sent.update.sequence + 9) & 0xFFFF)
        self.wait(4)
        self.assertEqual(self.sent(), [])
        self.acknowledge(self.with_fault("requests-ignored", "link1")[-1])
        self.put("link1", peers.routed(peers.message(AGENT, HOME, peers.refresh_request([11], AGENT, HOME)), self.care_of("link1")))
        self.assertEqual(self.sent(), [])

    def test_several(self):
        self.assertEqual(self.with_fault("identifier-zero", "link1")[-1].bids, [0])
        self.acknowledge(self.with_fault("identifier-shared", "link1")[-1])
        self.attach("link2")
        self.assertEqual(self.sent(mip.UPDATE)[0].bids, [11])
        self.assertEqual(self.with_fault("care-of-left-out", "link1")[-1].update.identifiers[0].length, 4)
        self.assertIsNotNone(self.with_fault("alternate-beside-identifier", "link1")[-1].update.alternate)
        self.assertFalse(self.with_fault("overwrite-never", "link1")[-1].update.has(peers.O))
        self.acknowledge(self.with_fault("bulk-kept", "link1", "link2")[-1], status=168)
        self.assertEqual([one.bids for one in self.sent(mip.UPDATE)[:1]], [[11, 12]])
        self.acknowledge(self.with_fault("several-kept", "link1")[-1], status=166)
        self.assertEqual(self.one().bids, [11])
        self.acknowledge(self.with_fault("several-kept", "link1")[-1], bids=())
        self.attach("link2")
        self.assertEqual(self.sent(mip.UPDATE)[0].bids, [12])
        self.assertEqual([len(one.bids) for one in self.correspondent_with_fault("bulk-to-correspondent")], [2])

    def test_return_routability(self):
        for one in self.correspondent_with_fault("any-cookie", accepts_tests=False):
            if one.kind in (mip.HOME_TEST_INIT, mip.CARE_OF_TEST_INIT):
                self.answer_test(one, cookie=b"\x55" * 8)
        self.assertEqual(len(self.sent(mip.UPDATE)), 1)
        sent = self.correspondent_with_fault("home-test-untunnelled", accepts_tests=False)
        self.assertEqual([one.tunnel for one in sent if one.kind == mip.HOME_TEST_INIT], [None])
        for fault in ("home-token-alone", "home-address-authenticated"):
            (sent,) = self.correspondent_with_fault(fault)
            with self.assertRaises(AssertionError):
                self.assert_authentic(sent, sent.packet.source, self.key(sent.packet.source))
        (sent,) = self.correspondent_with_fault("authenticator-unchecked")
        self.accept_at_correspondent(sent, sent.packet.source, self.key(sent.packet.source), broken=True)
        self.assertEqual([one.bids for one in self.sent(mip.UPDATE)], [[12]], "the next one")

    def test_packets_and_home(self):
        self.acknowledge(self.with_fault("any-tunnel", "link1")[-1])
        inner = stack.icmp(stack.ECHO_REQUEST, 0, bytes(8), CORRESPONDENT, HOME)
        self.put("link1", Packet(CORRESPONDENT, self.care_of("link1"), Protocol.IPV6, inner.octets))
        self.assertNotEqual(self.sent(), [])
        self.acknowledge(self.with_fault("duplicate-test-at-home", "link1", at_home="home")[-1])
        self.attach("home")
        tests = [stack.read_packet(frame.payload) for link, frame in self.frames if link == "home"]
        self.assertTrue(any(one.source == stack.UNSPECIFIED and one.payload[8:24] == HOME for one in tests))
        self.acknowledge(self.with_fault("answers-too-early", "link1")[-1])
        self.attach("home")
        self.assertTrue(self.links["home"].answers_for_home)

    def test_each_fault_is_tested(self):
        for test in (self.test_updates, self.test_several, self.test_return_routability, self.test_packets_and_home):
            test()
        self.assertEqual(self.shown, set(device.FAULTS))


class Headers(World):
    def test_wrong_routing_headers(self):
        """RFC 6275, 11.3.3: silently discarded."""
        self.register("link1")
        request = stack.icmp(stack.ECHO_REQUEST, 0, bytes(8), CORRESPONDENT, HOME)
        self.put("link1", peers.routed(request.changed(destination=CORRESPONDENT), self.care_of("link1")))
        routed = peers.routed(request, self.care_of("link1"))
        self.put("link1", routed.changed(payload=routed.payload[:3] + b"\x02" + routed.payload[4:]))
        self.assertEqual(self.sent(), [])

    def test_tunnel_of_others(self):
        self.register("link1")
        inner = stack.icmp(stack.ECHO_REQUEST, 0, bytes(8), CORRESPONDENT, HOME)
        self.put("link1", Packet(CORRESPONDENT, self.care_of("link1"), Protocol.IPV6, inner.octets))
        self.assertEqual(self.sent(), [])

    def test_home_address_on_foreign_link(self):
        self.register("link1")
        self.put("link1", stack.icmp(stack.ECHO_REQUEST, 0, bytes(8), CORRESPONDENT, HOME))
        self.assertEqual(self.sent(), [])


if __name__ == "__main__":
    unittest.main()
