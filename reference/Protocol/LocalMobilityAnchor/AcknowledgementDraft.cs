using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.LocalMobilityAnchor;

/// <summary>A Proxy Binding Acknowledgement while it is being constructed, RFC 5213, Section 5.3.6.</summary>
public sealed class AcknowledgementDraft(RegistrationRequest request, BindingStatus status)
{
    private List<MobilityOption>? _ipv4Options;

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
            var (source, destination) = (OfFamily(back.Source, Source), OfFamily(back.Destination, Destination));
            return ReferenceEquals(source, back.Source) && ReferenceEquals(destination, back.Destination)
                ? back
                : back with
                {
                    Source = source,
                    Destination = destination,
                };
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
    public List<MobilityOption> Ipv4Options => _ipv4Options ??= [];

    /// <summary>RFC 5844, Section 4: whether packets are to be tunnelled in UDP; null to say nothing.</summary>
    public NatDetectionOption? NatDetection { get; set; }

    /// <summary>
    /// The message with its options in the order of Figure 6; those of IPv4 follow the prefixes. Null if the options do not fit into a
    /// message, as they may if the request is full of options to be returned.
    /// </summary>
    public BindingAcknowledgement? ToMessage()
    {
        var options = new MobilityOptionList(Options());
        return BindingAcknowledgement.HasRoomFor(options)
            ? new BindingAcknowledgement(Status, Flags, SequenceNumber, LifetimeUnits, options)
            : null;
    }

    private static IPAddress OfFamily(IPAddress onPath, IPAddress wanted) => wanted.AddressFamily == onPath.AddressFamily ? wanted : onPath;

    private List<MobilityOption> Options()
    {
        var options = new List<MobilityOption>(capacity: 8);
        Add(MobileNode);
        foreach (var prefix in HomeNetworkPrefixes)
        {
            options.Add(new HomeNetworkPrefixOption(prefix));
        }
        options.AddRange(_ipv4Options ?? []);
        Add(HandoffIndicator is { } handoff ? new HandoffIndicatorOption(handoff) : null);
        Add(AccessTechnology is { } technology ? new AccessTechnologyTypeOption(technology) : null);
        Add(Timestamp is { } timestamp ? new TimestampOption(timestamp) : null);
        Add(LinkLayerIdentifier is { } identifier ? new MobileNodeLinkLayerIdentifierOption(identifier) : null);
        Add(LinkLocalAddress is { } address ? new LinkLocalAddressOption(address) : null);
        Add(NatDetection);
        return options;

        void Add(MobilityOption? option)
        {
            if (option is not null)
            {
                options.Add(option);
            }
        }
    }
}
