"""ESP with manual security associations: which packets of the anchor are protected, and how (RFC 4301, RFC 4303).

NULL encryption (RFC 2410) or AES-CBC (RFC 3602), with HMAC-SHA-256-128 (RFC 4868). Python has no AES: it is that of the package
cryptography, which is needed only if an association has it. The numbers in comments are sections of RFC 4303 unless another RFC
is named.
"""

import dataclasses
import hmac
import secrets
import struct

from foreign_anchor import log
from foreign_stack import IPV6_HEADER, Protocol, Tunnel, text_of

HEADER, CHECK_VALUE, AES_BLOCK = 8, 16, 16
IPV6_ADDRESS = 16
RESERVED_SPI = 255
AUTHENTICATION_KEY = 32
TRANSFORMS = {"null-hmac-sha-256-128": (0,), "aes-cbc-hmac-sha-256-128": (16, 24, 32)}

# More than a packet needs whose encryption is NULL, which 2.4 allows.
OWN_BLOCK = 8

# 3.4.3: at least 32.
WINDOW = 64


@dataclasses.dataclass(eq=False)
class Association:
    """A security association, in one direction. The number is the last one that was sent, or the greatest that was received."""

    spi: int
    peer: bytes
    key: bytes
    is_inbound: bool
    is_tunnel: bool = False
    number: int = 0
    seen: int = 0

    @property
    def encryption_key(self):
        return self.key[:-AUTHENTICATION_KEY]

    @property
    def block(self):
        return AES_BLOCK if self.encryption_key else OWN_BLOCK

    @property
    def vector_length(self):
        return AES_BLOCK if self.encryption_key else 0

    def room(self, size):
        """The most octets that fit into a packet whose payload has this size."""
        text = size - HEADER - self.vector_length - CHECK_VALUE
        return text - text % self.block - 2

    def check_value(self, octets):
        return hmac.digest(self.key[-AUTHENTICATION_KEY:], octets, "sha256")[:CHECK_VALUE]

    def cipher(self, vector):
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        return Cipher(algorithms.AES(self.encryption_key), modes.CBC(vector))

    def seal(self, next_header, data):
        """3.3: the payload of the packet that protects the data."""
        self.number += 1
        filling = -(len(data) + 2) % self.block
        text = data + bytes(range(1, filling + 1)) + bytes([filling, next_header])
        if self.encryption_key:
            vector = secrets.token_bytes(AES_BLOCK)
            encryptor = self.cipher(vector).encryptor()
            text = vector + encryptor.update(text) + encryptor.finalize()
        octets = struct.pack("!II", self.spi, self.number) + text
        return octets + self.check_value(octets)

    def open(self, octets, detects_replays):
        """3.4: the Next Header and the data; None if the packet is discarded."""
        signed, given = octets[:-CHECK_VALUE], octets[-CHECK_VALUE:]
        text = signed[HEADER + self.vector_length :]
        number = int.from_bytes(octets[4:8], "big")
        if len(text) < 2 or (self.encryption_key and len(text) % AES_BLOCK):
            return None
        if detects_replays and self.is_replay(number):
            return None
        if not hmac.compare_digest(self.check_value(signed), given):
            return None
        self.note(number)
        if self.encryption_key:
            decryptor = self.cipher(signed[HEADER : HEADER + AES_BLOCK]).decryptor()
            text = decryptor.update(text) + decryptor.finalize()
        filling, next_header = text[-2:]
        end = len(text) - 2 - filling
        # 2.4: the padding is inspected.
        if end < 0 or text[end:-2] != bytes(range(1, filling + 1)):
            return None
        return next_header, text[:end]

    def is_replay(self, number):
        """3.4.3: a number that was there, or that is left of the window."""
        behind = self.number - number
        return number == 0 or behind >= WINDOW or (behind >= 0 and bool(self.seen >> behind & 1))

    def note(self, number):
        """Moves the window. The lowest bit is that of the greatest number."""
        ahead = number - self.number
        if ahead > 0:
            self.seen = (self.seen << min(ahead, WINDOW) | 1) % (1 << WINDOW)
            self.number = number
        elif -ahead < WINDOW:
            self.seen |= 1 << -ahead


@dataclasses.dataclass
class ProtectedTunnel(Tunnel):
    """A tunnel whose packets ESP protects in tunnel mode (RFC 4301, 5.1.2): without the headers of RFC 2473."""

    out: Association | None = None

    def room(self, limit):
        return self.out.room(self.path_mtu - IPV6_HEADER)

    def enclose(self, packet, limit):
        return self.out.seal(Protocol.IPV6, packet.octets), Protocol.ESP


class Associations:
    """The associations of the anchor (RFC 4301, 4.4). Mobility messages are protected with every peer, or are discarded (RFC 5213, 4)."""

    def __init__(self, associations, detects_replays=False, has_fault=lambda name: False):
        self.detects_replays, self.has_fault = detects_replays and not has_fault("replays-accepted"), has_fault
        self.inbound = {known.spi: known for known in associations if known.is_inbound}
        self.outbound = {(known.peer, known.is_tunnel): known for known in associations if not known.is_inbound}

    def open(self, packet, octets):
        """What the ESP packet protects, and whether it is a packet of a tunnel; None if it is discarded."""
        if len(octets) < HEADER + CHECK_VALUE:
            return None
        association = self.inbound.get(int.from_bytes(octets[:4], "big"))
        if association is None or association.peer != packet.source:
            log(f"{text_of(packet.source)}: no security association for its packet")
            return None
        opened = association.open(octets, self.detects_replays)
        wanted = Protocol.IPV6 if association.is_tunnel else Protocol.MOBILITY if len(association.peer) == IPV6_ADDRESS else Protocol.UDP
        if opened is None or opened[0] != wanted:
            log(f"{text_of(packet.source)}: a packet that is not protected as agreed")
            return None
        return opened[1], association.is_tunnel

    def protect(self, packet):
        """The packet, of IPv6 or IPv4, in transport mode; None if there is no association with its destination."""
        association = self.outbound.get((packet.destination, False))
        if association is None:
            return None
        if packet.number == Protocol.IPV4:
            # RFC 5844, 4.3.1.
            return packet.changed(protocol=Protocol.ESP, payload=association.seal(packet.protocol, packet.payload))
        return packet.changed(next_header=Protocol.ESP, payload=association.seal(packet.next_header, packet.payload))

    def tunnel_to(self, peer):
        """The association that protects the tunnel to the peer; None if nothing does."""
        return self.outbound.get((peer, True))


def association_of(direction, spi, peer, transform, key, *mode):
    """From words. The key is the keying material of RFC 4301, 4.5.1: that for encryption comes first."""
    number = int(spi, 0)
    if direction not in ("in", "out") or number <= RESERVED_SPI or mode not in ((), ("tunnel",)):
        raise ValueError(f"{direction},{spi},...: not an association")
    if len(key) - AUTHENTICATION_KEY not in TRANSFORMS[transform]:
        raise ValueError(f"{spi}: a key of another length than {transform} has")
    return Association(number, peer, key, direction == "in", bool(mode))
