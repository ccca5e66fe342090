"""The correspondent node's part of Mobile IPv6: return routability and the Binding Cache (RFC 6275, 5.2 and 9; RFC 5648, 6).

It is free of sockets and clocks: it is told the time, and hands the packets that it sends to a function.
"""

import dataclasses
import secrets
import struct
import sys

import mobile_ipv6 as mip
from foreign_mobility import Unreadable, mobility_header
from mobile_ipv6 import Status, message

NONCE_SIZE, KEY_SIZE = 8, 20
NONCE_INDICES = 0x10000


def log(text):
    print(text, file=sys.stderr, flush=True)


@dataclasses.dataclass
class Settings:
    """Times in seconds (RFC 6275, 12). has_identifiers: the node knows RFC 5648; allows_several: its operator permits it."""

    address: bytes
    has_identifiers: bool = True
    allows_several: bool = True
    longest_lifetime: int = 420
    nonce_lifetime: float = 240.0
    nonce_use: float = 30.0
    refresh_before: float | None = 6.0
    fault: str | None = None

    def has_fault(self, name):
        return self.fault == name


# --- nonces --------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Nonce:
    """With a key of its own (5.2.7). The time is that of its first use."""

    value: bytes
    key: bytes
    first_use: float


class Nonces:
    """Nonces by their indices. A nonce is made when one is needed, and the first index is random."""

    def __init__(self, settings):
        self.settings = settings
        self.known = {}
        self.current = None
        self.next = secrets.randbelow(NONCE_INDICES)

    def take(self, now):
        """The index of the nonce for a new token."""
        known = self.known.get(self.current)
        if known is None or now >= known.first_use + self.settings.nonce_use:
            self.current = self.next
            self.next = (self.next + 1) % NONCE_INDICES
            self.known[self.current] = Nonce(secrets.token_bytes(NONCE_SIZE), secrets.token_bytes(KEY_SIZE), now)
        return self.current

    def renew(self):
        """The next token has another nonce."""
        self.current = None

    def is_known(self, index):
        return index in self.known

    def token(self, index, address, kind):
        nonce = self.known[index]
        token = mip.keygen_token(nonce.key, address, nonce.value, kind)
        log(f"token {token.hex()} of HMAC-SHA1 with {nonce.key.hex()} over {(address + nonce.value + bytes([kind])).hex()}, index {index}")
        return token

    def pass_time(self, now):
        if self.settings.has_fault("nonces-stay"):
            return
        self.known = {index: nonce for index, nonce in self.known.items() if now < nonce.first_use + self.settings.nonce_lifetime}


# --- the Binding Cache ---------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Binding:
    """The BID is None if the update had none. Verified: the number of the last signal or packet that came by this binding."""

    bid: int | None
    care_of: bytes
    expires: float
    granted: int
    indices: tuple
    verified: int = 0
    is_used: bool = False
    is_asked: bool = False


@dataclasses.dataclass
class Entry:
    """The bindings of a home address by their BIDs, and the last valid Sequence Number (RFC 5648, 4.1: one for all).

    The proofs are the care-of addresses and nonce indices of all updates that were accepted.
    """

    sequence: int
    bindings: dict = dataclasses.field(default_factory=dict)
    proofs: set = dataclasses.field(default_factory=set)


class Rejected(Exception):
    def __init__(self, status):
        super().__init__(status)
        self.status = status


class Discarded(Exception):
    """An update that is not answered, and why."""


@dataclasses.dataclass(frozen=True)
class Proof:
    """What an update was verified with: the key Kbm, the address in the authenticator, and the nonce indices."""

    key: bytes
    address: bytes
    indices: tuple


