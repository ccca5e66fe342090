using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Conformance.TestBeds;

/// <summary>
/// The whole domain of several care-of addresses, in which the tester only listens: a mobile node on three foreign links and the home link,
/// its home agent, a correspondent node, and the router of the foreign links.
/// </summary>
public static class McoaEndToEnd
{
    /// <summary>Short, because a scenario ends with the bindings that it leaves behind.</summary>
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(40);

    private static readonly DomainNode _mobileNode = McoaDomains.MobileNode.Tested!;

    /// <summary>MN1 comes to the links; HA1 is the router of the home link, AR1 that of the others; CN1 is on the core link.</summary>
    public static Domain Domain { get; } =
        new()
        {
            Links = [new(Ports.Core, LinkKind.Core), .. McoaDomains.MobileNode.Links],
            Nodes =
            [
                _mobileNode,
                McoaDomains.HomeAgent.Tested!,
                McoaDomains.Correspondent.Tested!,
                new(
                    "AR1",
                    NodeRole.Router,
                    [
                        At(Ports.Core, "2001:db8:100::ff", 0xff),
                        .. McoaDomains
                            .MobileNode.Of(NodeRole.Router)
                            .Select((node, index) => At(node.Interfaces[0].Link!.Value, node.Address!.ToString(), (byte)(0xf1 + index))),
                    ]
                )
                {
                    Player = NodePlayer.Bed,
                },
            ],
        };

    /// <summary>The configuration with this domain.</summary>
    internal static NamedConfiguration Configuration { get; } =
        new(
            "e2e-mcoa",
            Domain,
            "MN1 comes to three foreign links and the home link, as in mn-mcoa; HA1 and CN1 take several care-of addresses",
            [.. McoaMobileNodeConfigurations.Everything.Claims]
        )
        {
            Editions = McoaMobileNodeConfigurations.Everything.Editions,
            Identities = 1,
            Changes = McoaMobileNodeConfigurations.Everything.Changes,
            ChangesOf = edition =>
                McoaMobileNodeConfigurations
                    .Everything.ChangesOf(edition)
                    .AndTo<MobileNodeSettings>(settings => settings with { Lifetime = _lifetime })
                    .AndTo<HomeAgentSettings>(settings => settings with { Mcoa = McoaConfigurations.EditionOf(edition) })
                    .AndTo<CorrespondentNodeSettings>(settings => settings with { Mcoa = McoaConfigurations.EditionOf(edition) }),
            Provision = ixit =>
                McoaMobileNodeConfigurations.Everything.Provision(ixit) with
                {
                    MobileNode = McoaDomains.OfMobileNode with { Correspondent = Domain.Find("CN1")!.Address! },
                },
        };

    private static DomainInterface At(PortId link, string address, byte last) =>
        new(link) { Addresses = [System.Net.IPAddress.Parse(address)], LinkLayer = new MacAddress([0x02, 0x7e, 0, 0, 1, last]) };
}
