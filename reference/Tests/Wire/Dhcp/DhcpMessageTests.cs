using System.Diagnostics.CodeAnalysis;
using System.Net;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpMessageTests : FormatTests<DhcpMessage>
{
    private const int SnameOffset = 44;
    private const int FileOffset = 108;
    private const string Cookie = "63 82 53 63";

    /// <summary>The part of the figure before sname and file.</summary>
    private static readonly string _fixedPart =
        """
            01 01 06 01
            12 34 56 78
            00 04 80 00
            cb 00 71 08
            cb 00 71 07
            c6 33 64 43
            c6 33 64 a1
            02 5e 00 00 00 01
            """ + Zeros(10);

    protected override string Figure =>
        _fixedPart + "61 62" + Zeros(62) + "63 64" + Zeros(126) + Cookie + "35 01 03  32 04 cb 00 71 07  ff" + Zeros(50);

    protected override DhcpMessage Value =>
        new(
            DhcpOperation.BootRequest,
            0x12345678,
            [new DhcpMessageTypeOption(DhcpMessageType.Request), new DhcpRequestedAddressOption(Ipv4Samples.HomeAddress)]
        )
        {
            HardwareAddress = new OctetString(SampleMessages.Mac.ToArray()),
            Hops = 1,
            Seconds = 4,
            Broadcast = true,
            ClientAddress = IPAddress.Parse("203.0.113.8"),
            YourAddress = Ipv4Samples.HomeAddress,
            ServerAddress = DhcpSamples.Server,
            RelayAddress = Ipv4Samples.Gateway,
            ServerName = OctetString.FromText("ab"),
            BootFile = OctetString.FromText("cd"),
        };

    protected override IEnumerable<DhcpMessage> OtherValues =>
        [
            .. DhcpSamples.Messages,
            new(DhcpOperation.BootReply, uint.MaxValue, [new DhcpMessageTypeOption(DhcpMessageType.ForceRenew)])
            {
                HardwareType = 255,
                HardwareAddress = new OctetString([.. Enumerable.Repeat((byte)255, 16)]),
                Hops = 255,
                Seconds = ushort.MaxValue,
                ServerName = new OctetString([.. Enumerable.Repeat((byte)255, 64)]),
                BootFile = new OctetString([.. Enumerable.Repeat((byte)255, 128)]),
            },
        ];

    protected override Arrival TooShort => Refused(_fixedPart + Zeros(192) + Cookie[..^2], "Truncated", 239);

    /// <summary>Octets after the end option are not part of the message.</summary>
    protected override Arrival TooLong => Read(Figure + "01 02 03", Value);

    protected override bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out DhcpMessage? value,
        [NotNullWhen(false)] out WireError? error
    ) => DhcpMessage.TryParse(octets, out value, out error);

    protected override int Write(DhcpMessage value, Span<byte> destination) => value.Write(destination);

    [Theory]
    [InlineData("", "OptionsEnd", 240)]
    [InlineData("35 01 01", "OptionsEnd", 243)]
    [InlineData("35 01 01  32", "OptionTruncated", 243)]
    [InlineData("35 01 01  32 04 cb 00 71", "OptionTruncated", 243)]
    [InlineData("35 01 01  00 00 32 03 cb 00 71  ff", "OptionLength", 245)]
    [InlineData("35 01 01  39 02 02 3f  ff", "Minimum", 245)]
    [InlineData("35 01 01  52 04 01 03 61 62  ff", "SubOptionTruncated", 245)]
    [InlineData("32 04 cb 00 71 07  ff", "MessageType", 240)]
    [InlineData("35 01 01  35 01 01  ff", "OptionLength", 240)]
    [InlineData("35 01 01  34 02 01 01  ff", "OptionLength", 243)]
    [InlineData("35 01 01  34 01 04  ff", "Overload", 245)]
    [InlineData("35 01 01  34 01 00  ff", "Overload", 245)]
    [InlineData("35 01 01  34 01 01  34 01 01  ff", "Overload", 246)]
    [InlineData("35 01 01  34 01 01  ff", "OptionsEnd", 236)]
    [InlineData("35 01 01  34 01 02  ff", "OptionsEnd", 108)]
    public void Options_ThatAreMalformed_AreRefusedWhereTheyAre(string options, string rule, int offset)
    {
        DhcpMessage.TryParse(WithOptions(options), out var message, out var error).Should().BeFalse();

        message.Should().BeNull();
        error.Should().BeEquivalentTo(new { Rule = rule, Offset = offset });
    }

    [Theory]
    [InlineData(0, 0, "Operation")]
    [InlineData(0, 3, "Operation")]
    [InlineData(2, 17, "HardwareLength")]
    public void FixedPart_WithAnImpossibleField_IsRefusedAtIt(int position, byte octet, string rule)
    {
        var octets = Hex.Octets(Figure);
        octets[position] = octet;

        DhcpMessage.TryParse(octets, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = rule, Offset = position });
    }

    /// <summary>A BOOTP message without extensions has no magic cookie.</summary>
    [Fact]
    public void MagicCookie_ThatIsWrong_IsRefused()
    {
        DhcpMessage.TryParse(Hex.Octets(_fixedPart + Zeros(192 + 64)), out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "MagicCookie", Offset = 236 });
    }

    [Fact]
    public void Flags_OtherThanBroadcast_AreIgnored()
    {
        var octets = Hex.Octets(Figure);
        (octets[10], octets[11]) = (0xff, 0xff);

        DhcpMessage.TryParse(octets, out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }

    [Fact]
    public void HardwareAddress_ShorterThanItsField_IsTheFirstOctetsOfIt()
    {
        var octets = Hex.Octets(Figure);
        octets[40] = 0xee;

        DhcpMessage.TryParse(octets, out var message, out _).Should().BeTrue();

        message.Should().Be(Value);
    }

    [Fact]
    public void Padding_BetweenOptions_IsSkipped()
    {
        DhcpMessage.TryParse(WithOptions("00 35 01 03  00 00 32 04 cb 00 71 07 00  ff"), out var message, out _).Should().BeTrue();

        message!.Options.Should().Equal(Value.Options);
    }

    /// <summary>RFC 3396: a long option is split into several options with the same code.</summary>
    [Fact]
    public void Option_InParts_IsJoinedAtThePlaceOfTheFirst()
    {
        DhcpMessage.TryParse(WithOptions("e0 02 01 02  35 01 01  e0 00  e0 01 03  ff"), out var message, out _).Should().BeTrue();

        message!
            .Options.Should()
            .Equal(new UnknownDhcpOption(224, new OctetString([1, 2, 3])), new DhcpMessageTypeOption(DhcpMessageType.Discover));
    }

    [Fact]
    public void Option_InvalidWhenJoined_IsReportedAtItsFirstPart()
    {
        DhcpMessage
            .TryParse(WithOptions("35 01 01  52 03 01 03 61  32 04 cb 00 71 07  52 01 62  ff"), out _, out var error)
            .Should()
            .BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "SubOptionTruncated", Offset = 243 });
    }

    [Fact]
    public void Option_LongerThanALengthCanSay_IsWrittenInParts()
    {
        var identifier = new OctetString([.. Enumerable.Range(0, 600).Select(i => (byte)i)]);
        var message = new DhcpMessage(
            DhcpOperation.BootRequest,
            1,
            [new UnknownDhcpOption(224, identifier), new DhcpMessageTypeOption(DhcpMessageType.Discover)]
        );

        var octets = message.ToBytes();

        octets.Should().HaveCount(240 + 600 + 3 * 2 + 3 + 1);
        octets[240..242].Should().Equal(224, 255);
        octets[497..499].Should().Equal(224, 255);
        octets[754..756].Should().Equal(224, 90);
        DhcpMessage.TryParse(octets, out var parsed, out _).Should().BeTrue();
        parsed.Should().Be(message);
    }

    /// <summary>RFC 2131, Section 4.1: the options field is read first, then file, then sname.</summary>
    [Fact]
    public void Overload_OfBothFields_AddsTheirOptions()
    {
        var octets = WithOptions("34 01 03  35 01 01  e0 01 01  ff");
        Hex.Octets("e0 01 02  1a 02 05 8c  ff").CopyTo(octets, FileOffset);
        Hex.Octets("00 e0 01 03  32 04 cb 00 71 07  ff").CopyTo(octets, SnameOffset);

        DhcpMessage.TryParse(octets, out var message, out var error).Should().BeTrue(error?.ToString());

        message!
            .Options.Should()
            .Equal(
                new DhcpMessageTypeOption(DhcpMessageType.Discover),
                new UnknownDhcpOption(224, new OctetString([1, 2, 3])),
                new DhcpInterfaceMtuOption(1420),
                new DhcpRequestedAddressOption(Ipv4Samples.HomeAddress)
            );
        message.BootFile.Length.Should().Be(0);
        message.ServerName.Length.Should().Be(0);
    }

    [Theory]
    [InlineData("01", "", "boot")]
    [InlineData("02", "boot", "")]
    public void Overload_OfOneField_LeavesTheOther(string overload, string file, string sname)
    {
        var octets = WithOptions($"34 01 {overload}  35 01 01  ff");
        octets[FileOffset] = octets[SnameOffset] = 0xff;
        var kept = overload == "01" ? SnameOffset : FileOffset;
        "boot"u8.CopyTo(octets.AsSpan(kept));

        DhcpMessage.TryParse(octets, out var message, out var error).Should().BeTrue(error?.ToString());

        message!.BootFile.ToText().Should().Be(file);
        message.ServerName.ToText().Should().Be(sname);
    }

    [Fact]
    public void ErrorInOverloadedField_HasOffsetInThatField()
    {
        var octets = WithOptions("34 01 02  35 01 01  ff");
        Hex.Octets("32 03 01 02 03 ff").CopyTo(octets, SnameOffset);

        DhcpMessage.TryParse(octets, out _, out var error).Should().BeFalse();

        error.Should().BeEquivalentTo(new { Rule = "OptionLength", Offset = SnameOffset });
    }

    [Fact]
    public void Names_WithZerosAtTheirEnd_AreWithoutThem()
    {
        var message = Value with { ServerName = new OctetString([0x61, 0x62, 0, 0]) };

        message.Should().Be(Value);
    }

    [Fact]
    public void Options_WithoutAMessageType_Throws()
    {
        var create = () => new DhcpMessage(DhcpOperation.BootRequest, 1, []);

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Options_WithTheSameCodeTwice_Throws()
    {
        var create = () => new DhcpOptionList(new DhcpLeaseTimeOption(1), new DhcpLeaseTimeOption(2));

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Fields_TooLong_Throws()
    {
        var address = () => Value with { HardwareAddress = new OctetString(new byte[17]) };
        var name = () => Value with { ServerName = new OctetString([.. Enumerable.Repeat((byte)1, 65)]) };
        var file = () => Value with { BootFile = new OctetString([.. Enumerable.Repeat((byte)1, 129)]) };

        address.Should().Throw<ArgumentException>();
        name.Should().Throw<ArgumentException>();
        file.Should().Throw<ArgumentException>();
    }

    private static string Zeros(int octets) => new('0', 2 * octets);

    private static byte[] WithOptions(string options) => Hex.Octets(_fixedPart + Zeros(192) + Cookie + options);
}
