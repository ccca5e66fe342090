using System.Net;
using System.Net.Sockets;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>
/// Adds IPv4 care-of addresses and IPv4 home addresses to the rules of a home agent of several care-of addresses: RFC 5648, Section 8, with
/// RFC 5555.
/// </summary>
internal static class HomeAgentDualStackRules
{
    /// <summary>What a message with IPv4 home addresses is checked for, and what is assigned.</summary>
    public static RuleList<HomeRegistration> HomeAddress { get; } =
        new(
            new("RFC 5555 4.5", "Ipv4HomeAddressRequested", HomeIpv4AddressRules.Requested),
            new("RFC 5555 3.1.1", "Ipv4PrefixLengthRight", HomeIpv4AddressRules.PrefixLengthRight),
            new("RFC 5555 4.5", "Ipv4PrefixNotRequested", HomeIpv4AddressRules.PrefixNotRequested),
            new("RFC 5555 4.5", "Ipv4HomeAddressChosen", HomeIpv4AddressRules.AddressChosen),
            new("RFC 5555 4.5", "Ipv4HomeAddressValid", HomeIpv4AddressRules.AddressValid),
            new("RFC 5555 4.5", "Ipv4HomeAddressOfMobileNode", HomeIpv4AddressRules.AddressOfMobileNode)
        );

    public static HomeAgentRules Of(HomeAgentRules rules) =>
        rules with
        {
            Started = new([.. rules.Started, new("RFC 5555 4.1", "PortOpened", PortOpened)]),
            IsForHomeAgent = IsForHomeAgent,
            MobilityHeader = MobilityHeaderRules.Of(McoaVocabulary.DualStackWire),
            BindingUpdate = Unless(rules.BindingUpdate, "HomeAddressOptionPresent", request => request.Ipv4Path is not null)
                .Replacing("CareOfAddressRoutable", CareOfAddressesRoutable)
                .InsertingBefore("BindingIdentifiers", new("RFC 5555 4.5", "ForcedUdpPermitted", ForcedUdpPermitted))
                .InsertingBefore("LifetimeDecides", new("RFC 5555 4.2", "Encapsulation", Encapsulation))
                .InsertingBefore("LifetimeDecides", new("RFC 5648 8.2", "Ipv4HomeAddress", Ipv4HomeAddress)),
            BindingIdentifiers = rules
                .BindingIdentifiers.Replacing("CareOfAddressRoutable", CareOfAddressOfOptionRoutable)
                .InsertingBefore("NoBindingWithoutBindingId", new("RFC 5648 8.1", "SourceIsCareOfAddress", SourceIsCareOfAddress)),
            Ipv4HomeAddress = HomeAddress,
            Registration = rules.Registration.InsertingBefore(
                "BindingsStored",
                new("RFC 5555 4.5", "Ipv4HomeAddressStored", HomeIpv4AddressRules.Stored)
            ),
            Acknowledgement = rules
                .Acknowledgement.InsertingBefore(
                    "IdentifiersRepeated",
                    new("RFC 5648 8.2", "Ipv4HomeAddressAnswered", HomeIpv4AddressRules.Answered)
                )
                .InsertingBefore("SentToSource", new("RFC 5555 4.2", "NatTold", NatTold)),
            Forwarding = rules
                .Forwarding.InsertingBefore(
                    "TunnelsReleased",
                    new("RFC 5555 4.5.1", "Ipv4PacketsTunnelled", HomeIpv4AddressRules.PacketsTunnelled)
                )
                .InsertingBefore("HomeAddressOptionAccepted", new("RFC 5555 4.5", "Ipv4AddressDefended", HomeIpv4AddressRules.Defended)),
        };

    private static RuleList<HomeRegistration> Unless(RuleList<HomeRegistration> rules, string name, Predicate<HomeRegistration> isExempt)
    {
        var rule = rules.First(known => known.Name == name);
        return rules.Replacing(name, request => isExempt(request) ? RuleOutcome.Continue : rule.Apply(request));
    }

