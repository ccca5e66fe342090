using System.Net;
using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Octets;
using Conformance.Testing.Protection;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Protection;

/// <summary>
/// Compares the tester's own code of return routability with values of Python's hashlib and hmac: for each row,
/// <c>kbm = sha1(home + careof)</c> or <c>sha1(home)</c>, and
/// <c>hmac(kbm, careof_address + correspondent + message without authenticator, checksum 0, sha1)[:12]</c>.
/// </summary>
public sealed class MessageKeyTests
{
    private const ulong Home = 0x0102030405060708;
    private const ulong CareOf = 0x1112131415161718;
    private const string CareOfAddress = "2001:db8:100::5e1:1";
    private const string HomeAddress = "2001:db8:200::5e00:1";
    private const string Update = "3b 03 05 00 be ef 12 34 80 00 00 69  04 04 00 07 00 09  05 0c";
    private const string Deletion = "3b 03 05 00 be ef 12 35 80 00 00 00  04 04 00 07 00 00  05 0c";
    private const string Acknowledgement = "3b 03 06 00 11 11 00 00 12 34 00 69  01 04 00 00 00 00  05 0c";
    private const int At = 20;

    private static readonly IPAddress _correspondent = IPAddress.Parse("2001:db8:100::c1");

    [Theory]
    [InlineData(Update, CareOf, CareOfAddress, "d56604646d5d1d622b7e5bfa")]
    [InlineData(Deletion, null, HomeAddress, "db94410acf427f651a7a6734")]
    [InlineData(Acknowledgement, CareOf, CareOfAddress, "45e1ef6919eb0453541ae6fc")]
    public void Authenticator_IsThatOfAnotherImplementation(string message, ulong? careOf, string address, string expected)
    {
        var key = MessageKey.Of(Home, careOf, IPAddress.Parse(address), _correspondent);
        byte[] octets = [.. HandMadeMessage.Hex(message), .. HandMadeMessage.Hex(expected)];

        Convert.ToHexStringLower(key.Authenticator(octets, At)).Should().Be(expected);
        key.Fits(new MobilityOctets(octets, offset: 0)).Should().BeTrue();
        octets[^1] ^= 1;
        key.Fits(new MobilityOctets(octets, offset: 0)).Should().BeFalse();
    }

    [Theory]
    [InlineData("3b 01 06 00 11 11 00 00 12 34 00 69  01 02 00 00")]
    [InlineData("3b 02 06 00 11 11 00 00 12 34 00 69  01 00  05 08 d5 66 04 64 6d 5d 1d 62")]
    public void MessageWithoutAWholeAuthenticator_DoesNotFit(string message) =>
        MessageKey
            .Of(Home, CareOf, IPAddress.Parse(CareOfAddress), _correspondent)
            .Fits(new MobilityOctets(HandMadeMessage.Hex(message), offset: 0))
            .Should()
            .BeFalse();
}
