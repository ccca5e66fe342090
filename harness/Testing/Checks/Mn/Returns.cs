using Conformance.Testing.Checks.Mobility;
using Conformance.Testing.Peers;

namespace Conformance.Testing.Checks.Mn;

/// <summary>
/// The checks of whether a mobile node that comes home with a binding tests its home address for duplicates: RFC 6275, Section 11.5.5.
/// </summary>
internal static class Returns
{
    private const string Expected = "no duplicate address detection for the home address, as there was a binding";

    public static IReadOnlyList<MobilityCheck> All { get; } =
    [new MobilityCheck<NodeMessage>("no duplicate address detection before the return", "11.5.5-k9", null, null, NoAddressTest)];

    /// <summary>
    /// A solicitation from :: for the home address may ask for the link-layer address of the home agent. It does not if the mobile node
    /// has that from a Router Advertisement, and sends its update before any answer can have come.
    /// </summary>
    private static CheckResult? NoAddressTest(NodeMessage update)
    {
        if (
            update is not { IsRemoval: true, IsToHomeAgent: true, IsFromHome: true, Packet.Frame.Port: var port }
            || port != Ports.Home
            || !update.Ledger.WasBoundAt(new SentUpdate(update))
        )
        {
            return null;
        }

        var (traffic, since) = (update.Ledger.Traffic, update.Session.LinkChanges.LastOf(port, update.At) ?? DateTimeOffset.MinValue);
        var isTested = traffic.HomeTest is { } test && test.Frame.At >= since;
        var isAsking =
            isTested
            && (
                traffic.HomeAdvertised is not { } router
                || router.Frame.At < since
                || !NodeLedger.MayHaveSeen(router, traffic.HomeTest!)
                || (
                    traffic.HomeAnswered is { } answer
                    && answer.Frame.At >= traffic.HomeTestedAt
                    && NodeLedger.MayHaveSeen(answer, update.Packet)
                )
            );
        return isAsking ? null : new(!isTested, Expected, "a Neighbor Solicitation from :: for it, whose answer is not awaited");
    }

    /// <summary>
    /// A packet from the home address shows that there is no test to come. Until the mobile node has seen the acknowledgement, it cannot
    /// use the address in a solicitation, so that one from :: may ask for the link-layer address of the home agent, before a repeated
    /// update, too.
    /// </summary>
    public static CheckResult? NoAddressTest(NodePacket packet)
    {
        if (
            !LinkConduct.IsOfHomeAddress(packet)
            || packet.LastAboutHome is not { IsRemoval: true, Answer: { } answer } update
            || !packet.Ledger.HasSeen(answer, packet.Packet)
            || !packet.Ledger.WasBoundAt(update)
        )
        {
            return null;
        }

        var since = packet.Session.LinkChanges.LastOf(Ports.Home, packet.Packet.Frame.At) ?? DateTimeOffset.MinValue;
        var test = packet.Ledger.Traffic.HomeTest is { } last && last.Frame.At >= since ? last : null;
        return test is not null && !packet.Ledger.HasSeen(answer, test)
            ? null
            : new(test is null, Expected, "a Neighbor Solicitation from :: for it after the acknowledgement");
    }
}
