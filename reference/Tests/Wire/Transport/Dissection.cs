using System.Globalization;
using System.Xml.Linq;
using FluentAssertions;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// The dissection of the samples of IPv4, the transports, DHCP and DHCPv6 by one run of tshark with default settings. tshark therefore
/// verifies the checksums of ICMP, but not those of IPv4, UDP and the Mobility Header. It knows port 5436, but shows the payload of
/// ports 5437 and 4191 as octets.
/// </summary>
internal sealed class Dissection
{
    /// <summary>tshark's PROTO_CHECKSUM_E_GOOD.</summary>
    internal const string ChecksumIsGood = "1";

    /// <summary>tshark's PI_WARN; notes and chats are lower, errors higher.</summary>
    private const int Warning = 0x600000;

    private static readonly Lazy<Dictionary<string, Dissection>> _all = new(DissectAll);

    private readonly XElement _packet;

    private Dissection(XElement packet) => _packet = packet;

    /// <summary>All samples.</summary>
    internal static IEnumerable<Dissection> Samples => _all.Value.Values;

    /// <summary>The names of the protocols, outermost first.</summary>
    internal IEnumerable<string> Protocols =>
        _packet.Descendants("proto").Select(Name).Where(name => name is not ("geninfo" or "frame" or "eth"));

    /// <summary>The dissection of a sample.</summary>
    internal static Dissection Of(Ipv4Packet packet) => _all.Value[Key(Frame(packet))];

    /// <inheritdoc cref="Of(Ipv4Packet)"/>
    internal static Dissection Of(Ipv6Packet packet) => _all.Value[Key(Frame(packet))];

    /// <inheritdoc cref="Of(Ipv4Packet)"/>
    internal static Dissection Of(ArpPacket packet) => _all.Value[Key(Frame(packet))];

    /// <summary>The dissection of a sample, from its IP header on.</summary>
    internal static Dissection Of(byte[] packet) => _all.Value[Key(Frame(packet))];

    /// <summary>The values that tshark shows for a field, one for each occurrence.</summary>
    internal IEnumerable<string> Shows(string field) =>
        _packet.Descendants("field").Where(candidate => Name(candidate) == field).Select(Show);

    /// <summary>
    /// Asserts the value of the outermost field with this name; an ICMP error also shows the fields of the invoking packet.
    /// </summary>
    internal void Expect(string field, string value) => Shows(field).FirstOrDefault().Should().Be(value, "{0}", field);

    internal void Expect(string field, long value) => Expect(field, value.ToString(CultureInfo.InvariantCulture));

    internal void ExpectNoComplaint()
    {
        Protocols.Should().NotContain("_ws.malformed");
        Shows("_ws.expert.severity")
            .Should()
            .NotContain(severity => int.Parse(severity, CultureInfo.InvariantCulture) >= Warning, "{0}", _packet);
    }

    private static Dictionary<string, Dissection> DissectAll()
    {
        byte[][] frames = [.. Frames().DistinctBy(Key)];
        return frames.Zip(Tshark.Dissect(frames)).ToDictionary(pair => Key(pair.First), pair => new Dissection(pair.Second));
    }

    private static IEnumerable<byte[]> Frames() =>
        [
            .. Ipv4Samples.Arp.Select(Frame),
            .. Ipv4Samples.Packets.Select(Frame),
            .. DhcpSamples.Messages.Select(DhcpSamples.Carry).Select(Frame),
            .. Dhcpv6Samples.Messages.Select(Dhcpv6Samples.Carry).Select(Frame),
            .. TransportSamples.Tunnelled.Select(value => value.Encapsulation.Wrap(value.Inner.Span)).Select(Frame),
            .. TransportSamples.Signaling.Select(transport => transport.Wrap(SampleMessages.Update)).Select(Frame),
        ];

    private static byte[] Frame(ArpPacket packet) => Ipv4Samples.Frame(ArpPacket.EtherType, packet.ToBytes());

    private static byte[] Frame(Ipv4Packet packet) => Frame(packet.ToBytes());

    private static byte[] Frame(Ipv6Packet packet) => Frame(packet.ToBytes());

    private static byte[] Frame(byte[] packet) =>
        Ipv4Samples.Frame(packet[0] >> 4 == 4 ? Ipv4Packet.EtherType : EthernetFrame.Ipv6EtherType, packet);

    private static string Key(byte[] frame) => Convert.ToHexStringLower(frame);

    private static string Name(XElement element) => (string?)element.Attribute("name") ?? "";

    private static string Show(XElement field) => (string?)field.Attribute("show") ?? "";
}
