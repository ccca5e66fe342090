using System.Net;
using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Octets;

/// <summary>Reads packets of Mobile IPv6 that are written down octet by octet (RFC 6275, Section 6).</summary>
public sealed class MobileIpv6PacketTests
{
    private const string CareOf = "2001:db8:100::5e1:1";
    private const string Home = "2001:db8:200::5e00:1";
    private const string HomeOctets = "20 01 0d b8 02 00 00 00 00 00 00 00 5e 00 00 01";
    private const string Node = "2001:db8:100::c1";
    private const byte Routing = 43;
    private const byte DestinationOptions = 60;

    private const string HomeAddressOption = "87 02 01 02 00 00 c9 10" + HomeOctets;
    private const string Type2RoutingHeader = "87 02 02 01 00 00 00 00" + HomeOctets;

    private const string HomeTest = "3b 02 03 00 00 00 00 07 0102030405060708 1112131415161718";
    private const string Acknowledgement = "3b 01 06 00 00 00 00 00 12 34 00 69 01 02 00 00";
    private const string Update = "3b 01 05 00 00 00 12 34 80 00 00 69 01 02 00 00";

    [Theory]
    [InlineData("3b 00 00 00 00 00 00 00", "BRR")]
    [InlineData("3b 01 01 00 00 00 00 00 0102030405060708", "HoTI")]
    [InlineData("3b 01 02 00 00 00 00 00 0102030405060708", "CoTI")]
    [InlineData(HomeTest, "HoT index 7")]
    [InlineData("3b 02 04 00 00 00 00 09 0102030405060708 1112131415161718", "CoT index 9")]
    [InlineData("3b 02 07 00 00 00 01 00" + HomeOctets, "BE status 1, 2001:db8:200::5e00:1")]
    public void Message_HasItsWords(string message, string words) =>
        Words(HandMadeMessage.Of(message).ToFrame(Node, CareOf)).Should().Be(words);

    [Fact]
    public void Test_HasItsFields()
    {
        var frame = HandMadeMessage.Of(HomeTest).ToFrame(Node, Home);
        var message = (MobilityOctets)PacketStack.Of(frame).Innermost;

        message.NonceIndex.Should().Be(7);
        message.Cookie.Should().Be(0x0102030405060708);
        message.KeygenToken.Should().Be(0x1112131415161718);
        Values(frame)
            .Should()
            .ContainInOrder("Home Nonce Index 7", "Home Init Cookie 0x0102030405060708", "Home Keygen Token 0x1112131415161718");
    }

    [Fact]
    public void HomeAddressOption_IsTheSourceForTheChecksum()
    {
        var frame = Behind(Update, Home, Node, DestinationOptions, HomeAddressOption, outerSource: CareOf);
        var ip = PacketStack.Of(frame).Ip!;

        ip.HomeAddress.Should().Be(IPAddress.Parse(Home));
        ip.UpperSource.Should().Be(IPAddress.Parse(Home));
        ip.HasRightChecksum.Should().BeTrue();
        Words(frame).Should().Be($"BU seq 4660, 420 s, A, behind Destination Options with Home Address {Home}");
        Values(frame).Should().Contain($"Home Address {Home}");
    }

    [Fact]
    public void Type2RoutingHeader_LeadsToTheDestinationForTheChecksum()
    {
        var frame = Behind(Acknowledgement, Node, Home, Routing, Type2RoutingHeader, outerDestination: CareOf);
        var ip = PacketStack.Of(frame).Ip!;

        ip.RoutedTo.Should().Be(IPAddress.Parse(Home));
        ip.UpperDestination.Should().Be(IPAddress.Parse(Home));
        ip.HasRightChecksum.Should().BeTrue();
        ip.Headers.Single().SegmentsLeft.Should().Be(1);
        Words(frame).Should().Be($"BA seq 4660, 0 ACCEPTED, 420 s, no flags, behind Routing header type 2 to {Home}");
        Values(frame).Should().Contain($"Home Address {Home}");
    }

