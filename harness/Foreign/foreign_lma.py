#!/usr/bin/env python3
"""A small local mobility anchor (RFC 5213, Section 5) that registers mobile nodes and forwards nothing.

The tests of the conformance suite use it as an independent implementation: it shares no code with the reference, and was
written from the RFC alone. It is meant to be read beside the RFC; the numbers in comments are sections and items of the RFC.
An option makes it show one fault: see FAULTS.
"""

import argparse
import dataclasses
import enum
import errno
import fnmatch
import ipaddress
import secrets
import select
import signal
import socket
import struct
import sys
import time

FAULTS = {
    "echo-prefix": "accepts a prefix that the mobile node may not use, and returns it with status 0",
    "no-p-flag": "leaves the P flag of every acknowledgement clear",
    "misaligned-hnp": "starts Home Network Prefix options at 8n instead of 8n+4",
}

# IANA numbers. IPV6_FLOWINFO is from linux/in6.h, as Python does not define it: the first word of the received IPv6 header.
MOBILITY_HEADER = 135
NO_NEXT_HEADER = 59
IPV6_FLOWINFO = 11
ICMPV6_FILTER = 1
NETLINK_ADDRESSES_IPV6 = 0x100

# Mobility Header types (RFC 3775, 6.1.1), and the shortest header of each in octets.
BINDING_UPDATE, BINDING_ACKNOWLEDGEMENT, BINDING_ERROR = 5, 6, 7
SHORTEST = {0: 8, 1: 16, 2: 16, 3: 24, 4: 24, 5: 12, 6: 12, 7: 24}
UPDATE_IS_PROXY = 0x0200
ACKNOWLEDGEMENT_IS_PROXY = 0x20
UNRECOGNIZED_MH_TYPE = 2

ANY = bytes(16)
LINK_LOCAL = bytes.fromhex("fe80000000000000")

# Seconds (RFC 3775, 6.1.7).
LIFETIME_UNIT = 4


class Option(enum.IntEnum):
    """Mobility options: RFC 3775, 6.2; RFC 4283; RFC 5213, 8.3 to 8.8."""

    PAD_1 = 0
    PAD_N = 1
    ALTERNATE_CARE_OF_ADDRESS = 3
    MOBILE_NODE_IDENTIFIER = 8
    HOME_NETWORK_PREFIX = 22
    HANDOFF_INDICATOR = 23
    ACCESS_TECHNOLOGY_TYPE = 24
    LINK_LAYER_IDENTIFIER = 25
    LINK_LOCAL_ADDRESS = 26
    TIMESTAMP = 27


# The required length of the option data in octets. An option of another length is skipped as not understood.
LENGTHS = {
    Option.ALTERNATE_CARE_OF_ADDRESS: 16,
    Option.HOME_NETWORK_PREFIX: 18,
    Option.HANDOFF_INDICATOR: 2,
    Option.ACCESS_TECHNOLOGY_TYPE: 2,
    Option.LINK_LOCAL_ADDRESS: 16,
    Option.TIMESTAMP: 8,
}


class Status(enum.IntEnum):
    """RFC 5213, 8.9; RFC 3775, 6.1.8."""

    ACCEPTED = 0
    INSUFFICIENT_RESOURCES = 130
    SEQUENCE_NUMBER_OUT_OF_WINDOW = 135
    PROXY_REG_NOT_ENABLED = 152
    NOT_LMA_FOR_THIS_MOBILE_NODE = 153
    MAG_NOT_AUTHORIZED_FOR_PROXY_REG = 154
    NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX = 155
    TIMESTAMP_MISMATCH = 156
    TIMESTAMP_LOWER_THAN_PREV_ACCEPTED = 157
    MISSING_HOME_NETWORK_PREFIX_OPTION = 158
    BCE_PBU_PREFIX_SET_DO_NOT_MATCH = 159
    MISSING_MN_IDENTIFIER_OPTION = 160
    MISSING_HANDOFF_INDICATOR_OPTION = 161
    MISSING_ACCESS_TECH_TYPE_OPTION = 162


