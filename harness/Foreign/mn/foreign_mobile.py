"""The mobile node's part of Mobile IPv6: its Binding Update List, registrations and return routability.

RFC 6275, 11.5 to 11.8; RFC 5648, 5. It is free of sockets: it is told the time and what arrives, and the node that it belongs to sends.
"""

import collections
import dataclasses
import json
import secrets
import struct
import sys

import mobile_octets as mip
from mobile_octets import Identifier, Tokens, words

UNIT = 4

# Seconds (RFC 6275, 12 and 13).
INITIAL_BINDACK_TIMEOUT, FIRST_REGISTRATION_TIMEOUT, MAX_BINDACK_TIMEOUT = 1.0, 1.5, 32.0
MAX_TOKEN_LIFETIME, MAX_RR_BINDING_LIFETIME = 210.0, 420.0
MAX_UPDATE_RATE, RATE_PERIOD = 3, 1.05

# Where the RFCs leave the number open: tests without an answer, updates that 135 refuses again and again, and how long a correspondent node
# is asked for an answer.
MOST_TESTS, MOST_CORRECTIONS = 5, 3
MOST_PATIENCE = 64.0
REFRESH_AT = 2 / 3
MARGIN = 5.0
GATHERING = 3.0
FORGOTTEN_AFTER = 30.0

# Status values (RFC 6275, 6.1.8; RFC 5648, 4.4).
PREFIX_DISCOVERY_NECESSARY, RETURN_HOME_WITHOUT_NDP = 1, 5
NOT_HOME_AGENT, DUPLICATE_ADDRESS, SEQUENCE_NUMBER_OUT_OF_WINDOW = 133, 134, 135
EXPIRED_HOME_NONCE, EXPIRED_CARE_OF_NONCE, EXPIRED_NONCES = EXPIRED = 136, 137, 138
OTHER_BINDING_EXISTS, MULTIPLE_PROHIBITED, UNKNOWN_CARE_OF, BULK_PROHIBITED, SIMULTANEOUS_PROHIBITED = range(165, 170)


def log(**line):
    print(json.dumps(line), file=sys.stderr, flush=True)


@dataclasses.dataclass
class Settings:
    """at_home: "home" uses the home link alone, "foreign" the foreign links alone, "both" both of them (RFC 5648, 5.5 and 5.6)."""

    home: bytes
    home_prefix: bytes
    agent: bytes
    has_identifiers: bool = True
    is_bulk: bool = True
    optimizes: bool = True
    at_home: str = "both"
    lifetime: float = 420.0
    fault: str | None = None

    def has_fault(self, name):
        return self.fault == name


@dataclasses.dataclass
class Entry:
    """A binding in the Binding Update List. It expires never as long as it was not acknowledged. is_home: that of the home link."""

    bid: int | None
    care_of: bytes
    is_home: bool = False
    is_acknowledged: bool = False
    is_refused: bool = False
    was_sent: bool = False
    names_care_of: bool = True
    expires: float | None = None
    refresh: float | None = None
    status: int | None = None


@dataclasses.dataclass
class Outstanding:
    """An update that waits for its acknowledgement; every transmission has a number of its own. lifetime is in units."""

    entries: list
    source: bytes
    lifetime: int
    timeout: float
    overwrites: bool = False
    is_return: bool = False
    number: int = 0
    sent: float = 0.0
    due: float = 0.0
    is_postponed: bool = False
    began: float = 0.0
    corrections: int = 0
    tokens: Tokens | None = None

    @property
    def removes(self):
        return self.lifetime == 0


@dataclasses.dataclass
class Trial:
    """One half of return routability: of the home address, or of a care-of address."""

    address: bytes
    cookie: bytes | None = None
    due: float | None = None
    timeout: float = INITIAL_BINDACK_TIMEOUT
    sent: int = 0
    index: int = 0
    token: bytes | None = None
    got: float = 0.0

    def is_usable(self, now):
        return self.token is not None and now < self.got + MAX_TOKEN_LIFETIME - MARGIN


