"""Lets the foreign mobile node, home agent and correspondent node reach each other: python3 -m unittest test_mobile_together.

Without sockets, in a time of their own. A router between the links and a host on the core are played here.
"""

import contextlib
import io
import struct
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / name) for name in ("mn", "ha", "cn", "lma")]

import foreign_cn
import foreign_ha
import foreign_mn
import foreign_stack as stack
from foreign_access import Access
from foreign_correspondent import Settings as CorrespondentSettings
from foreign_home_agent import Settings as HomeAgentSettings
from foreign_host import Host, HostInterface
from foreign_mobile import Settings as MobileNodeSettings
from foreign_mobility import prefix
from foreign_stack import Discard, address

HOME, AGENT, CORRESPONDENT = address("2001:db8:200::5e00:1"), address("2001:db8:200::1"), address("2001:db8:100::c1")
ROUTER, AGENT_ON_CORE = address("2001:db8:100::ff"), address("2001:db8:100::1")
HOME_NETWORK, CORE = prefix("2001:db8:200::/64"), prefix("2001:db8:100::/64")
LINKS = {name: prefix(f"2001:db8:10{number}::/64") for number, name in enumerate(("link1", "link2", "link3"), 1)}


class Router(Host):
    """Between the core and the foreign links; the home link is behind the home agent."""

    def __init__(self, interfaces, on_link):
        super().__init__(interfaces, on_link)
        self.carried = []

    def forward(self, packet, arrival):
        self.carried.append((arrival.interface.name, packet))
        interface, hop = self.next_hop(packet.destination)
        if HOME_NETWORK.holds(packet.destination):
            interface, hop = self.next_hop(AGENT_ON_CORE)
        if interface and packet.hop_limit > 1:
            interface.send(packet.changed(hop_limit=packet.hop_limit - 1), hop, self.now)

    def handle_message(self, packet, home, kind, octets, arrival):
        raise Discard


