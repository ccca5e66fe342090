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

    /// <summary>The options of IPv4 support, in the order of RFC 5844, Section 3.3; empty unless the request has some.</summary>
    public List<MobilityOption> Ipv4Options { get; } = [];

    /// <summary>RFC 5844, Section 4: whether packets are to be tunnelled in UDP; null to say nothing.</summary>
    public NatDetectionOption? NatDetection { get; set; }

    /// <summary>
    /// The message with its options in the order of Figure 6; those of IPv4 follow the prefixes. Null if the options do not fit into a
    /// message, as they may if the request is full of options to be returned.
    /// </summary>
    public BindingAcknowledgement? ToMessage()
    {
        var options = new MobilityOptionList(Slots().SelectMany(slot => slot));
        return BindingAcknowledgement.HasRoomFor(options)
            ? new BindingAcknowledgement(Status, Flags, SequenceNumber, LifetimeUnits, options)
            : null;
    }

    private static IPAddress OfFamily(IPAddress onPath, IPAddress wanted) => wanted.AddressFamily == onPath.AddressFamily ? wanted : onPath;

    /// <summary>A slot for each kind of option, which is empty if the message has none of that kind.</summary>
    private IReadOnlyList<IEnumerable<MobilityOption>> Slots() =>
        [
            One(MobileNode),
            HomeNetworkPrefixes.Select(prefix => new HomeNetworkPrefixOption(prefix)),
            Ipv4Options,
            One(HandoffIndicator is { } handoff ? new HandoffIndicatorOption(handoff) : null),
            One(AccessTechnology is { } technology ? new AccessTechnologyTypeOption(technology) : null),
            One(Timestamp is { } timestamp ? new TimestampOption(timestamp) : null),
            One(LinkLayerIdentifier is { } identifier ? new MobileNodeLinkLayerIdentifierOption(identifier) : null),
            One(LinkLocalAddress is { } address ? new LinkLocalAddressOption(address) : null),
            One(NatDetection),
        ];

    private static MobilityOption[] One(MobilityOption? option) => option is null ? [] : [option];
}