    [Theory]
    [InlineData("87 02 00 01 00 00 00 00" + HomeOctets)]
    [InlineData("87 00 02 01 00 00 00 00")]
    public void AnotherRoutingHeader_LeadsToNoHomeAddress(string header)
    {
        var frame = Behind(Acknowledgement, Node, Home, Routing, header, outerDestination: CareOf);
        var ip = PacketStack.Of(frame).Ip!;

        ip.RoutedTo.Should().BeNull();
        ip.UpperDestination.Should().Be(IPAddress.Parse(CareOf));
        ip.HasRightChecksum.Should().BeNull("the final destination is not known");
    }

    [Theory]
    [InlineData("87 02 01 02 00 00 c9 0f" + HomeOctets)]
    [InlineData("87 00 01 04 00 00 00 00")]
    public void OptionOfAnotherLength_IsNoHomeAddress(string header) =>
        PacketStack.Of(Behind(Update, Home, Node, DestinationOptions, header, outerSource: CareOf)).Ip!.HomeAddress.Should().BeNull();

    [Fact]
    public void MobilePrefixAdvertisement_HasItsPrefixes()
    {
        const string Prefix = "03 04 40 c0 00000e10 00000708 00000000 20010db8020000000000000000000000";
        var frame = Icmp("93 00 00 00 12 34 80 00" + Prefix + "05 01 00 00 000005dc");
        var advertisement = PacketStack.Of(frame).Innermost.Should().BeOfType<MobilePrefixLayer>().Subject;

        advertisement.Identifier.Should().Be(0x1234);
        advertisement.Prefixes.Should().ContainSingle().Which.ValidLifetime.Should().Be(3600);
        Words(frame).Should().StartWith("Mobile Prefix Advertisement, identifier 4660, prefix 2001:db8:200::/64");
        Values(frame)
            .Should()
            .ContainInOrder("Identifier 4660", "Flags 0x8000", "Prefix Information 2001:db8:200::/64, valid 3600 s", "Option 5 8 octets");
    }

    [Theory]
    [InlineData("92 00 00 00 12 34 00 00", "Mobile Prefix Solicitation, identifier 4660")]
    [InlineData("93 00 00 00 12 34 00 00 03 04 40", "malformed at octet 62: runs past the end of the message")]
    [InlineData("93 00 00 00 12 34 00 00 03 00 40 00 00 00 00 00", "malformed at octet 62: has no length")]
    public void MobilePrefixMessage_IsReadAsFarAsItGoes(string message, string words) => Words(Icmp(message)).Should().Contain(words);

    private static string Words(byte[] frame) => PacketStack.Of(frame).Words(AddressNames.Instance).ToString();

    private static IEnumerable<string> Values(byte[] frame) =>
        PacketStack.Of(frame).Fields().Where(field => field.Kind == FieldKind.Field).Select(field => $"{field.Name} {field.Value}");

    private static byte[] Icmp(string message) => Frame(Node, CareOf, 58, HandMadeMessage.Hex(message));

    /// <param name="source">The source for the checksum.</param>
    /// <param name="destination">The destination for the checksum.</param>
    private static byte[] Behind(
        string message,
        string source,
        string destination,
        byte type,
        string header,
        string? outerSource = null,
        string? outerDestination = null
    ) =>
        Frame(
            outerSource ?? source,
            outerDestination ?? destination,
            type,
            [.. HandMadeMessage.Hex(header), .. HandMadeMessage.Of(message).WithChecksum(source, destination)]
        );

    private static byte[] Frame(string source, string destination, byte next, byte[] payload) =>
        [
            .. HandMadeMessage.Hex("02 1a 00 00 00 01  02 1a 00 00 01 a1  86 dd  60 00 00 00 00"),
            (byte)payload.Length,
            next,
            64,
            .. IPAddress.Parse(source).GetAddressBytes(),
            .. IPAddress.Parse(destination).GetAddressBytes(),
            .. payload,
        ];
}
