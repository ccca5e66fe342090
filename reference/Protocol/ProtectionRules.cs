using System.Net;
using System.Net.Sockets;

namespace Pmip.Protocol;

/// <summary>
/// The authentication of a Proxy Binding Update or Acknowledgement, RFC 5213, Section 4: the host has removed ESP; a role checks that it
/// was there, and whose it was.
/// </summary>
internal static class ProtectionRules
{
    /// <param name="item">The item that demands it: of Section 5.3.1 or 6.9.1.2.</param>
    public static RuleList<ReceivedSignal> Of(string item) =>
        new(new(item, "Authenticated", Authenticated), new(item, "PeerIsSource", PeerIsSource));

    private static RuleOutcome Authenticated(ReceivedSignal received) =>
        received.IsProtectionRequired && received.Signal.Protection is null
            ? received.Discard("Authenticated", $"a message from {received.Signal.Source} is not protected")
            : RuleOutcome.Continue;

    /// <summary>
    /// Whoever has an association can send under it with any source address. Behind UDP in IPv4, an association of the addresses of IPv6
    /// protects the packet in the datagram.
    /// </summary>
    private static RuleOutcome PeerIsSource(ReceivedSignal received) =>
        received.Signal.Protection is { } protection && !protection.Peer.Equals(SourceOf(received.Signal, protection.Peer.AddressFamily))
            ? received.Discard(
                "PeerIsSource",
                $"a message from {received.Signal.Source} is protected by the association of {protection.Peer}"
            )
            : RuleOutcome.Continue;

    private static IPAddress SourceOf(RoleInput.Signal signal, AddressFamily family) =>
        signal.Source.AddressFamily == family ? signal.Source : signal.Sender;
}
