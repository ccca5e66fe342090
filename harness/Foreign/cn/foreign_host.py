"""A host or home agent in user space on Ethernet: what it receives, up to the upper layers, and what it sends.

It is the part of the devices for mobile nodes that is no protocol of theirs: extension headers, ICMPv6, errors, Neighbor Discovery.
"""

import dataclasses
import secrets
import select
import struct
import sys
import time

import mobile_ipv6 as mip
import foreign_mobility as mobility
import foreign_stack as stack
from foreign_stack import Discard, Interface, Protocol, text_of

ECHO_BODY = 4
ECHO_SERVICE = 7


class HostInterface(Interface):
    """The interface of a node that is no router."""

    def __init__(self, *arguments, **fields):
        super().__init__(*arguments, **fields)
        self.groups.discard(stack.ALL_ROUTERS)

    def answer(self, message, now):
        if message.source == stack.UNSPECIFIED:
            self.advertise(message.target, stack.ALL_NODES, stack.OVERRIDES, now)
            return
        if message.link_layer:
            self.neighbors.heard(message.source, message.link_layer, now)
        self.advertise(message.target, message.source, stack.IS_SOLICITED | stack.OVERRIDES, now)

    def announce(self, now):
        for own in self.addresses:
            self.advertise(own, stack.ALL_NODES, stack.OVERRIDES, now)

    def advertise(self, target, destination, flags, now):
        self.send(stack.advertisement(target, destination, target, self.link_layer, flags), destination, now)


@dataclasses.dataclass(frozen=True)
class Arrival:
    """Where a packet came in, from which link-layer address."""

    interface: Interface
    is_group: bool = False
    link_layer: bytes | None = None


