using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Mn;

/// <summary>A mobility message of a mobile node under test, with what the tester knows of its bindings.</summary>
/// <param name="packet">The packet with the message; in a reverse tunnel, the inner one.</param>
/// <param name="tunnel">The header around that packet, also that of IPv4 around a message in UDP; null without a tunnel.</param>
/// <param name="ledger">What came before the message.</param>
public sealed class NodeMessage(TestSession session, Packet packet, IpLayer? tunnel, NodeLedger ledger) : CheckedMessage(session, packet)
{
    public override bool ProvesAlone => false;

    public override bool IsOfBookend => false;

    public IpLayer? Tunnel { get; } = tunnel;

    public NodeLedger Ledger { get; } = ledger;

    public MobileNodeAddresses Addresses => Ledger.Addresses;

    public IPAddress Source => Packet.Ip!.Source;

    public IPAddress Destination => Packet.Ip!.Destination;

    public DateTimeOffset At => Packet.Frame.At;

    public bool IsUpdate => Message is { Type: MobilityOctets.BindingUpdateType, IsCutOff: false };

    public bool IsHomeTestInit => Message is { Type: MobilityOctets.HomeTestInitType, IsCutOff: false };

    public bool IsCareOfTestInit => Message is { Type: MobilityOctets.CareOfTestInitType, IsCutOff: false };

    /// <summary>
    /// True for a message to the home agent, also for an update over IPv4 that has a wrong address of it. What is for the correspondent
    /// node is over IPv4 only in the tunnel (RFC 5555, Section 5.1).
    /// </summary>
    public bool IsToHomeAgent =>
        Destination.Equals(Addresses.HomeAgent) || (IsOverIpv4 && IsUpdate && !Destination.Equals(Addresses.Correspondent));

    /// <summary>True for a message that the mobile node sends as a host of its home link.</summary>
    public bool IsFromHome => Source.Equals(Addresses.HomeAddress);

    public bool IsRemoval => IsUpdate && Message.LifetimeUnits == 0;

    /// <summary>True for a Binding Update that asks for bindings.</summary>
    public bool IsRegistration => IsUpdate && Message.LifetimeUnits > 0;

    /// <summary>The packet is protected by a security association.</summary>
    public bool IsProtected => Packet.Esp is not null;

    public bool IsOfDraft => Session.Scenario.Edition == Edition.McoaDraft04;

    /// <summary>The Alternate Care-of Address option; null if there is none of its length.</summary>
    public OptionOctets? Alternate => Message.First(AlternateCareOfAddressKind.Type) is { HasWrongLength: false } option ? option : null;

    /// <summary>The BID options, in order; none in an edition without them.</summary>
    internal IReadOnlyList<BindingIdentity> Identities => field ??= BindingIdentity.In(Message, Session.Scenario.Edition.Wire);

    internal BindingIdentity? FirstIdentity => Identities is [var first, ..] ? first : null;

    /// <summary>
    /// True if the update asks to replace all bindings: the O flag of the message, or that of all BID options in the draft.
    /// </summary>
    internal bool Overwrites => IsOfDraft ? Identities.Count > 0 && Identities.All(identity => identity.Overwrites) : Message.OverwriteFlag;

    /// <summary>
    /// The addresses that the update may register: that of the Alternate Care-of Address option, those of the BID options, or the source.
    /// </summary>
    internal IEnumerable<IPAddress> CareOfAddresses =>
        Identities.Count > 0
            ? Identities.Select(identity => identity.CareOf ?? (IsFromIpv4 ? Origin : identity.Ipv4CareOf ?? Origin))
            : [Alternate?.Address ?? Origin];

    /// <summary>
    /// True for a message to the home agent from an IPv4 care-of address: in UDP, if it is right (RFC 5555, Section 4.4.2). Its IPv4 source
    /// stands for every IPv4 address in it (RFC 5648, Section 8.1).
    /// </summary>
    public bool IsFromIpv4 => IsOverIpv4 && IsToHomeAgent;

    private bool IsOverIpv4 => Tunnel is Ipv4Layer;

    private IPAddress Origin => IsFromIpv4 ? Tunnel!.Source : Source;

    /// <summary>The number of a status that the edition names.</summary>
    internal byte? Status(string name) => StatusIn(Session, name);

    internal static byte? StatusIn(TestSession session, string name) =>
        session.Scenario.Edition.Wire.TryFindStatus(name, out var status) ? (byte)status : null;
}
