using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class MacAddressTests
{
    /// <summary>The example of RFC 2464, Section 4.</summary>
    private static readonly MacAddress _example = MacAddress.Parse("34:56:78:9a:bc:de");

    [Fact]
    public void InterfaceIdentifier_OfTheExampleInRfc2464_IsItsEui64() =>
        _example.InterfaceIdentifier().Should().Equal(0x36, 0x56, 0x78, 0xff, 0xfe, 0x9a, 0xbc, 0xde);

    [Fact]
    public void LinkLocalAddress_OfTheExampleInRfc2464_HasItsEui64() =>
        _example.LinkLocalAddress().Should().Be(IPAddress.Parse("fe80::3656:78ff:fe9a:bcde"));

    [Fact]
    public void LinkLocalAddress_OfALocallyAdministeredAddress_LosesTheBit() =>
        MacAddress.Parse("02:5e:00:00:00:01").LinkLocalAddress().Should().Be(IPAddress.Parse("fe80::5e:ff:fe00:1"));

    [Fact]
    public void Text_ParsedAndWritten_IsTheSame()
    {
        _example.ToString().Should().Be("34:56:78:9a:bc:de");
        MacAddress.Parse("34:56:78:9A:BC:DE").Should().Be(_example);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("34:56:78:9a:bc")]
    [InlineData("34:56:78:9a:bc:de:f0")]
    [InlineData("34-56-78-9a-bc-de")]
    [InlineData("34:56:78:9a:bc:dg")]
    [InlineData(" 4:56:78:9a:bc:de")]
    public void Text_ThatIsNotAnAddress_IsRefused(string? text) => MacAddress.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void Parse_OfInvalidText_IsAFormatException()
    {
        var parse = () => MacAddress.Parse("x");

        parse.Should().Throw<FormatException>();
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Octets_OtherThanSix_Throws(int length)
    {
        var create = () => new MacAddress(new byte[length]);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Octets_CopiedIntoADirtyBuffer_AreTheAddress()
    {
        byte[] buffer = [9, 9, 9, 9, 9, 9, 9];

        _example.CopyTo(buffer);

        buffer.Should().Equal(0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 9);
        _example.ToArray().Should().Equal(0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde);
    }

    [Fact]
    public void CopyTo_ABufferOfFive_IsAnArgumentException()
    {
        var copy = () => _example.CopyTo(new byte[5]);

        copy.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void ForMulticast_OfAGroup_Is3333AndItsLastFourOctets() =>
        MacAddress.ForMulticast(IPAddress.Parse("ff02::1:ff9a:bcde")).Should().Be(MacAddress.Parse("33:33:ff:9a:bc:de"));

    [Fact]
    public void IsMulticast_OfGroupsAndBroadcast_IsTrue()
    {
        MacAddress.Broadcast.IsMulticast.Should().BeTrue();
        MacAddress.ForMulticast(Ipv6Multicast.AllNodes).IsMulticast.Should().BeTrue();
        _example.IsMulticast.Should().BeFalse();
        MacAddress.Broadcast.ToString().Should().Be("ff:ff:ff:ff:ff:ff");
    }
}
