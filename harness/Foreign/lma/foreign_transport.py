"""IPv4 transport between gateways and the anchor (RFC 5844, 4): what is agreed on in the signalling, and the tunnels.

There are three editions, RFC 5844 and its drafts -04 and -02. They differ in the form of the messages, in the detection of NATs, and
in what the flags F and T mean; the differences are here. The sockets and packets are in foreign_core4. IPv4 addresses are 4 octets.

The numbers that the drafts leave open are those of RFC 5555 and RFC 5845. The drafts cite two versions of the TLV header: the one
here is of draft-ietf-mip6-nemo-v4traversal-05, which -02 cites, as the one that -04 cites has no type for IP packets.
"""

import dataclasses
import enum
import struct

import foreign_ipv4 as ipv4
import foreign_stack as stack
from foreign_mobility import Option, Status

RFC_5844, DRAFT_04, DRAFT_02 = EDITIONS = ("rfc5844", "ipv4-draft-04", "ipv4-draft-02")

# RFC 5844, 6; RFC 5555, 10.
SIGNALLING_PORT, DATA_PORT, DSMIP_PORT = 5436, 5437, 4191

# The refresh time that asks for no refresh (draft-ietf-mext-nemo-v4traversal-05, 4.2.2).
NO_REFRESH = 0xFFFFFFFF

# RFC 4213, 3.2.1: a static MTU, which should be this one.
TUNNEL_MTU = 1280

# How the drafts number options that RFC 5844 gives another number, and those that they do not have.
DRAFT_OPTIONS = {Option.IPV4_HOME_ADDRESS_REPLY: Option.IPV4_ADDRESS_ACKNOWLEDGEMENT, Option.IPV4_DHCP_SUPPORT_MODE: None}
NUMBERS = {RFC_5844: {}, DRAFT_04: DRAFT_OPTIONS, DRAFT_02: DRAFT_OPTIONS | {Option.IPV4_DEFAULT_ROUTER_ADDRESS: None}}

UDP_HEADER, TLV_HEADER = 8, 4
TLV_IPV4, TLV_IPV6 = 1, 2


class Mode(enum.Enum):
    """The encapsulation of a tunnel."""

    IPV4 = "IPv4"
    UDP = "IPv4-UDP"
    TLV = "IPv4-UDP-TLV"


@dataclasses.dataclass(frozen=True)
class Way:
    """How a request came over IPv4: the addresses of its packet and the port of its sender. The answer goes back on it."""

    source: bytes
    destination: bytes
    port: int
    has_tlv: bool = False
    is_protected: bool = False


@dataclasses.dataclass(frozen=True)
class End:
    """The other end of a tunnel over IPv4: that of the gateway, or what a NAT makes of it. Without UDP the port is 0."""

    address: bytes
    mode: Mode
    port: int = 0

    def is_same_host(self, other):
        """A NAT may have another port for data than for messages."""
        return isinstance(other, End) and (self.address, self.mode) == (other.address, other.mode)


