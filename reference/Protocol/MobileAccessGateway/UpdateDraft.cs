using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileAccessGateway;

/// <summary>A Proxy Binding Update while it is being constructed, RFC 5213, Section 6.9.1.5.</summary>
public sealed class UpdateDraft(GatewayState gateway, Attachment attachment, PendingUpdate update, Now now)
{
    public GatewayState Gateway { get; } = gateway;

    public Attachment Attachment { get; } = attachment;

    public PendingUpdate Update { get; } = update;

    public Now Now { get; } = now;

    /// <summary>The IPv4 home addresses of the request, ALL_ZERO for one of the LMA's choice; empty if it is not about IPv4.</summary>
    public IReadOnlyList<Ipv4HomeAddress> RequestedIpv4HomeAddresses =>
        !Update.IpVersions.HasFlag(IpVersions.Ipv4) ? []
        : Update.Ipv4HomeAddresses.Count > 0 ? Update.Ipv4HomeAddresses
        : [Ipv4HomeAddress.AllZero];

    public IPAddress Source { get; set; } = gateway.Settings.ProxyCareOfAddress;

    public IPAddress Destination { get; set; } = attachment.MobileNode.AnchorAddress;

    /// <summary>How the LMA is reached over IPv4; null if none is.</summary>
    public Ipv4GatewayTransport? Transport => Gateway.Settings.Ipv4Transport;

    /// <summary>IPv4-LMAA, if the LMA of the mobile node is reached over IPv4; otherwise null.</summary>
    public IPAddress? Ipv4Anchor => Attachment.MobileNode.Ipv4AnchorAddress;

    /// <summary>The headers before the message: over IPv6 between <see cref="Source"/> and <see cref="Destination"/>, unless set.</summary>
    public SignalingTransport Path
    {
        get => field ?? new Ipv6Signaling(Source, Destination);
        set;
    }

    /// <summary>The LMA under whose security association the message is sent; null to send it without protection.</summary>
    public IPAddress? ProtectedFor { get; set; }

    public BindingUpdateFlags Flags { get; set; }

    public ushort SequenceNumber { get; set; }

    public ushort LifetimeUnits { get; set; }

    public MobileNodeIdentifierOption? MobileNode { get; set; }

    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; set; } = [];

    /// <summary>The options that ask for IPv4 home addresses, in the format of the edition.</summary>
    public IReadOnlyList<MobilityOption> Ipv4Options { get; set; } = [];

    /// <summary>The MAG's own IPv4 address in a message over IPv4, before RFC 5844; null for no option.</summary>
    public IPAddress? Ipv4CareOfAddress { get; set; }

    public HandoffIndicator? HandoffIndicator { get; set; }

    public AccessTechnologyType? AccessTechnology { get; set; }

    public Timestamp? Timestamp { get; set; }

    public OctetString? LinkLayerIdentifier { get; set; }

    public IPAddress? LinkLocalAddress { get; set; }

    /// <summary>The message with its options in the order of Figure 12, and those of IPv4 after them.</summary>
    public BindingUpdate ToMessage() => new(SequenceNumber, Flags, LifetimeUnits, new MobilityOptionList(Options()));

    private IEnumerable<MobilityOption> Options()
    {
        if (MobileNode is not null)
        {
            yield return MobileNode;
        }
        foreach (var prefix in HomeNetworkPrefixes)
        {
            yield return new HomeNetworkPrefixOption(prefix);
        }
        if (HandoffIndicator is { } handoff)
        {
            yield return new HandoffIndicatorOption(handoff);
        }
        if (AccessTechnology is { } technology)
        {
            yield return new AccessTechnologyTypeOption(technology);
        }
        if (Timestamp is { } timestamp)
        {
            yield return new TimestampOption(timestamp);
        }
        if (LinkLayerIdentifier is { } identifier)
        {
            yield return new MobileNodeLinkLayerIdentifierOption(identifier);
        }
        if (LinkLocalAddress is not null)
        {
            yield return new LinkLocalAddressOption(LinkLocalAddress);
        }
        foreach (var option in Ipv4Options)
        {
            yield return option;
        }
        if (Ipv4CareOfAddress is not null)
        {
            yield return new Ipv4CareOfAddressOption(Ipv4CareOfAddress);
        }
    }
}
