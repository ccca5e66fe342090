using System.Net;
using Conformance.Harness.Tests.Checks;
using Conformance.Testing.Edits;
using Conformance.Testing.Options;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Edits;

/// <summary>Checks each field that an edit of octets can name: which bits it writes, and that it writes no others.</summary>
public sealed class OctetFieldTests
{
    private const string Fixed = "3b 00 05 00  00 00  12 34  82 00 00 96";

    /// <summary>The option stands at octet 12, whatever its alignment: setting a field does not move it.</summary>
    [Theory]
    [InlineData("Binding Refresh Advice", "02 02 00 01", "Refresh Interval", "0x1234", 2, "12 34")]
    [InlineData(
        "Alternate Care-of Address",
        "03 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
        "Alternate Care-of Address",
        "2001:db8::1",
        2,
        "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01"
    )]
    [InlineData("Nonce Indices", "04 04 00 00 00 00", "Home Nonce Index", "258", 2, "01 02")]
    [InlineData("Nonce Indices", "04 04 00 00 00 00", "Care-of Nonce Index", "259", 4, "01 03")]
    [InlineData(
        "Binding Authorization Data",
        "05 0c 00 00 00 00 00 00 00 00 00 00 00 00",
        "Authenticator",
        "0x000102030405060708090a0b",
        2,
        "00 01 02 03 04 05 06 07 08 09 0a 0b"
    )]
    [InlineData("Mobile Network Prefix", "06 12 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "Reserved", "255", 2, "ff")]
    [InlineData("Mobile Network Prefix", "06 12 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "Prefix Length", "64", 3, "40")]
    [InlineData(
        "Mobile Network Prefix",
        "06 12 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
        "Mobile Network Prefix",
        "2001:db8::",
        4,
        "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 00"
    )]
    [InlineData("Mobility Header Link-Layer Address", "07 07 00 00 00 00 00 00 00", "Option-Code", "2", 2, "02")]
    [InlineData(
        "Mobility Header Link-Layer Address",
        "07 07 00 00 00 00 00 00 00",
        "Link-Layer Address",
        "0x025e00000001",
        3,
        "02 5e 00 00 00 01"
    )]
    [InlineData("Mobile Node Identifier", "08 03 01 00 00", "Subtype", "2", 2, "02")]
    [InlineData("Mobile Node Identifier", "08 03 01 00 00", "Identifier", "0x6d6e", 3, "6d 6e")]
    [InlineData("Vendor-Specific", "13 07 00 00 00 00 00 00 00", "Vendor ID", "0x01020304", 2, "01 02 03 04")]
    [InlineData("Vendor-Specific", "13 07 00 00 00 00 00 00 00", "Sub-Type", "5", 6, "05")]
    [InlineData("Vendor-Specific", "13 07 00 00 00 00 00 00 00", "Data", "0x0607", 7, "06 07")]
    [InlineData("Home Network Prefix", "16 12 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "Reserved", "255", 2, "ff")]
    [InlineData("Home Network Prefix", "16 12 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "Prefix Length", "64", 3, "40")]
    [InlineData(
        "Home Network Prefix",
        "16 12 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
        "Home Network Prefix",
        "2001:db8::",
        4,
        "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 00"
    )]
    [InlineData("Handoff Indicator", "17 02 00 00", "Reserved", "255", 2, "ff")]
    [InlineData("Handoff Indicator", "17 02 00 00", "Handoff Indicator", "4", 3, "04")]
    [InlineData("Access Technology Type", "18 02 00 00", "Reserved", "255", 2, "ff")]
    [InlineData("Access Technology Type", "18 02 00 00", "Access Technology Type", "4", 3, "04")]
    [InlineData("Mobile Node Link-layer Identifier", "19 08 00 00 00 00 00 00 00 00", "Reserved", "0x0102", 2, "01 02")]
    [InlineData(
        "Mobile Node Link-layer Identifier",
        "19 08 00 00 00 00 00 00 00 00",
        "Link-layer Identifier",
        "0x025e00000001",
        4,
        "02 5e 00 00 00 01"
    )]
    [InlineData(
        "Link-local Address",
        "1a 10 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
        "Link-local Address",
        "fe80::1",
        2,
        "fe 80 00 00 00 00 00 00 00 00 00 00 00 00 00 01"
    )]
    [InlineData("Timestamp", "1b 08 00 00 00 00 00 00 00 00", "Timestamp", "0x0102030405060708", 2, "01 02 03 04 05 06 07 08")]
    [InlineData("IPv4 Home Address", "1d 06 00 00 00 00 00 00", "Prefix-len", "63", 2, "fc")]
    [InlineData("IPv4 Home Address", "1d 06 00 00 00 00 00 00", "P", "1", 2, "02")]
    [InlineData("IPv4 Home Address", "1d 06 00 00 00 00 00 00", "Reserved", "0x1ff", 2, "01 ff")]
    [InlineData("IPv4 Home Address", "1d 06 00 00 00 00 00 00", "IPv4 Home Address", "192.0.2.1", 4, "c0 00 02 01")]
    [InlineData("IPv4 Address Acknowledgement", "1e 06 00 00 00 00 00 00", "Status", "128", 2, "80")]
    [InlineData("IPv4 Address Acknowledgement", "1e 06 00 00 00 00 00 00", "Prefix-len", "63", 3, "fc")]
    [InlineData("IPv4 Address Acknowledgement", "1e 06 00 00 00 00 00 00", "Reserved", "3", 3, "03")]
    [InlineData("IPv4 Address Acknowledgement", "1e 06 00 00 00 00 00 00", "IPv4 Home Address", "192.0.2.1", 4, "c0 00 02 01")]
    [InlineData("NAT Detection", "1f 06 00 00 00 00 00 00", "F", "1", 2, "80")]
    [InlineData("NAT Detection", "1f 06 00 00 00 00 00 00", "Reserved", "0x7fff", 2, "7f ff")]
    [InlineData("NAT Detection", "1f 06 00 00 00 00 00 00", "Refresh Time", "110", 4, "00 00 00 6e")]
    [InlineData("IPv4 Care-of Address", "20 06 00 00 00 00 00 00", "Reserved", "65535", 2, "ff ff")]
    [InlineData("IPv4 Care-of Address", "20 06 00 00 00 00 00 00", "IPv4 Care-of Address", "192.0.2.1", 4, "c0 00 02 01")]
    [InlineData("GRE Key", "21 06 00 00 00 00 00 00", "Reserved", "1", 2, "00 01")]
    [InlineData("GRE Key", "21 06 00 00 00 00 00 00", "GRE Key Identifier", "0x01020304", 4, "01 02 03 04")]
    [InlineData("Binding Identifier", "23 04 00 00 00 00", "BID", "258", 2, "01 02")]
    [InlineData("Binding Identifier", "23 04 00 00 00 00", "Status", "128", 4, "80")]
    [InlineData("Binding Identifier", "23 04 00 00 00 00", "H", "1", 5, "80")]
    [InlineData("Binding Identifier", "23 04 00 00 00 00", "Reserved", "127", 5, "7f")]
    [InlineData("Binding Identifier", "23 08 00 00 00 00 00 00 00 00", "Care-of Address", "192.0.2.1", 6, "c0 00 02 01")]
    [InlineData(
        "Binding Identifier",
        "23 14 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
        "Care-of Address",
        "2001:db8::1",
        6,
        "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01"
    )]
    [InlineData("IPv4 Home Address Request", "24 06 00 00 00 00 00 00", "Prefix-len", "63", 2, "fc")]
    [InlineData("IPv4 Home Address Request", "24 06 00 00 00 00 00 00", "Reserved", "0x3ff", 2, "03 ff")]
    [InlineData("IPv4 Home Address Request", "24 06 00 00 00 00 00 00", "IPv4 Home Address", "192.0.2.1", 4, "c0 00 02 01")]
    [InlineData("IPv4 Home Address Reply", "25 06 00 00 00 00 00 00", "Status", "128", 2, "80")]
    [InlineData("IPv4 Home Address Reply", "25 06 00 00 00 00 00 00", "Prefix-len", "63", 3, "fc")]
    [InlineData("IPv4 Home Address Reply", "25 06 00 00 00 00 00 00", "Reserved", "3", 3, "03")]
    [InlineData("IPv4 Home Address Reply", "25 06 00 00 00 00 00 00", "IPv4 Home Address", "192.0.2.1", 4, "c0 00 02 01")]
    [InlineData("IPv4 Default-Router Address", "26 06 00 00 00 00 00 00", "Reserved", "1", 2, "00 01")]
    [InlineData("IPv4 Default-Router Address", "26 06 00 00 00 00 00 00", "IPv4 Default-Router Address", "192.0.2.1", 4, "c0 00 02 01")]
    [InlineData("IPv4 DHCP Support Mode", "27 02 00 00", "Reserved", "0x7fff", 2, "ff fe")]
    [InlineData("IPv4 DHCP Support Mode", "27 02 00 00", "S", "1", 3, "01")]
    [InlineData("Option 200", "c8 02 00 00", "Type", "201", 0, "c9")]
    [InlineData("Option 200", "c8 02 00 00", "Length", "3", 1, "03")]
    [InlineData("Option 200", "c8 02 00 00", "octet 3", "0xab", 3, "ab")]
    public void FieldOfAnOption_WritesItsBitsAlone(string name, string option, string field, string value, int offset, string octets)
    {
        var gap = (8 - HandMadeMessage.Hex(Fixed + option).Length % 8) % 8;
        var message = Message(Fixed + option + new string('0', 2 * gap));

        Edited(message, $"option[{name}].{field} = {value}").Should().Equal(Checked(message.With(12 + offset, octets)));
    }

    [Theory]
    [InlineData(0, "Data Reserved", "0x0102", 6, "01 02")]
    [InlineData(1, "Data Reserved", "0x0102", 6, "01 02")]
    [InlineData(1, "Home Init Cookie", "0x0102030405060708", 8, "01 02 03 04 05 06 07 08")]
    [InlineData(2, "Data Reserved", "0x0102", 6, "01 02")]
    [InlineData(2, "Care-of Init Cookie", "0x0102030405060708", 8, "01 02 03 04 05 06 07 08")]
    [InlineData(3, "Home Nonce Index", "0x0102", 6, "01 02")]
    [InlineData(3, "Home Init Cookie", "0x0102030405060708", 8, "01 02 03 04 05 06 07 08")]
    [InlineData(3, "Home Keygen Token", "0x0102030405060708", 16, "01 02 03 04 05 06 07 08")]
    [InlineData(4, "Care-of Nonce Index", "0x0102", 6, "01 02")]
    [InlineData(4, "Care-of Init Cookie", "0x0102030405060708", 8, "01 02 03 04 05 06 07 08")]
    [InlineData(4, "Care-of Keygen Token", "0x0102030405060708", 16, "01 02 03 04 05 06 07 08")]
    [InlineData(5, "A", "1", 8, "80 00")]
    [InlineData(5, "H", "1", 8, "40 00")]
    [InlineData(5, "L", "1", 8, "20 00")]
    [InlineData(5, "K", "1", 8, "10 00")]
    [InlineData(5, "M", "1", 8, "08 00")]
    [InlineData(5, "R", "1", 8, "04 00")]
    [InlineData(5, "P", "1", 8, "02 00")]
    [InlineData(5, "F", "1", 8, "01 00")]
    [InlineData(5, "T", "1", 8, "00 80")]
    [InlineData(5, "O", "1", 8, "00 40")]
    [InlineData(5, "Reserved Flags", "63", 8, "00 3f")]
    [InlineData(5, "Flags", "0x0102", 8, "01 02")]
    [InlineData(5, "Sequence Number", "258", 6, "01 02")]
    [InlineData(5, "Lifetime", "150", 10, "00 96")]
    [InlineData(6, "K", "1", 7, "80")]
    [InlineData(6, "R", "1", 7, "40")]
    [InlineData(6, "P", "1", 7, "20")]
    [InlineData(6, "T", "1", 7, "10")]
    [InlineData(6, "Reserved Flags", "15", 7, "0f")]
    [InlineData(6, "Flags", "255", 7, "ff")]
    [InlineData(6, "Status", "128", 6, "80")]
    [InlineData(6, "Sequence Number", "258", 8, "01 02")]
    [InlineData(6, "Lifetime", "150", 10, "00 96")]
    [InlineData(7, "Status", "1", 6, "01")]
    [InlineData(7, "Data Reserved", "255", 7, "ff")]
    [InlineData(7, "Home Address", "2001:db8::1", 8, "20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01")]
    [InlineData(200, "Payload Proto", "6", 0, "06")]
    [InlineData(200, "Header Len", "9", 1, "09")]
    [InlineData(200, "MH Type", "5", 2, "05")]
    [InlineData(200, "Reserved", "255", 3, "ff")]
    [InlineData(200, "octet 23", "255", 23, "ff")]
    public void FieldOfAMessage_WritesItsBitsAlone(byte type, string field, string value, int offset, string octets)
    {
        var message = Message($"3b 02 {type:x2}" + new string('0', 2 * 21));

        Edited(message, $"{field} = {value}").Should().Equal(Checked(message.With(offset, octets)));
    }

    [Theory]
    [InlineData("A", "0", "02 00")]
    [InlineData("P", "0", "80 00")]
    [InlineData("P", "1", "82 00")]
    [InlineData("O", "1", "82 40")]
    [InlineData("flags", "0", "00 00")]
    public void Bit_IsSetOrCleared_AndTheOthersStay(string field, string value, string octets) =>
        Edited(HandMadeMessage.Update, $"{field} = {value}").Should().Equal(Checked(HandMadeMessage.Update.With(8, octets)));

    [Fact]
    public void EveryOptionName_HasARow()
    {
        var rows = typeof(OctetFieldTests)
            .GetMethod(nameof(FieldOfAnOption_WritesItsBitsAlone))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Cast<InlineDataAttribute>()
            .Select(row => ((string)row.Data[0]!, (string)row.Data[2]!))
            .ToHashSet();

        // The option of the draft has the number of another one, unless an edition says otherwise: see OctetEditorTests.
        foreach (var kind in MobilityOptionKind.All.Where(kind => kind.Name != "Binding Unique Identifier"))
        {
            rows.Should().Contain(kind.Fields.Skip(2).Select(field => (kind.Name, field.Name)));
        }
    }

    private static HandMadeMessage Message(string hex)
    {
        var message = HandMadeMessage.Of(hex);
        return message.With(1, $"{message.Octets.Length / 8 - 1:x2}");
    }

    private static byte[] Edited(HandMadeMessage message, string edits) =>
        OctetEditor.Apply(
            EditList.Parse(edits).Edits,
            message.Octets,
            IPAddress.Parse(HandMade.Mag),
            IPAddress.Parse(HandMade.Lma),
            WireEdition.Default
        );

    private static byte[] Checked(HandMadeMessage message) => message.WithChecksum(HandMade.Mag, HandMade.Lma);
}
