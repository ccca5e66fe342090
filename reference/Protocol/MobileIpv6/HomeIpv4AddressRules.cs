using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// IPv4 home addresses at a home agent: RFC 5555, Sections 4.5 and 4.5.1. A Binding Update without the option gives the address up (Section
/// 4.4.2.1); so does the end of the last binding. Of two options, of which one asks for a prefix (Section 3.1.1), the first counts.
/// </summary>
internal static class HomeIpv4AddressRules
{
    public static RuleOutcome Requested(HomeRegistration request) => OptionOf(request) is null ? RuleOutcome.Stop : RuleOutcome.Continue;

    public static RuleOutcome PrefixLengthRight(HomeRegistration request) =>
        OptionOf(request) is { PrefixLength: 0 }
            ? Refuse(request, Ipv4AddressAcknowledgementStatus.ReasonUnspecified)
            : RuleOutcome.Continue;

    /// <summary>Mobile networks of IPv4 are not served.</summary>
    public static RuleOutcome PrefixNotRequested(HomeRegistration request) =>
        OptionOf(request) is { RequestsPrefix: true }
            ? Refuse(request, Ipv4AddressAcknowledgementStatus.PrefixAllocationUnauthorized)
            : RuleOutcome.Continue;

    /// <summary>
    /// 0.0.0.0 asks for any: a mobile node with a fixed address gets that, others keep one that they have, or get a free one of the pool. A
    /// message that waits for duplicate address detection is decided again when it is over, directly before its address is stored: no other
    /// node gets the same one in between.
    /// </summary>
    public static RuleOutcome AddressChosen(HomeRegistration request)
    {
        if (OptionOf(request) is not { HomeAddress: var wanted } || !wanted.Equals(IPAddress.Any))
        {
            return RuleOutcome.Continue;
        }

        var pool = request.Agent.Settings.DualStack?.Pool ?? [];
        return (FixedOf(request) ?? AssignedTo(request) ?? pool.FirstOrDefault(address => !request.Agent.HasAssigned(address))) is { } free
            ? Decide(request, Ipv4AddressAcknowledgementStatus.Success, free)
            : Refuse(request, Ipv4AddressAcknowledgementStatus.DynamicAssignmentNotAvailable);
    }

    public static RuleOutcome AddressValid(HomeRegistration request) =>
        OptionOf(request) is { HomeAddress: var wanted } && IsUnicast(wanted)
            ? RuleOutcome.Continue
            : Refuse(request, Ipv4AddressAcknowledgementStatus.InvalidIpv4Address);

    public static RuleOutcome AddressOfMobileNode(HomeRegistration request) =>
        OptionOf(request) is { HomeAddress: var wanted } && (wanted.Equals(FixedOf(request)) || wanted.Equals(AssignedTo(request)))
            ? Decide(request, Ipv4AddressAcknowledgementStatus.Success, wanted)
            : Refuse(request, Ipv4AddressAcknowledgementStatus.IncorrectIpv4HomeAddress);

    public static RuleOutcome Stored(HomeRegistration request)
    {
        request.Agent.Of(request.Home).Ipv4HomeAddress = request.Ipv4HomeAddress is { IsSuccess: true, Address: var assigned }
            ? assigned
            : null;
        return RuleOutcome.Continue;
    }

    /// <summary>Nothing is assigned by a message that is refused as a whole.</summary>
    public static RuleOutcome Answered(HomeAcknowledgement answer)
    {
        if (OptionOf(answer.Request) is { HomeAddress: var wanted })
        {
            var decision =
                answer.IsAccepted && answer.Request.Ipv4HomeAddress is { } decided
                    ? decided
                    : new Ipv4HomeAddressDecision(Ipv4AddressAcknowledgementStatus.ReasonUnspecified, wanted);
            answer.Options.Add(decision.ToOption());
        }
        return RuleOutcome.Continue;
    }

    /// <summary>The same paths lead to both home addresses (RFC 5648, Section 8.2).</summary>
    public static RuleOutcome PacketsTunnelled(HomeAddressChange change)
    {
        var tunnels = HomeForwardingRules.TunnelsOf(change);
        HomeForwardingRules.Route(
            change.Agent.Ipv4Forwarding,
            change,
            change.State.Ipv4HomeAddress is { } address && tunnels.Count > 0
                ? [new Route(IpPrefix.Of(address), new RouteTarget.OneOf(tunnels))]
                : []
        );
        return RuleOutcome.Continue;
    }

    /// <summary>RFC 5555, Section 4.5: the home agent answers for the address on the home link.</summary>
    public static RuleOutcome Defended(HomeAddressChange change)
    {
        var (link, state) = (change.Agent.Settings.HomeLink, change.State);
        var wanted = change.CareOfAddresses.Count > 0 ? state.Ipv4HomeAddress : null;
        if (Equals(wanted, state.DefendedIpv4))
        {
            return RuleOutcome.Continue;
        }
        if (state.DefendedIpv4 is { } before)
        {
            change.Agent.Actions.Add(new RoleAction.RemoveProxyNeighbor(link, IpPrefix.Of(before)));
        }
        if (wanted is not null)
        {
            change.Agent.Actions.Add(new RoleAction.AddProxyNeighbor(link, IpPrefix.Of(wanted)));
        }
        state.DefendedIpv4 = wanted;
        return RuleOutcome.Continue;
    }

    /// <summary>An address that one node can have (RFC 1122, Section 3.2.1.3).</summary>
    public static bool IsUnicast(IPAddress address)
    {
        var first = address.GetAddressBytes()[0];
        return first is > 0 and < 224 and not 127;
    }

    private static RuleOutcome Refuse(HomeRegistration request, Ipv4AddressAcknowledgementStatus status) =>
        Decide(request, status, OptionOf(request)?.HomeAddress ?? IPAddress.Any);

    private static RuleOutcome Decide(HomeRegistration request, Ipv4AddressAcknowledgementStatus status, IPAddress address)
    {
        request.Ipv4HomeAddress = new Ipv4HomeAddressDecision(status, address);
        return RuleOutcome.Stop;
    }

    private static IPAddress? FixedOf(HomeRegistration request) =>
        request.Agent.Settings.DualStack?.HomeAddresses.GetValueOrDefault(request.Home);

    private static IPAddress? AssignedTo(HomeRegistration request) => request.Agent.Find(request.Home)?.Ipv4HomeAddress;

    private static Ipv4HomeAddressOption? OptionOf(HomeRegistration request) => request.Update.Options.First<Ipv4HomeAddressOption>();
}
