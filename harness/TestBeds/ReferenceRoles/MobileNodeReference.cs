using Conformance.Testing.Domains;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>
/// The reference as a mobile node of Mobile IPv6, which has a home address; any other one is a host. It makes its care-of addresses from
/// router advertisements, when the carrier of a link comes up.
/// </summary>
internal sealed class MobileNodeReference : ReferenceRole
{
    public override NodeRole Role => NodeRole.Mn;

    public override bool Plays(DomainNode node) => base.Plays(node) && node.HomeAddress is not null;

    public override IRole Create(DomainNode node, ReferenceSetup setup, Random random)
    {
        var settings = Settings(node, setup);
        return new MobileNode(settings, setup.Changes.Apply(MobileNodeRules.For(settings)), random);
    }

    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        base.Stack(node, setup) with
        {
            ProcessesHomeAddressOption = true,
            Interfaces = [.. node.Interfaces.Select(known => Interface(known) with { Autoconfigure = true, InitiallyUp = false })],
        };

    public override NodeConfiguration Process(DomainNode node, ReferenceSetup setup, int seed) =>
        Process(node, setup, seed, NodeConfiguration.MobileNodeRole) with
        {
            MobileNode = Settings(node, setup),
        };

    /// <summary>RFC 6275, Sections 12 and 13.</summary>
    public override IEnumerable<KeyValuePair<string, TimeSpan>> Timers(ReferenceSetup setup) =>
        [
            new("INITIAL_BINDACK_TIMEOUT", TimeSpan.FromMilliseconds(1000)),
            new("InitialBindackTimeoutFirstReg", TimeSpan.FromMilliseconds(1500)),
            new("MAX_BINDACK_TIMEOUT", TimeSpan.FromMilliseconds(32_000)),
            new("MAX_DELETE_BCE_TIMEOUT", TimeSpan.FromMilliseconds(10_000)),
        ];

    private static MobileNodeSettings Settings(DomainNode node, ReferenceSetup setup) =>
        setup.Changes.Apply(
            new MobileNodeSettings
            {
                HomeAddress = node.HomeAddress!,
                HomePrefix = McoaDomains.HomePrefix,
                HomeAgent = setup.AddressOf(NodeRole.Ha),
                Links = [.. node.Interfaces.Select(known => new LinkId(known.Name))],
                LinkLayerAddresses = node.Interfaces.ToDictionary(known => new LinkId(known.Name), known => known.LinkLayer!.Value),
                ProtectionRequired = IsProtectionRequired(node, setup),
            }
        );
}
