#!/usr/bin/env python3
"""A home agent of Mobile IPv6 (RFC 6275, Section 10) with several bindings of a mobile node (RFC 5648) and mobile networks (RFC 3963).

The tests of the conformance suite use it as an independent implementation: it shares no code with the reference, and was written
from the RFCs alone. The numbers in comments are sections of RFC 6275, unless another RFC is named. An option makes it show one fault:
see FAULTS below.

    foreign_ha.py          this file: the data path (10.4), the home link, prefix discovery (10.6), and the command line
    foreign_home_agent.py  the Binding Cache (10.3)
    ../cn/mobile_ipv6.py   messages of Mobile IPv6 as octets (6)
    ../cn/foreign_host.py  extension headers, ICMPv6, errors
    ../lma/foreign_stack.py  Ethernet, IPv6, ICMPv6, Neighbor Discovery, tunnels, packet sockets

It is a router between its home link and a core link, on packet sockets; it switches IPv6 of the kernel off there. Bindings need no
protection: it has no ESP. It says "ready" on standard output when its addresses are usable.

Choices, all of them legal:

 1. From 20 seconds on a lifetime is granted that is one unit of 4 seconds less than what was asked for (10.3.1).
 2. Neighbor Solicitations for home addresses are answered without the Override flag (RFC 4861, 7.2.4).
 3. A flow stays on its binding until that ends, or until its mobile node sends it from another one; a new flow takes the binding that was
    verified last, by a packet or an update (RFC 5648, 3).
 4. A home binding is answered by 0, and the home address is left to the mobile node; with --other-routers by 5 in the option and in the
    acknowledgement (RFC 5648, 6.3). Packets go to the link-layer address that the update named, or that it came from.
 5. After an update without H the home binding stays, and takes no packets as long as there is another one (RFC 5648, 5.6.5). A removal is
    no such update.
 6. A removal of which one BID is unknown removes nothing: 133 (RFC 5648, 6.2).
 7. Length 8 gets 164: there are no IPv4 care-of addresses (RFC 5648, 6.2).
 8. An update without H is answered by 139 if there is a binding, otherwise it is dropped.
 9. The last Sequence Number is remembered for 8 seconds after a return home (10.3.2).
10. Every binding is asked to be renewed once, 6 seconds before its end, through its own tunnel (RFC 5648, 6.4).
"""

import argparse
import ipaddress
import signal
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cn"))

import mobile_ipv6 as mip
import foreign_mobility as mobility
import foreign_stack as stack
from foreign_home_agent import HomeAgent, Settings
from foreign_host import Arrival, Host, Runner
from foreign_stack import Discard, Packet, Protocol, Tunnel

MOBILE_PREFIX_SOLICITATION, MOBILE_PREFIX_ADVERTISEMENT = 146, 147
VALID, PREFERRED = 2592000, 604800

# The name, what the device does wrong then, and the section that says otherwise. Everything else stays as it is.
FAULTS = {
    # Updates
    "sequence-bare": ("compares Sequence Numbers without modulo", "RFC 6275, 9.5.1"),
    "own-sequence-in-135": ("answers an old Sequence Number with that number instead of the last one", "RFC 6275, 9.5.1"),
    "lifetime-longer": ("grants a unit more than was asked for", "RFC 6275, 10.3.1"),
    "bindings-stay": ("keeps bindings whose lifetime has ended", "RFC 6275, 10.3.1"),
    "untested": ("tests no home address for duplicates", "RFC 6275, 10.3.1"),
    "routing-header-left-out": ("sends acknowledgements to the care-of address without routing header", "RFC 6275, 9.5.4"),
    # The home link
    "undefended": ("does not answer for home addresses on the home link", "RFC 6275, 10.4.1"),
    "unannounced": ("does not announce home addresses when it begins to serve them", "RFC 6275, 10.4.1"),
    # Packets
    "any-tunnel-source": ("forwards what comes through a tunnel, whoever sent it", "RFC 6275, 10.4.5"),
    "errors-left-out": ("sends no Binding Error about a Home Address option", "RFC 6275, 9.3.1"),
    "prefixes-unanswered": ("answers no Mobile Prefix Solicitation", "RFC 6275, 10.6"),
    "flows-move": ("moves all flows to the binding that was verified last", "RFC 5648, 3"),
    # Several care-of addresses
    "second-replaces-first": ("replaces the other bindings by one with a new BID", "RFC 5648, 6.2"),
    "others-kept": ("keeps the bindings with BIDs at an update without BID", "RFC 5648, 6.2"),
    "overwrite-ignored": ("does not heed the O flag", "RFC 5648, 6.2"),
    "beside-plain-binding": ("registers a BID beside a binding without one", "RFC 5648, 6.2"),
    "unknown-registered": ("registers the source for an unknown BID without care-of address", "RFC 5648, 6.2"),
    "bulk-last-alone": ("registers the last of several BIDs alone", "RFC 5648, 6.2"),
    "complete-always": ("does not tell in the acknowledgement that a BID of several was refused", "RFC 5648, 6.2"),
    "length-unchecked": ("takes a BID option of any length", "RFC 5648, 6.2"),
    "removal-ends-all": ("ends all bindings when one BID is removed", "RFC 5648, 6.2"),
    "identifier-left-out": ("sends acknowledgements without BID options", "RFC 5648, 6.2"),
}


