using System.Net;
using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// Mobile nodes that send what they must not, or not as they must: RFC 6275, Sections 11.3.1, 11.5.5 and 11.6.2, and what peers say of
/// several care-of addresses.
/// </summary>
internal static class MnConductDeviations
{
    private static readonly MobileNodeAddresses _known = McoaDomains.OfMobileNode;

    private const byte EchoReplyType = 129;

    private static readonly MacAddress _stranger = MacAddress.Parse("02:5e:00:00:ee:ee");

    /// <summary>A destination options header with a Home Address option, aligned to 8n+6.</summary>
    private static readonly byte[] _homeAddressOption =
    [
        IpProtocol.Icmpv6,
        2,
        1,
        2,
        0,
        0,
        0xC9,
        16,
        .. McoaDomains.OfMobileNode.HomeAddress.GetAddressBytes(),
    ];

    public static IReadOnlyList<Deviation> All { get; } = [.. Messages(), .. AtHome(), .. Statuses()];

    private static IEnumerable<Deviation> Messages() =>
        [
            MnParts.Acting(
                "mn-payload-proto",
                "says 0 in the Payload Proto of its messages to the home agent",
                "rfc6275-6.1.1-k1",
                action =>
                    [
                        action is RoleAction.SendSignal signal && signal.Path.Destination.Equals(_known.HomeAgent)
                            ? signal with
                            {
                                MobilityHeader = WithoutEnd(signal.MobilityHeader),
                            }
                            : action,
                    ]
            ),
            Sending(
                "mn-home-address-in-neighbor-discovery",
                "sends Neighbor Discovery with a Home Address option",
                "rfc6275-11.3.1-k8",
                frame => FrameEditor.EditPacket(frame, packet => IsNeighborDiscovery(packet) ? WithHomeAddress(packet) : packet)
            ),
            MnParts
                .ToHomeAgent(
                    "mn-no-link-local-flag",
                    "registers without L, although its link-local address has the interface identifier of its home address",
                    "rfc6275-11.7.1-k7",
                    draft => draft.Flags &= ~BindingUpdateFlags.LinkLocalCompatibility
                )
                .Claiming("mn-link-local-compatible"),
            MnParts.ToCorrespondent(
                "mn-key-management-flag-to-correspondent",
                "sets K in updates to correspondent nodes",
                "rfc6275-6.1.7-k3",
                draft => draft.Flags |= BindingUpdateFlags.KeyManagement
            ),
            MnParts.ToHomeAgent(
                "mn-one-bid-in-bulk",
                "gives all bindings of a bulk update one BID",
                "rfc5648-5.1-k1",
                draft =>
                {
                    if (draft.IsBulk() && draft.Options.OfType<BindingIdentityOption>().FirstOrDefault() is { } first)
                    {
                        draft.EditIdentities(option => option with { BindingId = first.BindingId });
                    }
                }
            ) with
            {
                WhyMany = "each demand on several bindings shows it",
            },
            MnParts.Any(
                "mn-no-clearing-at-correspondent",
                "claims to clear the bindings of correspondent nodes after a start, and does not",
                "mcoa-draft-04-5.9-k3",
                mn => mn with { Claims = ["mn-clears-correspondents"] }
            ),
            MnParts.Rules(
                "mn-update-beside-tests",
                "registers with a correspondent node when it has sent the tests",
                "rfc6275-11.6.2-k6",
                rules =>
                    rules with
                    {
                        CorrespondentPlan = rules.CorrespondentPlan.Replacing("TokensPresent", TestsAlone),
                        CorrespondentUpdate = rules.CorrespondentUpdate.Replacing("Authorization", MnParts.Guess),
                    }
            ) with
            {
                WhyMany = "no correspondent node accepts such an update",
            },
        ];

    private static IEnumerable<Deviation> AtHome() =>
        [
            MnParts.Acting(
                "mn-early-home-address",
                "announces its home address at home before its update",
                "rfc6275-11.5.5-k2",
                action => action is RoleAction.SendSignal { Link: { } home } ? [Announcement(home), action] : [action]
            ),
            MnParts.Any(
                "mn-home-link-ignored",
                "does not take notice of its home link",
                "rfc5648-5.6.3-k1",
                mn => mn with { Around = (_, create) => new RewritingRole(create()) { Inputs = input => IsOfHome(input) ? [] : [input] } }
            ) with
            {
                Roles = ["MN", "E2E"],
                WhyMany = "each demand on a mobile node at home shows it",
            },
            MnParts.Any(
                "mn-uses-home-link-beside-others",
                "uses its home address on the home link while it goes on over foreign links",
                "mcoa-draft-04-5.5-k5",
                mn => mn with { Changes = Changes.To<MobileNodeSettings>(settings => settings with { AtHome = ReturnPolicy.Simultaneous }) }
            ) with
            {
                WhyMany = "it is at home where it is to go on abroad",
            },
            Sending(
                "mn-other-next-hop-at-home",
                "sends its packets on the home link to another link-layer address than that of the router",
                "rfc5648-5.6.4-k2",
                ToStranger
            ),
            MnParts.Acting(
                "mn-home-address-option-to-home-agent",
                "sends its packets to the home agent with a Home Address option instead of the tunnel",
                "mcoa-draft-04-5.8-k2",
                action =>
                    action is RoleAction.AddTunnel { Tunnel: { Local: IPAddress careOf, Remote: IPAddress homeAgent } }
                        ? [action, new RoleAction.AddOptimizedPeer(homeAgent, _known.HomeAddress, careOf)]
                        : [action]
            ),
        ];

