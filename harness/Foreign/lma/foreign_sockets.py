"""The anchor without a data path: its signalling on a raw socket of the kernel, which owns the address, resolves neighbors and
answers echo requests. It forwards nothing. The device computes the checksums of Mobility Headers, the kernel those of ICMPv6.
"""

import errno
import select
import socket
import struct
import sys
import time

from foreign_anchor import Anchor, log
from foreign_mobility import BINDING_ACKNOWLEDGEMENT, BINDING_UPDATE, UNRECOGNIZED_MH_TYPE, Unreadable, UnknownType
from foreign_mobility import binding_error, message_data, mobility_header, read_update, timestamp_of
from foreign_stack import PARAMETER_PROBLEM, SMALLEST_MTU, SO_TIMESTAMPNS, UNSPECIFIED, Protocol, text_of

# Numbers of Linux that Python does not define: linux/in6.h, linux/icmpv6.h, linux/rtnetlink.h.
IPV6_FLOWINFO, ICMPV6_FILTER, NETLINK_ADDRESSES_IPV6 = 11, 1, 0x100


class SocketNode:
    def __init__(self, settings):
        self.settings = settings
        self.anchor = Anchor(settings, self.acknowledge)
        self.messages = socket.socket(socket.AF_INET6, socket.SOCK_RAW, Protocol.MOBILITY)
        self.messages.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_CHECKSUM, -1)
        self.messages.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        for option in (socket.IPV6_RECVPKTINFO, socket.IPV6_RECVHOPLIMIT, IPV6_FLOWINFO):
            self.messages.setsockopt(socket.IPPROTO_IPV6, option, 1)
        self.errors = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
        self.errors.setsockopt(socket.IPPROTO_ICMPV6, ICMPV6_FILTER, b"\xff" * 32)
        self.bind(time.monotonic() + 10)

    def bind(self, until):
        """Waits for the address to be usable: duplicate address detection may not have finished."""
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as changes:
            changes.bind((0, NETLINK_ADDRESSES_IPV6))
            while True:
                try:
                    self.messages.bind((text_of(self.settings.address), 0))
                    return
                except OSError as failure:
                    left = until - time.monotonic()
                    if failure.errno != errno.EADDRNOTAVAIL or left <= 0:
                        raise
                    if select.select([changes], [], [], left)[0]:
                        changes.recv(0x10000)

    def run(self, stdin):
        sources = [self.messages] + ([stdin] if stdin else [])
        while True:
            due = self.anchor.next_time()
            ready, _, _ = select.select(sources, [], [], None if due is None else max(0, due - time.monotonic()))
            if self.messages in ready:
                self.receive()
            if stdin in ready and not stdin.buffer.read1():
                return
            self.anchor.pass_time(time.monotonic())

    def receive(self):
        octets, ancillary, _, sender = self.messages.recvmsg(0x10000, 1024)
        fields = {(level, kind): data for level, kind, data in ancillary}
        source = socket.inet_pton(socket.AF_INET6, sender[0].partition("%")[0])
        destination = fields[socket.IPPROTO_IPV6, socket.IPV6_PKTINFO][:16]
        seconds, nanoseconds = struct.unpack("=qq", fields[socket.SOL_SOCKET, SO_TIMESTAMPNS][:16])
        arrived = timestamp_of(seconds * 1_000_000_000 + nanoseconds)
        try:
            message_type, data = message_data(source, destination, octets)
        except UnknownType:
            self.send(self.messages, binding_error(UNRECOGNIZED_MH_TYPE, UNSPECIFIED, destination, source), destination, source)
        except Unreadable as problem:
            if problem.pointer is not None:
                self.report(problem.pointer, source, destination, fields, octets)
        else:
            self.update(source, destination, message_type, data, arrived)

    def update(self, source, destination, message_type, data, arrived):
        try:
            is_update = message_type == BINDING_UPDATE
            request = read_update(source, destination, data, arrived, self.settings.has_fault("cut-option")) if is_update else None
        except Unreadable:
            if self.settings.has_fault("crash-on-malformed"):
                raise
            return
        if request:
            self.anchor.handle(request, time.monotonic())

    def acknowledge(self, request, data):
        octets = mobility_header(BINDING_ACKNOWLEDGEMENT, data, request.destination, request.source)
        self.send(self.messages, octets, request.destination, request.source)

    def report(self, pointer, source, destination, fields, octets):
        """RFC 4443, 3.4: sends a Parameter Problem, code 0, with as much of the packet as fits into the smallest MTU."""
        flow = fields.get((socket.IPPROTO_IPV6, IPV6_FLOWINFO), bytes(4))
        first = 6 << 28 | int.from_bytes(flow, "big") & 0x0FFFFFFF
        hop_limit = int.from_bytes(fields[socket.IPPROTO_IPV6, socket.IPV6_HOPLIMIT], sys.byteorder)
        packet = struct.pack("!IHBB", first, len(octets), Protocol.MOBILITY, hop_limit) + source + destination + octets
        message = struct.pack("!BBHI", PARAMETER_PROBLEM, 0, 0, 40 + pointer) + packet[: SMALLEST_MTU - 48]
        self.send(self.errors, message, destination, source)

    @staticmethod
    def send(through, octets, source, destination):
        information = source + struct.pack("=I", 0)
        try:
            through.sendmsg([octets], [(socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, information)], 0, (text_of(destination), 0))
        except OSError as failure:
            log(f"cannot send to {text_of(destination)}: {failure}")
