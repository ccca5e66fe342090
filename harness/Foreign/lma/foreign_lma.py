#!/usr/bin/env python3
"""A local mobility anchor of Proxy Mobile IPv6 (RFC 5213, Section 5) with its signalling and its data path, all in user space.

The tests of the conformance suite use it as an independent implementation: it shares no code with the reference, and was
written from the RFC alone. It is meant to be read beside the RFC; the numbers in comments are sections and items of the RFC.
Where the RFC leaves a choice, it makes another one than is usual. An option makes it show one fault: see foreign_faults.py.

    foreign_lma.py       this file: the data path (5.6) and the command line
    foreign_anchor.py    the Binding Cache and the rules of the signalling (5.1 to 5.5)
    foreign_mobility.py  Mobility Headers and their options as octets (8)
    foreign_stack.py     Ethernet, IPv6, ICMPv6, Neighbor Discovery, tunnels, packet sockets
    foreign_esp.py       the protection of messages and of tunnels (4)
    foreign_ipv4.py      IPv4 home addresses: their network, and IPv4 on the home link and in tunnels (RFC 5844, 3.1)
    foreign_transport.py IPv4 transport: what is agreed on with gateways, and tunnels over IPv4 (RFC 5844, 4)
    foreign_core4.py     IPv4 transport: messages and tunnels on the core (RFC 5844, 4)
    foreign_ripng.py     the announcement of home network prefixes (5.6.2)
    foreign_control.py   the commands of an operator: variables, gateways, renumbering, restart (4, 6.12, 9)
    foreign_sockets.py   the signalling alone, on a socket of the kernel: used if no interfaces are named
    foreign_faults.py    the faults

Set-up. With --core and --home the device is a router between two Ethernet interfaces: the gateways are on the core, the
correspondents on the home link, with a default route there. It opens packet sockets and does everything itself: it answers
Neighbor Solicitations for its addresses, resolves its neighbors, answers echo requests. The kernel must not answer in its place:
the device switches IPv6 of the kernel off on both interfaces (net.ipv6.conf.NAME.disable_ipv6=1), which removes the kernel's own
addresses there, and its forwarding of IPv4; the interfaces must have no IPv4 addresses of the kernel. They must be up, and belong to the device alone, best in a network namespace of its own. The
interfaces must not merge or split TCP segments: a sender on the same machine needs "ethtool -K NAME tso off gso off".
Checksums that such a sender leaves to its network card are completed. The device says "ready" on standard output when its
addresses are usable, one second after it started (RFC 4862, 5.4); with --exit-with-stdin it ends when standard input is closed.

    foreign_lma.py --core c0 --address 2001:db8:c::1/64 --home h0 --home-address 2001:db8:f::1/64
        --mag 2001:db8:c::a --mag 2001:db8:c::b --pool 2001:db8:a::/48
        --mobile-node '*@example.net' --mobile-node mn1@example.org=2001:db8:b:1::/64+2001:db8:b:2::/64,2001:db8:b:3::/64

Choices, all of them legal. Those with an option can be changed.

 1. Static prefixes (5.1, 5.3.2 item 1): a mobile node may have groups of prefixes in its profile; each session gets a whole
    group, the first that is free, and is refused with 130 if there is none (--mobile-node). Only those may be asked for.
 2. Prefixes of the pool are assigned in a scattered order, and given back prefixes as late as possible (5.3.5 item 2).
 3. The granted lifetime is three quarters of the requested one, and an hour at most (RFC 6275, 10.3.1; --lifetime-share,
    --longest-lifetime).
 4. Options of an acknowledgement stand in another order than in Figure 6, the Mobile Node Identifier last (8.2), with a
    Vendor-Specific option (RFC 5094) and a PadN option more than is needed (RFC 6275, 6.2.3; --usual-acknowledgements).
 5. Acknowledgements are sent 30 ms after the request was processed; routes change at once (--answer-delay).
 6. The link-local address for the gateway has a random interface identifier, one for each session (5.3.6; --fixed-link-local
    sets the variable of 9.3). Addresses of the device are random as well (RFC 4862, 5.3).
 7. A request without a Timestamp option falls back to sequence numbers, of the session (5.5). The number of a request with a
    timestamp is not remembered, so that the next one without a timestamp may have any number.
 8. A timestamp lower than that of the session is refused with 157, also if it is outside of the window; any other that is
    not greater than all of the mobile node's timestamps, or outside of the window, with 156, so also one that is equal (5.5
    items 6, 8 and 9). Timestamps are remembered when the session is gone. The window is counted from the arrival of the packet,
    as the interface noted it.
 9. With --ordering sequence (TimestampBasedApproachInUse = 0) timestamps are returned and otherwise ignored (9.3).
10. A link-layer identifier ALL_ZERO is treated as if the option were not present (Figure 8), but is returned (5.3.6).
11. With an unknown handoff state the device waits for the de-registration (5.4.1.2 item 4); --new-bce-at-once does not. A
    repeated request does not extend the wait. If the old session ends otherwise, the wait ends too.
12. A de-registration with an unknown handoff state, without prefix and link-layer identifier, is associated with the only
    session of the mobile node if it comes from its gateway (5.4.1.3 item 3).
13. Prefixes of two of the node's sessions are refused with 159, a prefix of another mobile node's session with 155, whatever
    their order (5.4.1.1 items 3 and 4). Bits behind the prefix length are ignored.
14. Prefixes that another session of the same node has cannot be assigned again: 155 (5.4.1.1 item 6, 5.2).
15. A request with both ALL_ZERO and other prefixes that matches no session gets assigned prefixes only (5.3.2 item 1).
16. An option of a wrong length is not understood, and so missing (8.1); of options that may be there once, the first counts.
17. Gateways may be authorized for some mobile nodes only (4; --mag ADDRESS=PATTERN). It is the sender that is authorized; the
    address of the Alternate Care-of Address option may be another.
18. A Binding Update without the P flag is not answered (8.1, RFC 6275, 9.5.1): it is not authenticated.
19. During the wait before the deletion of a session its packets are dropped silently in both directions (5.3.5 item 2).
20. Tunnels are dynamic, one for each gateway, shared by its sessions (5.6.1). Packets from other tunnels, and packets whose
    source does not belong to a session at that gateway, are discarded silently (RFC 6275, 10.4.5).
21. Tunnel headers have the Tunnel Encapsulation Limit option with 4 (RFC 2473, 6.6; --encapsulation-limit), hop limit 47 (6.3;
    --tunnel-hop-limit), flow label 0x5213 (6.5; --tunnel-flow-label), and the DSCP zero, not that of the packet (6.4;
    --tunnel-dscp).
22. ECN as RFC 5213, 5.6.3 and RFC 3168, 9.1.1 say: CE inside becomes ECT(0) outside; CE outside a packet that is Not-ECT is
    dropped; ECT(1) outside of ECT(0) changes nothing. --ecn 6040 has the rules of RFC 6040.
23. A packet for an own prefix without session is answered by Destination Unreachable, code 6; a packet from a link that is for
    neither a session nor the device by code 1: the device is no general router. --silent sends neither.
24. The home network prefixes are announced as aggregates (the pool, and the static prefixes) on the home link, by RIPng (5.6.2;
    --announce).
25. An error from inside a tunnel is relayed at once (RFC 2473, 8), a Packet Too Big also changes the tunnel's MTU, for ten
    minutes (RFC 8201, 4). Errors are limited to 20 in a second (RFC 4443, 2.4 (f)).
26. A mobility message is accepted only at the address of the anchor, on whichever interface it arrives.
27. The device announces its addresses once when it starts, by unsolicited Neighbor Advertisements (RFC 4861, 7.2.6). It sends
    no Router Advertisements (RFC 4861, 6.2.1: AdvSendAdvertisements is FALSE).
28. Requests that wait for one de-registration get the session in the order of their arrival. One that is older than a
    registration which the session accepted meanwhile is refused with 157 (5.5).
29. Packets of the device itself, such as echo replies, are fragmented to 1280 octets (RFC 8200, 5).
30. A variable that is set, or a gateway that is let in or out, applies at once and outlives a restart (9.1, 9.3; --control,
    --variables). A gateway that is let out keeps its sessions until their lifetime ends, but gets 154 for every request (4).
31. A home network prefix that becomes invalid is taken from its session at once, and never assigned again; the session goes on
    with the others, and ends with the last one (6.12). The gateway learns of it by 159 or 155 at its next extension.
32. With security associations (--association) every mobility message must be protected by ESP in transport mode (4), and the
    packets of a tunnel for which there are some in tunnel mode, without the headers of item 21. What is wrong with a protected
    message is not reported. Their padding is longer than it must be (RFC 4303, 2.4).
33. Replays are detected, also with manual keys, if the operator says so (RFC 4303, 3.4.3; --detect-replays).

With an IPv4 home network (--ipv4-network) there are IPv4 home addresses as well, by the rules of RFC 5844, 3.1. Its choices:

34. The checks of 3.1.2.1 come after those of RFC 5213, 5.3.1, in the reverse order: 173, 170, 172. 172 is also the answer to a
    request for prefixes alone.
35. IPv4 home addresses are assigned in a scattered order, and given back ones as late as possible. An address that a request
    names must be of the pool, in no session, and not another node's; otherwise the status is 171, also if it is in a session of
    another mobile node (3.1.2.7) or in one of the same node that 3.1.2.7 does not find. The prefix length that a request names
    is ignored.
36. A session that is found by its prefixes keeps its IPv4 home address, whichever one the request names (3.1.2.6, item 2).
37. A session gets what it lacks of a family when an extension asks for it: an IPv4 home address (3.1.2.1), and prefixes, too. If
    that fails, the whole extension is refused, and the session stays as it was.
38. An extension by the same gateway that names one family extends the session with both (3.1.2.3); after a hand-off the other
    family is given up (3.1.2.4).
39. A de-registration of one family takes effect at once, without the wait before the deletion of a session (3.1.2.5), whichever
    address of the family it names. One that shares no family with the session that it finds is ignored.
40. A request without the IPv4 Home Address Request option gets none of the options of RFC 5844 (3.1.2.6). A rejection has a
    Reply option for each option of the request, with 129 for 170 and 171, and 128 for all other reasons.
41. An accepting answer has the DHCP Support Mode option, also if the mode is that of a relay (3.3.4; --ipv4-dhcp-server).
42. Packets to an address of the pool without session are answered by ICMP Destination Unreachable, code 1; packets from the home
    link to any other address by code 10. Errors hold as much of the packet as fits into 576 octets (RFC 1812, 4.3.2.3).
43. The device answers ARP for its own address alone: the routers of the home link have a configured route to the home network
    (3.1.3), which is not announced by a routing protocol.

With an IPv4 address on the core (--ipv4-transport) gateways reach it over IPv4, too, by the rules of RFC 5844, 4, or of its drafts -04
and -02 (--ipv4-edition). In the drafts the options of 3.1 have the numbers 29 and 30. Its choices:

44. In RFC 5844 a gateway is authorized by its IPv4 address, in the drafts by the source of the IPv6 packet, so also behind a NAT. It is
    another gateway than one with an IPv6 address; in the drafts it is the same one over both transports.
45. Messages in a datagram without UDP checksum are ignored in RFC 5844, where the Mobility Header has none, and taken in the drafts. Data
    are sent without UDP checksum, and taken with and without.
46. In RFC 5844 a forced tunnel of UDP is confirmed by a NAT Detection option with F, and a refresh time of all ones: there is no NAT. In
    the drafts the option is there if there is a NAT, also in rejections; it has F if the request has, and the refresh time is 47 s
    (--ipv4-refresh-time).
47. Without acceptance of UDP (--accept-udp 0), the drafts' requests from behind a NAT and with T are refused with 129, those with F alone
    with 144 (draft-ietf-mext-nemo-v4traversal-05, 5.1). What ends a session is never refused. -02 has no such variable.
48. The flag F has no meaning in -02. T is confirmed in the drafts and ignored in RFC 5844 (RFC 5845 has it for GRE). The TLV header is the
    one with types for IP packets in both drafts; in -02 an acknowledgement has one if its request has.
49. A request of the drafts without IPv4 Care-of Address option is taken as one from an address that no NAT has changed.
50. The MTU of a tunnel over IPv4 is 1280 octets (RFC 4213, 3.2.1; --ipv4-tunnel-mtu); its packets may be fragmented, and are by the device
    itself if they do not fit. Destination Unreachable and Time Exceeded from inside a tunnel are relayed (RFC 4213, 3.4).
51. Data of a gateway may have any source port. Those in another encapsulation than agreed are discarded silently.
52. An Alternate Care-of Address option is ignored in a request over IPv4 (RFC 5844, 4.1.1).
53. An unknown type of Mobility Header in a datagram is answered by a Binding Error in a datagram; other errors in it are not reported.
54. With associations, a message over IPv4 must be protected, between IPv4 and UDP or in the drafts in the IPv6 packet. The answer is
    protected by the association with the IPv4 address if there is one, and otherwise by that with the IPv6 address. Data are not.

Not here: IKEv2 (4; without associations the messages are unprotected by agreement), the home agent for mobile nodes themselves (RFC 6275, 10),
multicast of mobile nodes (RFC 6275, 10.4.3), DHCPv6 (6.11), DHCPv4 (RFC 5844, 3.4), IPv4 in tunnels under ESP, tunnels over IPv4 under ESP
(RFC 5844, 4.3.2), GRE (RFC 5845), several IPv4 home addresses in a session (-04, 3.1.2.2), MLD reports (RFC 3810).
"""

