using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>A Binding Update while it is being constructed, RFC 6275, Sections 11.7.1 and 11.7.2.</summary>
/// <param name="node">The mobile node.</param>
/// <param name="update">What the message is about.</param>
/// <param name="now">When it is sent.</param>
public sealed class MobileNodeUpdateDraft(MobileNodeState node, MobileNodeUpdate update, Instant now)
{
    public MobileNodeState Node { get; } = node;

    public MobileNodeUpdate Update { get; } = update;

    public MobileNodePeer Peer => Update.Peer;

    public Instant Now { get; } = now;

    /// <summary>Source address of the first IP header; null if there is none that can be used, and nothing is sent.</summary>
    public IPAddress? Source { get; set; }

    /// <summary>The Home Address option; null for a message from the home address itself.</summary>
    public IPAddress? HomeAddress { get; set; }

    /// <summary>The link of the destination, whatever the routes say; null to route the message.</summary>
    public LinkId? Link { get; set; }

    public IPAddress Destination { get; set; } = update.Peer.Address;

    /// <summary>
    /// The IPv4 address of the home agent, to which the message goes in UDP; null over IPv6. <see cref="Source"/> is an IPv4 address then,
    /// and the source of the IPv6 header is the home address (RFC 5648, Section 8.1).
    /// </summary>
    public IPAddress? Ipv4Destination { get; set; }

    public BindingUpdateFlags Flags { get; set; }

    public ushort SequenceNumber { get; set; }

    public ushort LifetimeUnits { get; set; }

    /// <summary>The O flag of the edition: in the message, or in its Binding Identifier options.</summary>
    public bool Overwrites { get; set; }

    /// <summary>All options but Binding Authorization Data.</summary>
    public List<MobilityOption> Options { get; } = [];

    /// <summary>The key of the authenticator; null to send none.</summary>
    public BindingManagementKey? Key { get; set; }

    /// <summary>The address that the authenticator covers, besides that of the correspondent node.</summary>
    public IPAddress? AuthorizedAddress { get; set; }

    /// <summary>The peer under whose security association the message is sent; null to send it without protection.</summary>
    public IPAddress? ProtectedFor { get; set; }

    /// <summary>The headers before the message.</summary>
    /// <param name="source">That of the first IP header.</param>
    public SignalingTransport PathFrom(IPAddress source)
    {
        if (Ipv4Destination is not { } over)
        {
            return new Ipv6Signaling(source, Destination) { HomeAddress = HomeAddress };
        }
        var port = Node.Settings.DualStack?.Port ?? UdpPort.DualStackMobileIpv6;
        return new Ipv4UdpIpv6Signaling(source, over, port, port, new Ipv6Signaling(Node.Settings.HomeAddress, Destination));
    }

    /// <summary>The message with its authenticator, whose place is at the end.</summary>
    public BindingUpdate ToMessage()
    {
        if (Key is not { } key)
        {
            return Message(Options);
        }

        var unsigned = Message([.. Options, Authorization(new byte[BindingAuthorizationDataOption.ReturnRoutabilityLength])]);
        var octets = new byte[unsigned.Length];
        unsigned.Write(octets);
        BindingAuthorization.Fill(key, AuthorizedAddress ?? Node.Settings.HomeAddress, Peer.Address, octets);
        return Message([.. Options, Authorization(octets[^BindingAuthorizationDataOption.ReturnRoutabilityLength..])]);
    }

    private BindingUpdate Message(IEnumerable<MobilityOption> options) =>
        new(SequenceNumber, Flags, LifetimeUnits, new MobilityOptionList(options));

    private static BindingAuthorizationDataOption Authorization(byte[] authenticator) => new(new OctetString(authenticator));
}
