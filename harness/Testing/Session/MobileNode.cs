using System.Net;
using Conformance.Testing.Bed;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Session;

/// <summary>
/// A mobile node of a scenario: a name, bound to an identity for which the implementation under test holds no state, and the
/// tester's knowledge of the node's interfaces, sessions and bindings.
/// </summary>
public sealed class MobileNode(string name)
{
    private const int InterfaceIdentifierStart = 64;

    private readonly List<MobilitySession> _sessions = [];
    private readonly HashSet<IPAddress> _marks = [];
    private Identity? _identity;

    public string Name { get; } = name;

    /// <summary>How the implementation under test is provisioned for the node: one of <see cref="Ixit.AllKinds"/>.</summary>
    public string Kind { get; private set; } = "dynamic";

    public bool IsBound => _identity is not null;

    /// <summary>True for a node of a bookend: the tester serves it whatever the scenario says about other nodes.</summary>
    public bool IsOfBookend { get; set; }

    public Identity Identity => _identity ?? throw new InvalidOperationException($"{Name} has no identity yet.");

    /// <summary>What the access network has said of the node's attachment, as a Handoff Indicator; null if it said nothing.</summary>
    public int? Hint { get; set; }

    /// <summary>The hint of the last attachment that has ended: what the MAG sends next may have been begun before.</summary>
    public int? EarlierHint { get; set; }

    /// <summary>The time that the node gave when it attached; null if it gave none.</summary>
    public DateTimeOffset? Timestamp { get; set; }

    public IReadOnlyList<NodeInterface> Interfaces { get; } = [new()];

    /// <summary>The access link of the node's first interface; null if it is detached.</summary>
    public PortId? Link
    {
        get => Interfaces[0].Link;
        set => Interfaces[0].Link = value;
    }

    /// <summary>The sessions that the scenario started for the node, in their order.</summary>
    public IReadOnlyList<MobilitySession> Sessions => _sessions;

    /// <summary>The session of the last accepted registration; one without prefixes if there is none.</summary>
    public MobilitySession Session { get; private set; } = new();

    /// <summary>The prefixes of the node before the last accepted registration.</summary>
    public IReadOnlyList<Ipv6Prefix> EarlierPrefixes { get; private set; } = [];

    /// <summary>The IPv4 home addresses of the node before the last accepted registration.</summary>
    public IReadOnlyList<Ipv4HomeAddress> EarlierIpv4Addresses { get; private set; } = [];

    /// <summary>The link-local address that an answer stated before the last accepted registration; null if none did.</summary>
    public IPAddress? EarlierLinkLocalAddress { get; private set; }

    /// <summary>The bindings of the node at its anchor.</summary>
    public IReadOnlyList<Binding> Bindings { get; } = [new()];

    /// <summary>The binding by which the node's MAG registers it: the only one in RFC 5213.</summary>
    public Binding Binding => Bindings[0];

    /// <summary>The sender of the last Router Advertisement to the node on its link; null if none has come.</summary>
    public KnownRouter? Router { get; set; }

    /// <summary>The router of the node before it left its last link; null if it knew none there.</summary>
    public KnownRouter? EarlierRouter { get; set; }

    /// <summary>The bindings of care-of addresses at a home agent or correspondent node; empty in Proxy Mobile IPv6.</summary>
    public CareOfBindings CareOfBindings { get; } = new();

    /// <summary>
    /// The random link-local address with which a request marked a session of the node, so that it can be told from another; for a node
    /// on a link of a MAG under test, the address assigned to the MAG on that link.
    /// </summary>
    public IPAddress? Mark
    {
        get;
        set
        {
            field = value;
            if (value is not null)
            {
                _marks.Add(value);
            }
        }
    }

    /// <summary>The time until which a session of the node may live if the scenario does not end it.</summary>
    public DateTimeOffset LeftoverUntil { get; set; }

    /// <summary>The latest end of a session according to the requests, for use if an answer may have been lost.</summary>
    public DateTimeOffset AskedUntil { get; set; }

    /// <summary>An address of the node in its first prefix.</summary>
    /// <inheritdoc cref="HomeAddresses"/>
    public IPAddress HomeAddress => HomeAddresses[0];

    /// <summary>An address of the node in each of its prefixes, at least one.</summary>
    /// <exception cref="ScenarioFaultException">The scenario has not given the node a prefix.</exception>
    /// <exception cref="StepFailedException">The implementation under test has not given the node a usable prefix.</exception>
    public IReadOnlyList<IPAddress> HomeAddresses =>
        AddressesIn(Session) is { Count: > 0 } addresses ? addresses
        : Session.Prefixes.Count > 0 || Binding.Gateway is not null
            ? throw new StepFailedException(
                $"{Name} was assigned no prefix in which an address can be formed: {string.Join(", ", Session.Prefixes)}"
            )
        : throw new ScenarioFaultException($"{Name} has no home network prefix at this point of the scenario.");

    /// <summary>
    /// The IPv4 home addresses of the node, or those that it has had last in this session: at least one.
    /// </summary>
    /// <exception cref="ScenarioFaultException">The scenario has not registered the node.</exception>
    /// <exception cref="StepFailedException">The implementation under test has not given the node an address.</exception>
    public IReadOnlyList<IPAddress> Ipv4HomeAddresses =>
        Session.AllIpv4 is { Count: > 0 } addresses ? addresses
        : Binding.Gateway is not null || Link is not null ? throw new StepFailedException($"{Name} was assigned no IPv4 home address")
        : throw new ScenarioFaultException($"{Name} has no IPv4 home address at this point of the scenario.");

