using Conformance.Testing.Bed;
using Conformance.Testing.Checks.Rfc5213;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Peers;

namespace Conformance.Testing.Checks.Ipv4;

/// <summary>The checks of the IPv4 options in any Proxy Binding Update, and in the first of a session.</summary>
internal static class UpdateIpv4
{
    /// <summary>
    /// The ICS items of a MAG that asks for IPv4 when the mobile node does, and of one that registers both families at once.
    /// </summary>
    private const string OnDemand = AnchorIpv4.OnDemand,
        OneMessage = "ipv4-draft-02-one-message";

    /// <summary>The P bit of the option of dual-stack Mobile IPv6 (RFC 5555, Section 3.1.1), which asks for a prefix.</summary>
    private const byte PrefixBit = 0x02;

    public static IReadOnlyList<EditionCheck<Update>> All { get; } =
    [
        UpdateSet.Row("address family", "3.1.2.1-k3", "3.1.2.1-k3", "3.3.2-k3", Family),
        UpdateSet.Row("IPv4 by profile", "3.2.3.1-k1 3.2.2-k1a", "3.2.3.1-k1 3.2.2-k1a", "", ByProfile),
        UpdateSet.Row("IPv4 request", "3.2.3.1-k3", "3.2.3.1-k3", "3.2.2-k3 3.2.2-k20", Request),
        UpdateSet.Row("request for any IPv4 address", "3.2.3.1-k5", "3.2.3.1-k7", "", AnyAddress),
        UpdateSet.Row("request for a known IPv4 address", "3.2.3.1-k4", "3.2.3.1-k4 3.2.3.1-k5", "3.1-k2", KnownAddress),
        UpdateSet.Row("each IPv4 address of the profile", "", "3.2.2-k1b", "", EachAddress),
        UpdateSet.Row(
            "P bit of a request for a known address",
            "",
            "3.2.3.1-k6",
            "",
            update => OfKnown(update) ? NoPrefixBit(update) : null
        ),
        UpdateSet.Row("prefixes of a dual mobile node", "3.2.3.1-k8", "3.2.3.1-k9", "", DualPrefixes),
        UpdateSet.Row("source address of an update for IPv4", "", "", "3.2.2-k19", Source),
        UpdateSet.Row("ESP of an update for IPv4", "", "", "3.2.2-k5", Protection),
        UpdateSet.Row("no prefixes of an IPv4-only mobile node", "3.2.3.1-k9", "3.2.3.1-k10", "", NoPrefixes),
    ];

    /// <summary>True for the first update of a session; a MAG may have to find out whether a session still exists.</summary>
    internal static bool IsInitial(Update update) =>
        update is { Node: not null, IsDeregistration: false, IsExtension: false, IsInDoubt: false };

    internal static IReadOnlyList<RequestedIpv4> RequestsOf(Update update) =>
        Ipv4OptionReader.Requests(update.Message, update.Session.Scenario.Edition.Wire);

    internal static bool HasPrefixes(Update update) => update.Has(HomeNetworkPrefixKind.Type);

    /// <summary>The P bits of all requests.</summary>
    internal static CheckResult? NoPrefixBit(Update update) =>
        RequestsOf(update) is { Count: > 0 } requests
            ? new(
                requests.All(request => (request.Option.Data.Span[0] & PrefixBit) == 0),
                "IPv4 requests with P = 0",
                "P = 1",
                requests[0].Option
            )
            : null;

    private static CheckResult? Protection(Update update) =>
        RequestsOf(update).Count > 0 ? ProtectionChecks.Association(new MessageForm(update.Session, update.Packet)) : null;

    private static CheckResult Family(Update update) =>
        new(
            HasPrefixes(update) || RequestsOf(update).Count > 0,
            "a Home Network Prefix option, an IPv4 request, or both",
            "neither of them"
        )
        {
            IsAbsence = true,
        };

    /// <summary>Whether IPv4 is served is the profile's decision; a MAG may also wait until the mobile node asks for it.</summary>
    private static CheckResult? ByProfile(Update update)
    {
        if (!IsInitial(update) || Serves(update) is not { } serves || (serves && MayWait(update)))
        {
            return null;
        }

        var has = RequestsOf(update).Count > 0;
        return new(
            has == serves,
            $"{(serves ? "an" : "no")} IPv4 request for a mobile node of the kind {update.Node!.Kind}",
            has ? "one" : "none"
        )
        {
            IsAbsence = serves,
        };
    }

    private static CheckResult? Request(Update update) =>
        IsInitial(update) && Serves(update) == true && !MayWait(update) && !IsOfPrefixesAlone(update)
            ? new(RequestsOf(update).Count > 0, "an IPv4 request, as the mobile node is served with IPv4", "none") { IsAbsence = true }
            : null;

    private static CheckResult? AnyAddress(Update update)
    {
        if (!IsInitial(update) || RequestsOf(update) is not { Count: > 0 } requests || !requests.Any(request => request.IsDynamic))
        {
            return null;
        }

        return new(
            requests is [{ Address.PrefixLength: 0, IsDynamic: true }] && (!IsOfDualStack(update) || NoPrefixBit(update)!.Ok),
            "one IPv4 request for 0.0.0.0/0",
            string.Join(", ", requests),
            requests[0].Option
        );
    }