class Host:
    """A node on links. on_link has the prefixes of its interfaces; everything else goes to the router of the first with one."""

    def __init__(self, interfaces, on_link):
        self.interfaces, self.on_link = interfaces, on_link
        self.reassembly = stack.Reassembly()
        self.errors = stack.Bucket()
        self.now = 0.0

    # --- what a device says

    def accepts_home_address(self, home, packet):
        """Whether the packet may have this Home Address option."""
        raise NotImplementedError

    def handle_message(self, packet, home, kind, octets, arrival):
        """A Mobility Header whose form is right."""
        raise NotImplementedError

    def lead(self, packet):
        """The packet as it is sent to a mobile node; None if it is sent otherwise."""
        return packet

    def handle_other(self, reached, arrival):
        """Protocols of the device alone. Whether it is one."""
        return False

    def handle_icmp(self, packet, octets, home, arrival):
        """ICMPv6 messages of the device alone."""

    def forward(self, packet, arrival):
        """A packet to somebody else: a host drops it."""

    # --- packets that arrive

    def is_own(self, octets):
        return any(interface.owns(octets) for interface in self.interfaces)

    def receive(self, interface, frame, now):
        self.now = now
        packet = stack.read_packet(frame.payload) if interface.takes(frame) else None
        if packet is None or stack.is_multicast(packet.source) or packet.source == stack.LOOPBACK:
            return
        if self.is_own(packet.source) and not interface.tentative:
            return
        arrival = Arrival(interface, frame.is_group, frame.source)
        if interface.hears(packet.destination) or (self.is_own(packet.destination) and not stack.is_link_local(packet.destination)):
            self.deliver(packet, arrival)
        elif not frame.is_group:
            self.forward(packet, arrival)

    def deliver(self, packet, arrival):
        try:
            reached = stack.process_headers(packet, self.reassembly, self.now)
            if reached:
                packet = reached.packet
                self.consume(reached, arrival)
        except Discard as discarded:
            self.report(discarded, discarded.packet or packet, arrival)

    def consume(self, reached, arrival):
        packet, payload, home = reached.packet, reached.payload, reached.home_address
        if arrival.interface.tentative and reached.protocol != Protocol.ICMPV6:
            return
        if home is not None and not self.is_home_right(home, reached):
            self.binding_error(mobility.UNKNOWN_BINDING, home, packet)
        elif reached.protocol == Protocol.MOBILITY:
            self.signal(reached, payload, arrival)
        elif reached.protocol == Protocol.ICMPV6:
            self.control(packet, payload, home, arrival)
        elif self.handle_other(reached, arrival):
            pass
        elif reached.protocol == Protocol.UDP:
            self.datagram(packet, payload, home, arrival)
        elif reached.protocol not in (Protocol.TCP, Protocol.NO_NEXT_HEADER):
            raise Discard(stack.PARAMETER_PROBLEM, 1, reached.pointer)

    def is_home_right(self, home, reached):
        """RFC 6275, 9.3.1."""
        if not mip.is_routable(home):
            return False
        return reached.protocol in (Protocol.MOBILITY, Protocol.ESP) or self.accepts_home_address(home, reached.packet)

    def signal(self, reached, payload, arrival):
        packet, home = reached.packet, reached.home_address
        if not self.is_own(packet.destination):
            return
        try:
            kind, data = mobility.message_data(packet.source if home is None else home, packet.destination, payload)
        except mobility.UnknownType:
            self.binding_error(mobility.UNRECOGNIZED_MH_TYPE, home or stack.UNSPECIFIED, packet)
        except mobility.Unreadable as problem:
            if problem.pointer is not None:
                raise Discard(stack.PARAMETER_PROBLEM, 0, reached.at + problem.pointer) from problem
        else:
            self.handle_message(packet, home, kind, payload[: 6 + len(data)], arrival)

    def binding_error(self, status, home, packet):
        """RFC 6275, 9.3.3: to the source on the wire, at the rate of ICMPv6 errors."""
        if not mip.is_routable(packet.source) or not self.is_own(packet.destination) or not self.errors.take(self.now):
            return
        octets = mobility.binding_error(status, home, packet.destination, packet.source)
        self.send_plain(mip.message(packet.destination, packet.source, octets))

    # --- upper layers, which see the home address as the source

    def datagram(self, packet, payload, home, arrival):
        """The echo service of RFC 862 on port 7; every other port is closed."""
        peer = packet.source if home is None else home
        if len(payload) < 8 or stack.checksum(peer, packet.destination, Protocol.UDP, payload) != 0:
            return
        source_port, port = struct.unpack("!HH", payload[:4])
        if port != ECHO_SERVICE or not self.is_own(packet.destination):
            raise Discard(stack.UNREACHABLE, stack.PORT_UNREACHABLE)
        self.originate(stack.udp(packet.destination, peer, ECHO_SERVICE, source_port, payload[8:]), arrival.interface)

    def control(self, packet, octets, home, arrival):
        peer = packet.source if home is None else home
        if len(octets) < 8 or stack.checksum(peer, packet.destination, Protocol.ICMPV6, octets) != 0:
            return
        message = stack.read_neighbor_message(packet, octets)
        if message:
            arrival.interface.discover(message, self.now)
        elif arrival.interface.tentative:
            return
        elif octets[0] == stack.ECHO_REQUEST:
            self.echo(packet, octets, peer, arrival)
        else:
            self.handle_icmp(packet, octets, home, arrival)

    def echo(self, packet, octets, peer, arrival):
        if peer == stack.UNSPECIFIED:
            return
        own = packet.destination
        if stack.is_multicast(own):
            own = arrival.interface.link_local if stack.is_link_local(peer) else arrival.interface.address
        self.originate(stack.icmp(stack.ECHO_REPLY, 0, octets[ECHO_BODY:], own, peer), arrival.interface)

    def report(self, discarded, packet, arrival):
        """The ICMPv6 error of a discarded packet goes to its source on the wire."""
        if discarded.kind is None or not stack.may_report(discarded.kind, discarded.code, packet, arrival.is_group) or not self.errors.take(self.now):
            return
        own = packet.destination if self.is_own(packet.destination) else arrival.interface.address
        error = stack.icmp_error(discarded.kind, discarded.code, discarded.value, packet.octets, own, packet.source)
        self.send_plain(error, arrival.interface)

    # --- packets that are sent

    def originate(self, packet, preferred=None):
        """A packet of an upper layer: to a mobile node by its binding."""
        led = packet if stack.is_link_local(packet.destination) or stack.is_multicast(packet.destination) else self.lead(packet)
        if led is not None:
            self.send_plain(led, preferred)

    def next_hop(self, destination):
        """The interface and the neighbor; no interface if there is no router."""
        for interface, prefix in self.on_link:
            if prefix.holds(destination):
                return interface, destination
        interface = next((interface for interface in self.interfaces if interface.router), None)
        return interface, interface and interface.router

    def send_plain(self, packet, preferred=None):
        """Whatever the bindings say."""
        if stack.is_link_local(packet.destination) or stack.is_multicast(packet.destination):
            interface, hop = preferred, packet.destination
        else:
            interface, hop = self.next_hop(packet.destination)
        if interface is None:
            return
        for part in [packet] if len(packet) <= stack.SMALLEST_MTU else stack.fragments(packet, stack.SMALLEST_MTU, secrets.randbits(32)):
            interface.send(part, hop, self.now)

    # --- time

    def pass_time(self, now):
        self.now = now
        for interface in self.interfaces:
            interface.neighbors.pass_time(now)
        self.reassembly.pass_time(now)

    def next_time(self):
        times = [self.reassembly.next_time(), *(interface.neighbors.next_time() for interface in self.interfaces)]
        return min([due for due in times if due is not None], default=None)


class Runner:
    """The sockets of the device, one for each interface."""

    def __init__(self, device, ports):
        self.device, self.ports = device, ports

    def start(self):
        """Whether nobody else has the addresses (RFC 4862, 5.4)."""
        for interface in self.device.interfaces:
            interface.test_addresses()
        until = time.monotonic() + stack.RETRANS_TIMER
        while (left := until - time.monotonic()) > 0:
            self.listen(left)
        for interface in self.device.interfaces:
            interface.end_test()
            for own in interface.duplicates:
                print(f"{interface.name}: somebody else has {text_of(own)}", file=sys.stderr)
        if any(interface.duplicates for interface in self.device.interfaces):
            return False
        for interface in self.device.interfaces:
            interface.announce(time.monotonic())
        return True

    def listen(self, seconds, *others):
        ready, _, _ = select.select([*self.ports, *others], [], [], seconds)
        for interface, port in zip(self.device.interfaces, self.ports):
            for frame in port.receive() if port in ready else []:
                self.device.receive(interface, frame, time.monotonic())
        return [other for other in others if other in ready]

    def run(self, stdin):
        others = [stdin] if stdin else []
        while True:
            self.device.pass_time(time.monotonic())
            due = self.device.next_time()
            ready = self.listen(None if due is None else max(0.0, due - time.monotonic()), *others)
            if stdin in ready and not stdin.buffer.read1():
                return