    private static RuleOutcome PortOpened(HomeAgentState agent)
    {
        if (agent.Settings.DualStack is { Port: var port })
        {
            agent.Actions.Add(new RoleAction.OpenUdp(port, UdpContent.MobilityHeadersInIpv6));
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Over IPv4 the packet inside is for the home agent address.</summary>
    private static bool IsForHomeAgent(HomeAgentState agent, SignalingTransport path) =>
        path is Ipv4UdpIpv6Signaling { HasTlvHeader: false, Inner.Destination: var inside } over
            ? inside.Equals(agent.Settings.Address) && over.Destination.Equals(agent.Settings.DualStack?.Address)
            : path is Ipv6Signaling && path.Destination.Equals(agent.Settings.Address);

    private static RuleOutcome ForcedUdpPermitted(HomeRegistration request) =>
        IsUdpForced(request) && request.Agent.Settings.DualStack is { AcceptsForcedUdp: false }
            ? request.Answer(BindingStatus.CANNOT_FORCE_UDP_ENCAPSULATION)
            : RuleOutcome.Continue;

    private static RuleOutcome CareOfAddressesRoutable(HomeRegistration request) =>
        !request.IsRemoval && request.Succeeding.Any(item => item.CareOf is { } careOf && !IsRoutable(careOf))
            ? request.Ignore("CareOfAddressRoutable", "the care-of address is not unicast or not routable")
            : RuleOutcome.Continue;

    private static RuleOutcome CareOfAddressOfOptionRoutable(HomeRegistration request)
    {
        foreach (var item in request.Items.Where(item => !request.IsRemoval))
        {
            if (item.Identity?.CareOf is { } careOf && !IsRoutable(careOf) && request.Vocabulary is { Malformed: var status })
            {
                item.Settle(status);
            }
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// If no option has the source of the packet, a NAT has changed it, and it is the care-of address of the first option with an IPv4
    /// address, or of the binding that the option names.
    /// </summary>
    private static RuleOutcome SourceIsCareOfAddress(HomeRegistration request)
    {
        if (
            request is { IsRemoval: false, Ipv4Path.Source: var source }
            && !request.Items.Any(item => source.Equals(item.CareOf))
            && request.Succeeding.FirstOrDefault(item => item.CareOf is { AddressFamily: AddressFamily.InterNetwork }) is { } translated
        )
        {
            translated.CareOf = source;
        }
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// The tunnel of the binding whose message this is is in UDP behind a NAT, and if the mobile node has asked for it. That of another one
    /// stays as it is.
    /// </summary>
    private static RuleOutcome Encapsulation(HomeRegistration request)
    {
        foreach (var item in request.Succeeding.Where(item => !request.IsRemoval && item.CareOf is not null))
        {
            var before = request.Bindings.Find(item.Key);
            var isSame = before is not null && before.CareOf.Equals(item.CareOf);
            item.Ports =
                request.Ipv4Path is not { } path || !path.Source.Equals(item.CareOf)
                    ? isSame
                        ? before?.Ports
                        : null
                    : IsUdpForced(request) || IsTranslated(request, item, isSame ? before : null)
                        ? new(path.DestinationPort, path.SourcePort)
                        : null;
        }
        return RuleOutcome.Continue;
    }

    private static RuleOutcome Ipv4HomeAddress(HomeRegistration request)
    {
        request.Agent.Rules.Ipv4HomeAddress.Apply(request);
        return RuleOutcome.Continue;
    }

    /// <summary>
    /// Without a NAT and without UDP the option is left out: it makes the mobile node use UDP (RFC 5555, Section 4.4.2), although Section
    /// 4.2 has it in every answer to an update in UDP.
    /// </summary>
    private static RuleOutcome NatTold(HomeAcknowledgement answer)
    {
        var request = answer.Request;
        if (
            answer.IsAccepted
            && request is { Ipv4Path.Source: var source, Agent.Settings.DualStack.NatRefreshTime: var refresh }
            && request.Succeeding.FirstOrDefault(item => item.Ports is not null && source.Equals(item.CareOf)) is { } item
        )
        {
            var isForced = IsUdpForced(request);
            var hasNat = !isForced || IsTranslated(request, item, before: null);
            answer.Options.Add(
                new NatDetectionOption(isForced, hasNat ? (uint)refresh.TotalSeconds : NatDetectionOption.NoKeepaliveNeeded)
            );
        }
        return RuleOutcome.Continue;
    }

    /// <summary>Only over IPv4 (RFC 5555, Section 4.5).</summary>
    private static bool IsUdpForced(HomeRegistration request) =>
        request is { Ipv4Path: not null, IsRemoval: false } && request.Update.Flags.HasFlag(BindingUpdateFlags.ForcingUdp);

    /// <summary>
    /// The address that the mobile node has sent from is not the source of the packet. It names that in the Binding Identifier option, and
    /// without one in the IPv4 Care-of Address option; if it names none, a NAT stays where it was.
    /// </summary>
    private static bool IsTranslated(HomeRegistration request, BindingItem item, MobileBinding? before)
    {
        var named = item.Identity is { } identity
            ? identity.CareOf
            : request.Update.Options.First<Ipv4CareOfAddressOption>()?.Address ?? request.Signal.Source;
        return named is null ? before is not { Ports: null } : !named.Equals(request.Signal.Source);
    }

    /// <summary>A unicast address of either family that is valid beyond one link and one node.</summary>
    private static bool IsRoutable(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? HomeIpv4AddressRules.IsUnicast(address) : McoaRules.IsRoutable(address);
}
