using System.Net;
using Pmip.Wire;

namespace Pmip.Benchmarks;

/// <summary>The messages whose codec is measured, and what is done with each.</summary>
internal static class CodecSamples
{
    internal const string Copy = "copy",
        WriteRecord = "write record",
        ReadRecord = "read record";

    private static readonly IPAddress _gateway = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPAddress _anchor = IPAddress.Parse("2001:db8:100::1");
    private static readonly byte[] _gatewayOctets = _gateway.GetAddressBytes();
    private static readonly byte[] _anchorOctets = _anchor.GetAddressBytes();
    private static readonly byte[] _nai = "025e00000001@dynamic.pmip.example"u8.ToArray();
    private static readonly byte[] _linkLayer = [0x02, 0x5e, 0, 0, 0, 1];
    private static readonly byte[] _linkLocal = IPAddress.Parse("fe80::5e:ff:fe00:1").GetAddressBytes();
    private static readonly byte[] _careOf = IPAddress.Parse("2001:db8:300::17").GetAddressBytes();
    private static readonly byte[] _address = [203, 0, 113, 8];
    private static readonly byte[] _router = [203, 0, 113, 1];
    private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:8000:1::/64");
    private static readonly Timestamp _time = new(0x0000_68e7_7800_8000);
    private static readonly byte[] _buffer = new byte[MobilityHeader.MaximumMessageLength];

    /// <summary>What is read adds to this, so that no reading is left out by the compiler.</summary>
    private static long _seen;

    /// <param name="Record">The name of the operation that does the same by records; empty for none.</param>
    internal sealed record Operation(string Name, string Record, Action Do);

    internal sealed record Sample(string Name, int Length, IReadOnlyList<Operation> Operations);

    private delegate int Write(Span<byte> destination);

    /// <summary>The octets of the Proxy Binding Update.</summary>
    internal static byte[] ProxyUpdateOctets() => ProxyUpdate.ToBytes(_gateway, _anchor);

    private static MobilityOptionList ProxyOptions { get; } =
    [
        MobileNodeIdentifierOption.ForNai("025e00000001@dynamic.pmip.example"),
        new HomeNetworkPrefixOption(_prefix),
        new HandoffIndicatorOption(HandoffIndicator.AttachmentOverNewInterface),
        new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
        new MobileNodeLinkLayerIdentifierOption(new OctetString(_linkLayer)),
        new LinkLocalAddressOption(new IPAddress(_linkLocal)),
        new TimestampOption(_time),
    ];

    private static BindingUpdate ProxyUpdate { get; } =
        new(0x1234, BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration, 150, ProxyOptions);

    private static BindingAcknowledgement ProxyAcknowledgement { get; } =
        new(BindingStatus.ACCEPTED, BindingAcknowledgementFlags.ProxyRegistration, 0x1234, 150, ProxyOptions);

    private static BindingUpdate Update { get; } =
        new(
            0x1234,
            BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration,
            150,
            [
                new AlternateCareOfAddressOption(new IPAddress(_careOf)),
                new BindingIdentifierOption(7, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, null),
            ]
        );

    private static BindingAcknowledgement Acknowledgement { get; } =
        new(
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.None,
            0x1234,
            150,
            [
                new BindingIdentifierOption(7, BindingStatus.ACCEPTED, SimultaneousHomeAndForeign: false, null),
                new BindingRefreshAdviceOption(75),
            ]
        );

    private static DhcpMessage Offer { get; } =
        new(
            DhcpOperation.BootReply,
            0x12345678,
            [
                new DhcpMessageTypeOption(DhcpMessageType.Offer),
                new DhcpServerIdentifierOption(new IPAddress(_router)),
                new DhcpLeaseTimeOption(3600),
                new DhcpSubnetMaskOption(24),
                new DhcpRouterOption(new IPAddress(_router)),
            ]
        )
        {
            HardwareAddress = new OctetString(_linkLayer),
            YourAddress = new IPAddress(_address),
        };

    internal static IReadOnlyList<Sample> All { get; } =
    [
        Mobility("PBU with 7 options", ProxyUpdate, WriteProxyUpdate),
        Mobility("PBA with 7 options", ProxyAcknowledgement, WriteProxyAcknowledgement),
        Mobility("BU with a BID", Update, WriteUpdate),
        Mobility("BA with a BID", Acknowledgement, WriteAcknowledgement),
        Dhcp(),
    ];

    private static Sample Mobility(string name, MobilityMessage message, Write write)
    {
        var octets = message.ToBytes(_gateway, _anchor);
        return new Sample(
            name,
            octets.Length,
            [
                new Operation(Copy, "", () => octets.CopyTo(_buffer, 0)),
                new Operation(WriteRecord, WriteRecord, () => message.Write(_buffer)),
                new Operation("write in place", WriteRecord, () => write(_buffer)),
                new Operation(ReadRecord, ReadRecord, () => Parse(octets)),
                new Operation("read in place", ReadRecord, () => Read(octets)),
                new Operation("fill checksum", "", () => MobilityHeader.FillChecksum(_gatewayOctets, _anchorOctets, octets)),
                new Operation(
                    "verify checksum",
                    "",
                    () => _seen += MobilityHeader.HasValidChecksum(_gatewayOctets, _anchorOctets, octets) ? 1 : 0
                ),
            ]
        );
    }

    private static void Parse(byte[] octets)
    {
        if (MobilityMessage.TryParse(octets, out var message, out _))
        {
            _seen += message.Type;
        }
    }

