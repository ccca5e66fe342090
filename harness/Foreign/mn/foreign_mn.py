#!/usr/bin/env python3
"""A mobile node (RFC 6275, Section 11) with several care-of addresses (RFC 5648, Section 5), in user space.

The tests of the conformance suite use it as an independent implementation: it shares no code with the reference, and was written
from the RFCs alone. The numbers in comments are sections of RFC 6275, unless another RFC is named. An option makes it show one fault:
see FAULTS below.

    foreign_mn.py          this file: the data path (11.3), and the command line
    foreign_mobile.py      the Binding Update List: registrations and return routability (11.5 to 11.8)
    foreign_access.py      a link: its router, prefixes and addresses
    mobile_octets.py       messages of Mobile IPv6 as octets (6)
    ../cn/foreign_host.py  extension headers, ICMPv6, errors
    ../lma/foreign_stack.py  Ethernet, IPv6, ICMPv6, Neighbor Discovery, tunnels, packet sockets

The device opens packet sockets on its interfaces and does everything itself; it switches IPv6 of the kernel off there. It moves when an
interface gets or loses its carrier, and when routers advertise other prefixes. It answers echo requests and the UDP echo service (port 7)
at its home address and at its care-of addresses. It says "ready" on standard output when its sockets are open. Its log has a line of
JSON for each step, with the inputs of each authenticator beside the results.

    foreign_mn.py --link link1 --link link2 --home-address 2001:db8:200::5e00:1/64 --home-agent 2001:db8:200::1

Choices, all of them legal. Those with an option can be changed.

 1. BIDs are 11, 12, ... for the links in the order of the options, and 21, 22, ... for a second address on them (RFC 5648, 5.1).
 2. Interface identifiers are random, and stay until the device ends (RFC 4862, 5.3).
 3. A link without carrier is lost at once, and so is one whose router does not answer (11.5.1). A deprecated address is no care-of address.
 4. In bulk, a registration waits for links that are being configured, for 3 seconds at most; it has the new BIDs alone, and a refresh has
    those of all foreign links (RFC 5648, 5.3). --one-by-one registers each BID by itself.
 5. The first update has the O flag, also if all bindings have ended, and no other is sent until it is acknowledged (RFC 5648, 5.9). It is
    so at correspondent nodes, too.
 6. A refresh is due after two thirds of the lifetime, and has no care-of addresses (RFC 5648, 5.1).
 7. A binding of a link that is lost is removed over another one (RFC 5648, 5.4). Without another link the bindings end by themselves.
 8. An acknowledgement without BID options makes the node a mobile node of RFC 6275 towards that peer; 166 likewise (RFC 5648, 5.7). This is
    forgotten after 30 seconds without a link, and that an update was refused with the last link. After 134 the device does nothing any
    more, until it starts again (11.7.1).
 9. A home binding has an update of its own, which is sent from the home address over the home link (RFC 5648, 5.6.3). --at-home home
    removes all bindings there, and --at-home foreign does not use the home link (RFC 5648, 5.5).
10. 169 leaves the home link unused.
11. The home address is not tested for duplicates on the home link while there may be bindings, otherwise it is (11.5.5).
12. Return routability begins with the first packet of a correspondent through the tunnel (11.7.2; --no-route-optimization). Home tokens are
    used for several care-of addresses, and tokens are used until 5 seconds before MAX_TOKEN_LIFETIME (5.2.7).
13. A test that five messages did not bring to an end is given up.
14. Bindings at correspondent nodes are renewed if packets came through the tunnel since, or if they are asked for (11.7.4).
15. A Binding Error about a correspondent's binding ends it (11.3.6); one of the home agent brings new registrations.
16. Replies take the way of what they answer: its care-of address, straight to the correspondent if there is a binding, otherwise through
    the tunnel (11.3.1).
17. --plain knows RFC 6275 alone: the first link that can be used is the primary one until it is lost.
"""

import argparse
import dataclasses
import fcntl
import ipaddress
import secrets
import select
import signal
import socket
import struct
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "cn"), str(HERE.parent / "lma")]

import foreign_mobility as mobility
import foreign_stack as stack
import mobile_octets as mip
from foreign_access import Access
from foreign_host import Arrival, Host
from foreign_mobile import MobileNode, Settings, log
from foreign_stack import Discard, Packet, Protocol, Tunnel

