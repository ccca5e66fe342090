using System.Net;
using System.Net.Sockets;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>Home agents that serve mobile nodes over IPv4 wrongly: RFC 5648, Section 8, with RFC 5555.</summary>
internal static class HaDualStackDeviations
{
    private const byte HostLength = 32;

    /// <summary>That of lifetimes (RFC 6275, Section 6.1.7).</summary>
    private static readonly TimeSpan _unit = TimeSpan.FromSeconds(4);

    public static IReadOnlyList<Deviation> All { get; } = [.. Bindings(), .. Tunnels(), .. Answers(), .. HomeAddresses()];

    private static IEnumerable<Deviation> Bindings() =>
        [
            HaParts.Rules(
                "ha-dsmip-no-binding",
                "accepts an IPv4 care-of address, and registers nothing",
                "rfc5648-8.1-k6",
                rules => rules.WhenStored(request => request.Agent.Remove(request.Bindings.Of(request.Home).Where(IsIpv4)))
            ),
            HaParts.Rules(
                "ha-dsmip-option-before-source",
                "registers the IPv4 address of the option where the source of the packet is another one",
                "rfc5648-8.1-d2",
                rules => rules with { BindingIdentifiers = rules.BindingIdentifiers.WithoutAny("SourceIsCareOfAddress") }
            ),
            HaParts.Rules(
                "ha-dsmip-first-address-stays",
                "keeps the IPv4 care-of address of a BID when another one is registered for it",
                "rfc5648-8.1-k6",
                rules => rules.WhenStoring(Keep)
            ),
            HaParts.Rules(
                "ha-dsmip-not-in-bulk",
                "accepts an IPv4 care-of address in a bulk update over IPv6, and does not renew its binding",
                "rfc5648-8.1-k6",
                rules => rules with { Registration = rules.Registration.Replacing("BindingsStored", StoreOfOwnFamily) }
            ),
            HaParts.Rules(
                "ha-dsmip-removal-ignored",
                "accepts the removal of a binding over IPv4, and removes nothing",
                "rfc5648-8.1-k6",
                rules =>
                    rules with
                    {
                        DeRegistration = rules.DeRegistration.Preceding(
                            "SequenceNumberStored",
                            request =>
                                request is { Ipv4Path: not null, HasIdentities: true }
                                    ? request.Answer(BindingStatus.ACCEPTED)
                                    : RuleOutcome.Continue
                        ),
                    }
            ),
        ];

    private static IEnumerable<Deviation> Tunnels() =>
        [
            HaParts.Rules(
                "ha-dsmip-udp-without-nat",
                "tunnels in UDP without a NAT, and does not tell",
                "rfc5648-8.1-k6",
                rules =>
                    WithPorts(rules, (_, path) => new TunnelPorts(path.DestinationPort, path.SourcePort))
                        .WhenAnswered(answer => answer.Options.RemoveAll(option => option is NatDetectionOption))
            ),
            HaParts.Rules(
                "ha-dsmip-no-udp-behind-nat",
                "tunnels without UDP to a mobile node behind a NAT",
                "rfc5648-8.1-k6",
                rules => WithPorts(rules, (_, _) => null)
            ),
            HaParts.Rules(
                "ha-dsmip-udp-to-own-port",
                "tunnels in UDP to its own port number in place of the source port of the update",
                "rfc5648-8.1-k6",
                rules => WithPorts(rules, (ports, path) => ports is null ? null : ports with { Remote = path.DestinationPort })
            ),
        ];

    private static IEnumerable<Deviation> Answers() =>
        [
            Answering(
                "ha-dsmip-unasked-answer",
                "has an IPv4 Address Acknowledgement option in the answer to an update over IPv4 that asks for no IPv4 home address",
                "rfc5648-8.1-k7",
                answer =>
                {
                    if (!answer.Options.Exists(option => option is Ipv4AddressAcknowledgementOption))
                    {
                        answer.Options.Insert(0, Success(answer.Request.Signal.Source));
                    }
                },
                isOfIpv4: true
            ),
            Answering(
                "ha-dsmip-no-identifier",
                "answers over IPv4 without a Binding Identifier option",
                "rfc5648-8.1-k8",
                answer => answer.Options.RemoveAll(option => option is BindingIdentityOption),
                isOfIpv4: true
            ),
            Answering(
                "ha-dsmip-mapped-address",
                "repeats an IPv4 care-of address as one of IPv6, in an option of Length 20",
                "rfc5648-4.3-k3",
                answer => answer.Options.EditIdentities(option => option with { CareOfAddress = Mapped(answer, option) })
            ),
            Answering(
                "ha-dsmip-refusal-in-identifier",
                "tells the refusal of an IPv4 home address by the status of the Binding Identifier option alone",
                "rfc5648-8.1-k9",
                answer =>
                {
                    TellByIdentifier(answer);
                    Replace(answer, known => IsRefusal(known) ? Success(known.HomeAddress) : known);
                }
            ),
            Answering(
                "ha-dsmip-refusal-in-both",
                "tells the refusal of an IPv4 home address by the status of the Binding Identifier option, too",
                "rfc5648-8.1-k10",
                TellByIdentifier
            ),
            Answering(
                "ha-dsmip-refusal-without-identifier",
                "has no Binding Identifier option where it refuses an IPv4 home address",
                "rfc5648-8.1-k11",
                answer => answer.Options.RemoveAll(option => option is BindingIdentityOption && Refusal(answer) is not null)
            ),
            Answering(
                "ha-dsmip-answer-behind-identifiers",
                "has the IPv4 Address Acknowledgement option behind those with BIDs",
                "rfc5648-8.2-k2",
                answer =>
                {
                    var moved = answer.Options.FindAll(option => option is Ipv4AddressAcknowledgementOption);
                    answer.Options.RemoveAll(moved.Contains);
                    answer.Options.AddRange(moved);
                }
            ),
        ];