@dataclasses.dataclass
class Ipv4Transport:
    """The configuration (RFC 5844, 4 and 5.1). The refresh time is in seconds.

    accepts_udp is AcceptForcedIPv4UDPEncapsulationRequest of RFC 5844, and AcceptIPv4UDPEncapsulationRequest of -04.
    """

    address: bytes
    edition: str = RFC_5844
    accepts_udp: bool | None = None
    refresh_time: int = 47
    tunnel_mtu: int = TUNNEL_MTU

    def __post_init__(self):
        if self.accepts_udp is None:
            self.accepts_udp = self.is_draft

    @property
    def is_draft(self):
        return self.edition != RFC_5844

    @property
    def variable(self):
        """The name of the variable; None if the edition has none."""
        return {RFC_5844: "AcceptForcedIPv4UDPEncapsulationRequest", DRAFT_04: "AcceptIPv4UDPEncapsulationRequest"}.get(self.edition)

    @property
    def port(self):
        """That of messages."""
        return DSMIP_PORT if self.is_draft else SIGNALLING_PORT

    @property
    def data_port(self):
        return DSMIP_PORT if self.is_draft else DATA_PORT

    @property
    def numbers(self):
        return NUMBERS[self.edition]

    @property
    def request_option(self):
        """The option in which a home address is asked for."""
        return Option.IPV4_HOME_ADDRESS if self.is_draft else Option.IPV4_HOME_ADDRESS_REQUEST

    # --- what a request over IPv4 leads to

    def is_behind_nat(self, request, has_fault):
        """-04, 4.1.3.3; -02, 4.1: the address that the gateway has is not the one that its packet came from."""
        if not self.is_draft or request.ipv4_care_of is None or has_fault("nat-unseen"):
            return False
        return request.ipv4_care_of != request.way.source

    def forces_udp(self, request):
        """-02 has no rule for the flag F."""
        return request.forces_udp and self.edition != DRAFT_02

    def mode_of(self, request, has_fault):
        if self.is_draft and request.wants_tlv:
            return Mode.TLV
        if has_fault("udp-always") or self.is_behind_nat(request, has_fault):
            return Mode.UDP
        return Mode.UDP if self.forces_udp(request) and not has_fault("force-ignored") else Mode.IPV4

    def end_of(self, request, has_fault):
        mode = self.mode_of(request, has_fault)
        if mode == Mode.IPV4:
            return End(request.way.source, mode)
        return End(request.way.source, mode, request.way.port if self.is_draft else DATA_PORT)

    def check(self, request, has_fault):
        """RFC 5844, 4.1.3.1; -04, 5.1. What ends a session is never refused, whatever it was agreed on."""
        if request.way is None or self.accepts_udp or request.lifetime == 0 or has_fault("forced-always"):
            return Status.ACCEPTED
        if self.is_behind_nat(request, has_fault) or (self.is_draft and request.wants_tlv):
            return Status.ADMINISTRATIVELY_PROHIBITED
        if not self.forces_udp(request):
            return Status.ACCEPTED
        return Status.CANNOT_FORCE_UDP_ENCAPSULATION if self.is_draft else Status.ADMINISTRATIVELY_PROHIBITED

    def additions(self, request, status, has_fault):
        """What an acknowledgement says of the transport: the NAT Detection option, (F, refresh time), and the flag T."""
        if request.way is None:
            return {}
        has_tlv = self.is_draft and request.wants_tlv and status == Status.ACCEPTED
        return {"nat_detection": self.nat_detection(request, status, has_fault), "has_tlv": has_tlv}

    def nat_detection(self, request, status, has_fault):
        """-04, 4.1.3.2: if there is a NAT, also in rejections. RFC 5844, 4.2.2: the gateway learns by it that UDP is accepted."""
        if has_fault("nat-option-always"):
            return True, self.refresh_time
        if has_fault("nat-option-left-out"):
            return None
        if self.is_draft:
            return (request.forces_udp, self.refresh_time) if self.is_behind_nat(request, has_fault) else None
        return (True, NO_REFRESH) if request.forces_udp and status == Status.ACCEPTED else None


# --- tunnels -------------------------------------------------------------------------------------------------------------


def tlv(number, octets):
    """The length field has 8 bits: it holds the lower ones of the length."""
    return struct.pack("!BBH", TLV_IPV4 if number == stack.Protocol.IPV4 else TLV_IPV6, len(octets) & 0xFF, 0) + octets


def without_tlv(octets):
    """What follows a TLV header; None if there is none. The length of a packet is in its own header."""
    is_tlv = len(octets) > TLV_HEADER and octets[0] in (TLV_IPV4, TLV_IPV6)
    return octets[TLV_HEADER:] if is_tlv and octets[TLV_HEADER] >> 4 == (4 if octets[0] == TLV_IPV4 else 6) else None


def udp(source, destination, source_port, destination_port, data, has_checksum=True):
    """RFC 768: the octets of a datagram. A checksum of zero says that there is none."""
    octets = struct.pack("!HHHH", source_port, destination_port, UDP_HEADER + len(data), 0) + data
    if not has_checksum:
        return octets
    return octets[:6] + struct.pack("!H", udp_checksum(source, destination, octets) or 0xFFFF) + octets[8:]


