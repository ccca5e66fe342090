using System.Net;
using Conformance.Testing.Exchanges;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using Pmip.Wire;

namespace Conformance.Testing.Checks;

/// <summary>An acknowledgement of the implementation under test, with the request that it answers.</summary>
public sealed class Answer(TestSession session, Exchange exchange, Packet packet) : CheckedMessage(session, packet)
{
    public const byte SequenceNumberOutOfWindow = 135;
    public const byte TimestampMismatch = 156;
    public const byte TimestampLowerThanPrevAccepted = 157;

    private const int Type2Routing = 2;

    public Exchange Exchange { get; } = exchange;

    public override bool IsOfBookend => Exchange.Node is { IsOfBookend: true } || base.IsOfBookend;

    public MobilityOctets Request => Exchange.Message;

    public IPAddress RequestSource => Exchange.Request.Ip!.Source;

    public IPAddress RequestDestination => Exchange.Request.Ip!.Destination;

    public IPAddress Source => Packet.Ip!.Source;

    public IPAddress Destination => Packet.Ip!.Destination;

    public bool IsRejection => Message.Status >= MobilityOctets.FirstRejection;

    public bool HasType2RoutingHeader => Packet.Headers.Any(header => header is { Type: IpProtocols.Routing, RoutingType: Type2Routing });

    public List<OptionOctets> AskedPrefixes => [.. Request.All(HomeNetworkPrefixKind.Type)];

    public List<OptionOctets> GivenPrefixes => [.. Message.All(HomeNetworkPrefixKind.Type)];

    /// <summary>The options of the request for IPv4 home addresses; none in an edition without them.</summary>
    public List<OptionOctets> AskedIpv4 => All(Request, Ipv4RequestKind.Of(Edition));

    /// <summary>The options that answer for IPv4 home addresses; none in an edition without them.</summary>
    public List<OptionOctets> GivenIpv4 => All(Message, Ipv4ReplyKind.Of(Edition));

    /// <summary>True if the request asks for IPv4 and not for IPv6.</summary>
    public bool IsOfIpv4Alone => AskedPrefixes.Count == 0 && AskedIpv4.Count > 0;

    /// <summary>
    /// True for the release of the prefixes of a node that may have IPv4 as well (RFC 5844, Section 3.1.2.5): what the answer says of them
    /// is open, as none is assigned any more.
    /// </summary>
    public bool ReleasesPrefixesAlone => Exchange is { IsDeregistration: true, Node.AllowsIpv4: true } && AskedIpv4.Count == 0;

    /// <summary>True if the answer is about the session that the tester knows: it carries the prefixes of that session.</summary>
    public bool IsOfKnownSession =>
        Exchange.Known.Count > 0
        && GivenPrefixes.Select(option => option.PrefixText).ToHashSet().SetEquals(Exchange.Known.Select(prefix => prefix.ToString()));

    /// <summary>The link-local address of the node's session; null if no answer has stated it.</summary>
    public IPAddress? SessionLinkLocal => Exchange.Node?.Session.LinkLocalAddress;

    /// <summary>
    /// True if the link-local address of the session is one that a MAG has uploaded, so that the LMA has not generated it.
    /// </summary>
    public bool IsSessionLinkLocalUploaded =>
        SessionLinkLocal is { } address && address.Equals(Exchange.Node?.Session.UploadedLinkLocalAddress);

    /// <summary>The sequence number of the last accepted request, if it is certain; null otherwise.</summary>
    public ushort? LastSequenceNumber => Exchange.Node is { Sessions.Count: 1 } node ? node.Binding.LastSequenceNumber : null;

    public OptionOctets? Asked(int option) => Request.First(option);

    public OptionOctets? Given(int option) => Message.First(option);

    public bool Asks(int option) => Asked(option) is not null;

    public bool Has(int option) => Given(option) is not null;

    private WireEdition Edition => Session.Scenario.Edition.Wire;

    private List<OptionOctets> All(MobilityOctets message, MobilityOptionKind? kind) =>
        kind is null ? [] : [.. message.All(kind.NumberIn(Edition))];
}