class Handoff(enum.IntEnum):
    """8.4."""

    NEW_INTERFACE = 1
    BETWEEN_INTERFACES = 2
    BETWEEN_GATEWAYS = 3
    UNKNOWN = 4
    NOT_CHANGED = 5


class Unreadable(Exception):
    """A Mobility Header that is discarded. The pointer is that of the Parameter Problem; None if none is sent."""

    def __init__(self, pointer=None):
        super().__init__()
        self.pointer = pointer


class UnknownType(Exception):
    """A Mobility Header of an unknown type, which is answered by a Binding Error."""


# --- octets --------------------------------------------------------------------------------------------------------------


def checksum(source, destination, octets):
    """RFC 3775, 6.1.1: over the pseudo-header and the message; 0 if the message contains its correct checksum."""
    data = source + destination + struct.pack("!II", len(octets), MOBILITY_HEADER) + octets
    data += bytes(len(data) % 2)
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def mobility_header(message_type, data, source, destination):
    """A complete Mobility Header with the given message data, whose length makes the header a multiple of 8 octets."""
    octets = struct.pack("!BBBBH", NO_NEXT_HEADER, (6 + len(data)) // 8 - 1, message_type, 0, 0) + data
    return octets[:4] + struct.pack("!H", checksum(source, destination, octets)) + octets[6:]


def message_data(source, destination, octets):
    """The type and the message data of a Mobility Header, checked in the order of RFC 3775, 9.2."""
    if len(octets) < 8 or checksum(source, destination, octets) != 0:
        raise Unreadable
    payload_proto, header_length, message_type = octets[:3]
    if message_type not in SHORTEST:
        raise UnknownType
    if payload_proto != NO_NEXT_HEADER:
        raise Unreadable(pointer=0)
    length = (header_length + 1) * 8
    if length < SHORTEST[message_type]:
        raise Unreadable(pointer=1)
    if length > len(octets):
        raise Unreadable
    return message_type, octets[6:length]


def options(octets):
    """The data of options by type, in their order, without padding and without options that are not understood."""
    found = {}
    at = 0
    while at < len(octets):
        if octets[at] == Option.PAD_1:
            at += 1
            continue
        if at + 2 > len(octets) or at + 2 + octets[at + 1] > len(octets):
            raise Unreadable
        option, data = octets[at], octets[at + 2 : at + 2 + octets[at + 1]]
        if len(data) == LENGTHS.get(option, len(data)):
            found.setdefault(option, []).append(data)
        at += 2 + len(data)
    return found


class Options:
    """Writes options, each at its required alignment. Offsets are from the start of the Mobility Header."""

    def __init__(self, start):
        self.start = start
        self.octets = b""

    def add(self, option, data, multiple=1, offset=0):
        self.pad((offset - self.start - len(self.octets)) % multiple)
        self.octets += struct.pack("!BB", option, len(data)) + data

    def end(self):
        self.pad(-(self.start + len(self.octets)) % 8)
        return self.octets

    def pad(self, octets):
        if octets == 1:
            self.octets += bytes([Option.PAD_1])
        elif octets > 1:
            self.octets += struct.pack("!BB", Option.PAD_N, octets - 2) + bytes(octets - 2)


@dataclasses.dataclass(frozen=True)
class Prefix:
    """The 16 octets of a prefix as they were sent, and its length."""

    octets: bytes
    length: int

    @property
    def is_zero(self):
        return self.octets == ANY


@dataclasses.dataclass(frozen=True)
class Request:
    """A Proxy Binding Update; the value of a missing option is None."""

    source: bytes
    destination: bytes
    sequence: int
    lifetime: int
    mobile_node: bytes | None
    prefixes: tuple
    handoff: int | None
    access: int | None
    link_layer: bytes | None
    link_local: bytes | None
    timestamp: int | None
    alternate_care_of: bytes | None

    @property
    def care_of(self):
        return self.alternate_care_of or self.source

    @property
    def has_prefix(self):
        return any(not prefix.is_zero for prefix in self.prefixes)


def read_request(source, destination, data):
    """None for a Binding Update that is not a Proxy Binding Update (8.1)."""
    sequence, flags, lifetime = struct.unpack("!HHH", data[:6])
    if not flags & UPDATE_IS_PROXY:
        return None
    found = options(data[6:])

    def first(option):
        return found.get(option, [None])[0]

    def value(option):
        return first(option)[1] if option in found else None

    def without_reserved(option, reserved):
        return first(option)[reserved:] if option in found else None

    timestamp = first(Option.TIMESTAMP)
    return Request(
        source=source,
        destination=destination,
        sequence=sequence,
        lifetime=lifetime,
        mobile_node=first(Option.MOBILE_NODE_IDENTIFIER),
        prefixes=tuple(Prefix(data[2:], data[1]) for data in found.get(Option.HOME_NETWORK_PREFIX, [])),
        handoff=value(Option.HANDOFF_INDICATOR),
        access=value(Option.ACCESS_TECHNOLOGY_TYPE),
        link_layer=without_reserved(Option.LINK_LAYER_IDENTIFIER, 2),
        link_local=first(Option.LINK_LOCAL_ADDRESS),
        timestamp=int.from_bytes(timestamp, "big") if timestamp else None,
        alternate_care_of=first(Option.ALTERNATE_CARE_OF_ADDRESS),
    )


def write_acknowledgement(request, status, *, sequence, lifetime, prefixes, link_local, timestamp, fault):
    """5.3.6, in the order of its Figure 6."""
    flags = 0 if fault == "no-p-flag" else ACKNOWLEDGEMENT_IS_PROXY
    written = Options(start=12)
    written.add(Option.MOBILE_NODE_IDENTIFIER, b"\x01" if request.mobile_node is None else request.mobile_node)
    for prefix in prefixes:
        written.add(Option.HOME_NETWORK_PREFIX, bytes([0, prefix.length]) + prefix.octets, 8, 0 if fault == "misaligned-hnp" else 4)
    written.add(Option.HANDOFF_INDICATOR, bytes([0, request.handoff or 0]))
    written.add(Option.ACCESS_TECHNOLOGY_TYPE, bytes([0, request.access or 0]))
    if request.timestamp is not None:
        written.add(Option.TIMESTAMP, timestamp.to_bytes(8, "big"), 8, 2)
    if request.link_layer is not None:
        # 8.6: aligned by the size of the identifier, which begins four octets after the start of the option.
        size = len(request.link_layer)
        alignment = (8, 4) if size % 8 == 0 else (4, 0) if size % 4 == 0 else (2, 0)
        written.add(Option.LINK_LAYER_IDENTIFIER, bytes(2) + request.link_layer, *alignment)
    if request.link_local is not None:
        written.add(Option.LINK_LOCAL_ADDRESS, link_local, 8, 6)
    return struct.pack("!BBHH", status, flags, sequence, lifetime) + written.end()


# --- the LMA -------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Binding:
    """A Binding Cache entry (5.1)."""

    mobile_node: bytes
    prefixes: tuple
    link_local: bytes
    care_of: bytes = ANY
    link_layer: bytes = bytes(2)
    access: int = 0
    sequence: int | None = None
    expires: float = 0.0
    deletes: float | None = None

    @property
    def is_deregistered(self):
        return self.deletes is not None

    @property
    def ends(self):
        """When the lifetime ends, or the wait after a de-registration (5.3.5, item 2)."""
        return self.deletes if self.is_deregistered else self.expires


@dataclasses.dataclass
class Waiting:
    """A request with unknown handoff state, held until the previous MAG de-registers (5.4.1.2, item 4; 5.4.1.3, item 3)."""

    request: Request
    binding: Binding
    until: float


@dataclasses.dataclass(frozen=True)
class Found:
    """The result of the lookup: a session, a session to wait for its de-registration, no session, or a reason to reject."""

    binding: Binding | None = None
    waits: bool = False
    status: Status = Status.ACCEPTED


@dataclasses.dataclass(frozen=True)
class Policy:
    """The policy of the LMA for a mobile node."""

    prefixes: int
    is_enabled: bool


class Anchor:
    """Receives requests and acknowledges them. The caller passes the monotonic time; the time of day is read here."""

    def __init__(self, settings, send):
        self.settings = settings
        self.send = send
        self.bindings = []
        self.waiting = []
        self.latest = {}
        self.next_prefix = 0

    def handle(self, request, now):
        """5.3.1: performs the checks in their order, then the requested operation."""
        self.pass_time(now)
        if (status := self.refuse(request)) != Status.ACCEPTED:
            self.reject(request, status)
            return
        found = self.look_up(request)
        if found.status != Status.ACCEPTED:
            self.reject(request, found.status)
        elif request.lifetime == 0:
            if found.binding and not found.waits:
                self.deregister(found.binding, request, now)
        elif found.waits:
            self.hold(request, found.binding, now)
        elif found.binding:
            self.update(found.binding, request, now)
        else:
            self.open(request, now)

    def pass_time(self, now):
        """Executes everything that is due."""
        for held in [held for held in self.waiting if held.until <= now]:
            self.waiting.remove(held)
            self.open(held.request, now)
        self.bindings = [binding for binding in self.bindings if now < binding.ends]

    def next_time(self):
        """The next time at which something is due; None if nothing is."""
        return min([binding.ends for binding in self.bindings] + [held.until for held in self.waiting], default=None)

    # 5.3.1, items 4 to 12

    def refuse(self, request):
        if request.mobile_node is None:
            return Status.MISSING_MN_IDENTIFIER_OPTION
        if request.source not in self.settings.gateways:
            return Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG
        policy = self.policy_of(request.mobile_node)
        if policy is None:
            return Status.NOT_LMA_FOR_THIS_MOBILE_NODE
        if not policy.is_enabled:
            return Status.PROXY_REG_NOT_ENABLED
        if (status := self.judge_order(request)) != Status.ACCEPTED:
            return status
        if not request.prefixes:
            return Status.MISSING_HOME_NETWORK_PREFIX_OPTION
        if request.handoff is None:
            return Status.MISSING_HANDOFF_INDICATOR_OPTION
        if request.access is None:
            return Status.MISSING_ACCESS_TECH_TYPE_OPTION
        return Status.ACCEPTED

    def policy_of(self, mobile_node):
        subtype, identifier = mobile_node[:1], mobile_node[1:].decode("utf-8", "replace")
        if subtype != b"\x01" or not identifier:
            return None
        return next((policy for pattern, policy in self.settings.mobile_nodes if fnmatch.fnmatchcase(identifier, pattern)), None)

    def judge_order(self, request):
        """5.5."""
        if request.timestamp is None:
            binding = self.look_up(request).binding
            if binding is None or binding.sequence is None:
                return Status.ACCEPTED
            ahead = (request.sequence - binding.sequence) % 0x10000
            return Status.ACCEPTED if 0 < ahead < 0x8000 else Status.SEQUENCE_NUMBER_OUT_OF_WINDOW
        latest = self.latest.get(request.mobile_node, 0)
        if request.timestamp < latest and self.bindings_of(request):
            return Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED
        if request.timestamp <= latest or not self.is_timely(request.timestamp):
            return Status.TIMESTAMP_MISMATCH
        return Status.ACCEPTED

    def is_timely(self, timestamp):
        return abs(timestamp - time_of_day()) * 1000 <= self.settings.timestamp_validity_window * 0x10000

    # 5.4.1

    def look_up(self, request):
        if request.has_prefix:
            return self.look_up_by_prefix(request)
        if request.link_layer is not None:
            return self.look_up_by_link_layer(request)
        return self.look_up_by_mobile_node(request)

    def bindings_of(self, request):
        return [binding for binding in self.bindings if binding.mobile_node == request.mobile_node]

    def look_up_by_prefix(self, request):
        """5.4.1.1."""
        asked = {prefix.octets for prefix in request.prefixes if not prefix.is_zero}
        binding = next((binding for binding in self.bindings if any(prefix.octets in asked for prefix in binding.prefixes)), None)
        if binding is None:
            return Found()
        if binding.mobile_node != request.mobile_node:
            return Found(status=Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX)
        if len(request.prefixes) != len(binding.prefixes) or set(request.prefixes) != set(binding.prefixes):
            return Found(status=Status.BCE_PBU_PREFIX_SET_DO_NOT_MATCH)
        same_access = request.access == binding.access
        if (
            (request.link_layer is not None and request.link_layer == binding.link_layer and same_access)
            or request.handoff == Handoff.BETWEEN_INTERFACES
            or (request.link_layer is None and not any(binding.link_layer) and same_access and request.handoff == Handoff.BETWEEN_GATEWAYS)
            or (request.care_of == binding.care_of and same_access)
        ):
            return Found(binding)
        return Found()

    def look_up_by_link_layer(self, request):
        """5.4.1.2."""
        own = self.bindings_of(request)
        for binding in own:
            if (binding.access, binding.link_layer) == (request.access, request.link_layer):
                return Found(binding)
        if len(own) == 1 and request.handoff == Handoff.BETWEEN_INTERFACES:
            return Found(own[0])
        if len(own) == 1 and request.handoff == Handoff.UNKNOWN:
            return self.once_let_go(own[0])
        return Found()

    def look_up_by_mobile_node(self, request):
        """5.4.1.3."""
        own = self.bindings_of(request)
        if len(own) == 1 and request.handoff in (Handoff.BETWEEN_INTERFACES, Handoff.BETWEEN_GATEWAYS):
            return Found(own[0])
        if len(own) == 1 and request.handoff == Handoff.UNKNOWN:
            return self.once_let_go(own[0])
        return Found()

    @staticmethod
    def once_let_go(binding):
        return Found(binding, waits=not binding.is_deregistered)

    def hold(self, request, binding, now):
        """A repeated request replaces the earlier one without extending its wait."""
        for held in self.waiting:
            if held.binding is binding and held.request.care_of == request.care_of:
                held.request = request
                return
        self.waiting.append(Waiting(request, binding, now + self.settings.max_delay_before_new_bce_assign / 1000))

    # 5.3.2

    def open(self, request, now):
        wanted = tuple(prefix for prefix in request.prefixes if not prefix.is_zero)
        is_echo = False
        if len(wanted) < len(request.prefixes):
            prefixes = self.allocate(self.policy_of(request.mobile_node).prefixes)
        elif all(self.may_use(prefix) for prefix in wanted) and len(set(wanted)) == len(wanted):
            prefixes = wanted
        elif self.settings.fault == "echo-prefix":
            is_echo = True
            prefixes = self.allocate(len(wanted))
        else:
            self.reject(request, Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX)
            return
        if not prefixes:
            self.reject(request, Status.INSUFFICIENT_RESOURCES)
            return
        binding = Binding(request.mobile_node, prefixes, LINK_LOCAL + secrets.token_bytes(8))
        self.bindings.append(binding)
        self.update(binding, request, now, wanted if is_echo else None)

    def may_use(self, prefix):
        """Whether the prefix is a free /64 prefix of the pool."""
        return prefix.length == 64 and ipaddress.IPv6Address(prefix.octets) in self.settings.pool and prefix.octets[8:] == bytes(8) and self.is_free(prefix)

    def is_free(self, prefix):
        return all(prefix not in binding.prefixes for binding in self.bindings)

    def allocate(self, count):
        """None if too few prefixes are free. A released prefix is assigned again as late as possible."""
        size = 1 << (64 - self.settings.pool.prefixlen)
        first = int(self.settings.pool.network_address)
        allocated = []
        for step in range(size):
            number = (self.next_prefix + step) % size
            prefix = Prefix((first + (number << 64)).to_bytes(16, "big"), 64)
            if self.is_free(prefix):
                allocated.append(prefix)
            if len(allocated) == count:
                self.next_prefix = (number + 1) % size
                return tuple(allocated)
        return None

    # 5.3.3, 5.3.4, and the end of 5.3.2

    def update(self, binding, request, now, echo=None):
        binding.care_of = request.care_of
        binding.access = request.access
        binding.link_layer = bytes(2) if request.link_layer is None else request.link_layer
        if request.link_local not in (None, ANY):
            binding.link_local = request.link_local
        binding.expires = now + request.lifetime * LIFETIME_UNIT
        binding.deletes = None
        self.note_order(binding, request)
        self.waiting = [held for held in self.waiting if held.request is not request]
        self.accept(binding, request, echo)

    def note_order(self, binding, request):
        if request.timestamp is None:
            binding.sequence = request.sequence
        else:
            # With timestamps, later sequence numbers are not compared with this one (5.5, item 5).
            binding.sequence = None
            self.latest[request.mobile_node] = max(request.timestamp, self.latest.get(request.mobile_node, 0))

    # 5.3.5

    def deregister(self, binding, request, now):
        if request.care_of != binding.care_of:
            return
        self.note_order(binding, request)
        if not binding.is_deregistered:
            binding.deletes = now + self.settings.min_delay_before_bce_delete / 1000
        self.accept(binding, request)
        for held in [held for held in self.waiting if held.binding is binding]:
            self.update(binding, held.request, now)

    # 5.3.6

    def accept(self, binding, request, echo=None):
        self.answer(request, Status.ACCEPTED, request.sequence, request.lifetime, echo or binding.prefixes, binding.link_local, request.timestamp)

    def reject(self, request, status):
        sequence, timestamp = request.sequence, request.timestamp
        if status == Status.SEQUENCE_NUMBER_OUT_OF_WINDOW:
            sequence = self.look_up(request).binding.sequence
        is_valid = status not in (Status.TIMESTAMP_MISMATCH, Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED) and timestamp and self.is_timely(timestamp)
        prefixes = request.prefixes or (Prefix(ANY, 0),)
        self.answer(request, status, sequence, 0, prefixes, request.link_local, timestamp if is_valid else time_of_day())

    def answer(self, request, status, sequence, lifetime, prefixes, link_local, timestamp):
        data = write_acknowledgement(
            request,
            status,
            sequence=sequence,
            lifetime=lifetime,
            prefixes=prefixes,
            link_local=link_local,
            timestamp=timestamp,
            fault=self.settings.fault,
        )
        self.send(request, data)
        identifier = (request.mobile_node or b"")[1:].decode("utf-8", "replace")
        log(f"{socket.inet_ntop(socket.AF_INET6, request.source)} {identifier} lifetime {request.lifetime * LIFETIME_UNIT}: {status.name}")


def time_of_day():
    """8.8: seconds since 1970 in 48 bits, 1/65536 seconds in 16."""
    return (time.time_ns() << 16) // 1_000_000_000


def log(line):
    print(line, file=sys.stderr, flush=True)


# --- the node ------------------------------------------------------------------------------------------------------------


class Node:
    """The sockets of the LMA. The node computes the checksums of Mobility Headers; the kernel computes those of ICMPv6."""

    def __init__(self, settings):
        self.address = settings.address
        self.anchor = Anchor(settings, self.acknowledge)
        self.messages = socket.socket(socket.AF_INET6, socket.SOCK_RAW, MOBILITY_HEADER)
        self.messages.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_CHECKSUM, -1)
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
                    self.messages.bind((str(ipaddress.IPv6Address(self.address)), 0))
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
        fields = {kind: data for level, kind, data in ancillary if level == socket.IPPROTO_IPV6}
        source = socket.inet_pton(socket.AF_INET6, sender[0].partition("%")[0])
        destination = fields[socket.IPV6_PKTINFO][:16]
        try:
            message_type, data = message_data(source, destination, octets)
            request = read_request(source, destination, data) if message_type == BINDING_UPDATE else None
        except UnknownType:
            # RFC 3775, 9.3.3: the home address is unspecified, because there is no Home Address option.
            self.transmit(BINDING_ERROR, struct.pack("!BB", UNRECOGNIZED_MH_TYPE, 0) + ANY, destination, source)
        except Unreadable as problem:
            if problem.pointer is not None:
                self.report(problem.pointer, source, destination, fields, octets)
        else:
            if request:
                self.anchor.handle(request, time.monotonic())

    def acknowledge(self, request, data):
        self.transmit(BINDING_ACKNOWLEDGEMENT, data, request.destination, request.source)

    def transmit(self, message_type, data, source, destination):
        octets = mobility_header(message_type, data, source, destination)
        self.send(self.messages, octets, source, destination)

    def report(self, pointer, source, destination, fields, octets):
        """RFC 4443, 3.4: sends a Parameter Problem, code 0, with as much of the packet as fits into 1280 octets."""
        flow = fields[IPV6_FLOWINFO] if IPV6_FLOWINFO in fields else bytes(4)
        first = 6 << 28 | int.from_bytes(flow, "big") & 0x0FFFFFFF
        hop_limit = int.from_bytes(fields[socket.IPV6_HOPLIMIT], sys.byteorder)
        packet = struct.pack("!IHBB", first, len(octets), MOBILITY_HEADER, hop_limit) + source + destination + octets
        message = struct.pack("!BBHI", 4, 0, 0, 40 + pointer) + packet[: 1280 - 48]
        self.send(self.errors, message, destination, source)

    @staticmethod
    def send(through, octets, source, destination):
        information = source + struct.pack("=I", 0)
        try:
            through.sendmsg([octets], [(socket.IPPROTO_IPV6, socket.IPV6_PKTINFO, information)], 0, (socket.inet_ntop(socket.AF_INET6, destination), 0))
        except OSError as failure:
            log(f"cannot send to {socket.inet_ntop(socket.AF_INET6, destination)}: {failure}")