class Peer:
    """The home agent or a correspondent node. One Sequence Number counts for all BIDs (RFC 5648, 4.1)."""

    def __init__(self, address, is_agent, settings):
        self.address, self.is_agent = address, is_agent
        self.number = secrets.randbelow(0x10000)
        self.takes_identifiers, self.takes_bulk, self.takes_home = settings.has_identifiers, settings.is_bulk, True
        self.is_refused = False
        self.entries, self.outstanding, self.sent = {}, [], collections.defaultdict(collections.deque)
        self.overwrites = True
        self.home, self.trials, self.is_used = None, {}, False

    def has_binding(self, now):
        return any(entry.is_acknowledged and now < entry.expires for entry in self.entries.values())

    def waits_for(self, entry):
        return any(entry in one.entries for one in self.outstanding)

    def is_tested(self):
        return any(trial.due is not None for trial in [self.home, *self.trials.values()] if trial)

    def registers(self):
        return [one for one in self.outstanding if not one.removes]

    def delay(self, kind, now):
        """RFC 6275, 11.8: how long a message of this kind must wait."""
        times = self.sent[kind]
        while times and now >= times[0] + RATE_PERIOD:
            times.popleft()
        return times[0] + RATE_PERIOD - now if len(times) >= MAX_UPDATE_RATE else 0.0