import argparse
import dataclasses
import functools
import ipaddress
import pathlib
import random
import secrets
import select
import signal
import sys
import time

import foreign_anchor
import foreign_control
import foreign_core4
import foreign_esp
import foreign_faults
import foreign_ipv4
import foreign_mobility as mobility
import foreign_stack as stack
import foreign_transport
from foreign_anchor import Anchor, Policy, Settings, log
from foreign_ripng import RIPNG_PORT, RIPNG_ROUTERS, Announcer
from foreign_stack import Discard, Protocol, Tunnel, text_of

ECHO_BODY = 4


@dataclasses.dataclass(frozen=True)
class Arrival:
    """How a packet came: on an interface, or (without one) out of a tunnel."""

    interface: stack.Interface | None = None
    is_group: bool = False
    time_of_day: int | None = None


@dataclasses.dataclass(frozen=True)
class Route:
    """Packets to the prefix leave by the interface: to the router, or to their destination if there is none."""

    prefix: mobility.Prefix
    interface: stack.Interface
    router: bytes | None = None


@dataclasses.dataclass
class Forwarding:
    """The configuration of the data path."""

    tunnel_hop_limit: int = 47
    tunnel_dscp: int | None = 0
    tunnel_flow_label: int = 0x5213
    encapsulation_limit: int | None = 4
    path_mtu: int | None = None
    ecn_rules: int = 3168
    announce: str = "aggregate"
    is_silent: bool = False


