using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Session;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.Security;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>
/// All that the beds need to play one role with the reference implementation. A further role is a further file, and its line in
/// <see cref="All"/>.
/// </summary>
public abstract class ReferenceRole
{
    public static IReadOnlyList<ReferenceRole> All { get; } =
    [
        new LmaReference(),
        new MagReference(),
        new MobileNodeReference(),
        new HostReference(NodeRole.Mn),
        new HomeAgentReference(),
        new CorrespondentReference(),
        new HostReference(NodeRole.Cn),
        new DhcpServerReference(),
        new NatReference(),
        new RouterReference(),
    ];

    public abstract NodeRole Role { get; }

    /// <summary>True for a node that the beds play so; of several, the first in <see cref="All"/> counts.</summary>
    public virtual bool Plays(DomainNode node) => node.Role == Role;

    /// <summary>True for a node that takes no part in the signalling: on a real bed, a kernel alone.</summary>
    public virtual bool IsHost => false;

    /// <exception cref="NotSupportedException">The reference does not play the role.</exception>
    public static ReferenceRole Of(DomainNode node) =>
        All.FirstOrDefault(known => known.Plays(node))
        ?? throw new NotSupportedException($"The reference implementation cannot be {node.Name}: it has no {node.Role.Abbreviation()}.");

    /// <summary>The state machine of a node that runs in process; null for a host.</summary>
    public virtual IRole? Create(DomainNode node, ReferenceSetup setup, Random random) => null;

    /// <summary>The IP stack of a node that runs in process.</summary>
    public virtual IpNodeSettings Stack(DomainNode node, ReferenceSetup setup) =>
        new()
        {
            Name = node.Name,
            Interfaces = [.. node.Interfaces.Select(Interface)],
            Forwarding = setup.Changes.Apply(ForwardingRules.Default),
            Security = Security(node, setup),
        };

    /// <summary>The configuration of a node that runs as <c>pmip-node</c>; null for a host.</summary>
    public virtual NodeConfiguration? Process(DomainNode node, ReferenceSetup setup, int seed) => null;

    /// <summary>The variables and constants of the role that scenarios name.</summary>
    public virtual IEnumerable<KeyValuePair<string, TimeSpan>> Timers(ReferenceSetup setup) => [];

    /// <summary>What the role needs where time is real.</summary>
    public virtual Changes ForRealTime(Domain domain) => Changes.None;

    /// <summary>The settings of the role with the timers of an IXIT.</summary>
    public virtual Changes WithTimers(Ixit ixit) => Changes.None;

    /// <summary>
    /// Makes a node that has just started work once, if it is the node under test. No state is left in the node.
    /// </summary>
    public virtual void WarmUp(ITestBed bed) { }

    private protected static InterfaceSettings Interface(DomainInterface @interface) =>
        new(new LinkId(@interface.Name), @interface.LinkLayer!.Value)
        {
            Addresses =
            [
                .. @interface.Addresses.Select(address => new Pmip.Protocol.Stack.ConfiguredAddress(
                    address,
                    DomainInterface.PrefixLengthOf(address)
                )),
            ],
        };

    /// <summary>True if a node processes no signalling that is not protected.</summary>
    private protected static bool IsProtectionRequired(DomainNode node, ReferenceSetup setup) =>
        AssociationsOf(node, setup).Any(known => !known.IsTunnel);

    /// <summary>The nodes to which the tunnels of a node are under ESP.</summary>
    private protected static IReadOnlyList<IPAddress> ProtectedTunnels(DomainNode node, ReferenceSetup setup) =>
        [.. AssociationsOf(node, setup).Where(known => known.IsTunnel).Select(known => PeerOf(known, node, setup)).Distinct()];

    private static IEnumerable<DomainAssociation> AssociationsOf(DomainNode node, ReferenceSetup setup) =>
        setup.Domain.Associations.Where(known => known.From == node.Name || known.To == node.Name);

    private static IPAddress PeerOf(DomainAssociation association, DomainNode node, ReferenceSetup setup) =>
        AddressOf(association, association.From == node.Name ? association.To : association.From, setup);

    private static IPAddress DestinationOf(DomainAssociation association, ReferenceSetup setup) =>
        AddressOf(association, association.To, setup);

    private static IPAddress AddressOf(DomainAssociation association, string node, ReferenceSetup setup) =>
        association.AddressOf(setup.Domain.Find(node)!)!;

    private static SecurityTransform TransformOf(DomainAssociation association) =>
        association.Algorithms == EspAlgorithms.NullHmacSha256 ? SecurityTransform.NullHmacSha256 : SecurityTransform.AesCbcHmacSha256;

    private static EspMode ModeOf(DomainAssociation association) => association.IsTunnel ? EspMode.Tunnel : EspMode.Transport;

    private static SecuritySettings Security(DomainNode node, ReferenceSetup setup) =>
        setup.Changes.Apply(
            new SecuritySettings
            {
                Associations =
                [
                    .. AssociationsOf(node, setup)
                        .Select(known => new SecurityAssociation(
                            known.SecurityParametersIndex,
                            PeerOf(known, node, setup),
                            DestinationOf(known, setup),
                            TransformOf(known),
                            ReferenceKeys.Of(known)
                        )
                        {
                            Mode = ModeOf(known),
                        }),
                ],
                Rules = setup.Changes.Apply(SecurityRules.Default),
            }
        );

    private static NodeSecurity? ProcessSecurity(DomainNode node, ReferenceSetup setup) =>
        AssociationsOf(node, setup).Any()
            ? new NodeSecurity
            {
                Associations =
                [
                    .. AssociationsOf(node, setup)
                        .Select(known => new NodeAssociation
                        {
                            SecurityParametersIndex = known.SecurityParametersIndex,
                            Peer = PeerOf(known, node, setup),
                            Destination = DestinationOf(known, setup),
                            Transform = TransformOf(known),
                            Mode = ModeOf(known),
                            KeyFile = known.KeyFile,
                        }),
                ],
            }
            : null;

    private protected static NodeConfiguration Process(DomainNode node, ReferenceSetup setup, int seed, string role) =>
        new()
        {
            Name = node.Name,
            Role = role,
            Interfaces =
            [
                .. node.Interfaces.Select(known => new InterfaceConfiguration
                {
                    Link = known.Name,
                    Interface = known.Name,
                    Addresses =
                    [
                        .. known.Addresses.Select(address => new Pmip.Node.Configuration.ConfiguredAddress(
                            address,
                            DomainInterface.PrefixLengthOf(address)
                        )),
                    ],
                    IsAccessLink = role == NodeConfiguration.GatewayRole && setup.Domain.IsAccess(known.Link),
                }),
            ],
            Seed = Seeds.For(seed, node.Name),
            Security = ProcessSecurity(node, setup),
        };
}