    private static IEnumerable<Deviation> Statuses() =>
        [
            MnParts.Rules(
                "mn-believes-refused-bulk",
                "takes the refusal of a bulk update for its acceptance",
                "rfc5648-5.7-d1",
                rules =>
                    rules with
                    {
                        StatusOf = (answer, item) =>
                            rules.StatusOf(answer, item) is var status && status == rules.Mcoa?.BulkProhibited
                                ? BindingStatus.ACCEPTED
                                : status,
                    }
            ),
            MnParts.Rules(
                "mn-first-option-of-bulk",
                "reads of the answer to a bulk update the first BID option alone",
                "rfc5648-5.7-d3",
                rules => rules with { StatusOf = (answer, item) => rules.StatusOf(answer, answer.Update?.Items[0] ?? item) }
            ),
            MnParts.Rules(
                "mn-status-of-option-only",
                "ignores the Status of the acknowledgement if there is a BID option",
                "mcoa-draft-04-4.2.1-k3",
                rules =>
                    rules with
                    {
                        StatusOf = (answer, item) =>
                            answer.Identities.FirstOrDefault(identity => identity.BindingId == item.Binding.BindingId) is { } identity
                                ? (BindingStatus)identity.Status
                                : answer.Message.Status,
                    }
            ) with
            {
                WhyMany = "each reaction to a status that the acknowledgement alone gives shows it",
            },
        ];

    private static Deviation Sending(
        string name,
        string description,
        string statement,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> edit
    ) => MnParts.Any(name, description, statement, mn => mn with { Output = () => new EditFilter(edit) });

    private static bool IsNeighborDiscovery(Ipv6Packet packet) =>
        packet.NextHeader == IpProtocol.Icmpv6 && packet.Payload.Span[0] is >= 133 and <= 136;

    private static Ipv6Packet WithHomeAddress(Ipv6Packet packet) =>
        packet with
        {
            NextHeader = IpProtocol.DestinationOptions,
            Payload = (byte[])[.. _homeAddressOption, .. packet.Payload.Span],
        };

    /// <summary>An echo reply without a tunnel goes to a link-layer address that nobody has.</summary>
    private static ReadOnlyMemory<byte> ToStranger(ReadOnlyMemory<byte> frame) =>
        FrameEditor.Carries(frame, packet => packet.NextHeader == IpProtocol.Icmpv6 && packet.Payload.Span[0] == EchoReplyType)
        && EthernetFrame.TryParse(frame, out var ethernet, out _)
            ? (ethernet with { Destination = _stranger }).ToBytes()
            : frame;

    private static RoleAction.SendIcmp Announcement(LinkId home)
    {
        var message = new NeighborAdvertisement(_known.HomeAddress, Router: false, Solicited: false, Override: true, NdOptionList.Empty);
        return new RoleAction.SendIcmp(
            _known.HomeAddress,
            Ipv6Multicast.AllNodes,
            home,
            message.ToBytes(_known.HomeAddress, Ipv6Multicast.AllNodes)
        );
    }

    private static bool IsOfHome(RoleInput input) => input is RoleInput.AddressUsable { Prefix: var prefix } && prefix == _known.HomePrefix;

    private static ReadOnlyMemory<byte> WithoutEnd(ReadOnlyMemory<byte> message) => (byte[])[0, .. message.Span[1..]];

    private static RuleOutcome TestsAlone(MobileNodePlan plan)
    {
        foreach (var update in plan.Updates)
        {
            plan.Tests.UnionWith(
                update
                    .Items.Select(item => item.CareOf)
                    .OfType<CareOfAddress>()
                    .Select(plan.Peer.CareOfTestOf)
                    .Prepend(plan.Peer.HomeTest)
                    .OfType<TestInitExchange>()
            );
        }
        return RuleOutcome.Continue;
    }

    private sealed class EditFilter(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> edit) : IOutputFilter
    {
        public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame) =>
            [(TimeSpan.Zero, edit(frame))];
    }
}