class Device:
    """The anchor between a core and a home interface. Routes come after those to mobile nodes, the longest prefix first.

    Without security associations (None) nothing is protected. With an IPv4 home network, the home link has an IPv4 side, and with IPv4
    transport, the core has one.
    """

    def __init__(self, settings, forwarding, core, home, routes, security=None, ipv4_link=None, core_link=None):
        self.settings, self.forwarding = settings, forwarding
        self.core, self.home, self.security = core, home, security
        self.routes = sorted(routes, key=lambda route: -route.prefix.length)
        self.anchor = Anchor(settings, self.acknowledge, self.open_tunnel)
        self.reassembly = stack.Reassembly()
        self.errors = stack.Bucket()
        self.ipv4 = foreign_ipv4.Router(self, ipv4_link) if ipv4_link else None
        self.core4 = foreign_core4.Core4(self, core_link) if core_link else None
        is_mute = forwarding.announce == "none" or settings.has_fault("no-announcement")
        self.announcer = None if is_mute else Announcer(home, self.announced, lambda packet: self.originate(packet, home, self.now))
        self.now = 0.0

    def announced(self):
        """5.6.2: the prefixes that the routing infrastructure learns of."""
        if self.forwarding.announce == "sessions":
            return set(self.anchor.routes)
        pool = self.settings.pool
        aggregate = {mobility.Prefix(pool.network_address.packed, pool.prefixlen)} if pool else set()
        return aggregate | set(self.anchor.reserved)

    def open_tunnel(self, end):
        """5.6.1."""
        forwarding = self.forwarding
        if isinstance(end, foreign_transport.End):
            transport = self.settings.transport
            return foreign_transport.Tunnel4(
                local=transport.address,
                remote=end,
                path_mtu=self.core.mtu,
                hop_limit=forwarding.tunnel_hop_limit,
                dscp=forwarding.tunnel_dscp,
                ecn_rules=forwarding.ecn_rules,
                fault=self.settings.fault,
                port=transport.data_port,
                tunnel_mtu=transport.tunnel_mtu,
            )
        protection = self.security and self.security.tunnel_to(end)
        made = functools.partial(foreign_esp.ProtectedTunnel, out=protection) if protection else Tunnel
        return made(
            local=self.settings.address,
            remote=end,
            path_mtu=min(forwarding.path_mtu or self.core.mtu, self.core.mtu),
            hop_limit=forwarding.tunnel_hop_limit,
            dscp=forwarding.tunnel_dscp,
            flow_label=forwarding.tunnel_flow_label,
            encapsulation_limit=forwarding.encapsulation_limit,
            ecn_rules=4301 if protection else forwarding.ecn_rules,
            fault=self.settings.fault,
        )

    @property
    def interfaces(self):
        return self.core, self.home

    def is_own(self, octets):
        return any(interface.owns(octets) for interface in self.interfaces)

    # --- packets that arrive

    def receive(self, interface, frame, now):
        self.now = now
        packet = stack.read_packet(frame.payload) if interface.takes(frame) else None
        if packet is None or stack.is_multicast(packet.source) or packet.source == stack.LOOPBACK:
            return
        if self.is_own(packet.source) and not interface.tentative:
            # Nobody else may use the address; who has it already tells so while it is tentative.
            return
        arrival = Arrival(interface, frame.is_group, frame.time_of_day)
        if interface.hears(packet.destination) or (self.is_own(packet.destination) and not stack.is_link_local(packet.destination)):
            self.deliver(packet, arrival, now)
        elif not frame.is_group:
            self.forward(packet, arrival, now)

    def deliver(self, packet, arrival, now):
        """A packet to the device itself."""
        try:
            reached = stack.process_headers(packet, self.reassembly, now)
            if reached:
                packet = reached.packet
                self.consume(reached, arrival, now)
        except Discard as discarded:
            self.report(discarded, discarded.packet or packet, arrival, now)

    def consume(self, reached, arrival, now):
        packet, payload = reached.packet, reached.payload
        if arrival.interface and arrival.interface.tentative and reached.protocol != Protocol.ICMPV6:
            return
        if reached.home_address and reached.protocol != Protocol.MOBILITY:
            self.send_binding_error(mobility.UNKNOWN_BINDING, reached.home_address, packet, arrival, now)
        elif reached.protocol == Protocol.ICMPV6:
            self.control(packet, payload, arrival, now)
        elif reached.protocol == Protocol.IPV6:
            self.decapsulate(packet, payload, now)
        elif reached.protocol == Protocol.IPV4 and self.ipv4:
            self.ipv4.decapsulate(packet, payload, now)
        elif reached.protocol == Protocol.MOBILITY:
            self.signal(reached, payload, arrival, now)
        elif reached.protocol == Protocol.ESP and self.security:
            self.unprotect(reached, payload, arrival, now)
        elif reached.protocol == Protocol.UDP:
            self.datagram(packet, payload, arrival)
        elif reached.protocol not in (Protocol.TCP, Protocol.NO_NEXT_HEADER):
            raise Discard(stack.PARAMETER_PROBLEM, 1, reached.pointer)

    def datagram(self, packet, payload, arrival):
        if len(payload) < 8:
            return
        if int.from_bytes(payload[2:4], "big") == RIPNG_PORT and self.announcer and arrival.interface is self.home:
            self.announcer.receive(packet.changed(payload=payload))
            return
        raise Discard(stack.UNREACHABLE, stack.PORT_UNREACHABLE)

    # --- ICMPv6

    def control(self, packet, octets, arrival, now):
        if len(octets) < 8 or stack.checksum(packet.source, packet.destination, Protocol.ICMPV6, octets) != 0:
            return
        kind = octets[0]
        message = stack.read_neighbor_message(packet, octets)
        if message and arrival.interface:
            arrival.interface.discover(message, now)
        elif arrival.interface and arrival.interface.tentative:
            return
        elif kind == stack.ECHO_REQUEST:
            self.echo(packet, octets, arrival, now)
        elif kind < 128:
            self.tunnel_error(kind, octets[1], int.from_bytes(octets[4:8], "big"), octets[8:], now)

    def echo(self, packet, octets, arrival, now):
        """RFC 4443, 4.2: from the address that was asked, or, if that is a group, from one of the interface."""
        if packet.source == stack.UNSPECIFIED:
            return
        own = packet.destination
        if stack.is_multicast(own):
            own = arrival.interface.link_local if stack.is_link_local(packet.source) else arrival.interface.address
        self.originate(stack.icmp(stack.ECHO_REPLY, 0, octets[ECHO_BODY:], own, packet.source), arrival.interface, now)

    def report(self, discarded, packet, arrival, now):
        """Sends the ICMPv6 error of a discarded packet, if it may be sent."""
        if discarded.kind is None or not stack.may_report(discarded.kind, discarded.code, packet, arrival.is_group) or not self.errors.take(now):
            return
        own = packet.destination if self.is_own(packet.destination) else self.source_for(packet.source, arrival)
        error = stack.icmp_error(discarded.kind, discarded.code, discarded.value, packet.octets, own, packet.source)
        self.originate(error, arrival.interface, now)

    def source_for(self, destination, arrival):
        """An address of the interface to the destination; for one behind a tunnel, the address on the home link."""
        if stack.is_link_local(destination) and arrival.interface:
            return arrival.interface.link_local
        if self.anchor.tunnel_to(destination):
            return self.home.address
        return self.next_hop(destination, arrival.interface)[0].address

    # --- mobility messages (5.3)

    def arrival_on_core(self, time_of_day):
        """Of a message over IPv4."""
        return Arrival(self.core, time_of_day=time_of_day)

    def deliver_message(self, message, way, arrival, now):
        """The IPv6 packet of a message over IPv4 (-04, 4.1.3.1)."""
        reached = stack.process_headers(message, self.reassembly, now)
        if reached is None:
            return
        if reached.protocol == Protocol.MOBILITY:
            self.signal(reached, reached.payload, arrival, now, way.is_protected, way)
        elif reached.protocol == Protocol.ESP and self.security:
            self.unprotect(reached, reached.payload, arrival, now, way)

    def unprotect(self, reached, octets, arrival, now, way=None):
        """RFC 4301, 5.2: a packet that is not protected as agreed is discarded silently."""
        opened = self.security.open(reached.packet, octets) if reached.packet.destination == self.settings.address else None
        if opened is None:
            return
        data, is_of_tunnel = opened
        if not is_of_tunnel:
            self.signal(reached, data, arrival, now, is_protected=True, way=way)
        elif way is None:
            self.decapsulate(reached.packet, data, now, is_protected=True)

    def signal(self, reached, octets, arrival, now, is_protected=False, way=None):
        packet = reached.packet
        if packet.destination != self.settings.address:
            return
        if self.security and not is_protected and not self.settings.has_fault("unprotected-accepted"):
            log(f"{text_of(packet.source)}: a mobility message without protection")
            return
        try:
            # RFC 6275, 6.1.1: the home address, if there is one, is the source of the pseudo-header.
            message_type, data = mobility.message_data(reached.home_address or packet.source, packet.destination, octets)
        except mobility.UnknownType:
            self.send_binding_error(mobility.UNRECOGNIZED_MH_TYPE, reached.home_address or stack.UNSPECIFIED, packet, arrival, now, way)
        except mobility.Unreadable as problem:
            if problem.pointer is not None and not is_protected:
                raise Discard(stack.PARAMETER_PROBLEM, 0, reached.at + problem.pointer) from problem
        else:
            if message_type == mobility.BINDING_UPDATE:
                self.update(packet, data, arrival, now, way)

    def update(self, packet, data, arrival, now, way=None):
        arrived = mobility.time_of_day() if arrival.time_of_day is None else mobility.timestamp_of(arrival.time_of_day)
        more = {"request_option": self.settings.transport.request_option} if self.settings.transport else {}
        try:
            request = mobility.read_update(packet.source, packet.destination, data, arrived, self.settings.has_fault("cut-option"), way, **more)
        except mobility.Unreadable:
            if self.settings.has_fault("crash-on-malformed"):
                raise
            return
        if request:
            self.anchor.handle(request, now)

    def acknowledge(self, request, data):
        """5.3.6: from the destination of the request to its source, without a routing header."""
        if request.way:
            self.core4.acknowledge(request, data, self.now)
            return
        octets = mobility.mobility_header(mobility.BINDING_ACKNOWLEDGEMENT, data, request.destination, request.source)
        self.send_message(stack.Packet(request.destination, request.source, Protocol.MOBILITY, octets), self.core, self.now)

    def send_binding_error(self, status, home_address, packet, arrival, now, way=None):
        """RFC 6275, 9.3.3: its rate is that of ICMPv6 errors."""
        if packet.source == stack.UNSPECIFIED or not self.is_own(packet.destination) or not self.errors.take(now):
            return
        octets = mobility.binding_error(status, home_address, packet.destination, packet.source)
        message = stack.Packet(packet.destination, packet.source, Protocol.MOBILITY, octets)
        if way:
            self.core4.send_packet(message, way, now)
        else:
            self.send_message(message, arrival.interface, now)

    def send_message(self, packet, preferred, now):
        """4: protected, if there are security associations. Without one with its destination it is not sent."""
        if self.security and not self.settings.has_fault("answers-unprotected"):
            packet = self.security.protect(packet)
        if packet:
            self.originate(packet, preferred, now)

    # --- packets sent by mobile nodes (5.6.2)

    def decapsulate(self, outer, octets, now, is_protected=False, end=None):
        """A packet in the tunnel of a gateway: one over IPv4 comes from its end."""
        inner = stack.read_packet(octets)
        if (end is None and outer.destination != self.settings.address) or inner is None:
            return
        if self.security and is_protected != (self.security.tunnel_to(outer.source) is not None):
            log(f"{text_of(outer.source)}: a tunnelled packet that is not protected as agreed")
            return
        if not self.anchor.may_send(inner.source, end or outer.source):
            log(f"{text_of(outer.source)}: tunnelled packet from {text_of(inner.source)} discarded")
            return
        session = self.anchor.session_at(inner.source)
        marked = self.anchor.tunnels[session.end].unwrap(outer, octets)
        if marked is None:
            log(f"{text_of(outer.source)}: tunnelled packet from {text_of(inner.source)} met congestion, and is Not-ECT")
            return
        is_lost = self.settings.has_fault("ecn-lost") or (end and self.settings.has_fault("transport-ecn-lost"))
        packet = inner if is_lost else marked
        arrival = Arrival()
        if self.is_own(packet.destination) and not stack.is_link_local(packet.destination):
            self.deliver(packet, arrival, now)
        else:
            self.forward(packet, arrival, now)

    # --- forwarding (5.6.2)

    def forward(self, packet, arrival, now):
        """A packet that is for another node."""
        try:
            self.pass_on(packet, arrival, now)
        except Discard as discarded:
            self.report(discarded, packet, arrival, now)

    def pass_on(self, packet, arrival, now):
        if not stack.is_forwardable_source(packet.source) or not stack.is_forwardable_destination(packet.destination):
            return
        tunnel = self.anchor.tunnel_to(packet.destination)
        if self.anchor.is_paused(packet.destination):
            return
        if tunnel:
            self.encapsulate(self.one_hop_less(packet, enters_tunnel=True), tunnel, now)
        elif self.anchor.owns(packet.destination):
            self.refuse(stack.REJECT_ROUTE)
        elif arrival.interface is None:
            self.route(self.one_hop_less(packet), now)
        else:
            self.refuse(stack.PROHIBITED)

    def refuse(self, code):
        raise Discard if self.forwarding.is_silent else Discard(stack.UNREACHABLE, code)

    def one_hop_less(self, packet, enters_tunnel=False):
        """RFC 8200, 3; RFC 2473, 3.1: each forwarding of the packet is a hop, a tunnel is one too."""
        hops = 1
        if enters_tunnel and self.settings.has_fault("hop-limit-kept"):
            hops = 0
        elif not enters_tunnel and self.settings.has_fault("hop-limit-twice"):
            hops = 2
        if packet.hop_limit <= max(hops, 1):
            raise Discard(stack.TIME_EXCEEDED, 0)
        return packet.changed(hop_limit=packet.hop_limit - hops)

    def encapsulate(self, packet, tunnel, now):
        """RFC 2473, 3.1."""
        for outer in tunnel.wrap(packet):
            self.send_outer(outer, now)

    def send_outer(self, outer, now):
        """A packet of a tunnel."""
        if outer.number == Protocol.IPV4:
            self.core4.link.send(outer, now)
            return
        interface, next_hop = self.next_hop(outer.destination, self.core)
        interface.send(outer, next_hop, now)

    def route(self, packet, now):
        interface, next_hop = self.next_hop(packet.destination)
        if len(packet) > interface.mtu:
            raise Discard(stack.PACKET_TOO_BIG, 0, interface.mtu)
        interface.send(packet, next_hop, now)

    def next_hop(self, destination, preferred=None):
        """The route to a node that is not mobile: the preferred interface comes before the default route."""
        route = next((route for route in self.routes if route.prefix.holds(destination)), None)
        if preferred and (route is None or (route.prefix.length == 0 and route.interface is not preferred)):
            return preferred, preferred.router or destination
        return (route.interface, route.router or destination) if route else (self.home, destination)

    def originate(self, packet, preferred, now):
        """A packet of the device itself. A mobile node is reached by its tunnel; its hop limit is not decremented before."""
        destination = packet.destination
        if stack.is_link_local(destination) or stack.is_multicast(destination):
            if preferred:
                preferred.send(packet, destination, now)
            return
        tunnel = self.anchor.tunnel_to(destination)
        if self.anchor.is_paused(destination):
            return
        try:
            if tunnel:
                self.encapsulate(packet, tunnel, now)
                return
            interface, next_hop = self.next_hop(destination, preferred)
            # RFC 8200, 5: there is no path MTU discovery for packets of the device itself.
            parts = [packet] if len(packet) <= stack.SMALLEST_MTU else stack.fragments(packet, stack.SMALLEST_MTU, secrets.randbits(32))
            for part in parts:
                interface.send(part, next_hop, now)
        except Discard:
            pass

    # --- errors from inside a tunnel (RFC 2473, 8)

    def tunnel_error(self, kind, code, value, invoking, now):
        outer = stack.read_packet(invoking, is_cut=True)
        if outer is None or outer.source != self.settings.address or outer.destination not in self.anchor.tunnels:
            return
        if kind == stack.PACKET_TOO_BIG:
            self.anchor.tunnels[outer.destination].too_big(value, now)
        if self.ipv4:
            self.ipv4.tunnel_error(kind, value, invoking, now)
        found = stack.tunnelled_original(invoking)
        if found is None or self.settings.has_fault("tunnel-errors-kept"):
            return
        octets, headers = found
        self.relay(stack.relayed_error(kind, code, value, invoking, headers), octets, now)

    def relay(self, error, octets, now):
        """Tells the source of the original packet, which may be cut, of an error on its way in a tunnel, if there is one."""
        original = stack.read_packet(octets, is_cut=True)
        if original is None or error is None or self.is_own(original.source) or not stack.may_report(*error[:2], original) or not self.errors.take(now):
            return
        own = self.source_for(original.source, Arrival())
        self.originate(stack.icmp_error(*error, octets, own, original.source), None, now)

    # --- time

    def pass_time(self, now):
        self.now = now
        self.anchor.pass_time(now)
        for interface in self.interfaces:
            for packet in interface.neighbors.pass_time(now):
                self.unreachable(packet, now)
        for side in (self.ipv4, self.core4):
            if side:
                side.pass_time(now)
        for packet in self.reassembly.pass_time(now):
            self.report(Discard(stack.TIME_EXCEEDED, 1), packet, Arrival(self.core), now)
        for tunnel in self.anchor.tunnels.values():
            tunnel.pass_time(now)
        if self.announcer:
            self.announcer.pass_time(now)

    def unreachable(self, packet, now):
        """RFC 4861, 7.2.2: the next hop of the packet does not answer."""
        if self.is_own(packet.source):
            self.tunnel_error(stack.UNREACHABLE, stack.ADDRESS_UNREACHABLE, 0, packet.octets, now)
        else:
            self.report(Discard(stack.UNREACHABLE, stack.ADDRESS_UNREACHABLE), packet, Arrival(), now)

    def next_time(self):
        times = [self.anchor.next_time(), self.reassembly.next_time(), *(interface.neighbors.next_time() for interface in self.interfaces)]
        times += [part.next_time() for part in (self.announcer, self.ipv4, self.core4) if part]
        return min([due for due in times if due is not None], default=None)


