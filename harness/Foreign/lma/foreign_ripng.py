"""Announces routes to the routers of a link by RIPng (RFC 2080), and learns none.

RFC 5213, 5.6.2 demands that the routing infrastructure learns of the home network prefixes; by which protocol is left open.
"""

import random
import struct

from foreign_stack import IPV6_HEADER, UNSPECIFIED, Protocol, address, checksum, is_link_local, is_multicast, udp

RIPNG_PORT = 521
RIPNG_ROUTERS = address("ff02::9")
REQUEST, RESPONSE, VERSION = 1, 2, 1
REACHED, INFINITY = 1, 16
HEADERS, ENTRY = IPV6_HEADER + 8 + 4, 20

# Seconds (2.3 and 2.5.1).
PERIOD, JITTER = 30.0, 15.0
TRIGGERED = (1.0, 5.0)


class Announcer:
    """The routes are told by a function, as prefixes. send(packet) sends on the link of the interface."""

    def __init__(self, interface, routes, send):
        self.interface, self.routes, self.send = interface, routes, send
        self.announced = set()
        self.regular = 0.0
        self.triggered = 0.0

    def pass_time(self, now):
        routes = set(self.routes())
        if now >= self.regular:
            self.multicast([(prefix, REACHED) for prefix in routes] + [(prefix, INFINITY) for prefix in self.announced - routes])
            self.regular = now + PERIOD + random.uniform(-JITTER, JITTER) / 2
        elif now >= self.triggered and routes != self.announced:
            # 2.5.1: only what has changed, and not too often.
            self.multicast([(prefix, REACHED) for prefix in routes - self.announced] + [(prefix, INFINITY) for prefix in self.announced - routes])
            self.triggered = now + random.uniform(*TRIGGERED)
        else:
            return
        self.announced = routes

    def next_time(self):
        return min(self.regular, self.triggered) if set(self.routes()) != self.announced else self.regular

    def multicast(self, entries):
        own = self.interface.link_local
        for data in self.messages(entries):
            self.send(udp(own, RIPNG_ROUTERS, RIPNG_PORT, RIPNG_PORT, data, 255))

    def messages(self, entries):
        """Responses of at most the MTU (2.1)."""
        most = (self.interface.mtu - HEADERS) // ENTRY
        ordered = sorted(entries, key=lambda entry: (entry[0].octets, entry[0].length))
        for start in range(0, len(ordered), most):
            yield struct.pack("!BBH", RESPONSE, VERSION, 0) + b"".join(entry_of(prefix, metric) for prefix, metric in ordered[start : start + most])

    def receive(self, packet):
        """A UDP packet to the RIPng port: Requests are answered (2.4.1)."""
        octets = packet.payload
        if len(octets) < 12 or checksum(packet.source, packet.destination, Protocol.UDP, octets) != 0 or octets[8:10] != bytes([REQUEST, VERSION]):
            return
        port, data = int.from_bytes(octets[:2], "big"), octets[12 : int.from_bytes(octets[4:6], "big")]
        entries = [data[at : at + ENTRY] for at in range(0, len(data) - ENTRY + 1, ENTRY)]
        routes = {(prefix.octets, prefix.length): prefix for prefix in self.routes()}
        if len(entries) == 1 and entries[0] == UNSPECIFIED + bytes([0, 0, 0, INFINITY]):
            messages = self.messages([(prefix, REACHED) for prefix in routes.values()])
        else:
            known = (entry[:19] + bytes([REACHED if (entry[:16], entry[18]) in routes else INFINITY]) for entry in entries)
            messages = [struct.pack("!BBH", RESPONSE, VERSION, 0) + b"".join(known)] if entries else []
        own = self.interface.link_local if is_link_local(packet.source) else packet.destination
        for message in messages:
            self.send(udp(self.interface.address if is_multicast(own) else own, packet.source, RIPNG_PORT, port, message, 255))


def entry_of(prefix, metric):
    return prefix.octets + struct.pack("!HBB", 0, prefix.length, metric)