MOBILE_PREFIX_SOLICITATION, MOBILE_PREFIX_ADVERTISEMENT = 146, 147
SOLICIT_TIMEOUT, MOST_SOLICITATIONS = 3.0, 3
TUNNEL_MTU = 1500
TICK = 0.25

# Linux: linux/sockios.h, linux/if.h, linux/rtnetlink.h.
SIOCGIFFLAGS, IFF_RUNNING, RTMGRP_LINK = 0x8913, 0x40, 1

# The name, what the device does wrong then, and the section that says otherwise. Everything else stays as it is.
FAULTS = {
    # Updates
    "home-address-left-out": ("sends updates from care-of addresses without Home Address option", "RFC 6275, 11.7.1"),
    "sequence-kept": ("retransmits updates with the same Sequence Number", "RFC 6275, 11.8"),
    "no-back-off": ("retransmits updates at a constant rate", "RFC 6275, 11.8"),
    "lifetime-kept": ("does not heed that a shorter lifetime was granted", "RFC 6275, 11.7.3"),
    "any-acknowledgement": ("takes acknowledgements with any Sequence Number", "RFC 6275, 11.7.3"),
    "requests-ignored": ("does not heed Binding Refresh Requests", "RFC 5648, 5.8"),
    # Several care-of addresses
    "identifier-zero": ("gives its first link the BID 0", "RFC 5648, 5.1"),
    "identifier-shared": ("gives all its links the same BID", "RFC 5648, 5.1"),
    "care-of-left-out": ("registers BIDs without care-of addresses", "RFC 5648, 5.1"),
    "alternate-beside-identifier": ("adds an Alternate Care-of Address option to updates with BIDs", "RFC 5648, 5.2"),
    "overwrite-never": ("does not set O in its first update", "RFC 5648, 5.9"),
    "bulk-kept": ("goes on with bulk registrations after 168", "RFC 5648, 5.7"),
    "several-kept": ("goes on with BIDs after 166, and where they are not answered", "RFC 5648, 5.7"),
    "bulk-to-correspondent": ("sends several BIDs to a correspondent node", "RFC 5648, 5.3"),
    # Return routability
    "any-cookie": ("takes tests with any cookie", "RFC 6275, 11.6.2"),
    "home-test-untunnelled": ("sends a Home Test Init over a foreign link without tunnel", "RFC 6275, 5.2.5"),
    "home-token-alone": ("makes Kbm of the home token alone", "RFC 6275, 5.2.5"),
    "home-address-authenticated": ("authenticates the home address in place of the care-of address", "RFC 6275, 6.2.7"),
    "authenticator-unchecked": ("takes acknowledgements of correspondent nodes without verifying them", "RFC 6275, 11.7.3"),
    # Packets and the home link
    "any-tunnel": ("takes packets through a tunnel from anybody", "RFC 6275, 11.3.3"),
    "duplicate-test-at-home": ("tests its home address for duplicates when it comes home", "RFC 6275, 11.5.5"),
    "answers-too-early": ("answers for its home address before its home binding is acknowledged", "RFC 5648, 5.6.3"),
}


@dataclasses.dataclass(frozen=True)
class Came:
    """How a packet came: plain, routed (by a type 2 routing header) or tunnel; at a care-of address, or the home address."""

    how: str
    care_of: bytes


