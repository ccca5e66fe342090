using Conformance.TestBeds.Simulated;
using Conformance.Testing.Bed;
using Pmip.Wire;

namespace Conformance.TestBeds.Deviations;

/// <summary>
/// The output of a MAG that serves one more mobile node than the tester plays: after every registration, it extends the binding of that
/// node, and before every Router Advertisement, it sends that node one of its own on the same link (RFC 6085: in unicast at the link
/// layer).
/// </summary>
internal sealed class OtherNodeFilter : IOutputFilter
{
    private static readonly MacAddress _linkLayer = MacAddress.Parse("02:5e:00:00:ef:01");
    private static readonly MobileNodeIdentifierOption _identifier = MobileNodeIdentifierOption.ForNai("025e0000ef01@dynamic.pmip.example");
    private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:8000:ef01::/64");

    public IEnumerable<(TimeSpan Delay, ReadOnlyMemory<byte> Frame)> Apply(PortId link, ReadOnlyMemory<byte> frame)
    {
        if (FrameEditor.CarriesMessage(frame, MobilityHeaderType.BindingUpdate))
        {
            return [(TimeSpan.Zero, frame), (TimeSpan.Zero, FrameEditor.EditOptions(frame, options => options.Select(OfOtherNode)))];
        }

        return Advertisement(frame) is { } other ? [(TimeSpan.Zero, other), (TimeSpan.Zero, frame)] : [(TimeSpan.Zero, frame)];
    }

    private static MobilityOption OfOtherNode(MobilityOption option) =>
        option switch
        {
            MobileNodeIdentifierOption => _identifier,
            HomeNetworkPrefixOption => new HomeNetworkPrefixOption(_prefix),
            HandoffIndicatorOption => new HandoffIndicatorOption(HandoffIndicator.HandoffStateNotChanged),
            MobileNodeLinkLayerIdentifierOption => new MobileNodeLinkLayerIdentifierOption(new OctetString(_linkLayer.ToArray())),
            _ => option,
        };

    private static ReadOnlyMemory<byte>? Advertisement(ReadOnlyMemory<byte> frame)
    {
        if (
            !EthernetFrame.TryParse(frame, out var ethernet, out _)
            || !Ipv6Packet.TryParse(ethernet.Payload, out var packet, out _)
            || packet.NextHeader != IpProtocol.Icmpv6
            || !Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
            || message is not RouterAdvertisement advertisement
        )
        {
            return null;
        }

        var options = advertisement.Options.Select(option =>
            option is PrefixInformationOption known ? known with { Prefix = _prefix } : option
        );
        var other = advertisement with { Options = new NdOptionList([.. options]) };
        var sent = packet with { Payload = other.ToBytes(packet.Source, packet.Destination) };
        return (ethernet with { Destination = _linkLayer, Payload = sent.ToBytes() }).ToBytes();
    }
}
