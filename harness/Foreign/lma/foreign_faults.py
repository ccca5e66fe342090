"""The faults of the local mobility anchor: each is taken from what implementations get wrong, and is off unless it is asked for.

The name, what the anchor does wrong then, and the section that says otherwise. Everything else stays as it is.
"""

FAULTS = {
    # Acknowledgements
    "echo-prefix": ("accepts a prefix that the mobile node may not use, and returns it with status 0 although another is assigned", "RFC 5213, 5.3.2 item 3 and 5.3.6"),
    "no-p-flag": ("leaves the P flag of every acknowledgement clear", "RFC 5213, 5.3.6"),
    "misaligned-hnp": ("starts Home Network Prefix options at 8n instead of 8n+4", "RFC 5213, 8.3"),
    "length-counts-header": ("counts the type and length octets in the length of Home Network Prefix options: 20 instead of 18", "RFC 5213, 8.3"),
    "stale-padding": ("leaves old octets in the data of PadN options instead of zeros", "RFC 6275, 6.2.3"),
    "vague-status": ("rejects a request that lacks a mandatory option with status 128 instead of 158, 160, 161 or 162", "RFC 5213, 5.3.1 items 4 and 10 to 12"),
    "longer-lifetime": ("grants a lifetime that is longer than the requested one", "RFC 6275, 10.3.1"),
    # Requests
    "handoff-optional": ("accepts a request without the Handoff Indicator option", "RFC 5213, 5.3.1 item 11"),
    "cut-option": ("completes an option that ends behind the message with zeros instead of discarding the message", "RFC 6275, 6.2.1 and 9.2"),
    "crash-on-malformed": ("ends when the last option of an update does not fit into the message", "RFC 6275, 9.2"),
    "no-timestamp-check": ("accepts every timestamp", "RFC 5213, 5.5 item 6"),
    "first-timestamp-only": ("compares timestamps with the first accepted one instead of the greatest", "RFC 5213, 5.5 item 6"),
    # The Binding Cache
    "key-link-layer-only": ("finds a session by the link-layer identifier alone, whoever the mobile node is", "RFC 5213, 5.4.1.2 item 1"),
    "key-identifier-only": ("finds a session by the mobile node identifier alone, whatever the interface and the handoff are", "RFC 5213, 5.4.1.2 item 5"),
    "second-deletes-first": ("deletes the sessions of the mobile node's other interfaces when a session is created", "RFC 5213, 5.4"),
    "foreign-deregistration": ("lets any authorized gateway de-register a session, also one that does not serve it", "RFC 5213, 5.3.5 item 1"),
    "no-delete-delay": ("deletes a session as soon as it is de-registered", "RFC 5213, 5.3.5 item 2"),
    "no-expiry": ("keeps sessions whose lifetime has ended", "RFC 6275, 10.3.1"),
    # Data
    "routes-outlive-binding": ("goes on to tunnel packets for the prefixes of a deleted session", "RFC 5213, 5.3.5 item 2"),
    "any-tunnel-source": ("forwards reverse tunnelled packets whoever sent them", "RFC 6275, 10.4.5"),
    "first-prefix-only": ("routes only the first of a session's prefixes into the tunnel", "RFC 5213, 5.3.2 item 6"),
    "ecn-lost": ("leaves a congestion mark of the tunnel header behind at decapsulation", "RFC 5213, 5.6.3"),
    "hop-limit-kept": ("does not decrement the hop limit of packets that enter a tunnel", "RFC 2473, 3.1"),
    "hop-limit-twice": ("decrements the hop limit of packets that left a tunnel by two", "RFC 8200, 3"),
    "path-mtu-ignored": ("changes nothing after a Packet Too Big", "RFC 5213, 6.9.5; RFC 8201, 4"),
    "path-mtu-raised": ("raises the MTU of a tunnel after a Packet Too Big with a greater one", "RFC 8201, 4"),
    "larger-packets-cut": ("tunnels packets larger than the tunnel MTU in fragments", "RFC 2473, 7.1"),
    "limit-kept": ("leaves the Tunnel Encapsulation Limit of a packet as it is in the tunnel header", "RFC 2473, 4.1.1"),
    "tunnel-errors-kept": ("does not relay ICMPv6 errors from inside a tunnel to the source of the original packet", "RFC 2473, 8"),
    # Protection
    "unprotected-accepted": ("processes mobility messages without protection, too, where security associations demand it", "RFC 5213, 4"),
    "answers-unprotected": ("sends acknowledgements without protection although there are security associations", "RFC 5213, 4 and 5.3.6"),
    "replays-accepted": ("accepts ESP packets that were received before", "RFC 4303, 3.4.3"),
    # Operation
    "no-announcement": ("tells no router of the home link about its prefixes", "RFC 5213, 5.6.2"),
    "renumbered-routes-stay": ("keeps the routes of a prefix that has become invalid", "RFC 5213, 6.12"),
    "deauthorized-served": ("goes on to serve a gateway that the operator does not authorize any more", "RFC 5213, 4"),
    "variables-fixed": ("does not change a variable that is set", "RFC 5213, 9.1 and 9.3"),
    "variables-forgotten": ("forgets in a restart which variables were set", "RFC 5213, 9.1 and 9.3"),
}


def describe():
    """The table as text."""
    return "\n".join(f"{name:24} {text} ({section})" for name, (text, section) in FAULTS.items())
