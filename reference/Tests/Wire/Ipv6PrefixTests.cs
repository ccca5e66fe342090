using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Ipv6PrefixTests
{
    [Theory]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 0, "::")]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 1, "::")]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 33, "2001:db8:8000::")]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 64, "2001:db8:ffff:ffff::")]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 65, "2001:db8:ffff:ffff:8000::")]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 128, "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void HostBits_OfAnAddress_AreCleared(string address, int length, string network)
    {
        var prefix = new Ipv6Prefix(IPAddress.Parse(address), length);

        prefix.Network.Should().Be(IPAddress.Parse(network));
        prefix.Length.Should().Be((byte)length);
        prefix.Should().Be(new Ipv6Prefix(IPAddress.Parse(network), length));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(129)]
    public void Length_Beyond128Bits_Throws(int length)
    {
        var create = () => new Ipv6Prefix(IPAddress.IPv6Any, length);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Ipv4Address_Throws()
    {
        var create = () => new Ipv6Prefix(IPAddress.Loopback, 8);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Text_ParsedAndWritten_IsTheSame() =>
        Ipv6Prefix.Parse("2001:db8:8000:1::/64").ToString().Should().Be("2001:db8:8000:1::/64");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2001:db8::")]
    [InlineData("2001:db8::/")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::/-1")]
    [InlineData("2001:db8::/64/64")]
    [InlineData("192.0.2.0/24")]
    public void Text_ThatIsNotAPrefix_IsRefused(string? text) => Ipv6Prefix.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void AllZero_IsTheDefaultAndHasLengthZero()
    {
        Ipv6Prefix.AllZero.Should().Be(default(Ipv6Prefix));
        Ipv6Prefix.AllZero.ToString().Should().Be("::/0");
        Ipv6Prefix.Parse("::/64").IsAllZero.Should().BeTrue();
        Ipv6Prefix.Parse("::/64").Should().NotBe(Ipv6Prefix.AllZero);
        Ipv6Prefix.Parse("2001::/16").IsAllZero.Should().BeFalse();
    }

    [Theory]
    [InlineData("2001:db8::/63", "2001:db8:0:1:ffff::", true)]
    [InlineData("2001:db8::/63", "2001:db8:0:2::", false)]
    [InlineData("::/0", "ffff::", true)]
    [InlineData("2001:db8::1/128", "2001:db8::1", true)]
    [InlineData("2001:db8::1/128", "2001:db8::2", false)]
    public void Contains_AnAddress_GoesByThePrefixLength(string prefix, string address, bool expected) =>
        Ipv6Prefix.Parse(prefix).Contains(IPAddress.Parse(address)).Should().Be(expected);

    [Theory]
    [InlineData("2001:db8::/48", "2001:db8::/48", true)]
    [InlineData("2001:db8::/48", "2001:db8:0:1::/64", true)]
    [InlineData("2001:db8::/48", "2001:db8::/47", false)]
    [InlineData("2001:db8::/48", "2001:db8:1::/64", false)]
    public void Contains_APrefix_GoesByBothLengths(string prefix, string other, bool expected) =>
        Ipv6Prefix.Parse(prefix).Contains(Ipv6Prefix.Parse(other)).Should().Be(expected);

    [Fact]
    public void AddressWith_AnInterfaceIdentifier_IsBoth() =>
        Ipv6Prefix
            .Parse("2001:db8:8000:1::/64")
            .AddressWith(MacAddress.Parse("02:5e:00:00:00:01").InterfaceIdentifier())
            .Should()
            .Be(IPAddress.Parse("2001:db8:8000:1:5e:ff:fe00:1"));

    [Fact]
    public void AddressWith_WithoutRoomOrSevenOctets_Throws()
    {
        var longer = () => Ipv6Prefix.Parse("2001:db8::/65").AddressWith(new byte[8]);
        var seven = () => Ipv6Prefix.Parse("2001:db8::/64").AddressWith(new byte[7]);

        longer.Should().Throw<InvalidOperationException>();
        seven.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("2001:db8:8000::/48", 64, 0, "2001:db8:8000::/64")]
    [InlineData("2001:db8:8000::/48", 64, 65535, "2001:db8:8000:ffff::/64")]
    [InlineData("2001:db8:8000::/48", 48, 0, "2001:db8:8000::/48")]
    [InlineData("::/0", 0, 0, "::/0")]
    [InlineData("::/0", 1, 1, "8000::/1")]
    [InlineData("2001:db8::/32", 128, ulong.MaxValue, "2001:db8::ffff:ffff:ffff:ffff/128")]
    public void Subnet_ByItsNumber_IsWithinThePrefix(string prefix, int length, ulong index, string subnet) =>
        Ipv6Prefix.Parse(prefix).Subnet(length, index).ToString().Should().Be(subnet);

    [Theory]
    [InlineData("2001:db8:8000::/48", 64, 65536)]
    [InlineData("2001:db8:8000::/48", 48, 1)]
    [InlineData("2001:db8:8000::/48", 47, 0)]
    [InlineData("2001:db8:8000::/48", 129, 0)]
    [InlineData("::/0", 0, 1)]
    public void Subnet_ThatDoesNotExist_Throws(string prefix, int length, ulong index)
    {
        var subnet = () => Ipv6Prefix.Parse(prefix).Subnet(length, index);

        subnet.Should().Throw<ArgumentOutOfRangeException>();
    }
}
