"""Neighbors of a mobile access gateway on its core link: whose link-layer address is known, and who is asked for it.

The states are fewer than those of RFC 4861 7.3.2; they serve ARP (RFC 826, RFC 1122 2.3.2) as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional


@dataclass
class Neighbor:
    mac: Optional[bytes] = None
    queue: list[bytes] = field(default_factory=list)
    tries: int = 0
    timer: Optional[object] = None
    confirmed: float = 0.0


class Neighbors:
    """Who inherits says how a packet is framed (_transmit), a neighbor is asked (_solicit), and what a silent one means (_silent)."""
    QUEUE, TRIES, REACHABLE = 16, 3, 30.0

    def __init__(self, gw) -> None:
        self.gw, self.cfg = gw, gw.cfg
        self.cache: dict[bytes, Neighbor] = {}

    def send_to(self, hop: bytes, packet: bytes) -> None:
        entry = self.cache.setdefault(hop, Neighbor())
        if entry.mac:
            self._transmit(entry.mac, packet)
            if self.gw.now() - entry.confirmed > self.REACHABLE and not entry.timer:
                self._ask(hop, entry)
            return
        entry.queue = (entry.queue + [packet])[-self.QUEUE:]
        if not entry.timer:
            self._ask(hop, entry)

    def _ask(self, hop: bytes, entry: Neighbor) -> None:
        if entry.tries >= self.TRIES:
            self.cache.pop(hop, None)
            self._silent(hop, entry.queue)
            return
        entry.tries += 1
        self._solicit(hop)
        entry.timer = self.gw.timers.after(self.cfg.retrans_timer,
                                           lambda: self._ask(hop, entry))

    def learn(self, addr: bytes, mac: bytes, create: bool) -> None:
        if not any(addr) or (addr not in self.cache and not create):
            return
        entry = self.cache.setdefault(addr, Neighbor())
        entry.mac, entry.confirmed, entry.tries = mac, self.gw.now(), 0
        if entry.timer:
            entry.timer.cancel()
        entry.timer = None
        waiting, entry.queue = entry.queue, []
        for packet in waiting:
            self._transmit(mac, packet)