def udp_checksum(source, destination, octets):
    """0 for a datagram that contains its correct checksum."""
    return stack.sum_of_words(source + destination + struct.pack("!BBH", 0, ipv4.UDP, len(octets)) + octets) ^ 0xFFFF


@dataclasses.dataclass
class Tunnel4(stack.Tunnel):
    """A tunnel over IPv4 (RFC 4213, 3) with a static MTU: its packets may be fragmented on their way. The remote end is an End."""

    port: int = 0
    tunnel_mtu: int = TUNNEL_MTU

    def limit_for(self, packet):
        """The Tunnel Encapsulation Limit is for tunnels over IPv6."""
        return None

    def room(self, limit):
        return self.tunnel_mtu

    def carry(self, packet, limit):
        protocol, payload = packet.number, packet.octets
        if self.remote.mode == Mode.TLV and self.fault != "tlv-left-out":
            payload = tlv(packet.number, payload)
        if self.remote.mode != Mode.IPV4:
            # Whatever is inside has a checksum of its own.
            protocol, payload = ipv4.UDP, udp(self.local, self.remote.address, self.port, self.remote.port, payload, has_checksum=False)
        dscp = packet.traffic_class >> 2 if self.dscp is None else self.dscp
        traffic_class = dscp << 2 | stack.outer_ecn(packet.ecn, self.ecn_rules)
        self.identification = (self.identification + 1) & 0xFFFF
        outer = ipv4.Packet(self.local, self.remote.address, protocol, payload, self.hop_limit, traffic_class, self.identification)
        return ipv4.fragments(outer, self.path_mtu)

    def too_big(self, mtu, now):
        """RFC 1191, 3: fragments become smaller, the MTU of the tunnel stays."""
        if 68 <= mtu < self.path_mtu and self.fault != "path-mtu-ignored":
            self.path_mtu, self.reduced = mtu, now


def original_in(outer):
    """What a packet of a tunnel carries, as far as it is there; None if it carries nothing."""
    if outer.offset:
        return None
    if outer.protocol == ipv4.UDP:
        octets = outer.payload[UDP_HEADER:]
        return without_tlv(octets) or octets
    return outer.payload if outer.protocol in (stack.Protocol.IPV4, stack.Protocol.IPV6) else None


# --- fragments -----------------------------------------------------------------------------------------------------------

REASSEMBLY_TIMEOUT, MOST_INCOMPLETE = 30.0, 64


class Reassembly4:
    """Fragments of packets to the anchor (RFC 791, 3.2; RFC 4213, 3.6). Overlapping ones give the packet up (RFC 1858)."""

    def __init__(self):
        self.packets = {}

    def add(self, packet, now):
        """The whole packet, or None if fragments are missing."""
        if not packet.fragment & (ipv4.MORE_FRAGMENTS | ipv4.OFFSET):
            return packet
        self.packets = {key: entry for key, entry in self.packets.items() if now < entry[0] + REASSEMBLY_TIMEOUT}
        key = packet.source, packet.destination, packet.protocol, packet.identification
        if key not in self.packets and len(self.packets) >= MOST_INCOMPLETE:
            del self.packets[min(self.packets, key=lambda other: self.packets[other][0])]
        _, parts = self.packets.setdefault(key, (now, {}))
        parts[packet.offset * 8] = packet
        at, data, congestion = 0, b"", 0
        for offset in sorted(parts):
            if offset < at:
                del self.packets[key]
                return None
            if offset > at:
                return None
            data, at = data + parts[offset].payload, at + len(parts[offset].payload)
            congestion |= stack.CE if parts[offset].ecn == stack.CE else 0
        if parts[max(parts)].fragment & ipv4.MORE_FRAGMENTS:
            return None
        del self.packets[key]
        return parts[0].changed(payload=data, fragment=0, traffic_class=parts[0].traffic_class | congestion)
