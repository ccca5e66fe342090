using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class IpPrefixTests
{
    [Theory]
    [InlineData("203.0.113.255", 0, "0.0.0.0/0")]
    [InlineData("203.0.113.255", 1, "128.0.0.0/1")]
    [InlineData("203.0.113.255", 24, "203.0.113.0/24")]
    [InlineData("203.0.113.255", 25, "203.0.113.128/25")]
    [InlineData("203.0.113.255", 32, "203.0.113.255/32")]
    [InlineData("2001:db8::1", 0, "::/0")]
    [InlineData("2001:db8::1", 64, "2001:db8::/64")]
    [InlineData("2001:db8::1", 128, "2001:db8::1/128")]
    public void HostBits_OfAnAddress_AreCleared(string address, int length, string prefix)
    {
        var cleared = new IpPrefix(IPAddress.Parse(address), length);

        cleared.ToString().Should().Be(prefix);
        cleared.Length.Should().Be((byte)length);
        cleared.Should().Be(IpPrefix.Parse(prefix));
        cleared.IsIpv4.Should().Be(address.Contains('.'));
    }

    [Theory]
    [InlineData("203.0.113.1", -1)]
    [InlineData("203.0.113.1", 33)]
    [InlineData("::", -1)]
    [InlineData("::", 129)]
    public void Length_BeyondTheAddress_Throws(string address, int length)
    {
        var create = () => new IpPrefix(IPAddress.Parse(address), length);

        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData("203.0.113.0/25", "203.0.113.127", true)]
    [InlineData("203.0.113.0/25", "203.0.113.128", false)]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("0.0.0.0/0", "::", false)]
    [InlineData("0.0.0.0/0", "::ffff:203.0.113.1", false)]
    [InlineData("::/0", "203.0.113.1", false)]
    [InlineData("::ffff:0:0/96", "203.0.113.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    public void Contains_AddressesOfItsFamilyAlone(string prefix, string address, bool expected) =>
        IpPrefix.Parse(prefix).Contains(IPAddress.Parse(address)).Should().Be(expected);

    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.255")]
    [InlineData("203.0.113.64/26", "203.0.113.127")]
    [InlineData("203.0.113.7/32", "203.0.113.7")]
    [InlineData("0.0.0.0/0", "255.255.255.255")]
    [InlineData("2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void Last_HasAllOtherBitsSet(string prefix, string last) => IpPrefix.Parse(prefix).Last.ToString().Should().Be(last);

    [Fact]
    public void PrefixesOfDifferentFamilies_WithTheSameBits_AreDifferent() =>
        IpPrefix.Parse("203.0.113.0/24").Should().NotBe(IpPrefix.Parse("::ffff:203.0.113.0/120"));

    [Theory]
    [InlineData("203.0.113.7", true)]
    [InlineData("2001:db8::1", false)]
    public void Of_AnAddress_IsAHost(string address, bool isIpv4)
    {
        var host = IpPrefix.Of(IPAddress.Parse(address));

        (host.IsHost, host.IsIpv4, host.Network.ToString()).Should().Be((true, isIpv4, address));
        new IpPrefix(IPAddress.Parse(address), host.Length - 1).IsHost.Should().BeFalse();
    }

    [Fact]
    public void Ipv6Prefix_IsAnIpPrefix()
    {
        IpPrefix prefix = Ipv6Prefix.Parse("2001:db8::/64");

        prefix.Should().Be(IpPrefix.Parse("2001:db8::/64"));
        prefix.AsIpv6.Should().Be(Ipv6Prefix.Parse("2001:db8::/64"));
        IpPrefix.AllIpv6.AsIpv6.Should().Be(Ipv6Prefix.AllZero);
        IpPrefix.AllIpv4.AsIpv6.Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("203.0.113.0")]
    [InlineData("203.0.113.0/33")]
    [InlineData("203.0.113.0/-1")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::/64/64")]
    [InlineData("anything/8")]
    public void Text_ThatIsNotAPrefix_IsRefused(string? text) => IpPrefix.TryParse(text, out _).Should().BeFalse();
}