class Runner:
    """The sockets of the device: of its interfaces, and of their IPv4 sides, with who receives. The control may be None."""

    def __init__(self, device, ports, control=None, ipv4_ports=()):
        self.device, self.ports, self.control, self.ipv4_ports = device, ports, control, ipv4_ports

    def start(self, tests_addresses):
        """Whether the addresses can be used; if they can, they are announced."""
        is_unique = not tests_addresses or self.test_addresses()
        for interface in self.device.interfaces if is_unique else ():
            interface.announce(time.monotonic())
        for side in (self.device.ipv4, self.device.core4) if is_unique else ():
            if side:
                side.link.announce()
        return is_unique

    def test_addresses(self):
        """Duplicate address detection (RFC 4862, 5.4)."""
        for interface in self.device.interfaces:
            interface.test_addresses()
        until = time.monotonic() + stack.RETRANS_TIMER
        while (left := until - time.monotonic()) > 0:
            self.listen(left)
        for interface in self.device.interfaces:
            interface.end_test()
            for own in interface.duplicates:
                log(f"{interface.name}: somebody else has {text_of(own)}")
        return not any(interface.duplicates for interface in self.device.interfaces)

    def listen(self, seconds, *others):
        """Handles what arrives; the others that can be read."""
        ready, _, _ = select.select([*self.ports, *(port for port, _ in self.ipv4_ports), *others], [], [], seconds)
        for interface, port in zip(self.device.interfaces, self.ports):
            for frame in port.receive() if port in ready else []:
                self.device.receive(interface, frame, time.monotonic())
        for port, side in self.ipv4_ports:
            for frame in port.receive() if port in ready else []:
                side.receive(frame, time.monotonic())
        return [other for other in others if other in ready]

    def run(self, stdin):
        others = [other for other in (stdin, self.control) if other]
        while True:
            self.device.pass_time(time.monotonic())
            due = self.device.next_time()
            ready = self.listen(None if due is None else max(0.0, due - time.monotonic()), *others)
            if self.control in ready:
                self.control.receive(time.monotonic())
            if stdin in ready and not stdin.buffer.read1():
                return