class Device(Host):
    def __init__(self, settings, accesses):
        super().__init__(accesses, [])
        self.settings = settings
        self.mobile = MobileNode(settings, self, [one.name for one in accesses])
        self.came = None
        self.query = None
        self.tunnels = {}

    # --- what the Binding Update List asks for

    def send_update(self, care_of, peer, octets):
        """11.7.1."""
        source = self.settings.home
        if self.settings.has_fault("home-address-left-out"):
            octets = stack.with_checksum(care_of, peer, Protocol.MOBILITY, octets, 4)
            self.send_over(care_of, Packet(care_of, peer, Protocol.MOBILITY, octets))
        else:
            self.send_over(care_of, self.with_home(Packet(source, peer, Protocol.MOBILITY, octets), care_of))

    def send_home_link(self, protocol, peer, octets):
        """From the home address, to the router of the home link, whose link-layer address its advertisements have told (11.5.5)."""
        self.send_at_home(Packet(self.settings.home, peer, protocol, octets))

    def send_tunnelled(self, care_of, peer, octets):
        if care_of:
            self.tunnel(care_of, Packet(self.settings.home, peer, Protocol.MOBILITY, octets))

    def send_from(self, care_of, source, peer, octets):
        self.send_over(care_of, Packet(source, peer, Protocol.MOBILITY, octets))

    def is_configuring(self, now):
        return any(one.is_configuring(now) for one in self.interfaces)

    def valid_until(self, care_of):
        owner = self.owner(care_of)
        return owner.valid_until(care_of) if owner else self.now

    def link_layer(self):
        home = self.home_access()
        return home.link_layer if home else None

    def home_access(self):
        place = self.mobile.home_place()
        return next((one for one in self.interfaces if place and one.name == place.link), None)

    def announce(self):
        """11.5.5: everybody on the home link learns that the mobile node is there itself."""
        home = self.home_access()
        if home:
            home.advertise(self.settings.home, stack.ALL_NODES, stack.OVERRIDES, self.now)

    def answer_for_home(self, answers):
        home = self.home_access()
        for one in self.interfaces:
            is_home = one is home
            one.home_address = self.settings.home if is_home else None
            one.answers_for_home = answers and is_home
            group = stack.solicited_node(self.settings.home)
            if one.answers_for_home:
                one.groups.add(group)
            elif group != stack.solicited_node(one.link_local):
                one.groups.discard(group)

    def test_home(self, now):
        home = self.home_access()
        if home:
            home.home_address = self.settings.home
            home.found.discard(self.settings.home)
            home.test(self.settings.home, now)

    def home_conflict(self):
        home = self.home_access()
        return home is not None and self.settings.home in home.found

    def solicit_prefixes(self, care_of):
        """11.4.2."""
        self.query = [secrets.token_bytes(2), care_of, 0, self.now]

    # --- ways (11.3.1)

    def owner(self, address):
        return next((one for one in self.interfaces if one.owns(address)), None)

    def with_home(self, packet, care_of):
        """A packet from the home address as one from the care-of address with a Home Address option."""
        payload = mip.with_home_address(packet.next_header, packet.source, packet.payload)
        return packet.changed(source=care_of, next_header=Protocol.DESTINATION_OPTIONS, payload=payload)

    def send_over(self, care_of, packet):
        """By the link that has the care-of address."""
        owner = self.owner(care_of)
        hop = owner.next_hop(packet.destination, self.now) if owner else None
        if hop is None:
            return
        for part in [packet] if len(packet) <= stack.SMALLEST_MTU else stack.fragments(packet, stack.SMALLEST_MTU, secrets.randbits(32)):
            owner.send(part, hop, self.now)

    def send_at_home(self, packet):
        home = self.home_access()
        router = home.router_of(self.now) if home else None
        if router:
            home.send(packet, router, self.now)

    def tunnel(self, care_of, packet):
        way = self.tunnels.setdefault(care_of, Tunnel(care_of, self.settings.agent, TUNNEL_MTU))
        try:
            for part in way.wrap(packet):
                self.send_over(care_of, part)
        except Discard as discarded:
            log(step="dropped", why=str(discarded))

    def send_plain(self, packet, preferred=None):
        if packet.source == self.settings.home:
            self.send_from_home(packet)
        elif stack.is_link_local(packet.destination) or stack.is_multicast(packet.destination):
            if preferred:
                preferred.send(packet, packet.destination, self.now)
        elif not stack.is_link_local(packet.source):
            self.send_over(packet.source, packet)
        elif preferred and (hop := preferred.next_hop(packet.destination, self.now)):
            preferred.send(packet, hop, self.now)

    def send_from_home(self, packet):
        """A packet of an upper layer takes the way of the one that it answers, if that is possible."""
        came = self.came.care_of if self.came else None
        straight, reverse = self.mobile.optimized(packet.destination, self.now), self.mobile.reverse(self.now)
        is_at_home = self.mobile.uses_home_link(self.now)
        if is_at_home and (came == self.settings.home or not straight and not reverse):
            self.send_at_home(packet)
        elif straight:
            care_of = came if came in straight else straight[0]
            self.send_over(care_of, self.with_home(packet, care_of))
        elif reverse:
            self.tunnel(came if came in reverse else reverse[0], packet)

    # --- packets to the device (11.3.3)

    def is_own(self, octets):
        return octets == self.settings.home or super().is_own(octets)

    def receive(self, interface, frame, now):
        self.now = now
        if not interface.is_up:
            return
        packet = stack.read_packet(frame.payload)
        if packet and packet.destination == self.settings.home and not (interface is self.home_access() and self.mobile.takes_home_link()):
            return
        super().receive(interface, frame, now)
        self.look()

    def deliver(self, packet, arrival):
        self.came = Came("plain", packet.destination)
        try:
            routed = self.by_routing_header(packet)
        except Discard:
            return
        if routed is not packet:
            self.came = Came("routed", packet.destination)
        super().deliver(routed, arrival)
        self.came = None

    def by_routing_header(self, packet):
        """The packet behind its type 2 routing header: on its way to the home address. Discard: the header is wrong."""
        octets, protocol, at = packet.octets, packet.next_header, stack.IPV6_HEADER
        while protocol in (Protocol.HOP_BY_HOP, Protocol.DESTINATION_OPTIONS, Protocol.ROUTING) and at + 8 <= len(octets):
            if protocol == Protocol.ROUTING and octets[at + 2] == 2:
                home = octets[at + 8 : at + 24]
                if octets[at + 1] != 2 or octets[at + 3] != 1 or home != self.settings.home or packet.destination == home:
                    raise Discard
                changed = octets[: at + 3] + b"\0" + octets[at + 4 : at + 8] + packet.destination + octets[at + 24 :]
                return packet.changed(destination=home, payload=changed[stack.IPV6_HEADER :])
            protocol, at = octets[at], at + 8 * (octets[at + 1] + 1)
        return packet

    def handle_other(self, reached, arrival):
        if reached.protocol != Protocol.IPV6:
            return False
        self.decapsulate(reached.packet, reached.payload, arrival)
        return True

    def decapsulate(self, outer, octets, arrival):
        """The tunnel of the home agent."""
        inner = stack.read_packet(octets)
        if inner is None or outer.destination == self.settings.home or inner.destination != self.settings.home:
            return
        if outer.source != self.settings.agent and not self.settings.has_fault("any-tunnel"):
            return
        ecn = stack.inner_ecn(inner.ecn, outer.ecn, 6040)
        if ecn is None:
            return
        inner = inner.changed(traffic_class=inner.traffic_class & 0xFC | ecn)
        self.came = Came("tunnel", outer.destination)
        is_test = inner.next_header == Protocol.MOBILITY and inner.payload[2:3] in (b"\x01", b"\x02", b"\x03", b"\x04")
        if inner.source != self.settings.agent and not is_test and mip_routable(inner.source):
            self.mobile.tunnelled(inner.source, self.now)
        super().deliver(inner, arrival)

    def accepts_home_address(self, home, packet):
        """The node keeps no bindings of others."""
        return False

    def handle_message(self, packet, home, kind, octets, arrival):
        mobile, now = self.mobile, self.now
        is_at_home = packet.destination == self.settings.home
        if home is not None:
            return
        if kind == mip.ACKNOWLEDGEMENT and is_at_home:
            mobile.acknowledged(packet.source, octets, now)
        elif kind in (mip.HOME_TEST, mip.CARE_OF_TEST):
            mobile.tested(kind, packet.source, packet.destination, octets, self.came, now)
        elif kind == mip.REFRESH_REQUEST and is_at_home:
            mobile.asked(packet.source, octets, now)
        elif kind == mip.ERROR:
            mobile.error(packet.source, octets[6], now)

    def handle_icmp(self, packet, octets, home, arrival):
        if octets[0] == stack.ROUTER_ADVERTISEMENT:
            arrival.interface.advertisement(packet, octets, self.now)
        elif octets[0] == MOBILE_PREFIX_ADVERTISEMENT and self.query and octets[4:6] == self.query[0] and packet.source == self.settings.agent:
            self.query = None
            log(step="prefixes")
        elif octets[0] == stack.PARAMETER_PROBLEM and octets[1] == 1 and len(octets) >= 48:
            # 11.3.5.
            invoking = octets[8:]
            if invoking[:1] and invoking[0] >> 4 == 6 and self.is_own(invoking[8:24]):
                self.mobile.give_up(invoking[24:40])

    # --- time

    def look(self):
        places = [place for one in self.interfaces if (place := one.place(self.now))]
        self.mobile.look(places, self.now)
        if self.settings.has_fault("answers-too-early") and self.mobile.home_place() and self.settings.at_home == "both":
            self.answer_for_home(True)

    def carrier(self, interface, is_up, now):
        self.now = now
        if is_up == interface.is_up:
            return
        log(step="carrier", link=interface.name, up=is_up)
        if is_up:
            interface.go_up(now)
        else:
            interface.go_down(now)
        self.look()

    def pass_time(self, now):
        self.now = now
        for interface in self.interfaces:
            interface.pass_time(now)
        self.reassembly.pass_time(now)
        self.look()
        self.mobile.pass_time(now)
        if self.query and now >= self.query[3]:
            self.ask_for_prefixes()

    def ask_for_prefixes(self):
        identifier, care_of, sent, _ = self.query
        if sent >= MOST_SOLICITATIONS or care_of not in self.mobile.reverse(self.now):
            self.query = None
            return
        self.query = [identifier, care_of, sent + 1, self.now + SOLICIT_TIMEOUT * 2**sent]
        asked = stack.icmp(MOBILE_PREFIX_SOLICITATION, 0, identifier + bytes(2), self.settings.home, self.settings.agent)
        self.send_over(care_of, self.with_home(asked, care_of))

    def next_time(self):
        """Also what nothing announces is noticed soon."""
        times = [self.mobile.next_time(), super().next_time(), *(one.next_time() for one in self.interfaces)]
        return min([at for at in times if at is not None and at > self.now] + [self.now + TICK])