class MobileNode:
    """The node: send_update(care_of, packet), send_home_link(packet), send_tunnelled(care_of, packet), is_configuring(now),
    valid_until(care_of), link_layer(), announce(), answer_for_home(bool), test_home(now), home_conflict(), solicit_prefixes(care_of).
    """

    def __init__(self, settings, node, links):
        self.settings, self.node = settings, node
        self.agent = Peer(settings.agent, True, settings)
        self.correspondents = {}
        self.places = []
        self.numbers = {link: number for number, link in enumerate(links, 1)}
        self.primary = None
        self.at_home = "away"
        self.home_test_ends = None
        self.gathers_until = None
        self.is_duplicate = False
        self.lost = float("inf")

    # --- where the node is (11.5)

    def look(self, places, now):
        """Takes over what the links say: a place for each on which the node can be reached."""
        if places != self.places:
            was_somewhere = bool(self.places)
            self.places = places
            log(step="places", places=[[one.link, one.is_home, *map(words, one.addresses)] for one in places])
            usable = self.usable()
            for peer in self.peers():
                is_home = self.home_place() is not None
                peer.outstanding = [one for one in peer.outstanding if one.source in usable or one.source == self.settings.home and is_home]
            if was_somewhere and not places:
                self.lost = now
                self.reset()
            elif not was_somewhere and now >= self.lost + FORGOTTEN_AFTER:
                self.relearn()
            if self.home_place() is None:
                self.leave_home(now)
        self.settle(now)

    def reset(self):
        """Without any link, refusals are forgotten: the next link may lead to other peers."""
        for peer in self.peers():
            peer.is_refused = False
            for entry in peer.entries.values():
                entry.is_refused = False
            if not peer.is_agent:
                peer.is_used, peer.home = False, None
                peer.trials.clear()
                self.forget(peer, [entry for entry in peer.entries.values() if not entry.was_sent])
        self.gathers_until = None

    def relearn(self):
        """After some time without a link, nothing is known any more of what the peers can do."""
        for peer in self.peers():
            peer.takes_home = True
            peer.takes_identifiers, peer.takes_bulk = self.settings.has_identifiers, self.settings.is_bulk and peer.is_agent

    def peers(self):
        return [self.agent, *self.correspondents.values()]

    def home_place(self):
        return next((one for one in self.places if one.is_home), None)

    def usable(self):
        return [address for one in self.places if not one.is_home for address in one.addresses]

    def bid_of(self, link, at):
        """11, 12, ... for the links, 21, 22, ... for further addresses on them."""
        if self.settings.has_fault("identifier-shared"):
            return 11
        number = self.numbers[link]
        return 0 if self.settings.has_fault("identifier-zero") and number == 1 else 10 * (at + 1) + number

    def uses_home_alone(self, peer):
        """11.5.5; RFC 5648, 5.5.1."""
        has_identifiers = peer.takes_identifiers and self.settings.has_identifiers
        return self.home_place() is not None and (self.settings.at_home == "home" or not has_identifiers)

    def wanted(self, peer, now):
        """The bindings that the peer shall have: BID, or None, with care-of address and whether it is that of the home link."""
        if self.uses_home_alone(self.agent) or self.is_duplicate:
            return {}
        if not peer.takes_identifiers:
            usable = self.usable()
            if self.primary not in usable:
                self.primary = usable[0] if usable else None
            return {None: (self.primary, False)} if self.primary else {}
        found = {}
        for one in self.places:
            if not one.is_home:
                found |= {self.bid_of(one.link, at): (address, False) for at, address in enumerate(one.addresses)}
            elif peer.is_agent and self.settings.at_home == "both" and peer.takes_home:
                found[self.bid_of(one.link, 0)] = (self.settings.home, True)
        return found

    # --- what follows from it

    def settle(self, now):
        """Sends what is missing."""
        for peer in self.peers():
            self.expire(peer, now)
        if self.uses_home_alone(self.agent):
            self.return_home(now)
        else:
            self.settle_agent(now)
        for peer in list(self.correspondents.values()):
            self.settle_correspondent(peer, now)
            if not (peer.is_refused or peer.is_used or peer.entries or peer.outstanding or peer.is_tested()):
                # Without a binding it is no correspondent any more.
                del self.correspondents[peer.address]

    def expire(self, peer, now):
        for bid in [bid for bid, entry in peer.entries.items() if entry.expires is not None and now >= entry.expires]:
            log(step="expired", peer=words(peer.address), bid=bid)
            del peer.entries[bid]

    def settle_agent(self, now):
        peer = self.agent
        wanted = self.wanted(peer, now)
        if peer.is_refused or not wanted:
            self.gathers_until = None
            return
        missing = self.missing(peer, wanted, now)
        foreign = [entry for entry in missing if not entry.is_home]
        if foreign and self.may_register(peer, foreign, now):
            self.register(peer, foreign, now)
        if peer.has_binding(now) or not foreign:
            for entry in (entry for entry in missing if entry.is_home):
                self.send(peer, [entry], self.settings.home, now)
        self.remove(peer, wanted, now)

    def missing(self, peer, wanted, now):
        """Entries that have to be registered: new, with another care-of address, or soon at their end."""
        found = []
        for bid, (care_of, is_home) in wanted.items():
            entry = peer.entries.get(bid)
            if entry is None or entry.care_of != care_of:
                entry = peer.entries[bid] = Entry(bid, care_of, is_home)
            if entry.is_refused or peer.waits_for(entry):
                continue
            if not entry.is_acknowledged or entry.refresh is not None and now >= entry.refresh:
                found.append(entry)
        return found

    def gone(self, peer, wanted):
        """Entries that the peer may have, and shall have no longer."""
        self.forget(peer, [entry for bid, entry in peer.entries.items() if bid not in wanted and not entry.was_sent])
        return [entry for bid, entry in peer.entries.items() if bid not in wanted and not entry.is_refused and not peer.waits_for(entry)]

    def may_register(self, peer, missing, now):
        """In bulk, links that are about to come are waited for (RFC 5648, 5.3)."""
        if not peer.takes_identifiers or not peer.takes_bulk:
            return True
        if self.gathers_until is None:
            self.gathers_until = now + GATHERING
        is_refresh = all(entry.is_acknowledged for entry in missing)
        if not is_refresh and now < self.gathers_until and self.node.is_configuring(now):
            return False
        self.gathers_until = None
        return True

    def register(self, peer, missing, now):
        """RFC 5648, 5.2, 5.3 and 5.9: the update that replaces all bindings is acknowledged before others are sent."""
        if not peer.takes_identifiers:
            self.send(peer, missing, missing[0].care_of, now)
            return
        overwrites = peer.overwrites or not peer.has_binding(now)
        if overwrites and peer.registers():
            return
        if peer.takes_bulk:
            if all(entry.is_acknowledged for entry in missing):
                # What is renewed is renewed together.
                usable = [one for one in peer.entries.values() if one.is_acknowledged and one.care_of in self.usable()]
                missing = [one for one in usable if not peer.waits_for(one)]
            self.send(peer, missing, missing[0].care_of, now, overwrites)
            return
        for entry in missing[:1] if overwrites else missing:
            self.send(peer, [entry], entry.care_of, now, overwrites)

    def remove(self, peer, wanted, now):
        """RFC 5648, 5.4: bindings of links that are lost."""
        gone = self.gone(peer, wanted)
        kept = [entry.care_of for bid, entry in peer.entries.items() if bid in wanted and entry.is_acknowledged and not entry.is_home]
        if not gone or not kept:
            return
        if not peer.takes_identifiers:
            self.forget(peer, gone)
            return
        for group in [gone] if peer.takes_bulk else [[entry] for entry in gone]:
            if group:
                self.send(peer, group, kept[0], now, removes=True)

    # --- returning home (11.5.5)

    def return_home(self, now):
        peer = self.agent
        if self.at_home == "away":
            peer.outstanding.clear()
            self.at_home = "testing"
            if peer.entries:
                self.deregister(now)
            else:
                self.node.test_home(now)
                self.home_test_ends = now + 1.0
        elif self.at_home == "testing" and self.home_test_ends is not None and now >= self.home_test_ends:
            self.home_test_ends = None
            if self.node.home_conflict():
                # Its home agent may still answer for the address, by a binding that the node does not know of.
                self.deregister(now)
            else:
                self.arrive_home()

    def deregister(self, now):
        if self.settings.has_fault("duplicate-test-at-home"):
            self.node.test_home(now)
        self.at_home = "returning"
        self.node.answer_for_home(True)
        self.send(self.agent, list(self.agent.entries.values()), self.settings.home, now, removes=True, is_return=True)

    def arrive_home(self):
        self.at_home = "home"
        self.agent.entries.clear()
        self.node.answer_for_home(True)
        self.node.announce()
        log(step="home")

    def leave_home(self, now):
        """RFC 5648, 5.6.5: the next update of another binding says that the home link is left."""
        entries = self.agent.entries
        if self.at_home == "returning":
            # Whether the home agent has removed the bindings is not known.
            for entry in entries.values():
                entry.is_acknowledged, entry.names_care_of = False, True
        homes = [entry for entry in entries.values() if entry.is_home]
        self.forget(self.agent, homes)
        for entry in entries.values() if homes else ():
            entry.refresh = now
        self.at_home, self.home_test_ends = "away", None
        self.node.answer_for_home(False)

    # --- updates (11.7.1, 11.7.2)

    def lifetime(self, peer, entries, now):
        """In units: at most as long as the care-of addresses are valid, and at a correspondent node as the home registration."""
        ends = [self.node.valid_until(entry.care_of) for entry in entries if not entry.is_home]
        longest = self.settings.lifetime
        if not peer.is_agent:
            longest = min(longest, MAX_RR_BINDING_LIFETIME)
            ends += [known.expires for entry in entries if (known := self.at_agent(entry, now))]
        return max(1, int(min([longest, *(end - now for end in ends)]) // UNIT))

    def at_agent(self, entry, now):
        known = self.agent.entries.get(entry.bid) or next((one for one in self.agent.entries.values() if one.care_of == entry.care_of), None)
        return known if known and known.is_acknowledged and now < known.expires else None

    def send(self, peer, entries, source, now, overwrites=False, removes=False, is_return=False, tokens=None):
        has_binding = peer.has_binding(now) or removes
        made = Outstanding(
            list(entries),
            source,
            0 if removes else self.lifetime(peer, entries, now),
            INITIAL_BINDACK_TIMEOUT if has_binding or not peer.is_agent else FIRST_REGISTRATION_TIMEOUT,
            overwrites and not self.settings.has_fault("overwrite-never"),
            is_return,
            began=now,
            tokens=tokens,
        )
        peer.outstanding.append(made)
        for entry in entries:
            entry.was_sent = True
            if not peer.is_agent and not removes and not entry.is_acknowledged:
                # The correspondent node may have it, also if its acknowledgement is lost.
                entry.expires = now + made.lifetime * UNIT
        self.transmit(peer, made, now)

    def transmit(self, peer, one, now):
        """RFC 6275, 11.8: each time with a higher number, and not too often."""
        delay = peer.delay(mip.UPDATE, now)
        one.is_postponed = delay > 0
        if one.is_postponed:
            one.due = now + delay
            return
        if not (one.number and self.settings.has_fault("sequence-kept")):
            peer.number = (peer.number + 1) & 0xFFFF
        one.number, one.sent, one.due = peer.number, now, now + one.timeout
        peer.sent[mip.UPDATE].append(now)
        home = self.settings.home
        octets = self.update_octets(peer, one)
        log(
            step="update",
            peer=words(peer.address),
            number=one.number,
            lifetime=one.lifetime * UNIT,
            source=words(one.source),
            bids=[[entry.bid, words(entry.care_of)] for entry in one.entries],
            overwrites=one.overwrites,
        )
        if one.source == home:
            self.node.send_home_link(mip.MOBILITY, peer.address, octets)
        else:
            self.node.send_update(one.source, peer.address, octets)

    def identifiers(self, peer, one):
        if one.is_return or not peer.takes_identifiers:
            return []
        has_fault = self.settings.has_fault
        made = []
        for entry in one.entries:
            names = not one.removes and (entry.names_care_of or entry.is_home) and not has_fault("care-of-left-out")
            made.append(Identifier(entry.bid, entry.care_of if names else b"", 0, entry.is_home and not one.removes))
        if not peer.is_agent and has_fault("bulk-to-correspondent") and not one.removes:
            others = [entry for entry in self.agent.entries.values() if not entry.is_home and entry.bid != made[0].bid]
            made += [Identifier(entry.bid, entry.care_of) for entry in others]
        return made

    def update_octets(self, peer, one):
        home, identifiers = self.settings.home, self.identifiers(peer, one)
        if peer.is_agent:
            # 6275, 11.7.1; RFC 5648, 5.2: a care-of address is in an option, but not in two.
            alternate = one.source if not identifiers or self.settings.has_fault("alternate-beside-identifier") else None
            link_layer = self.node.link_layer() if any(entry.is_home for entry in one.entries) and not one.removes else None
            return mip.home_registration(home, peer.address, one.number, one.lifetime, identifiers, one.overwrites, alternate, link_layer)
        tokens = one.tokens
        if self.settings.has_fault("home-token-alone"):
            tokens = tokens._replace(care_of=None)
        care_of = self.settings.home if self.settings.has_fault("home-address-authenticated") else one.entries[0].care_of
        made = mip.correspondent_registration(home, care_of, peer.address, one.number, one.lifetime, identifiers, tokens, one.overwrites)
        log(step="authenticator", kbm=made.key.hex(), mobilityData=made.data.hex(), authenticator=made.authenticator.hex())
        return made.octets

    # --- acknowledgements (11.7.3; RFC 5648, 5.7)

    def acknowledged(self, source, octets, now):
        try:
            answer = mip.read_acknowledgement(octets)
        except (ValueError, IndexError, struct.error):
            return
        peer = next((one for one in self.peers() if one.address == source), None)
        if peer is None:
            return
        if self.settings.has_fault("any-acknowledgement"):
            found = peer.outstanding[-1:]
        elif answer.status == SEQUENCE_NUMBER_OUT_OF_WINDOW:
            # It has the last number that the peer accepted. The latest update is the one that it is about.
            found = peer.outstanding[-1:]
        else:
            found = [one for one in peer.outstanding if one.number == answer.number]
        if not found or not self.is_authentic(peer, found[0], answer, octets):
            return
        one = found[0]
        log(step="acknowledged", peer=words(source), status=answer.status, number=answer.number, lifetime=answer.lifetime * UNIT)
        if answer.status == SEQUENCE_NUMBER_OUT_OF_WINDOW:
            peer.number = answer.number
            one.corrections += 1
            if one.corrections <= MOST_CORRECTIONS:
                self.transmit(peer, one, now)
            return
        peer.outstanding.remove(one)
        if one.is_return and peer.is_agent:
            self.returned(answer)
        else:
            self.take(peer, one, answer, now)
        if peer.is_agent and answer.status == PREFIX_DISCOVERY_NECESSARY:
            self.node.solicit_prefixes(one.source)
        self.settle(now)

    def is_authentic(self, peer, one, answer, octets):
        if peer.is_agent:
            return True
        if answer.status in EXPIRED:
            return True
        if self.settings.has_fault("authenticator-unchecked"):
            return True
        about = self.settings.home if one.removes else one.entries[0].care_of
        return mip.is_authentic(octets, one.tokens.key(), about, peer.address)

    def returned(self, answer):
        if answer.status < 128 or answer.status == NOT_HOME_AGENT:
            self.arrive_home()

    def take(self, peer, one, answer, now):
        """An acknowledgement of BIDs has BIDs, or the peer does not know them."""
        statuses = {identifier.bid: identifier.status or answer.status for identifier in answer.options.identifiers}
        has_identifiers = one.entries[0].bid is not None
        if has_identifiers and not statuses and not one.removes:
            if not self.settings.has_fault("several-kept"):
                self.give_identifiers_up(peer, one, answer, now)
                return
        elif answer.status == BULK_PROHIBITED and not self.settings.has_fault("bulk-kept"):
            peer.takes_bulk = False
            self.forget(peer, one.entries)
            return
        advised = [data for kind, data in answer.options.others if kind == mip.REFRESH_ADVICE and len(data) == 2]
        advice = struct.unpack("!H", advised[0])[0] * UNIT if advised else None
        for entry in one.entries:
            self.conclude(peer, one, entry, statuses.get(entry.bid, answer.status), answer.lifetime, advice if peer.is_agent else None, now)
        if one.removes:
            return
        if peer.has_binding(now):
            peer.overwrites = False
        if answer.status >= 128 and all(entry.is_refused for entry in one.entries) and not self.settings.has_fault("several-kept"):
            # 11.7.3: no further updates go to this peer.
            peer.is_refused = True

    def give_identifiers_up(self, peer, one, answer, now):
        """RFC 5648, 5.7: the peer may have made a binding without BID, of the source."""
        peer.takes_identifiers = False
        peer.entries.clear()
        if answer.status < 128:
            self.primary = one.source
            entry = peer.entries[None] = Entry(None, one.source)
            self.conclude(peer, one, entry, answer.status, answer.lifetime, None, now)

    @staticmethod
    def forget(peer, entries):
        for entry in entries:
            if peer.entries.get(entry.bid) is entry:
                del peer.entries[entry.bid]

    def conclude(self, peer, one, entry, status, lifetime, advice, now):
        entry.status = status
        if one.removes:
            if status < 128 or status in (NOT_HOME_AGENT, UNKNOWN_CARE_OF) or not peer.is_agent:
                self.forget(peer, [entry])
            else:
                # It ends by itself.
                entry.is_refused, entry.expires = True, entry.expires or now
            return
        if status < 128:
            granted = one.lifetime if self.settings.has_fault("lifetime-kept") else min(lifetime, one.lifetime)
            entry.is_acknowledged, entry.names_care_of = True, False
            entry.expires = one.sent + granted * UNIT
            entry.refresh = one.sent + min(granted * UNIT * REFRESH_AT, advice or float("inf"))
            if entry.is_home:
                self.node.answer_for_home(status != RETURN_HOME_WITHOUT_NDP)
                if status != RETURN_HOME_WITHOUT_NDP:
                    self.node.announce()
            return
        log(step="refused", peer=words(peer.address), bid=entry.bid, status=status)
        self.refused(peer, entry, status, now)

    def refused(self, peer, entry, status, now):
        had_care_of = entry.names_care_of
        # 11.7.1: another node has the home address, which is not used again.
        self.is_duplicate = self.is_duplicate or status == DUPLICATE_ADDRESS and peer.is_agent
        entry.is_acknowledged, entry.expires, entry.refresh, entry.names_care_of = False, None, None, True
        if status == MULTIPLE_PROHIBITED:
            if not self.settings.has_fault("several-kept"):
                peer.takes_identifiers = False
                peer.entries.clear()
        elif status == BULK_PROHIBITED:
            peer.takes_bulk = self.settings.has_fault("bulk-kept") and peer.takes_bulk
        elif status == OTHER_BINDING_EXISTS and not peer.overwrites:
            peer.overwrites = True
            for other in peer.entries.values():
                other.is_acknowledged = False
        elif status == UNKNOWN_CARE_OF and not had_care_of:
            pass
        elif status == SIMULTANEOUS_PROHIBITED and entry.is_home:
            peer.takes_home = False
            self.forget(peer, [entry])
        elif status in EXPIRED and not peer.is_agent:
            peer.is_used = True
            if status != EXPIRED_CARE_OF_NONCE:
                peer.home = None
            if status != EXPIRED_HOME_NONCE:
                peer.trials.pop(entry.care_of, None)
        else:
            entry.is_refused = True

    # --- correspondent nodes (11.6, 11.7.2)

    def tunnelled(self, peer, now):
        """A packet came from a correspondent by way of the home agent."""
        if not self.settings.optimizes or self.at_home == "home" or not any(one.is_acknowledged for one in self.agent.entries.values()):
            return
        known = self.correspondents.get(peer)
        if known is None:
            log(step="correspondent", peer=words(peer))
            known = self.correspondents[peer] = Peer(peer, False, self.settings)
            known.takes_bulk = False
        known.is_used = True
        self.settle_correspondent(known, now)

    def settle_correspondent(self, peer, now):
        if peer.is_refused:
            return
        if self.uses_home_alone(self.agent) and self.at_home != "home":
            return
        if not (peer.is_used or peer.outstanding or peer.is_tested() or any(entry.was_sent for entry in peer.entries.values())):
            # Nothing has come from it since its bindings ended.
            self.forget(peer, list(peer.entries.values()))
            return
        wanted = {bid: (care_of, home) for bid, (care_of, home) in self.wanted(peer, now).items() if self.at_agent(Entry(bid, care_of), now)}
        missing = [entry for entry in self.missing(peer, wanted, now) if not entry.is_acknowledged or peer.is_used]
        gone = self.gone(peer, wanted)
        kept = [care_of for care_of, _ in wanted.values()] or ([self.settings.home] if self.at_home == "home" else [])
        if not kept or not (missing or gone):
            return
        is_replaced = not peer.takes_identifiers and bool(wanted)
        if is_replaced:
            self.forget(peer, gone)
            gone = []
        self.try_address(peer, "home", self.settings.home, now)
        for entry in missing:
            self.try_address(peer, "care-of", entry.care_of, now)
        if not peer.home.is_usable(now):
            return
        overwrites = peer.takes_identifiers and (peer.overwrites or not peer.has_binding(now))
        for entry in missing:
            trial = peer.trials[entry.care_of]
            if trial.is_usable(now) and not (overwrites and peer.registers()):
                tokens = Tokens(peer.home.index, peer.home.token, trial.index, trial.token)
                peer.is_used = False
                self.send(peer, [entry], entry.care_of, now, overwrites, tokens=tokens)
        for entry in gone:
            if self.settings.home in kept:
                # At home all bindings end by one update without BID.
                self.send(peer, gone, self.settings.home, now, removes=True, is_return=True, tokens=Tokens(peer.home.index, peer.home.token))
                self.forget(peer, gone)
                break
            self.send(peer, [entry], kept[0], now, removes=True, tokens=Tokens(peer.home.index, peer.home.token))

    def try_address(self, peer, half, address, now):
        """11.6.1: begins a test unless its token is there, or it goes on."""
        trial = peer.home if half == "home" else peer.trials.get(address)
        if trial is None or trial.token is not None and not trial.is_usable(now):
            trial = Trial(address)
            # Until an update is sent.
            peer.is_used = True
            if half == "home":
                peer.home = trial
            else:
                peer.trials[address] = trial
            self.send_test(peer, trial, now)

    def send_test(self, peer, trial, now):
        """11.8: with a cookie of its own each time."""
        is_home = trial.address == self.settings.home
        kind = mip.HOME_TEST_INIT if is_home else mip.CARE_OF_TEST_INIT
        if delay := peer.delay(kind, now):
            trial.due = now + delay
            return
        if trial.sent >= MOST_TESTS:
            log(step="unanswered", peer=words(peer.address))
            peer.is_refused, trial.due = True, None
            return
        peer.sent[kind].append(now)
        trial.cookie = secrets.token_bytes(8)
        trial.due, trial.sent = now + trial.timeout, trial.sent + 1
        trial.timeout = min(2 * trial.timeout, MAX_BINDACK_TIMEOUT)
        octets = mip.test_init(kind, trial.cookie, trial.address, peer.address)
        log(step="test init", address=words(trial.address), cookie=trial.cookie.hex(), peer=words(peer.address))
        if not is_home or self.settings.has_fault("home-test-untunnelled"):
            self.node.send_from(trial.address if not is_home else self.usable()[0], trial.address, peer.address, octets)
        elif self.at_home == "home":
            self.node.send_home_link(mip.MOBILITY, peer.address, octets)
        else:
            self.node.send_tunnelled(self.first_registered(now), peer.address, octets)

    def first_registered(self, now):
        return next(iter(self.reverse(now)), None)

    def tested(self, kind, source, destination, octets, came, now):
        """11.6.2."""
        peer = self.correspondents.get(source)
        is_home = kind == mip.HOME_TEST
        if peer is None or is_home and (destination != self.settings.home or came.how != ("plain" if self.at_home == "home" else "tunnel")):
            return
        trial = peer.home if is_home else peer.trials.get(destination)
        if trial is None or trial.token is not None:
            return
        cookie, token = octets[8:16], octets[16:24]
        if cookie != trial.cookie and not self.settings.has_fault("any-cookie"):
            return
        trial.index, trial.token, trial.got, trial.due = struct.unpack("!H", octets[6:8])[0], token, now, None
        log(step="Home Test" if is_home else "Care-of Test", address=words(trial.address), nonceIndex=trial.index, token=token.hex())
        self.settle(now)

    # --- requests and errors (11.7.4, 11.3.6, 11.3.5)

    def asked(self, source, octets, now):
        """A Binding Refresh Request: of some BIDs, or of all bindings."""
        try:
            named = [identifier.bid for identifier in mip.read_options(octets[8:]).identifiers]
        except (ValueError, IndexError, struct.error):
            return
        peer = next((one for one in self.peers() if one.address == source), None)
        if peer is None or self.settings.has_fault("requests-ignored"):
            return
        for entry in peer.entries.values():
            if entry.is_acknowledged and (not named or entry.bid in named):
                entry.refresh = now
                if not peer.is_agent:
                    # Return routability begins anew.
                    peer.is_used, peer.home = True, None
                    peer.trials.pop(entry.care_of, None)
        self.settle(now)

    def error(self, source, status, now):
        peer = next((one for one in self.peers() if one.address == source), None)
        if peer is None:
            return
        if status == 1 and peer.is_agent:
            for entry in peer.entries.values():
                entry.is_acknowledged, entry.names_care_of, entry.expires = False, True, None
        elif status == 1:
            del self.correspondents[source]
        elif status == 2 and (peer.outstanding or peer.is_tested()) and not peer.is_agent:
            self.give_up(source)
        self.settle(now)

    def give_up(self, source):
        """The correspondent node does not know Mobile IPv6."""
        peer = self.correspondents.get(source)
        if peer:
            peer.is_refused = True
            peer.entries.clear()
            peer.outstanding.clear()
            for trial in [peer.home, *peer.trials.values()]:
                if trial:
                    trial.due = None

    # --- packets

    def optimized(self, peer, now):
        """The care-of addresses over which packets go straight to a correspondent node (11.3.1)."""
        known = self.correspondents.get(peer)
        usable = self.usable()
        entries = known.entries.values() if known else ()
        return [one.care_of for one in entries if one.is_acknowledged and now < one.expires and one.care_of in usable]

    def reverse(self, now):
        """The care-of addresses over which packets go to the home agent."""
        usable = self.usable()
        known = [one for one in self.agent.entries.values() if one.is_acknowledged and now < one.expires]
        return [one.care_of for one in known if one.care_of in usable]

    def uses_home_link(self, now):
        if self.at_home in ("home", "returning"):
            return True
        entries = self.agent.entries.values()
        return self.home_place() is not None and any(one.is_home and one.is_acknowledged and now < one.expires for one in entries)

    def takes_home_link(self):
        """Whether packets to the home address may come over the home link: also the acknowledgement of the first update from there."""
        return self.home_place() is not None and (self.at_home in ("home", "returning") or any(one.is_home for one in self.agent.entries.values()))

    # --- time

    def pass_time(self, now):
        for peer in self.peers():
            if not peer.is_agent:
                peer.outstanding = [one for one in peer.outstanding if now < one.began + MOST_PATIENCE]
            for one in [one for one in peer.outstanding if now >= one.due]:
                if not one.is_postponed and not self.settings.has_fault("no-back-off"):
                    one.timeout = min(2 * one.timeout, MAX_BINDACK_TIMEOUT)
                self.transmit(peer, one, now)
            for trial in [trial for trial in [peer.home, *peer.trials.values()] if trial and trial.due is not None and now >= trial.due]:
                self.send_test(peer, trial, now)
        self.settle(now)

    def next_time(self):
        times = [self.home_test_ends, self.gathers_until]
        for peer in self.peers():
            times += [one.due for one in peer.outstanding]
            times += [trial.due for trial in [peer.home, *peer.trials.values()] if trial]
            for entry in peer.entries.values():
                times += [entry.expires]
                times += [entry.refresh] if peer.is_agent and not peer.waits_for(entry) else []
        return min((at for at in times if at is not None), default=None)
