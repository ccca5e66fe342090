using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Peers;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Wire;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>The reference as a correspondent node with route optimization, which is under test; any other one is a host.</summary>
internal sealed class CorrespondentReference : ReferenceRole
{
    private const string LongestBinding = "MAX_RR_BINDING_LIFETIME",
        LongestNonce = "MAX_NONCE_LIFETIME",
        LongestToken = "MAX_TOKEN_LIFETIME";

    /// <summary>RFC 6275, Section 12: a mobile node uses a token for 210 s, and its nonce is known for 240 s.</summary>
    private const double UseOfNonce = 210.0 / 240;

    public override NodeRole Role => NodeRole.Cn;

    public override bool Plays(DomainNode node) => base.Plays(node) && node.IsUnderTest;

    public override IRole Create(DomainNode node, ReferenceSetup setup, Random random)
    {
        var settings = Settings(node, setup);
        return new CorrespondentNode(settings, setup.Changes.Apply(CorrespondentNodeRules.For(settings)), random);
    }

    public override IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        base.Stack(node, setup) with
        {
            ProcessesHomeAddressOption = true,
            Routes = [new StaticRoute(Ipv6Prefix.AllZero, new LinkId(Ports.Core.Name), setup.AddressOf(NodeRole.Router))],
        };

    public override NodeConfiguration Process(DomainNode node, ReferenceSetup setup, int seed) =>
        Process(node, setup, seed, NodeConfiguration.CorrespondentRole) with
        {
            CorrespondentNode = Settings(node, setup),
            Routes =
            [
                new NodeRoute
                {
                    To = Ipv6Prefix.AllZero,
                    Via = setup.AddressOf(NodeRole.Router),
                    Link = Ports.Core.Name,
                },
            ],
        };

    public override IEnumerable<KeyValuePair<string, TimeSpan>> Timers(ReferenceSetup setup)
    {
        var settings = Settings(setup.Domain.Nodes.First(Plays), setup);
        return
        [
            new(LongestBinding, settings.MaximumLifetime),
            new(LongestNonce, settings.NonceLifetime),
            new(LongestToken, settings.NonceLifetime * UseOfNonce),
        ];
    }

    public override Changes WithTimers(Ixit ixit) =>
        Changes.To<CorrespondentNodeSettings>(settings =>
            settings with
            {
                MaximumLifetime = ixit.Timer(LongestBinding),
                NonceLifetime = ixit.Timer(LongestNonce),
            }
        );

    private static CorrespondentNodeSettings Settings(DomainNode node, ReferenceSetup setup) =>
        setup.Changes.Apply(new CorrespondentNodeSettings { Address = node.Address! });
}