# --- the command line ----------------------------------------------------------------------------------------------------


def address_with_prefix(text):
    """An address, and the prefix that is on-link with it: 64 bits unless the length is given."""
    interface = ipaddress.IPv6Interface(text if "/" in text else text + "/64")
    return interface.ip.packed, mobility.Prefix(interface.network.network_address.packed, interface.network.prefixlen)


def gateway(text):
    gateway_address, _, patterns = text.partition("=")
    return ipaddress.ip_address(gateway_address).packed, tuple(pattern for pattern in patterns.split(",") if pattern)


def mobile_node(text):
    pattern, _, granted = text.rpartition("=") if "=" in text else (text, "", "1")
    if granted.isdigit():
        return pattern, Policy(count=int(granted))
    return pattern, Policy(groups=tuple(tuple(mobility.prefix(one) for one in group.split("+")) for group in granted.split(",")))


def ipv4_mobile_node(text):
    """PATTERN, PATTERN=only or PATTERN=ADDRESS,..."""
    pattern, _, granted = text.partition("=")
    addresses = () if granted in ("", "only") else tuple(foreign_ipv4.address(one) for one in granted.split(","))
    return pattern, foreign_ipv4.Entitlement(has_ipv6=granted != "only", addresses=addresses)


def association(text):
    direction, spi, peer, transform, file, *mode = text.split(",")
    key = bytes.fromhex(pathlib.Path(file).read_text(encoding="ascii"))
    return foreign_esp.association_of(direction, spi, ipaddress.ip_address(peer).packed, transform, key, *mode)