class HomeInterface(stack.Interface):
    """The interface to the home link, where the device answers for mobile nodes, and tests their addresses."""

    def __init__(self, *arguments, **fields):
        super().__init__(*arguments, **fields)
        self.defended, self.tested, self.found = set(), set(), set()

    def hears(self, octets):
        return super().hears(octets) or any(octets == stack.solicited_node(one) for one in self.defended | self.tested)

    def discover(self, message, now):
        if message.target in self.tested and (not message.is_solicitation or message.source == stack.UNSPECIFIED):
            self.found.add(message.target)
        elif message.target in self.defended:
            if message.is_solicitation:
                self.answer_for(message, now)
        else:
            super().discover(message, now)

    def answer_for(self, message, now):
        """10.4.1: R is zero."""
        if message.source == stack.UNSPECIFIED:
            self.advertise(message.target, stack.ALL_NODES, stack.OVERRIDES, now)
            return
        if message.link_layer:
            self.neighbors.heard(message.source, message.link_layer, now)
        self.advertise(message.target, message.source, stack.IS_SOLICITED, now)

    def advertise(self, target, destination, flags, now):
        source = self.link_local if stack.is_link_local(destination) else self.address
        self.send(stack.advertisement(source, destination, target, self.link_layer, flags), destination, now)


