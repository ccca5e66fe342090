using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A Proxy Binding Acknowledgement while it is being constructed, RFC 5213, Section 5.3.6.</summary>
public sealed class AcknowledgementDraft(RegistrationRequest request, BindingStatus status)
{
    public RegistrationRequest Request { get; } = request;

    public BindingStatus Status { get; set; } = status;

    /// <summary>RFC 5213, Section 8.2: 128 and above are rejections.</summary>
    public bool IsRejection => (byte)Status >= 128;

    public IPAddress Source { get; set; } = request.Anchor.Settings.Address;

    public IPAddress Destination { get; set; } = request.ProxyCareOfAddress;

    /// <summary>
    /// The way back of the request, without home addresses: a Proxy Binding Acknowledgement has no type 2 routing header. A
    /// <see cref="Source"/> or <see cref="Destination"/> of the other family than that of the way back has no place on it.
    /// </summary>
    public SignalingTransport Path
    {
        get
        {
            var back = Request.Signal.Path.Reversed.Direct;
            return back with { Source = OfFamily(back.Source, Source), Destination = OfFamily(back.Destination, Destination) };
        }
    }

    /// <summary>The MAG under whose security association the message is sent; null to send it without protection.</summary>
    public IPAddress? ProtectedFor { get; set; }

    public BindingAcknowledgementFlags Flags { get; set; }

    public ushort SequenceNumber { get; set; }

    public ushort LifetimeUnits { get; set; }

    public MobileNodeIdentifierOption? MobileNode { get; set; }

    public IReadOnlyList<Ipv6Prefix> HomeNetworkPrefixes { get; set; } = [];

    public HandoffIndicator? HandoffIndicator { get; set; }

    public AccessTechnologyType? AccessTechnology { get; set; }

    public Timestamp? Timestamp { get; set; }

    public OctetString? LinkLayerIdentifier { get; set; }

    public IPAddress? LinkLocalAddress { get; set; }

    /// <summary>The message with its options in the order of Figure 6.</summary>
    public BindingAcknowledgement ToMessage() => new(Status, Flags, SequenceNumber, LifetimeUnits, new MobilityOptionList(Options()));

    private static IPAddress OfFamily(IPAddress onPath, IPAddress wanted) => wanted.AddressFamily == onPath.AddressFamily ? wanted : onPath;

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
    }
}