def mip_routable(octets):
    return stack.is_forwardable_source(octets)


class Links:
    """The sockets of the device, and what the kernel says of its interfaces."""

    def __init__(self, device, ports):
        self.device, self.ports = device, ports
        self.news = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
        self.news.bind((0, RTMGRP_LINK))
        self.news.setblocking(False)

    def look(self):
        for interface, port in zip(self.device.interfaces, self.ports):
            answer = fcntl.ioctl(self.news.fileno(), SIOCGIFFLAGS, struct.pack("16s24s", interface.name.encode(), bytes(24)))
            self.device.carrier(interface, bool(struct.unpack("=H", answer[16:18])[0] & IFF_RUNNING), time.monotonic())

    def run(self, stdin):
        others = [stdin] if stdin else []
        self.look()
        while True:
            due = self.device.next_time()
            ready, _, _ = select.select([*self.ports, self.news, *others], [], [], max(0.0, due - time.monotonic()))
            if self.news in ready:
                self.drain()
            self.look()
            for interface, port in zip(self.device.interfaces, self.ports):
                for frame in port.receive() if port in ready else []:
                    self.device.receive(interface, frame, time.monotonic())
            self.device.pass_time(time.monotonic())
            if stdin in ready and not stdin.buffer.read1():
                return

    def drain(self):
        try:
            while self.news.recv(65536):
                pass
        except OSError:
            pass