class Device(Host):
    def __init__(self, settings, home, core, core_prefix):
        super().__init__([home, core], [(home, settings.home_prefix), (core, core_prefix)])
        self.settings, self.home, self.core = settings, home, core
        self.agent = HomeAgent(settings, self)

    # --- what the Binding Cache asks for

    def test(self, addresses):
        for one in addresses:
            self.home.tested.add(one)
            group = stack.solicited_node(one)
            self.home.send_frame(stack.solicitation(stack.UNSPECIFIED, group, one, self.home.link_layer), stack.multicast_link_layer(group))

    def duplicates(self):
        return self.home.found

    def end_test(self, addresses):
        self.home.tested -= set(addresses)
        self.home.found -= set(addresses)

    def defend(self, addresses):
        begun = addresses - self.home.defended
        self.home.defended = addresses
        for one in sorted(begun):
            self.home.neighbors.neighbors.pop(one, None)
            if not self.settings.has_fault("unannounced"):
                self.home.advertise(one, stack.ALL_NODES, stack.OVERRIDES, self.now)

    def acknowledge(self, update, octets, link_layer, arrival):
        """9.5.4: to the source of the update; on the home link to its link-layer address (10.3.2; RFC 5648, 6.3)."""
        sent = mip.message(update.destination, update.home, octets)
        if update.source == update.home:
            if arrival.interface is self.home and link_layer:
                self.home.send_frame(sent, link_layer)
            else:
                self.send_plain(sent)
        elif self.settings.has_fault("routing-header-left-out"):
            self.send_plain(sent.changed(destination=update.source))
        else:
            self.send_plain(mip.routed(sent, update.source))

    def ask(self, home, binding):
        octets = mip.refresh_request([] if binding.bid is None else [binding.bid], self.settings.address, home)
        entry = self.agent.entries[home]
        self.carry(mip.message(self.settings.address, home, octets), home, entry, binding)

    # --- packets to the device

    def accepts_home_address(self, home, packet):
        return self.agent.accepts(home, packet.source) is not None

    def binding_error(self, status, home, packet):
        if not (status == mobility.UNKNOWN_BINDING and self.settings.has_fault("errors-left-out")):
            super().binding_error(status, home, packet)

    def handle_message(self, packet, home, kind, octets, arrival):
        if packet.destination == self.settings.address and kind == mip.UPDATE:
            self.agent.receive(packet, home, octets, arrival, self.now)

    def handle_other(self, reached, arrival):
        if reached.protocol != Protocol.IPV6:
            return False
        self.decapsulate(reached.packet, reached.payload, arrival)
        return True

    def handle_icmp(self, packet, octets, home, arrival):
        """10.6: the prefix of the home link, with the device's own address (7.2)."""
        if octets[0] != MOBILE_PREFIX_SOLICITATION or home is None or self.settings.has_fault("prefixes-unanswered"):
            return
        flags = 0xE0
        option = struct.pack("!BBBBIII", 3, 4, self.settings.home_prefix.length, flags, VALID, PREFERRED, 0) + self.settings.address
        body = octets[4:6] + bytes(2) + option
        answer = stack.icmp(MOBILE_PREFIX_ADVERTISEMENT, 0, body, self.settings.address, home)
        self.send_plain(mip.routed(answer, packet.source))

    # --- packets through the device

    def decapsulate(self, outer, octets, arrival):
        """10.4.5."""
        inner = stack.read_packet(octets)
        if inner is None or outer.destination != self.settings.address or not mip.is_routable(inner.source):
            return
        entry = self.agent.entries.get(inner.source) or self.agent.of_network(inner.source)
        home = next((home for home, known in self.agent.entries.items() if known is entry), None)
        binding = self.agent.accepts(home, outer.source) if entry else None
        if binding is None and not self.settings.has_fault("any-tunnel-source"):
            return
        if binding:
            entry.flows[self.flow_of(inner)] = binding.bid, self.now
        if self.is_own(inner.destination):
            self.deliver(inner, arrival)
        elif not stack.is_link_local(inner.destination) and not stack.is_multicast(inner.destination):
            self.pass_on(inner, arrival)

    @staticmethod
    def flow_of(packet):
        """Both directions have the same: addresses, protocol, and ports or the identifier of an echo."""
        found = stack.upper_layer(packet.octets)
        protocol, at = found or (packet.next_header, stack.IPV6_HEADER)
        octets = packet.octets
        ends = [packet.source, packet.destination]
        if protocol in (Protocol.UDP, Protocol.TCP):
            ends = [packet.source + octets[at : at + 2], packet.destination + octets[at + 2 : at + 4]]
        more = octets[at + 4 : at + 6] if protocol == Protocol.ICMPV6 and octets[at : at + 1] in (b"\x80", b"\x81") else b""
        return protocol, more, *sorted(ends)

    def forward(self, packet, arrival):
        if stack.is_link_local(packet.destination):
            if packet.destination in self.home.defended and arrival.interface is self.home:
                # 10.4.2
                self.report(Discard(stack.UNREACHABLE, stack.ADDRESS_UNREACHABLE), packet, arrival)
            return
        if stack.is_link_local(packet.source) or not stack.is_forwardable_source(packet.source):
            return
        self.pass_on(packet, arrival)

    def pass_on(self, packet, arrival):
        try:
            if packet.hop_limit <= 1:
                raise Discard(stack.TIME_EXCEEDED)
            packet = packet.changed(hop_limit=packet.hop_limit - 1)
            destination = packet.destination
            entry = self.agent.entries.get(destination)
            home = destination
            if entry is None and (entry := self.agent.of_network(destination)):
                home = next(home for home, known in self.agent.entries.items() if known is entry)
            if entry:
                self.carry(packet, home, entry, self.agent.path(entry, self.flow_of(packet), self.now))
                return
            interface, hop = self.next_hop(destination)
            if interface is None or self.settings.networks and destination.startswith(self.settings.networks):
                raise Discard(stack.UNREACHABLE)
            if len(packet) > interface.mtu:
                raise Discard(stack.PACKET_TOO_BIG, 0, interface.mtu)
            interface.send(packet, hop, self.now)
        except Discard as discarded:
            self.report(discarded, packet, arrival)

    def carry(self, packet, home, entry, binding):
        """To the mobile node: through the tunnel, or over the home link."""
        if not binding.is_home:
            tunnel = Tunnel(self.settings.address, binding.care_of, self.core.mtu)
            for part in tunnel.wrap(packet):
                self.send_plain(part)
        elif entry.link_layer:
            self.home.send_frame(packet, entry.link_layer)
        else:
            self.home.send(packet, home, self.now)

    def lead(self, packet):
        """9.3.2: the device's own packets to a mobile node."""
        entry = self.agent.entries.get(packet.destination)
        if entry is None:
            return packet
        binding = self.agent.path(entry, self.flow_of(packet), self.now)
        if not binding.is_home:
            return mip.routed(packet, binding.care_of)
        self.carry(packet, packet.destination, entry, binding)
        return None

    # --- time

    def receive(self, interface, frame, now):
        self.now = now
        self.agent.pass_time(now)
        super().receive(interface, frame, now)

    def pass_time(self, now):
        self.now = now
        self.agent.pass_time(now)
        for interface in self.interfaces:
            for packet in interface.neighbors.pass_time(now):
                if not self.is_own(packet.source):
                    self.report(Discard(stack.UNREACHABLE, stack.ADDRESS_UNREACHABLE), packet, Arrival(interface))
        self.reassembly.pass_time(now)

    def next_time(self):
        return min([due for due in (super().next_time(), self.agent.next_time()) if due is not None], default=None)


