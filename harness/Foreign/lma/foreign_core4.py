"""The IPv4 side of the core: messages and tunnels over IPv4 (RFC 5844, 4.1; drafts -04 and -02, 4).

In RFC 5844 a Mobility Header is the content of a datagram, and data have a port of their own. In the drafts IPv6 packets with
Mobility Headers share one port with data; they, too, may be in a TLV header. ESP, if there are associations, is between IPv4 and UDP
for gateways with an association of their IPv4 address, and in the drafts also inside of the IPv6 packet.
"""

import random

import foreign_ipv4 as ipv4
import foreign_mobility as mobility
import foreign_stack as stack
import foreign_transport as transport
from foreign_anchor import log
from foreign_stack import Discard, Protocol, text_of
from foreign_transport import End, Mode, Way


class Core4:
    """The device has one address there. Nothing is forwarded but what is in a tunnel."""

    def __init__(self, device, link):
        self.device, self.link, self.settings = device, link, device.settings
        self.transport, self.has_fault = device.settings.transport, device.settings.has_fault
        self.reassembly = transport.Reassembly4()

    # --- packets that arrive

    def receive(self, frame, now):
        interface = self.link.interface
        if not interface.takes(frame) or interface.tentative:
            return
        if frame.ethertype == stack.ETHERTYPE_ARP:
            message = ipv4.read_resolution(frame.payload)
            if message:
                self.link.resolve(message, now)
            return
        packet = ipv4.read_packet(frame.payload)
        if packet is None or frame.is_group or not ipv4.is_host(packet.source) or packet.destination != self.link.address:
            return
        if packet.source == packet.destination:
            return
        self.device.now = now
        whole = self.reassembly.add(packet, now)
        if whole:
            try:
                self.deliver(whole, frame.time_of_day, now)
            except Discard as discarded:
                self.report(discarded, packet, now)

    def deliver(self, packet, time_of_day, now, is_protected=False):
        if packet.protocol == Protocol.UDP:
            self.datagram(packet, time_of_day, now, is_protected)
        elif packet.protocol in (Protocol.IPV4, Protocol.IPV6):
            self.decapsulate(packet, packet.payload, End(packet.source, Mode.IPV4), now)
        elif packet.protocol == Protocol.ESP and self.device.security:
            self.unprotect(packet, time_of_day, now)
        elif packet.protocol == ipv4.ICMP:
            self.control(packet, now)
        elif packet.protocol != ipv4.TCP:
            raise Discard(ipv4.UNREACHABLE, ipv4.PROTOCOL_UNREACHABLE)

    def unprotect(self, packet, time_of_day, now):
        opened = self.device.security.open(packet, packet.payload)
        if opened:
            self.deliver(packet.changed(protocol=Protocol.UDP, payload=opened[0]), time_of_day, now, is_protected=True)

    def datagram(self, packet, time_of_day, now, is_protected):
        octets = packet.payload
        length = int.from_bytes(octets[4:6], "big")
        if not transport.UDP_HEADER <= length <= len(octets):
            return
        octets, has_checksum = octets[:length], any(octets[6:8])
        if has_checksum and transport.udp_checksum(packet.source, packet.destination, octets) != 0:
            return
        source_port, port = int.from_bytes(octets[:2], "big"), int.from_bytes(octets[2:4], "big")
        data, way = octets[transport.UDP_HEADER :], Way(packet.source, packet.destination, source_port, is_protected=is_protected)
        if port not in (self.transport.port, self.transport.data_port):
            raise Discard(ipv4.UNREACHABLE, ipv4.PORT_UNREACHABLE)
        arrival = self.device.arrival_on_core(time_of_day)
        if self.transport.is_draft:
            self.take_draft(packet, data, way, arrival, now)
        elif port == self.transport.data_port:
            self.decapsulate(packet, data, End(packet.source, Mode.UDP, source_port), now)
        elif has_checksum or self.has_fault("message-checksum-optional"):
            # RFC 5844, 4.2.2.1: the Mobility Header has none.
            self.signal(packet, data, way, arrival, now)

    def take_draft(self, packet, data, way, arrival, now):
        """A message, or a packet of a tunnel."""
        inner = transport.without_tlv(data)
        has_tlv, data = inner is not None, data if inner is None else inner
        message = stack.read_packet(data)
        if message is None or message.destination != self.settings.address or message.source == self.settings.address:
            self.decapsulate(packet, data, End(packet.source, Mode.TLV if has_tlv else Mode.UDP, way.port), now)
            return
        way = Way(way.source, way.destination, way.port, has_tlv, way.is_protected)
        try:
            self.device.deliver_message(message, way, arrival, now)
        except Discard:
            # No error is sent: the source of the packet in the datagram may be reached by IPv4 alone.
            pass

    def signal(self, packet, octets, way, arrival, now):
        """RFC 5844, 4.1.3.1: a Mobility Header whose checksum does not matter."""
        if self.device.security and not way.is_protected and not self.has_fault("unprotected-accepted"):
            log(f"{text_of(packet.source)}: a mobility message without protection")
            return
        try:
            if self.has_fault("mobility-checksum-verified"):
                message_type, data = mobility.message_data(packet.source, packet.destination, octets)
            else:
                message_type, data = mobility.message_data(None, None, octets)
        except mobility.UnknownType:
            if self.device.errors.take(now):
                error = mobility.binding_error(mobility.UNRECOGNIZED_MH_TYPE, stack.UNSPECIFIED, None, None)
                self.send(error, way, now)
        except mobility.Unreadable:
            pass
        else:
            if message_type == mobility.BINDING_UPDATE:
                self.device.update(packet, data, arrival, now, way)

    # --- messages that are sent

    def acknowledge(self, request, data, now):
        """RFC 5844, 4.1.3.2: from the address that was asked, to the address and port of who has asked."""
        if self.transport.is_draft:
            octets = mobility.mobility_header(mobility.BINDING_ACKNOWLEDGEMENT, data, request.destination, request.source)
            self.send_packet(stack.Packet(request.destination, request.source, Protocol.MOBILITY, octets), request.way, now)
            return
        way = request.way
        ends = (way.destination, way.source) if self.has_fault("mobility-checksum") else (None, None)
        self.send(mobility.mobility_header(mobility.BINDING_ACKNOWLEDGEMENT, data, *ends), way, now)

    def send_packet(self, packet, way, now):
        """-04, 4.1.3.2: protected inside if the gateway has no association of its IPv4 address."""
        security = self.device.security
        if security and not security.outbound.get((way.source, False)) and not self.has_fault("answers-unprotected"):
            packet = security.protect(packet)
        if packet:
            octets = packet.octets
            self.send(transport.tlv(Protocol.IPV6, octets) if way.has_tlv else octets, way, now)

    def send(self, data, way, now):
        port = self.transport.port if self.has_fault("answer-to-own-port") else way.port
        has_checksum = not self.has_fault("message-checksum-left-out")
        octets = transport.udp(way.destination, way.source, self.transport.port, port, data, has_checksum)
        packet = ipv4.Packet(way.destination, way.source, Protocol.UDP, octets, identification=random.getrandbits(16))
        security = self.device.security
        if security and not self.has_fault("answers-unprotected"):
            if security.outbound.get((way.source, False)):
                packet = security.protect(packet)
            elif not self.transport.is_draft:
                return
        for part in ipv4.fragments(packet, self.link.interface.mtu):
            self.link.send(part, now)

    # --- tunnels

    def decapsulate(self, packet, octets, end, now):
        version = octets[0] >> 4 if octets else 0
        if version == 6:
            self.device.decapsulate(packet, octets, now, end=end)
        elif version == 4 and self.device.ipv4:
            self.device.ipv4.decapsulate(packet, octets, now, end=end)

    # --- ICMP (RFC 4213, 3.4)

    def control(self, packet, now):
        octets = packet.payload
        if len(octets) < 8 or stack.sum_of_words(octets) != 0xFFFF:
            return
        if octets[0] == ipv4.ECHO_REQUEST:
            self.link.send(ipv4.icmp(ipv4.ECHO_REPLY, 0, octets[4:], self.link.address, packet.source, packet.traffic_class & 0xFC), now)
        elif octets[0] in (ipv4.UNREACHABLE, ipv4.TIME_EXCEEDED):
            self.tunnel_error(octets[0], octets[1], int.from_bytes(octets[6:8], "big"), ipv4.read_packet(octets[8:], is_cut=True), now)

    def tunnel_error(self, kind, code, mtu, outer, now):
        """An error about a packet of a tunnel becomes one about what is in it, as far as the error shows that."""
        if outer is None or outer.source != self.link.address:
            return
        known = self.device.anchor.tunnels.items()
        tunnels = [tunnel for end, tunnel in known if isinstance(end, End) and end.address == outer.destination]
        if not tunnels:
            return
        if (kind, code) == (ipv4.UNREACHABLE, ipv4.FRAGMENTATION_NEEDED):
            for tunnel in tunnels:
                tunnel.too_big(mtu, now)
            return
        original = transport.original_in(outer)
        if not original or self.has_fault("tunnel-errors-kept"):
            return
        if original[0] >> 4 == 6:
            self.device.relay((stack.UNREACHABLE, stack.ADDRESS_UNREACHABLE, 0), original, now)
        elif self.device.ipv4:
            self.device.ipv4.relay((ipv4.UNREACHABLE, ipv4.HOST_UNREACHABLE, 0), original, now)

    def report(self, discarded, packet, now):
        if discarded.kind is not None and ipv4.may_report(packet) and self.device.errors.take(now):
            error = discarded.kind, discarded.code, discarded.value
            self.link.send(ipv4.icmp_error(*error, packet.octets, self.link.address, packet.source), now)

    # --- time

    def pass_time(self, now):
        for packet in self.link.neighbors.pass_time(now):
            self.tunnel_error(ipv4.UNREACHABLE, ipv4.HOST_UNREACHABLE, 0, packet, now)

    def next_time(self):
        return self.link.neighbors.next_time()