def disabled(text):
    return text, Policy(is_enabled=False)


def own_link_layer(text):
    return stack.random_link_layer() if text == "random" else stack.link_layer(text)


def number_or(word):
    """A number, or None for the word."""
    return lambda text: None if text == word else int(text, 0)


def read_arguments(arguments=None):
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="Faults:\n" + foreign_faults.describe(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    node = parser.add_argument_group("the node")
    node.add_argument("--address", type=address_with_prefix, required=True, metavar="ADDRESS[/LENGTH]", help="the anchor's address, on the core")
    node.add_argument("--core", metavar="INTERFACE", help="the interface to the gateways; without it the device only signals, by the kernel's socket")
    node.add_argument("--home", metavar="INTERFACE", help="the interface to the correspondents")
    node.add_argument("--home-address", type=address_with_prefix, metavar="ADDRESS[/LENGTH]")
    node.add_argument("--core-link-layer", type=own_link_layer, metavar="ADDRESS|random", help="default: that of the interface")
    node.add_argument("--home-link-layer", type=own_link_layer, metavar="ADDRESS|random")
    node.add_argument("--core-router", type=stack.address, metavar="ADDRESS", help="the router to gateways that are not on-link")
    node.add_argument("--home-router", type=stack.address, metavar="ADDRESS", help="the default router; default: everything else is on-link on the home link")
    node.add_argument("--route", action="append", default=[], metavar="PREFIX=core|home[,ROUTER]", help="a further route; may be repeated")
    node.add_argument("--no-dad", action="store_true", help="uses the addresses without asking for duplicates")
    node.add_argument("--keep-kernel", action="store_true", help="leaves IPv6 of the kernel on the interfaces as it is")
    node.add_argument("--control", metavar="PATH", help="the socket for commands of the operator")
    node.add_argument("--variables", metavar="FILE", help="where variables are kept over a restart")
    node.add_argument("--exit-with-stdin", action="store_true", help="exits at the end of standard input")

    policy = parser.add_argument_group("policy")
    policy.add_argument("--mag", type=gateway, action="append", dest="gateways", default=[], metavar="ADDRESS[=PATTERN,...]", help="a gateway that may register mobile nodes, all or these; may be repeated")
    policy.add_argument("--pool", type=ipaddress.IPv6Network, metavar="PREFIX", help="the prefix from which prefixes are assigned")
    policy.add_argument("--assigned-length", type=int, default=64, metavar="BITS", help="the length of assigned prefixes")
    policy.add_argument("--mobile-node", type=mobile_node, action="append", dest="mobile_nodes", default=[], metavar="PATTERN[=COUNT|=PREFIX+PREFIX,...]", help="mobile nodes, and the number of their prefixes or the prefixes of each session; may be repeated, the first that fits counts")
    policy.add_argument("--disabled-mobile-node", type=disabled, action="append", dest="mobile_nodes", metavar="PATTERN", help="mobile nodes without network-based mobility; may be repeated")
    policy.add_argument("--lifetime-share", type=int, default=75, metavar="PERCENT", help="the share of the requested lifetime that is granted")
    policy.add_argument("--longest-lifetime", type=int, default=3600, metavar="S")

    ipv4 = parser.add_argument_group("IPv4 home addresses (RFC 5844)")
    ipv4.add_argument("--ipv4-network", type=ipaddress.IPv4Network, metavar="PREFIX", help="the home network, from which addresses are assigned")
    ipv4.add_argument("--ipv4-router", type=foreign_ipv4.address, metavar="ADDRESS", help="the default router of the mobile nodes; default: the first address of the network")
    ipv4.add_argument("--ipv4-home-address", type=ipaddress.IPv4Interface, metavar="ADDRESS[/LENGTH]", help="of the device, on the home link")
    ipv4.add_argument("--ipv4-home-router", type=foreign_ipv4.address, metavar="ADDRESS", help="the default router; default: everything is on-link on the home link")
    ipv4.add_argument("--ipv4-mobile-node", type=ipv4_mobile_node, action="append", dest="ipv4_mobile_nodes", default=[], metavar="PATTERN[=only|=ADDRESS,...]", help="mobile nodes that may have IPv4, too, or alone, or only these addresses; may be repeated, the first that fits counts")
    ipv4.add_argument("--ipv4-reserved", type=foreign_ipv4.address, action="append", default=[], metavar="ADDRESS", help="an address for who asks for it; may be repeated")
    ipv4.add_argument("--ipv4-limit", type=int, metavar="COUNT", help="the number of addresses that can be assigned")
    ipv4.add_argument("--ipv4-dhcp-server", action="store_true", help="gateways are DHCP servers instead of relays")
    ipv4.add_argument("--no-ipv4", action="store_true", help="the home network has no IPv4 (170)")
    ipv4.add_argument("--no-ipv6", action="store_true", help="the home network has no IPv6 (172)")

    over = parser.add_argument_group("IPv4 transport (RFC 5844, 4)")
    over.add_argument("--ipv4-transport", type=ipaddress.IPv4Interface, metavar="ADDRESS[/LENGTH]", help="of the device, on the core; gateways that are authorized by an IPv4 address need it")
    over.add_argument("--ipv4-edition", choices=foreign_transport.EDITIONS, default=foreign_transport.RFC_5844)
    over.add_argument("--ipv4-core-router", type=foreign_ipv4.address, metavar="ADDRESS", help="the router to gateways that are not on-link")
    over.add_argument("--accept-udp", type=int, choices=(0, 1), help="AcceptForcedIPv4UDPEncapsulationRequest (default 0), in the drafts AcceptIPv4UDPEncapsulationRequest (default 1)")
    over.add_argument("--ipv4-refresh-time", type=int, default=47, metavar="S", help="that of NAT bindings")
    over.add_argument("--ipv4-tunnel-mtu", type=int, default=foreign_transport.TUNNEL_MTU, metavar="OCTETS", help="1280 to 1480 (RFC 4213, 3.2.1)")

    security = parser.add_argument_group("security")
    security.add_argument("--association", type=association, action="append", dest="associations", default=[], metavar="in|out,SPI,PEER,TRANSFORM,FILE[,tunnel]", help=f"a security association, with the file of its key; {' or '.join(foreign_esp.TRANSFORMS)}; may be repeated")
    security.add_argument("--detect-replays", action="store_true", help="discards replayed ESP packets")

    variables = parser.add_argument_group("variables of Section 9")
    variables.add_argument("--min-delay-before-bce-delete", type=int, default=10000, metavar="MS")
    variables.add_argument("--max-delay-before-new-bce-assign", type=int, default=1500, metavar="MS")
    variables.add_argument("--timestamp-validity-window", type=int, default=300, metavar="MS")
    variables.add_argument("--ordering", choices=foreign_anchor.ORDERINGS, default="timestamp", help="TimestampBasedApproachInUse and MobileNodeGeneratedTimestampInUse")
    variables.add_argument("--fixed-link-local", type=stack.address, default=stack.UNSPECIFIED, metavar="ADDRESS", help="FixedMAGLinkLocalAddressOnAllAccessLinks")
    variables.add_argument("--new-bce-at-once", action="store_true", help="creates a session without waiting if the handoff state is unknown")

    choices = parser.add_argument_group("choices")
    choices.add_argument("--answer-delay", type=int, default=30, metavar="MS")
    choices.add_argument("--usual-acknowledgements", action="store_true", help="options in the order of Figure 6, and nothing more")
    choices.add_argument("--tunnel-hop-limit", type=int, default=47, metavar="HOPS")
    choices.add_argument("--tunnel-dscp", type=number_or("copy"), default=0, metavar="DSCP|copy")
    choices.add_argument("--tunnel-flow-label", type=lambda text: int(text, 0), default=0x5213, metavar="LABEL")
    choices.add_argument("--encapsulation-limit", type=number_or("none"), default=4, metavar="LIMIT|none")
    choices.add_argument("--path-mtu", type=int, metavar="OCTETS", help="of the paths to gateways before it is discovered; default: the MTU of the core")
    choices.add_argument("--ecn", type=int, choices=(3168, 6040), default=3168, dest="ecn_rules")
    choices.add_argument("--announce", choices=("none", "aggregate", "sessions"), default="aggregate", help="the routes told to the routers of the home link")
    choices.add_argument("--silent", action="store_true", dest="is_silent", help="no Destination Unreachable for packets that have no session")
    choices.add_argument("--fault", choices=foreign_faults.FAULTS, metavar="NAME")

    given = parser.parse_args(arguments)
    if given.core and not (given.home and given.home_address):
        parser.error("--core needs --home and --home-address")
    if given.associations and not given.core:
        parser.error("--association needs --core")
    if given.ipv4_network and any(known.is_tunnel for known in given.associations):
        parser.error("--ipv4-network is not for --association with tunnel")
    if given.ipv4_transport and not given.core:
        parser.error("--ipv4-transport needs --core")
    if given.ipv4_network and given.core and not given.ipv4_home_address:
        parser.error("--ipv4-network needs --ipv4-home-address")
    if given.pool and given.pool.prefixlen > given.assigned_length:
        parser.error(f"{given.pool} holds no prefix of {given.assigned_length} bits")
    return given


def taken(kind, given, **other):
    """The arguments that are fields of the settings."""
    names = {field.name for field in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in vars(given).items() if name in names and name not in other}, **other)