class Network(unittest.TestCase):
    def setUp(self):
        self.log = contextlib.redirect_stderr(io.StringIO())
        self.log.__enter__()
        self.addCleanup(self.log.__exit__, None, None, None)

    def build(self, **settings):
        self.now, self.number = 1000.0, 0
        self.links = {name: [] for name in (*LINKS, "core", "home")}
        self.queue = []
        home = self.interface(foreign_ha.HomeInterface, "home", [AGENT])
        core = self.interface(stack.Interface, "core", [AGENT_ON_CORE], router=ROUTER)
        agent = HomeAgentSettings(AGENT, HOME_NETWORK, refresh_before=None)
        self.agent = self.connect(foreign_ha.Device(agent, home, core, CORE))
        known = self.interface(HostInterface, "core", [CORRESPONDENT], router=ROUTER)
        self.correspondent = self.connect(foreign_cn.Device(CorrespondentSettings(CORRESPONDENT, refresh_before=None), known, CORE))
        faces = [self.interface(stack.Interface, name, [network.octets[:15] + b"\xff"]) for name, network in LINKS.items()]
        outer = self.interface(stack.Interface, "core", [ROUTER])
        self.router = self.connect(Router([*faces, outer], [*zip(faces, LINKS.values()), (outer, CORE)]))
        accesses = [self.interface(Access, name, HOME[:8]) for name in (*LINKS, "home")]
        self.mobile = self.connect(foreign_mn.Device(MobileNodeSettings(HOME, HOME[:8], AGENT, **settings), accesses))

    def interface(self, kind, link, *arguments, **fields):
        self.number += 1
        made = []
        transmit = lambda octets: self.queue.append((link, made[0], octets))
        made.append(kind(link, bytes([2, 0, 0, 0, 0, self.number]), 1500, transmit, *arguments, **fields))
        return made[0]

    def connect(self, device):
        for interface in device.interfaces:
            self.links[interface.name].append((interface, device))
        return device

    def wait(self, seconds):
        until = self.now + seconds
        while self.now < until:
            self.deliver()
            due = [at for one in self.devices() if (at := one.next_time()) is not None and at > self.now]
            self.now = min(until, *due, self.now + 0.25)
            for one in self.devices():
                one.pass_time(self.now)
        self.deliver()

    def devices(self):
        return self.agent, self.correspondent, self.router, self.mobile

    def deliver(self):
        while self.queue:
            link, sender, octets = self.queue.pop(0)
            for interface, device in self.links[link]:
                if interface is not sender and getattr(interface, "is_up", True):
                    device.receive(interface, stack.read_frame(octets), self.now)

    def attach(self, *links):
        for link in links:
            self.mobile.carrier(self.access(link), True, self.now)
        for link in links:
            router = self.links[link][0][0]
            network = LINKS.get(link, HOME_NETWORK)
            body = struct.pack("!BBHII", 64, 0, 1800, 0, 0) + bytes([stack.SOURCE_LINK_LAYER, 1]) + router.link_layer
            body += struct.pack("!BBBBIII", 3, 4, 64, 0xC0, 1800, 1800, 0) + network.octets
            router.send(stack.icmp(stack.ROUTER_ADVERTISEMENT, 0, body, router.link_local, stack.ALL_NODES, 255), stack.ALL_NODES, self.now)
        self.wait(4)

    def lose(self, link):
        self.mobile.carrier(self.access(link), False, self.now)
        self.wait(2)

    def access(self, link):
        return next(one for one in self.mobile.interfaces if one.name == link)

    def bindings(self):
        """BID and link of each binding at the home agent."""
        entry = self.agent.agent.entries.get(HOME)
        return {bid: self.link_of(one.care_of) for bid, one in entry.bindings.items()} if entry else {}

    def correspondents(self):
        entry = self.correspondent.correspondent.entries.get(HOME)
        return {bid: self.link_of(one.care_of) for bid, one in entry.bindings.items()} if entry else {}

    @staticmethod
    def link_of(care_of):
        return "home" if care_of == HOME else next(name for name, network in LINKS.items() if network.holds(care_of))

    def ping(self):
        """The links over which the mobile node answers an echo request of the correspondent node, and whether through the tunnel."""
        self.router.carried.clear()
        asked = stack.icmp(stack.ECHO_REQUEST, 0, struct.pack("!HH", 7, 1) + b"together", CORRESPONDENT, HOME)
        self.correspondent.originate(asked)
        self.wait(0.5)
        found = []
        for link, packet in self.router.carried:
            is_tunnelled = packet.next_header == stack.Protocol.IPV6
            packet = stack.read_packet(packet.payload) if is_tunnelled else packet
            protocol, at = stack.upper_layer(packet.octets)
            if protocol == stack.Protocol.ICMPV6 and packet.octets[at] == stack.ECHO_REPLY:
                found.append((link, is_tunnelled))
        return found

    def test_three_links(self):
        """Registered in bulk; route optimization; the loss of a link; the rest goes on."""
        self.build()
        self.attach(*LINKS)
        self.assertEqual(self.bindings(), {11: "link1", 12: "link2", 13: "link3"})
        self.assertEqual([tunnelled for _, tunnelled in self.ping()], [True])
        self.wait(3)
        self.assertEqual(self.correspondents(), {11: "link1", 12: "link2", 13: "link3"})
        self.assertEqual([tunnelled for _, tunnelled in self.ping()], [False])
        self.lose("link3")
        self.assertEqual((self.bindings(), self.correspondents()), ({11: "link1", 12: "link2"},) * 2)
        self.assertIn(self.ping(), ([("link1", False)], [("link2", False)]))
        self.wait(500)
        self.assertEqual(self.bindings(), {11: "link1", 12: "link2"}, "refreshed")

    def test_one_by_one(self):
        self.build(is_bulk=False)
        self.attach(*LINKS)
        self.assertEqual(self.bindings(), {11: "link1", 12: "link2", 13: "link3"})

    def test_home_beside_foreign_links(self):
        self.build()
        self.attach("link1")
        self.attach("home")
        self.assertEqual(self.bindings(), {11: "link1", 14: "home"})
        self.lose("home")
        self.assertFalse(self.agent.agent.entries[HOME].is_home_link_used)

    def test_home_alone(self):
        self.build(at_home="home")
        self.attach("link1", "link2")
        self.ping()
        self.wait(3)
        self.attach("home")
        self.assertEqual((self.bindings(), self.correspondents()), ({}, {}))
        self.lose("home")
        self.wait(4)
        self.assertEqual(self.bindings(), {11: "link1", 12: "link2"})

    def test_without_identifiers(self):
        self.build(has_identifiers=False)
        self.attach("link1")
        self.ping()
        self.wait(3)
        self.assertEqual((self.bindings(), self.correspondents()), ({None: "link1"},) * 2)
        self.attach("link2")
        self.lose("link1")
        self.wait(4)
        self.assertEqual((self.bindings(), self.correspondents()), ({None: "link2"},) * 2)


if __name__ == "__main__":
    unittest.main()