class Correspondent:
    """transmit(packet) sends a packet as it is: no binding leads it elsewhere."""

    def __init__(self, settings, transmit):
        self.settings, self.transmit = settings, transmit
        self.nonces = Nonces(settings)
        self.entries = {}
        self.spent = {}
        self.clock = 0

    # --- packets (9.3)

    def paths(self, home):
        """The bindings of a home address, the one that was verified last first."""
        entry = self.entries.get(home)
        return sorted(entry.bindings.values(), key=lambda binding: -binding.verified) if entry else []

    def accepts(self, home, care_of):
        """9.3.1 and RFC 5648, 6.5: whether the address is a registered one; the packet verifies its binding."""
        found = [binding for binding in self.paths(home) if binding.care_of == care_of or self.settings.has_fault("any-care-of")]
        if found:
            self.verify(found[0])
            found[0].is_used = True
        return bool(found)

    def verify(self, binding):
        self.clock += 1
        binding.verified = self.clock

    def route(self, home):
        """The care-of address for packets to the home address; None without a binding."""
        paths = self.paths(home)
        if not paths:
            return None
        paths[0].is_used = True
        return paths[0].care_of

    # --- messages (9.2: the form of the Mobility Header was checked)

    def receive(self, packet, home, kind, octets, now):
        """The home address is that of the Home Address option, or None."""
        self.pass_time(now)
        if kind in (mip.HOME_TEST_INIT, mip.CARE_OF_TEST_INIT):
            self.test(packet, home, kind, octets, now)
        elif kind == mip.UPDATE:
            try:
                self.update(mip.read_update(packet, home, octets), now)
            except (Discarded, Unreadable) as reason:
                log(f"update discarded: {reason}")

    def test(self, packet, home, kind, octets, now):
        """9.4."""
        if home is not None or not mip.is_routable(packet.source):
            return
        try:
            options = mip.options_of(octets, mip.TEST_OPTIONS)
        except Unreadable:
            return
        is_home = kind == mip.HOME_TEST_INIT
        index = self.nonces.take(now)
        token = self.nonces.token(index, packet.source, 0 if is_home else 1)
        cookie = bytes(8) if self.settings.has_fault("cookie-lost") else octets[8:16]
        written = mip.Options(24)
        if self.settings.has_identifiers and not is_home:
            for option, data, _ in options:
                if option == mip.BINDING_IDENTIFIER and len(data) >= 4:
                    written.add(option, mip.identifier_octets(struct.unpack("!H", data[:2])[0]), (2, 0))
        data = struct.pack("!H", index) + cookie + token + written.end()
        answer = mobility_header(mip.HOME_TEST if is_home else mip.CARE_OF_TEST, data, packet.destination, packet.source)
        sent = message(packet.destination, packet.source, answer)
        care_of = self.route(packet.source) if self.settings.has_fault("test-routed") else None
        self.transmit(mip.routed(sent, care_of) if care_of else sent)

    # --- updates (9.5.1)

    def update(self, update, now):
        entry = self.entries.get(update.home)
        if not mip.is_routable(update.home) or not mip.is_routable(update.source):
            raise Discarded("an address is not routable")
        if update.has(mip.H):
            # 9.5.1 and 10.3.1: nothing authenticates this answer.
            status = Status.REGISTRATION_TYPE_CHANGE if entry else Status.HOME_REGISTRATION_NOT_SUPPORTED
            self.acknowledge(update, status, update.sequence, 0, None)
            return
        identifiers = update.identifiers if self.settings.has_identifiers else ()
        proof = None
        try:
            proof = self.prove(update, identifiers, entry)
            if entry and not self.is_later(update.sequence, entry.sequence):
                raise Rejected(Status.SEQUENCE_NUMBER_OUT_OF_WINDOW)
            if entry:
                entry.sequence = update.sequence
            granted = self.process(update, identifiers, entry, proof, now)
        except Rejected as rejected:
            is_old = rejected.status == Status.SEQUENCE_NUMBER_OUT_OF_WINDOW and not self.settings.has_fault("own-sequence-in-135")
            self.acknowledge(update, rejected.status, entry.sequence if is_old else update.sequence, 0, proof, identifiers)
            return
        if update.has(mip.A):
            self.acknowledge(update, Status.ACCEPTED, update.sequence, granted, proof, identifiers)

    def is_later(self, number, last):
        return number > last if self.settings.has_fault("sequence-bare") else mip.is_later(number, last)

    def care_of_of(self, update, identifiers, entry):
        """The care-of address that is registered if the update succeeds (6.2.7), also where RFC 5648 is silent about its proof."""
        if len(identifiers) == 1:
            one = identifiers[0]
            if one.length == 20 and mip.is_routable(one.address):
                return one.address
            if one.length == 4 and entry and one.bid in entry.bindings:
                return entry.bindings[one.bid].care_of
        return update.alternate or update.source

    def prove(self, update, identifiers, entry):
        """Nonces and authenticator (5.2.6). Rejected with 136 to 138, or discarded."""
        indices = update.data(mip.NONCE_INDICES, 4)
        if indices is None or not update.ends_with_authorization:
            raise Discarded("no Nonce Indices, or no Binding Authorization Data at the end")
        home_index, care_of_index = struct.unpack("!HH", indices)
        is_deletion = update.lifetime == 0
        care_of = self.care_of_of(update, identifiers, entry)
        if not is_deletion and not mip.is_routable(care_of):
            raise Discarded("the care-of address is not routable")
        self.require_nonces(update.home, care_of, home_index, None if is_deletion else care_of_index)
        token = self.nonces.token(home_index, update.home, 0)
        if is_deletion:
            proof = Proof(mip.management_key(token), update.home, ())
        else:
            proved = update.source if self.settings.has_fault("source-proved") else care_of
            key = mip.management_key(token, self.nonces.token(care_of_index, proved, 1))
            proof = Proof(key, proved, (home_index, care_of_index))
        expected = self.authenticate(proof, mip.covered(update.octets), update.destination)
        if expected != update.octets[-mip.AUTHENTICATOR :] and not self.settings.has_fault("authenticator-unchecked"):
            raise Discarded("the authenticator is wrong")
        return proof

    def authenticate(self, proof, octets, correspondent):
        made = mip.authenticator(proof.key, proof.address, correspondent, octets)
        log(f"authenticator {made.hex()} of HMAC-SHA1 with {proof.key.hex()} over {(proof.address + correspondent + octets).hex()}")
        return made

    def require_nonces(self, home, care_of, home_index, care_of_index):
        """The care-of index of a deletion does not count: None."""
        is_home_old = not self.nonces.is_known(home_index)
        is_care_of_old = care_of_index is not None and not self.nonces.is_known(care_of_index)
        if self.settings.has_fault("statuses-swapped"):
            is_home_old, is_care_of_old = is_care_of_old, is_home_old
        if is_home_old and is_care_of_old:
            raise Rejected(Status.EXPIRED_NONCES)
        if is_home_old:
            raise Rejected(Status.EXPIRED_HOME_NONCE_INDEX)
        if is_care_of_old:
            raise Rejected(Status.EXPIRED_CARE_OF_NONCE_INDEX)
        if (home, care_of, home_index, care_of_index) in self.spent:
            # 9.5.3: these nonces have made a binding that is gone.
            raise Rejected(Status.EXPIRED_NONCES)

    # --- bindings (9.5.2, 9.5.3; RFC 5648, 6.2)

    def process(self, update, identifiers, entry, proof, now):
        """The lifetime that is granted."""
        if identifiers:
            self.check_identifiers(identifiers)
        if update.lifetime == 0:
            self.delete(update, identifiers, entry)
            return 0
        bid, care_of = None, update.alternate or update.source
        if identifiers:
            bid = identifiers[0].bid
            care_of = self.identified(update, identifiers[0], entry)
        return self.register(update, bid, care_of, proof, now)

    def check_identifiers(self, identifiers):
        has_fault = self.settings.has_fault
        if not self.settings.allows_several and not has_fault("prohibition-ignored"):
            raise Rejected(Status.MULTIPLE_PROHIBITED)
        for one in identifiers:
            if (one.length not in (4, 20) and not has_fault("length-unchecked")) or one.bid is None:
                raise Rejected(Status.MALFORMED)
            if one.length == 20 and not mip.is_routable(one.address):
                raise Rejected(Status.MALFORMED)
        if len(identifiers) > 1 and not has_fault("bulk-accepted"):
            raise Rejected(Status.BULK_PROHIBITED)

    def identified(self, update, one, entry):
        """The care-of address of a registration with a BID."""
        known = entry.bindings if entry else {}
        has_fault = self.settings.has_fault
        if one.length == 20:
            care_of = one.address
        elif one.bid in known:
            care_of = known[one.bid].care_of
        elif has_fault("unknown-registered") or one.length != 4:
            care_of = update.source
        else:
            raise Rejected(Status.UNKNOWN_CARE_OF)
        if None in known and not update.has(mip.O) and not has_fault("beside-plain-binding"):
            raise Rejected(Status.OTHER_BINDING_EXISTS)
        return care_of

    def register(self, update, bid, care_of, proof, now):
        has_fault = self.settings.has_fault
        granted = self.grant(update.lifetime * mip.LIFETIME_UNIT)
        entry = self.entries.setdefault(update.home, Entry(update.sequence))
        overwrites = update.has(mip.O) and not has_fault("overwrite-ignored")
        if bid is None and not has_fault("others-kept") or bid is not None and (overwrites or has_fault("second-replaces-first")):
            for other in [other for other in entry.bindings if other != bid]:
                del entry.bindings[other]
        entry.proofs.add((care_of, *proof.indices))
        made = entry.bindings[bid] = Binding(bid, care_of, now + granted, granted, proof.indices)
        self.verify(made)
        return granted

    def grant(self, wanted):
        """9.5.2: it may be less than asked for. From 20 seconds on it is a unit less."""
        if self.settings.has_fault("lifetime-longer"):
            return wanted + mip.LIFETIME_UNIT
        longest = min(wanted, self.settings.longest_lifetime)
        return longest - mip.LIFETIME_UNIT if longest >= 5 * mip.LIFETIME_UNIT else longest

    def delete(self, update, identifiers, entry):
        """9.5.3; RFC 5648, 6.2. Without a binding, the answer is a rejection."""
        known = entry.bindings if entry else {}
        if not identifiers:
            if not known:
                raise Rejected(Status.REASON_UNSPECIFIED)
            gone = list(known)
        elif identifiers[0].bid not in known:
            raise Rejected(Status.NOT_HOME_AGENT)
        else:
            gone = list(known) if self.settings.has_fault("removal-ends-all") else [identifiers[0].bid]
        for bid in gone:
            self.forget(update.home, known.pop(bid))
        self.tidy(update.home)

    def forget(self, home, binding):
        """5.2.8: the nonces of a binding that is gone do not make it again. The next token has other nonces."""
        self.spent[home, binding.care_of, *binding.indices] = True
        self.nonces.renew()

    def tidy(self, home):
        """The sequence number ends with the last binding: then no earlier update may be repeated."""
        if not self.entries[home].bindings:
            for proof in self.entries.pop(home).proofs:
                self.spent[home, *proof] = True

    # --- answers (9.5.4; RFC 5648, 6.2)

    def acknowledge(self, update, status, sequence, lifetime, proof, identifiers=()):
        """Goes to the source of the update, whatever the Binding Cache says."""
        has_fault = self.settings.has_fault
        options = []
        for one in () if has_fault("identifier-left-out") else identifiers:
            if one.bid is not None:
                own_status = status if has_fault("status-in-option") else 0
                options.append((mip.BINDING_IDENTIFIER, mip.identifier_octets(one.bid, own_status, one.flags & 0x80), (2, 0)))
        to = update.home
        authorize = (lambda octets: self.authenticate(proof, octets, update.destination)) if proof else None
        if proof is None and has_fault("authenticator-always"):
            authorize = lambda octets: bytes(mip.AUTHENTICATOR)
        octets = mip.acknowledgement(status, sequence, lifetime, options, 0, authorize, update.destination, to)
        sent = message(update.destination, to, octets)
        if update.has_home_option:
            sent = sent.changed(destination=update.source) if has_fault("routing-header-left-out") else mip.routed(sent, update.source)
        self.transmit(sent)

    # --- time

    def pass_time(self, now):
        self.nonces.pass_time(now)
        self.spent = {key: True for key in self.spent if all(map(self.nonces.is_known, key[2:]))}
        for home, entry in list(self.entries.items()):
            for bid, binding in list(entry.bindings.items()):
                if now >= binding.expires and not self.settings.has_fault("bindings-stay"):
                    self.forget(home, entry.bindings.pop(bid))
                elif self.asks_at(binding) is not None and now >= self.asks_at(binding):
                    binding.is_asked = True
                    self.ask(home, binding)
            self.tidy(home)

    def asks_at(self, binding):
        """9.5.5: when to ask for an update of a binding in use; None: not at all, or it was asked for."""
        before = self.settings.refresh_before
        if before is None or binding.is_asked or not binding.is_used or binding.granted <= 2 * before:
            return None
        return binding.expires - before

    def ask(self, home, binding):
        named = [] if binding.bid is None or self.settings.has_fault("request-without-identifier") else [binding.bid]
        octets = mip.refresh_request(named, self.settings.address, home)
        self.transmit(message(self.settings.address, home, octets))

    def next_time(self):
        times = [binding.expires for entry in self.entries.values() for binding in entry.bindings.values()]
        times += [at for entry in self.entries.values() for binding in entry.bindings.values() if (at := self.asks_at(binding)) is not None]
        return min(times, default=None)