def settings_of(given):
    style = mobility.Style() if given.usual_acknowledgements else foreign_anchor.OWN_STYLE
    return taken(Settings, given, address=given.address[0], gateways=dict(given.gateways), style=style, ipv4=ipv4_network_of(given), transport=ipv4_transport_of(given))


def ipv4_network_of(given):
    """None if there is none."""
    if given.ipv4_network is None:
        return None
    return foreign_ipv4.HomeNetwork(
        network=given.ipv4_network,
        router=given.ipv4_router or (given.ipv4_network.network_address + 1).packed,
        mobile_nodes=tuple(given.ipv4_mobile_nodes),
        reserved=tuple(given.ipv4_reserved),
        limit=given.ipv4_limit,
        is_ipv4_on=not given.no_ipv4,
        is_ipv6_on=not given.no_ipv6,
        dhcp_mode=foreign_ipv4.SERVER if given.ipv4_dhcp_server else foreign_ipv4.RELAY,
    )


def ipv4_transport_of(given):
    """None if there is none."""
    if given.ipv4_transport is None:
        return None
    return foreign_transport.Ipv4Transport(
        address=given.ipv4_transport.ip.packed,
        edition=given.ipv4_edition,
        accepts_udp=None if given.accept_udp is None else bool(given.accept_udp),
        refresh_time=given.ipv4_refresh_time,
        tunnel_mtu=given.ipv4_tunnel_mtu,
    )