    private static IEnumerable<Deviation> HomeAddresses() =>
        [
            HaParts.Rules(
                "ha-dsmip-ipv4-packets-dropped",
                "assigns an IPv4 home address, and forwards no packets for it",
                "rfc5648-8.2-d1",
                rules => rules with { Forwarding = rules.Forwarding.WithoutAny("Ipv4PacketsTunnelled") }
            ),
            HaParts.Rules(
                "ha-dsmip-no-arp-proxy",
                "does not answer for IPv4 home addresses on the home link",
                "rfc5648-8.2-d1",
                rules => rules with { Forwarding = rules.Forwarding.WithoutAny("Ipv4AddressDefended") }
            ),
            Silent("ha-dsmip-home-address-unanswered", "does not answer a request for an IPv4 home address", (_, _) => true),
            Silent(
                "ha-dsmip-home-address-unanswered-over-ipv6",
                "does not answer a request for an IPv4 home address over IPv6",
                (request, _) => request.Ipv4Path is null
            ),
            Silent(
                "ha-dsmip-any-home-address-unanswered",
                "does not answer a request for any IPv4 home address",
                (_, wanted) => wanted.Equals(IPAddress.Any)
            ),
        ];

    /// <summary>A home agent whose complete answers are edited.</summary>
    /// <param name="isOfIpv4">Only answers to updates over IPv4 that are accepted.</param>
    private static Deviation Answering(
        string name,
        string description,
        string statement,
        Action<HomeAcknowledgement> edit,
        bool isOfIpv4 = false
    ) =>
        HaParts.Answering(
            name,
            description,
            statement,
            answer =>
            {
                if (!isOfIpv4 || answer is { IsAccepted: true, Request.Ipv4Path: not null })
                {
                    edit(answer);
                }
            }
        );

    /// <summary>A home agent that leaves out the answer to some requests for an IPv4 home address.</summary>
    private static Deviation Silent(string name, string description, Func<HomeRegistration, IPAddress, bool> isConcerned) =>
        Answering(
            name,
            description,
            "rfc5648-8.2-k3",
            answer =>
                answer.Options.RemoveAll(option =>
                    option is Ipv4AddressAcknowledgementOption
                    && answer.Request.Update.Options.First<Ipv4HomeAddressOption>() is { HomeAddress: var wanted }
                    && isConcerned(answer.Request, wanted)
                )
        );

    /// <summary>The rules with other ports of the tunnel to the IPv4 care-of address from which an update comes.</summary>
    internal static HomeAgentRules WithPorts(HomeAgentRules rules, Func<TunnelPorts?, Ipv4UdpIpv6Signaling, TunnelPorts?> choose) =>
        rules.WhenStoring(request =>
        {
            foreach (var item in request.Succeeding)
            {
                if (request.Ipv4Path is { } path && path.Source.Equals(item.CareOf))
                {
                    item.Ports = choose(item.Ports, path);
                }
            }
        });

    private static void Keep(HomeRegistration request)
    {
        foreach (var item in request.Succeeding)
        {
            if (request.Bindings.Find(item.Key) is { } before && IsIpv4(before))
            {
                (item.CareOf, item.Ports) = (before.CareOf, before.Ports);
            }
        }
    }

    /// <summary>Stores what is registered over its own family.</summary>
    private static RuleOutcome StoreOfOwnFamily(HomeRegistration request)
    {
        var end = request.Now.Monotonic + (request.GrantedLifetimeUnits * _unit);
        foreach (var item in request.Succeeding)
        {
            var binding = new MobileBinding(item.Key, item.CareOf ?? request.CareOf, request.Update.SequenceNumber, end)
            {
                Ports = item.Ports,
            };
            if (!IsIpv4(binding) || request.Ipv4Path is not null)
            {
                request.Agent.Put(binding);
            }
        }
        return RuleOutcome.Continue;
    }

    private static void TellByIdentifier(HomeAcknowledgement answer)
    {
        if (Refusal(answer) is { Status: var status })
        {
            answer.Options.EditIdentities(option => option with { Status = (BindingStatus)status });
        }
    }

    private static void Replace(HomeAcknowledgement answer, Func<Ipv4AddressAcknowledgementOption, Ipv4AddressAcknowledgementOption> change)
    {
        for (var at = 0; at < answer.Options.Count; at++)
        {
            answer.Options[at] = answer.Options[at] is Ipv4AddressAcknowledgementOption known ? change(known) : answer.Options[at];
        }
    }

    private static IPAddress? Mapped(HomeAcknowledgement answer, BindingIdentityOption option) =>
        answer.Request.Succeeding.FirstOrDefault(item => item.Identity?.BindingId == option.BindingId)?.Identity?.CareOf
            is { AddressFamily: AddressFamily.InterNetwork } careOf
        && answer.IsAccepted
            ? careOf.MapToIPv6()
            : option.CareOfAddress;

    /// <summary>The option that refuses an IPv4 home address in an answer that accepts bindings; null if none does.</summary>
    private static Ipv4AddressAcknowledgementOption? Refusal(HomeAcknowledgement answer) =>
        answer.IsAccepted ? answer.Options.OfType<Ipv4AddressAcknowledgementOption>().FirstOrDefault(IsRefusal) : null;

    private static bool IsRefusal(Ipv4AddressAcknowledgementOption option) => (byte)option.Status >= 128;

    private static Ipv4AddressAcknowledgementOption Success(IPAddress address) =>
        new(Ipv4AddressAcknowledgementStatus.Success, HostLength, address);

    private static bool IsIpv4(MobileBinding binding) => binding.CareOf.AddressFamily == AddressFamily.InterNetwork;
}
