using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Session;
using Pmip.Node.Configuration;
using Pmip.Protocol;
using Pmip.Protocol.Stack;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>
/// All that the beds need to play one role with the reference implementation. A further role is a further file, and its line in
/// <see cref="All"/>.
/// </summary>
public abstract class ReferenceRole
{
    private const int PrefixLength = 64;

    public static IReadOnlyList<ReferenceRole> All { get; } =
    [new LmaReference(), new MagReference(), new HostReference(NodeRole.Mn), new HostReference(NodeRole.Cn)];

    public abstract NodeRole Role { get; }

    /// <summary>True for a node that takes no part in the signalling: on a real bed, a kernel alone.</summary>
    public virtual bool IsHost => false;

    /// <exception cref="NotSupportedException">The reference does not play the role.</exception>
    public static ReferenceRole Of(DomainNode node) =>
        All.FirstOrDefault(known => known.Role == node.Role)
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
            Addresses = [.. @interface.Addresses.Select(address => new Pmip.Protocol.Stack.ConfiguredAddress(address))],
        };

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
                        .. known.Addresses.Select(address => new Pmip.Node.Configuration.ConfiguredAddress(address, PrefixLength)),
                    ],
                    IsAccessLink = setup.Domain.IsAccess(known.Link),
                }),
            ],
            Seed = Seeds.For(seed, node.Name),
        };
}