def routes_of(given, core, home):
    """On-link prefixes, the gateways, further routes, and the default route."""
    core_prefix, home_prefix = given.address[1], given.home_address[1]
    routes = [Route(core_prefix, core), Route(home_prefix, home)]
    for gateway_address, _ in given.gateways:
        if len(gateway_address) == 16 and not core_prefix.holds(gateway_address):
            routes.append(Route(mobility.Prefix(gateway_address, 128), core, given.core_router))
    for text in given.route:
        network, _, way = text.partition("=")
        side, _, router = way.partition(",")
        routes.append(Route(mobility.prefix(network), core if side == "core" else home, stack.address(router) if router else None))
    return routes + [Route(mobility.NO_PREFIX, home, given.home_router)]


def open_device(given):
    ports, interfaces = [], []
    sides = (
        (given.core, given.core_link_layer, given.address[0], given.core_router, ()),
        (given.home, given.home_link_layer, given.home_address[0], given.home_router, (RIPNG_ROUTERS,)),
    )
    for name, link_layer, own, router, groups in sides:
        if not given.keep_kernel:
            stack.silence_kernel(name)
        port = stack.Port(name, link_layer)
        ports.append(port)
        interfaces.append(stack.Interface(name, port.link_layer, port.mtu, port.transmit, [own], groups=groups, router=router))
    settings = settings_of(given)
    variables = foreign_control.Variables(settings, given.variables)
    security = foreign_esp.Associations(given.associations, given.detect_replays, settings.has_fault) if given.associations else None
    core, home = interfaces
    ipv4_link = foreign_ipv4.Link(home, given.ipv4_home_address, given.ipv4_home_router) if settings.ipv4 else None
    core_link = foreign_ipv4.Link(core, given.ipv4_transport, given.ipv4_core_router) if settings.transport else None
    device = Device(settings, taken(Forwarding, given), *interfaces, routes_of(given, *interfaces), security, ipv4_link, core_link)
    ipv4_ports = [
        (stack.Port(side.link.interface.name, side.link.interface.link_layer, kind), side)
        for side in (device.ipv4, device.core4)
        if side
        for kind in (stack.ETHERTYPE_IPV4, stack.ETHERTYPE_ARP)
    ]
    control = foreign_control.Control(given.control, variables, device.anchor) if given.control else None
    return Runner(device, ports, control, ipv4_ports)


def main():
    given = read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    random.seed()
    if given.core:
        node = open_device(given)
        if not node.start(tests_addresses=not given.no_dad):
            sys.exit(1)
    else:
        from foreign_sockets import SocketNode

        node = SocketNode(settings_of(given))
    if not foreign_control.answer_restart():
        print("ready", flush=True)
    node.run(sys.stdin if given.exit_with_stdin else None)


if __name__ == "__main__":
    main()