def read_arguments(arguments=None):
    faults = "\n".join(f"{name:28} {text} ({section})" for name, (text, section) in FAULTS.items())
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog="Faults:\n" + faults, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--link", required=True, action="append", metavar="INTERFACE", help="in the order of preference")
    parser.add_argument("--home-address", required=True, type=ipaddress.IPv6Interface, metavar="ADDRESS/LENGTH")
    parser.add_argument("--home-agent", required=True, type=stack.address, metavar="ADDRESS")
    parser.add_argument("--plain", action="store_true", help="knows no BIDs")
    parser.add_argument("--one-by-one", action="store_true", help="no bulk registration")
    parser.add_argument("--no-route-optimization", action="store_true")
    parser.add_argument("--at-home", choices=("home", "foreign", "both"), default="both", help="which links it uses at home")
    parser.add_argument("--lifetime", type=float, default=420.0, metavar="S")
    parser.add_argument("--exit-with-stdin", action="store_true", help="exits at the end of standard input")
    parser.add_argument("--fault", choices=FAULTS, metavar="NAME")
    return parser.parse_args(arguments)


def settings_of(given):
    return Settings(
        home=given.home_address.ip.packed,
        home_prefix=given.home_address.network.network_address.packed[:8],
        agent=given.home_agent,
        has_identifiers=not given.plain,
        is_bulk=not given.one_by_one,
        optimizes=not given.no_route_optimization,
        at_home=given.at_home,
        lifetime=given.lifetime,
        fault=given.fault,
    )


def main():
    given = read_arguments()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    settings, ports, accesses = settings_of(given), [], []
    for name in given.link:
        stack.silence_kernel(name)
        port = stack.Port(name)
        ports.append(port)
        accesses.append(Access(name, port.link_layer, port.mtu, port.transmit, settings.home_prefix))
    links = Links(Device(settings, accesses), ports)
    print("ready", flush=True)
    links.run(sys.stdin if given.exit_with_stdin else None)


if __name__ == "__main__":
    main()
