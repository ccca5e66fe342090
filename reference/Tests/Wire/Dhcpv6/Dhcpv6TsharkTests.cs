using FluentAssertions;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>tshark reads the intended value of every field and option of encoded DHCPv6 messages.</summary>
public sealed class Dhcpv6TsharkTests
{
    [Theory]
    [InlineData("dhcpv6.msgtype", "7")]
    [InlineData("dhcpv6.xid", "0x123456")]
    [InlineData("dhcpv6.option.type", "1", "2", "3", "5", "13", "13", "65000")]
    [InlineData("dhcpv6.option.length", "10", "10", "53", "37", "9", "8", "3")]
    [InlineData("dhcpv6.duid.bytes", "00:03:00:01:02:5e:00:00:00:01", "00:03:00:01:02:5e:00:00:00:a1")]
    [InlineData("dhcpv6.duidll.link_layer_addr", "02:5e:00:00:00:01", "02:5e:00:00:00:a1")]
    [InlineData("dhcpv6.iaid", "01020304")]
    [InlineData("dhcpv6.iaid.t1", "900")]
    [InlineData("dhcpv6.iaid.t2", "1440")]
    [InlineData("dhcpv6.iaaddr.ip", "2001:db8:8000:1::7")]
    [InlineData("dhcpv6.iaaddr.pref_lifetime", "1800")]
    [InlineData("dhcpv6.iaaddr.valid_lifetime", "3600")]
    [InlineData("dhcpv6.status_code", "0", "5")]
    [InlineData("dhcpv6.status_msg", "granted", "not so")]
    public void Field_OfAReply_IsReadAlike(string field, params string[] values) =>
        Dissection.Of(Dhcpv6Samples.Carry(Dhcpv6Samples.Full)).Shows(field).Should().Equal(values);

    [Theory]
    [InlineData("dhcpv6.msgtype", "12", "12", "3")]
    [InlineData("dhcpv6.hopcount", "1", "0")]
    [InlineData("dhcpv6.linkaddr", "2001:db8:8000:1::7", "2001:db8:8000:1::7")]
    [InlineData("dhcpv6.peeraddr", "fe80::5e:ff:fe00:1", "fe80::5e:ff:fe00:1")]
    [InlineData("dhcpv6.interface_id", "6c:69:6e:6b:31", "6c:69:6e:6b:31")]
    [InlineData("dhcpv6.xid", "0x123456")]
    public void Field_OfAMessageRelayedTwice_IsReadAlike(string field, params string[] values) =>
        Dissection.Of(Dhcpv6Samples.Carry(Dhcpv6Samples.RelayForwardAgain)).Shows(field).Should().Equal(values);

    [Fact]
    public void MessageTypes_AreReadAlike()
    {
        foreach (var message in Dhcpv6Samples.Messages)
        {
            Dissection.Of(Dhcpv6Samples.Carry(message)).Expect("dhcpv6.msgtype", (int)message.Type);
        }
    }
}
