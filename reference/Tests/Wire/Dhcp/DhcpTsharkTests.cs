using System.Globalization;
using FluentAssertions;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>tshark reads the intended value of every field, option and sub-option of encoded DHCP messages.</summary>
public sealed class DhcpTsharkTests
{
    private static readonly Lazy<Dissection> _full = new(() => Dissection.Of(DhcpSamples.Carry(DhcpSamples.Full)));

    [Theory]
    [InlineData("dhcp.type", "1")]
    [InlineData("dhcp.hw.type", "0x01")]
    [InlineData("dhcp.hw.len", "6")]
    [InlineData("dhcp.hops", "1")]
    [InlineData("dhcp.id", "0x12345678")]
    [InlineData("dhcp.secs", "4")]
    [InlineData("dhcp.flags", "0x8000")]
    [InlineData("dhcp.flags.bc", "1")]
    [InlineData("dhcp.ip.client", "203.0.113.8")]
    [InlineData("dhcp.ip.your", "203.0.113.7")]
    [InlineData("dhcp.ip.server", "198.51.100.67")]
    [InlineData("dhcp.ip.relay", "198.51.100.161")]
    [InlineData("dhcp.hw.mac_addr", "02:5e:00:00:00:01")]
    [InlineData("dhcp.server", "server.example")]
    [InlineData("dhcp.file", "boot.img")]
    [InlineData("dhcp.cookie", "99.130.83.99")]
    public void Field_OfTheFixedPart_IsReadAlike(string field, string value) => _full.Value.Expect(field, value);

    [Theory]
    [InlineData("dhcp.option.dhcp", "3")]
    [InlineData("dhcp.option.subnet_mask", "255.255.255.0")]
    [InlineData("dhcp.option.router", "203.0.113.1", "198.51.100.1")]
    [InlineData("dhcp.option.interface_mtu", "1420")]
    [InlineData("dhcp.option.requested_ip_address", "203.0.113.7")]
    [InlineData("dhcp.option.ip_address_lease_time", "3600")]
    [InlineData("dhcp.option.dhcp_server_id", "198.51.100.67")]
    [InlineData("dhcp.option.request_list_item", "1", "3", "26", "51", "54")]
    [InlineData("dhcp.option.dhcp_max_message_size", "1500")]
    [InlineData("dhcp.option.renewal_time_value", "1800")]
    [InlineData("dhcp.option.rebinding_time_value", "3150")]
    [InlineData("dhcp.option.dhcp_authentication.protocol", "1")]
    [InlineData("dhcp.option.dhcp_authentication.alg_delay", "1")]
    [InlineData("dhcp.option.dhcp_authentication.rdm", "0")]
    [InlineData("dhcp.option.dhcp_authentication.rdm_replay_detection", "0x0102030405060708")]
    [InlineData("dhcp.option.dhcp_authentication.secret_id", "0x00000001")]
    [InlineData("dhcp.option.subnet_selection_option", "203.0.113.0")]
    [InlineData("dhcp.option.agent_information_option.suboption", "1", "2", "5", "10", "11", "200")]
    [InlineData("dhcp.option.agent_information_option.agent_circuit_id", "6c:69:6e:6b:31")]
    [InlineData("dhcp.option.agent_information_option.agent_remote_id", "cb:00:71:07")]
    [InlineData("dhcp.option.agent_information_option.link_selection", "203.0.113.0")]
    [InlineData("dhcp.option.agent_information_option.flags", "0x80")]
    [InlineData("dhcp.option.agent_information_option.server_id_override", "203.0.113.1")]
    public void Field_OfAnOption_IsReadAlike(string field, params string[] values) => _full.Value.Shows(field).Should().Equal(values);

    /// <summary>tshark shows the end option as an option of type 0.</summary>
    [Fact]
    public void Options_AreReadInTheirOrder()
    {
        _full
            .Value.Shows("dhcp.option.type")
            .SkipLast(1)
            .Should()
            .Equal(DhcpSamples.Options.Select(option => option.Code.ToString(CultureInfo.InvariantCulture)));
        _full
            .Value.Shows("dhcp.option.length")
            .Should()
            .Equal(DhcpSamples.Options.Select(option => option.DataLength.ToString(CultureInfo.InvariantCulture)));
        _full.Value.Expect("dhcp.option.end", 255);
    }

    [Fact]
    public void MessageTypes_AreReadAlike()
    {
        foreach (var message in DhcpSamples.Messages)
        {
            var dissected = Dissection.Of(DhcpSamples.Carry(message));

            dissected.Expect("dhcp.type", (int)message.Operation);
            dissected.Expect("dhcp.option.dhcp", (int)message.Type);
        }
    }
}