    /// <summary>Checks the whole message, and takes the value of every option.</summary>
    private static void Read(byte[] octets)
    {
        if (!MobilityMessageReader.TryRead(octets, WireEdition.Default, out var message, out _))
        {
            return;
        }

        foreach (var option in message.Options)
        {
            _seen += option.Kind switch
            {
                MobilityOptionType.MobileNodeIdentifier => option.MobileNodeIdentifier.Identifier.Length,
                MobilityOptionType.HomeNetworkPrefix => option.HomeNetworkPrefix.Length,
                MobilityOptionType.HandoffIndicator => (int)option.HandoffIndicator,
                MobilityOptionType.AccessTechnologyType => (int)option.AccessTechnologyType,
                MobilityOptionType.MobileNodeLinkLayerIdentifier => option.MobileNodeLinkLayerIdentifier.Length,
                MobilityOptionType.LinkLocalAddress => option.LinkLocalAddress[^1],
                MobilityOptionType.Timestamp => (long)option.Timestamp.Value,
                MobilityOptionType.AlternateCareOfAddress => option.AlternateCareOfAddress[^1],
                MobilityOptionType.BindingIdentifier => option.BindingIdentifier.BindingId,
                MobilityOptionType.BindingRefreshAdvice => option.BindingRefreshAdvice,
                _ => 0,
            };
        }
    }

    private static int WriteProxyUpdate(Span<byte> destination)
    {
        var writer = MobilityMessageWriter.BindingUpdate(
            destination,
            0x1234,
            BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration,
            150
        );
        AddProxyOptions(ref writer);
        writer.TryEnd(out var length);
        return length;
    }

    private static int WriteProxyAcknowledgement(Span<byte> destination)
    {
        var writer = MobilityMessageWriter.BindingAcknowledgement(
            destination,
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.ProxyRegistration,
            0x1234,
            150
        );
        AddProxyOptions(ref writer);
        writer.TryEnd(out var length);
        return length;
    }

    private static void AddProxyOptions(ref MobilityMessageWriter writer)
    {
        writer.AddMobileNodeIdentifier(MobileNodeIdentifierOption.NaiSubtype, _nai);
        writer.AddHomeNetworkPrefix(_prefix);
        writer.AddHandoffIndicator(HandoffIndicator.AttachmentOverNewInterface);
        writer.AddAccessTechnologyType(AccessTechnologyType.Ieee8023);
        writer.AddMobileNodeLinkLayerIdentifier(_linkLayer);
        writer.AddLinkLocalAddress(_linkLocal);
        writer.AddTimestamp(_time);
    }

    private static int WriteUpdate(Span<byte> destination)
    {
        var writer = MobilityMessageWriter.BindingUpdate(
            destination,
            0x1234,
            BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration,
            150
        );
        writer.AddAlternateCareOfAddress(_careOf);
        writer.AddBindingIdentifier(7, BindingStatus.ACCEPTED, simultaneousHomeAndForeign: false, []);
        writer.TryEnd(out var length);
        return length;
    }

    private static int WriteAcknowledgement(Span<byte> destination)
    {
        var writer = MobilityMessageWriter.BindingAcknowledgement(
            destination,
            BindingStatus.ACCEPTED,
            BindingAcknowledgementFlags.None,
            0x1234,
            150
        );
        writer.AddBindingIdentifier(7, BindingStatus.ACCEPTED, simultaneousHomeAndForeign: false, []);
        writer.AddBindingRefreshAdvice(75);
        writer.TryEnd(out var length);
        return length;
    }

    private static Sample Dhcp()
    {
        var octets = Offer.ToBytes();
        return new Sample(
            "DHCPOFFER with 5 options",
            octets.Length,
            [
                new Operation(Copy, "", () => octets.CopyTo(_buffer, 0)),
                new Operation(WriteRecord, WriteRecord, () => Offer.Write(_buffer)),
                new Operation("write in place", WriteRecord, () => WriteOffer(_buffer)),
                new Operation(
                    ReadRecord,
                    ReadRecord,
                    () => _seen += DhcpMessage.TryParse(octets, out var message, out _) ? message.Hops : 1
                ),
                new Operation("read in place", ReadRecord, () => ReadOffer(octets)),
            ]
        );
    }

    private static void WriteOffer(Span<byte> destination)
    {
        var writer = new DhcpMessageWriter(destination, DhcpOperation.BootReply, 0x12345678);
        writer.SetHardwareAddress(DhcpMessage.EthernetHardwareType, _linkLayer);
        writer.SetYourAddress(_address);
        writer.AddMessageType(DhcpMessageType.Offer);
        writer.AddServerIdentifier(_router);
        writer.AddLeaseTime(3600);
        writer.AddSubnetMask(24);
        writer.AddRouters(_router);
        writer.TryEnd(out _);
    }

    /// <summary>Checks the whole message, and takes the value of every option.</summary>
    private static void ReadOffer(byte[] octets)
    {
        if (!DhcpMessageReader.TryRead(octets, out var message, out _))
        {
            return;
        }

        _seen += message.YourAddress[^1];
        foreach (var option in message.Options)
        {
            _seen += (DhcpOptionCode)option.Code switch
            {
                DhcpOptionCode.MessageType => (int)option.MessageType,
                DhcpOptionCode.ServerIdentifier => option.ServerIdentifier[^1],
                DhcpOptionCode.LeaseTime => option.LeaseTime,
                DhcpOptionCode.SubnetMask => option.SubnetMask,
                DhcpOptionCode.Router => option.Routers[^1],
                _ => 0,
            };
        }
    }
}
