namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// RFC 6275, Sections 5.1 and 10.3.1: the security association of a Binding Update is that of its home address, which the host has found
/// by the Home Address option.
/// </summary>
internal static class HomeProtectionRules
{
    public static RuleList<ReceivedSignal> Default { get; } =
        ProtectionRules.Of("RFC 6275 5.1").Replacing("PeerIsSource", PeerIsHomeAddress);

    private static RuleOutcome PeerIsHomeAddress(ReceivedSignal received) =>
        received.Signal.Protection is { } protection && !protection.Peer.Equals(HomeAddressOf(received.Signal))
            ? received.Discard(
                "PeerIsHomeAddress",
                $"a message from {received.Signal.Source} is protected by the association of {protection.Peer}"
            )
            : RuleOutcome.Continue;

    private static System.Net.IPAddress HomeAddressOf(RoleInput.Signal signal) =>
        (signal.Path as Wire.Ipv6Signaling)?.HomeAddress ?? signal.Sender;
}