    private static CheckResult? KnownAddress(Update update)
    {
        if (!OfKnown(update) || update.Node!.Kind == Ixit.TwoIpv4Kind || (IsOfDraft02(update) && update.Node.Kind != Ixit.FixedIpv4Kind))
        {
            return null;
        }

        var requests = RequestsOf(update);
        var known = Known(update).ToList();
        var isRight =
            requests.All(request => known.Contains(request.ToString()))
            && requests.DistinctBy(request => request.Address.Address).Count() == requests.Count;
        return new(
            isRight && (requests.Count == 1 || IsOfDualStack(update)),
            $"an IPv4 request for an address that the MAG knows: {string.Join(", ", known)}",
            string.Join(", ", requests),
            requests[0].Option
        );
    }

    /// <summary>A MAG that knows several addresses of the profile asks for each of them.</summary>
    private static CheckResult? EachAddress(Update update)
    {
        const int OfProfile = 2;
        var requests = RequestsOf(update);
        return OfKnown(update) && update.Node!.Kind == Ixit.TwoIpv4Kind
            ? new(requests.Count == OfProfile, $"{OfProfile} IPv4 requests", $"{requests.Count}", requests[0].Option)
            : null;
    }

    private static CheckResult? DualPrefixes(Update update) =>
        IsInitial(update) && update.Node is { Kind: Ixit.DualKind, Binding.IsWithoutIpv6: false }
            ? new(HasPrefixes(update), "a Home Network Prefix option, as the mobile node is served with IPv6, too", "none")
            {
                IsAbsence = true,
            }
            : null;

    private static CheckResult? Source(Update update)
    {
        var mag = update.Session.AddressOf(update.Session.Tested);
        return RequestsOf(update).Count > 0
            ? new(update.Source.Equals(mag), $"source address {mag}, the Proxy-CoA", $"{update.Source}")
            : null;
    }

    private static CheckResult? NoPrefixes(Update update) =>
        IsInitial(update) && !update.Node!.AllowsIpv6
            ? new(
                !HasPrefixes(update),
                "no Home Network Prefix option, as the mobile node is served with IPv4 alone",
                "one",
                update.Given(HomeNetworkPrefixKind.Type)
            )
            : null;

    /// <summary>In the option of dual-stack Mobile IPv6 there is a P bit, and a session may have several addresses.</summary>
    private static bool IsOfDualStack(Update update) => Ipv4RequestKind.Of(update.Session.Scenario.Edition.Wire) is Ipv4HomeAddressKind;

    private static bool OfKnown(Update update) => IsInitial(update) && RequestsOf(update).Any(request => !request.IsDynamic);

    /// <summary>The addresses of the profile, and those that the LMA has assigned before.</summary>
    private static IEnumerable<string> Known(Update update)
    {
        var node = update.Node!;
        if (node.Kind == Ixit.FixedIpv4Kind && update.Session.Ixit.Ipv4 is { Fixed: { } address } network)
        {
            yield return $"{address}/{network.Prefix.Length}";
        }

        foreach (var offered in node.Session.OfferedIpv4)
        {
            yield return offered.ToString();
        }
    }

    /// <summary>
    /// Whether the profile has the mobile node served with IPv4; null for a mobile node of another kind, and for one to which the LMA has
    /// refused IPv4.
    /// </summary>
    private static bool? Serves(Update update) =>
        update.Node!.AllowsIpv4 ? (update.Node.Binding.IsWithoutIpv4 ? null : true)
        : update.Node.Kind == Ixit.Ipv6OnlyKind ? false
        : null;

    /// <summary>
    /// The mobile node has to ask on each link and after each end of its session anew. A registration that began without IPv4 may be
    /// completed so.
    /// </summary>
    private static bool MayWait(Update update) =>
        update.Session.Claims(OnDemand)
        && (
            RepeatsUnanswered(update)
            || update.Packet.Frame.At >= update.Node!.Binding.UntilFromRequest
            || !update.Session.Bed.Frames.Skip(LastEnd(update)).Any(frame => IsOfClient(update, frame))
        );

    private static bool IsOfClient(Update update, Frame frame) =>
        frame.Direction == Direction.Sent
        && frame.Port == update.Node!.Link
        && Tester.Packet.Of(frame).Dhcp?.ClientHardwareAddress == update.Node!.Identity.LinkLayer;

    /// <summary>The number of the last de-registration of the mobile node; 0 if there was none.</summary>
    private static int LastEnd(Update update) =>
        update
            .Session.Bed.Frames.LastOrDefault(frame =>
                frame.Direction == Direction.Received
                && Tester.Packet.Of(frame).IsMobility(MobilityOctets.BindingUpdateType, out var message)
                && message.LifetimeUnits == 0
                && update.Session.Nodes.Identified(message) == update.Node
            )
            ?.Number
        ?? 0;

    /// <summary>True if the MAG has asked before, without IPv4, and no LMA has accepted anything of the mobile node.</summary>
    private static bool RepeatsUnanswered(Update update) =>
        update is { Node.Binding.Anchor: null, Initial: { } first }
        && Ipv4OptionReader.Requests(first, update.Session.Scenario.Edition.Wire).Count == 0;

    /// <summary>A MAG may register the two families by messages of their own.</summary>
    private static bool IsOfPrefixesAlone(Update update) =>
        IsOfDraft02(update) && !update.Session.Claims(OneMessage) && HasPrefixes(update);

    /// <summary>There a MAG also asks for what a DHCP server has given the mobile node; the register speaks of profiles alone.</summary>
    private static bool IsOfDraft02(Update update) => update.Session.Scenario.Edition.Name == "ipv4-draft-02";
}