def read_arguments(arguments=None):
    faults = "\n".join(f"{name:28} {text} ({section})" for name, (text, section) in FAULTS.items())
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0], epilog="Faults:\n" + faults, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", required=True, metavar="INTERFACE")
    parser.add_argument("--address", required=True, type=ipaddress.IPv6Interface, metavar="ADDRESS/LENGTH", help="on the home link")
    parser.add_argument("--core", required=True, metavar="INTERFACE")
    parser.add_argument("--core-address", required=True, type=ipaddress.IPv6Interface, metavar="ADDRESS/LENGTH")
    parser.add_argument("--router", type=stack.address, metavar="ADDRESS", help="on the core")
    parser.add_argument("--networks", type=ipaddress.IPv6Network, metavar="PREFIX/48", help="the mobile router with number n has the n-th /64")
    parser.add_argument("--plain", action="store_true", help="knows no BIDs")
    parser.add_argument("--forbid-several", action="store_true")
    parser.add_argument("--no-bulk", action="store_true")
    parser.add_argument("--no-home-binding", action="store_true")
    parser.add_argument("--other-routers", action="store_true")
    parser.add_argument("--refresh-before", type=float, default=6.0, metavar="S", help="0: asks for no updates")
    parser.add_argument("--exit-with-stdin", action="store_true", help="exits at the end of standard input")
    parser.add_argument("--fault", choices=FAULTS, metavar="NAME")
    return parser.parse_args(arguments)


def settings_of(given):
    return Settings(
        address=given.address.ip.packed,
        home_prefix=mobility.prefix(str(given.address.network)),
        has_identifiers=not given.plain,
        allows_several=not given.forbid_several,
        allows_bulk=not given.no_bulk,
        allows_home_binding=not given.no_home_binding,
        has_other_routers=given.other_routers,
        refresh_before=given.refresh_before or None,
        networks=given.networks and given.networks.network_address.packed[:6],
        fault=given.fault,
    )


def main():
    given = read_arguments()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    ports = []
    for name in (given.home, given.core):
        stack.silence_kernel(name)
        ports.append(stack.Port(name))
    home = HomeInterface(given.home, ports[0].link_layer, ports[0].mtu, ports[0].transmit, [given.address.ip.packed])
    core = stack.Interface(given.core, ports[1].link_layer, ports[1].mtu, ports[1].transmit, [given.core_address.ip.packed], router=given.router)
    runner = Runner(Device(settings_of(given), home, core, mobility.prefix(str(given.core_address.network))), ports)
    if not runner.start():
        sys.exit(1)
    print("ready", flush=True)
    runner.run(sys.stdin if given.exit_with_stdin else None)


if __name__ == "__main__":
    main()