    /// <summary>True if the profile of the node allows IPv6.</summary>
    public bool AllowsIpv6 => Kind != Ixit.Ipv4OnlyKind;

    /// <summary>True if the node is one that asks for IPv4.</summary>
    public bool AllowsIpv4 => Kind is Ixit.DualKind or Ixit.Ipv4OnlyKind or Ixit.FixedIpv4Kind or Ixit.TwoIpv4Kind;

    /// <summary>
    /// The IPv4 home addresses of the node's sessions before the last accepted registration: of the earlier session, then of others.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Ipv4HomeAddress>> FormerIpv4Addresses =>
        [EarlierIpv4Addresses, .. Others.Select(session => session.Ipv4Addresses)];

    /// <summary>
    /// The prefixes of the node's sessions before the last accepted registration: of the earlier session, then of others.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Ipv6Prefix>> FormerPrefixes => [EarlierPrefixes, .. Others.Select(session => session.Prefixes)];

    /// <summary>
    /// The link-local addresses of the node's sessions before the last accepted registration, as far as answers have stated them.
    /// </summary>
    public IReadOnlyCollection<IPAddress> FormerLinkLocalAddresses =>
        [.. Others.Select(session => session.LinkLocalAddress).Prepend(EarlierLinkLocalAddress).OfType<IPAddress>()];

    private IEnumerable<MobilitySession> Others => _sessions.SkipLast(1);

    /// <exception cref="ScenarioFaultException">The node was already used as a node of another kind.</exception>
    public void Is(string kind)
    {
        if (IsBound && kind != Kind)
        {
            throw new ScenarioFaultException($"{Name} was already used as a {Kind} mobile node.");
        }

        Kind = kind;
    }

    /// <summary>True for an address with which a request has marked a session of the node.</summary>
    public bool IsMark(IPAddress address) => _marks.Contains(address);

    /// <summary>
    /// True if the MN-Identifier of the message is that of the node. A message about one interface of a node with several has its
    /// link-layer address, too.
    /// </summary>
    public bool IsIdentifiedBy(MobilityOctets message) =>
        IsBound
        && message.First(MobileNodeIdentifierKind.Type) is { } identifier
        && identifier.Identifier == Identity.Identifier
        && (
            !Identity.IsOneOfSeveral
            || message.First(MobileNodeLinkLayerIdentifierKind.Type) is not { } linkLayer
            || linkLayer.LinkLayerIdentifier.Span.SequenceEqual(Identity.LinkLayer.ToArray())
        );

    /// <summary>The address of a node of Mobile IPv6, which has an identity, at a place.</summary>
    public IPAddress AddressAt(CareOf place) => Identity.AddressAt(place);

    /// <summary>Notes what an accepted registration says of the node's session: other addresses than before are a new session.</summary>
    /// <param name="uploaded">The link-local address that the request has told the LMA; null if it has told none.</param>
    /// <param name="ipv4">The IPv4 home addresses; null for none.</param>
    public void Registered(
        IReadOnlyList<Ipv6Prefix> prefixes,
        IPAddress? linkLocalAddress,
        IPAddress? uploaded = null,
        IReadOnlyList<Ipv4HomeAddress>? ipv4 = null
    )
    {
        (EarlierPrefixes, EarlierLinkLocalAddress) = (Session.Prefixes, Session.LinkLocalAddress);
        EarlierIpv4Addresses = Session.Ipv4Addresses;
        if (!Session.Has(prefixes, ipv4 ?? []))
        {
            Session = new MobilitySession { LinkLocalAddress = Session.LinkLocalAddress };
            _sessions.Add(Session);
        }

        Session.Become(prefixes, ipv4 ?? []);
        Session.LinkLocalAddress = linkLocalAddress ?? Session.LinkLocalAddress;
        Session.UploadedLinkLocalAddress = uploaded ?? Session.UploadedLinkLocalAddress;
    }

    /// <summary>An address of the node in each prefix of a session that leaves room for the node's interface identifier.</summary>
    public IReadOnlyList<IPAddress> AddressesIn(MobilitySession session) =>
        [
            .. session
                .Prefixes.Concat(session.ReleasedPrefixes)
                .Concat(session.OfferedPrefixes)
                .Concat(session.VisitedPrefixes)
                .Distinct()
                .Where(prefix => prefix.Length is > 0 and <= InterfaceIdentifierStart)
                .Select(prefix => prefix.AddressWith(Identity.LinkLayer.InterfaceIdentifier())),
        ];

    /// <summary>The prefix of the node that an address is in; one of 64 bits if the address is in none.</summary>
    public Ipv6Prefix PrefixOf(IPAddress address) =>
        _sessions
            .Append(Session)
            .SelectMany(session => session.Prefixes.Concat(session.OfferedPrefixes))
            .Where(prefix => prefix.Contains(address))
            .FirstOrDefault(new Ipv6Prefix(address, InterfaceIdentifierStart));

    internal void Bind(Identity bound, string kind) => (_identity, Kind) = (bound, kind);
}

/// <summary>A router of a mobile node, as its Router Advertisements show it.</summary>
public sealed record KnownRouter(PortId Link, IPAddress Address, MacAddress LinkLayer)
{
    /// <summary>The M flag.</summary>
    public bool IsManaged { get; init; }

    /// <summary>The O flag.</summary>
    public bool HasOther { get; init; }
}