def read_arguments():
    def address(text):
        return ipaddress.IPv6Address(text).packed

    def pool(text):
        network = ipaddress.IPv6Network(text)
        if network.prefixlen > 64:
            raise argparse.ArgumentTypeError(f"{text} holds no /64")
        return network

    def mobile_node(text):
        pattern, _, count = text.partition("=")
        return pattern, Policy(prefixes=int(count or 1), is_enabled=True)

    def disabled(text):
        return text, Policy(prefixes=0, is_enabled=False)

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], epilog="Faults: " + "; ".join(f"{name} {text}" for name, text in FAULTS.items()) + ".")
    parser.add_argument("--address", type=address, required=True, help="the LMA's address")
    parser.add_argument("--mag", type=address, action="append", dest="gateways", default=[], help="a MAG that may register mobile nodes; may be repeated")
    parser.add_argument("--pool", type=pool, required=True, help="the prefix from which /64 prefixes are assigned to mobile nodes")
    parser.add_argument("--mobile-node", type=mobile_node, action="append", dest="mobile_nodes", default=[], metavar="PATTERN[=COUNT]", help="mobile nodes, and the number of prefixes for each; may be repeated")
    parser.add_argument("--disabled-mobile-node", type=disabled, action="append", dest="mobile_nodes", metavar="PATTERN", help="mobile nodes without network-based mobility; may be repeated")
    parser.add_argument("--min-delay-before-bce-delete", type=int, default=10000, metavar="MS")
    parser.add_argument("--max-delay-before-new-bce-assign", type=int, default=1500, metavar="MS")
    parser.add_argument("--timestamp-validity-window", type=int, default=300, metavar="MS")
    parser.add_argument("--fault", choices=FAULTS)
    parser.add_argument("--exit-with-stdin", action="store_true", help="exit at the end of standard input")
    return parser.parse_args()


def main():
    settings = read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    node = Node(settings)
    print("ready", flush=True)
    node.run(sys.stdin if settings.exit_with_stdin else None)


if __name__ == "__main__":
    main()
