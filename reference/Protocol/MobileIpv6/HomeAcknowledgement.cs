using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.MobileIpv6;

/// <summary>The Binding Acknowledgement of a home agent while it is being constructed, RFC 6275, Sections 9.5.4 and 10.3.1.</summary>
/// <param name="request">What it answers.</param>
/// <param name="status">The status that was decided.</param>
public sealed class HomeAcknowledgement(HomeRegistration request, BindingStatus status)
{
    public HomeRegistration Request { get; } = request;

    public BindingStatus Status { get; set; } = status;

    /// <summary>A binding has been registered or removed, whatever the number of the status.</summary>
    public bool IsAccepted => (byte)Status < 128 || Request.HasReplacedPlainBinding;

    public BindingAcknowledgementFlags Flags { get; set; }

    public ushort SequenceNumber { get; set; }

    public ushort LifetimeUnits { get; set; }

    public List<MobilityOption> Options { get; } = [];

    public SignalingTransport Path { get; set; } = request.Signal.Path.Reversed.Direct;

    /// <summary>The link on which the mobile node is a neighbour; null to route the message.</summary>
    public LinkId? Link { get; set; }

    /// <summary>The link-layer address of the mobile node on that link; null to resolve it.</summary>
    public MacAddress? Neighbor { get; set; }

    /// <summary>The home address under whose security association the message is sent; null to send it without protection.</summary>
    public IPAddress? ProtectedFor { get; set; }

    /// <summary>The message; null if its options have no room, as they may if the request is full of options to be repeated.</summary>
    public BindingAcknowledgement? ToMessage()
    {
        var options = new MobilityOptionList(Options);
        return BindingAcknowledgement.HasRoomFor(options)
            ? new BindingAcknowledgement(Status, Flags, SequenceNumber, LifetimeUnits, options)
            : null;
    }
}
