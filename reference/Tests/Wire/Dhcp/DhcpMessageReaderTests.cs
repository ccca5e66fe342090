using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Messages read and written in place: the same as the records, without allocation.</summary>
public sealed class DhcpMessageReaderTests
{
    private const int Seed = 2131;
    private const int Inputs = 8000;
    private const int OptionsOffset = 240;
    private const byte Dirt = 0xa5;

    [Fact]
    public void Messages_MutatedOrNot_AreReadAsTheirRecords()
    {
        var mutator = new Mutator(
            new Random(Seed),
            [.. DhcpSamples.Messages.Select(message => message.ToBytes()), Overloaded()],
            Mutator.Tlvs(OptionsOffset, lengthUnit: 1)
        );

        foreach (var octets in mutator.Valid.Concat(Enumerable.Range(0, Inputs).Select(_ => mutator.Next())))
        {
            Compare(octets);
        }
    }

    [Fact]
    public void Message_ReadInPlaceAndCopied_AllocatesNothing()
    {
        var octets = DhcpSamples.Full.ToBytes();
        var buffer = new byte[octets.Length];

        Allocation.Of(() => Pass(octets, buffer), 0).Should().Be(0);

        buffer.Should().Equal(octets);
    }

    [Fact]
    public void Record_Written_AllocatesNothing()
    {
        var buffer = new byte[DhcpSamples.Full.Length];

        Allocation.Of(() => DhcpSamples.Full.Write(buffer), 0).Should().Be(0);
    }

    [Fact]
    public void Fields_WithOptions_AreNotNames()
    {
        DhcpMessageReader.TryRead(Overloaded(), out var message, out var error).Should().BeTrue(error?.ToString());

        (message.ServerName.IsEmpty, message.BootFile.IsEmpty).Should().Be((true, true));
        var codes = new List<byte>();
        foreach (var option in message.Options)
        {
            codes.Add(option.Code);
        }
        codes.Should().Equal(53, 61, 50);
    }

    [Fact]
    public void Option_InSeveralParts_IsReadInOne()
    {
        var octets = DhcpSamples.OfType(DhcpMessageType.Discover).ToBytes();
        Hex.Octets("35 01 01  0c 02 6162  00  0f 01 78  0c 01 63  ff").CopyTo(octets, OptionsOffset);

        DhcpMessageReader.TryRead(octets, out var message, out _).Should().BeTrue();

        var options = message.Options;
        options.MoveNext();
        options.Current.MessageType.Should().Be(DhcpMessageType.Discover);
        options.MoveNext();
        options.Current.Code.Should().Be(12);
        options.Current.Data.ToArray().Should().Equal("abc"u8.ToArray());
        options.MoveNext();
        options.Current.Code.Should().Be(15);
        options.MoveNext().Should().BeFalse();
    }

    [Fact]
    public void Option_ReadAsAnother_IsAnInvalidOperation()
    {
        var octets = DhcpSamples.OfType(DhcpMessageType.Discover).ToBytes();
        var read = () =>
        {
            DhcpMessageReader.TryRead(octets, out var message, out _);
            var options = message.Options;
            options.MoveNext();
            return options.Current.LeaseTime;
        };

        read.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void SubOption_ReadAsAnother_IsAnInvalidOperation()
    {
        var octets = DhcpSamples.Full.ToBytes();
        var read = () =>
        {
            DhcpMessageReader.TryRead(octets, out var message, out _);
            foreach (var option in message.Options)
            {
                if (option.Code == (byte)DhcpOptionCode.RelayAgentInformation)
                {
                    var subOptions = option.RelayAgentInformation;
                    subOptions.MoveNext();
                    _ = subOptions.Current.RemoteId;
                }
            }
        };

        read.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Message_IntoEveryShorterBuffer_DoesNotEndAndStaysInIt()
    {
        var octets = DhcpSamples.Full.ToBytes();
        DhcpMessageReader.TryRead(octets, out var message, out _);
        octets.Length.Should().BeGreaterThan(DhcpMessage.MinimumLength);
        for (var room = DhcpMessage.MinimumLength; room < octets.Length; room++)
        {
            var buffer = Enumerable.Repeat(Dirt, octets.Length).ToArray();

            DhcpCopy.Of(message, buffer.AsSpan(0, room)).Should().Be(0, "of {0} octets", room);

            buffer.AsSpan(room).ContainsAnyExcept(Dirt).Should().BeFalse("of {0} octets", room);
        }
    }

    [Fact]
    public void Option_FromItsRecord_IsWrittenInAllItsParts()
    {
        var option = new UnknownDhcpOption(224, new OctetString(Enumerable.Repeat((byte)7, 300).ToArray()));
        var buffer = new byte[1000];

        var writer = new DhcpMessageWriter(buffer, DhcpOperation.BootRequest, 1);
        writer.AddMessageType(DhcpMessageType.Inform);
        writer.Add(option);
        writer.TryEnd(out var length).Should().BeTrue();

        buffer[..length]
            .Should()
            .Equal(new DhcpMessage(DhcpOperation.BootRequest, 1, [new DhcpMessageTypeOption(DhcpMessageType.Inform), option]).ToBytes());
    }

    private delegate void Addition(ref DhcpMessageWriter writer);

    [Fact]
    public void Values_ThatNoMessageCanHave_AreArgumentExceptions()
    {
        foreach (
            var add in (Addition[])
                [
                    static (ref writer) => writer.SetHardwareAddress(1, new byte[17]),
                    static (ref writer) => writer.SetYourAddress(new byte[16]),
                    static (ref writer) => writer.SetServerName(new byte[65]),
                    static (ref writer) => writer.SetBootFile(new byte[129]),
                    static (ref writer) => writer.AddSubnetMask(33),
                    static (ref writer) => writer.AddSubnetMask(-1),
                    static (ref writer) => writer.AddRouters([]),
                    static (ref writer) => writer.AddRouters(new byte[6]),
                    static (ref writer) => writer.AddInterfaceMtu(67),
                    static (ref writer) => writer.AddMaximumMessageSize(575),
                    static (ref writer) => writer.AddRequestedAddress(new byte[3]),
                    static (ref writer) => writer.AddClientIdentifier(new byte[1]),
                    static (ref writer) => writer.AddParameterRequestList([]),
                    static (ref writer) => writer.AddAuthentication(1, 1, 0, 0, new byte[245]),
                    static (ref writer) => writer.AddRelayAgentSubOption(1, new byte[254]),
                    static (ref writer) => writer.AddUnknown(224, new byte[256]),
                ]
        )
        {
            var write = () =>
            {
                var writer = new DhcpMessageWriter(new byte[2048], DhcpOperation.BootReply, 1);
                add(ref writer);
            };

            write.Should().Throw<ArgumentException>();
        }

        var begin = () => new DhcpMessageWriter(new byte[DhcpMessage.MinimumLength - 1], DhcpOperation.BootReply, 1).TryEnd(out _);
        begin.Should().Throw<ArgumentException>();
    }

    /// <summary>A message with a client identifier in file, and a requested address in sname.</summary>
    private static byte[] Overloaded()
    {
        var octets = DhcpSamples.OfType(DhcpMessageType.Discover).ToBytes();
        Hex.Octets("34 01 03  35 01 01  ff").CopyTo(octets, OptionsOffset);
        Hex.Octets("3d 03 00 0102  ff").CopyTo(octets, 108);
        Hex.Octets("32 04 cb00710a  ff").CopyTo(octets, 44);
        return octets;
    }

    private static void Pass(byte[] octets, byte[] buffer)
    {
        if (DhcpMessageReader.TryRead(octets, out var message, out _))
        {
            DhcpCopy.Of(message, buffer);
        }
    }

    private static void Compare(byte[] octets)
    {
        var isRead = DhcpMessageReader.TryRead(octets, out var message, out var error);
        var isParsed = DhcpMessage.TryParse(octets, out var record, out var parseError);
        if (isRead != isParsed || error != parseError)
        {
            Assert.Fail($"{error} in place, {parseError} as a record: {Convert.ToHexStringLower(octets)}");
        }
        if (record is null)
        {
            return;
        }

        var written = record.ToBytes();
        var copied = Enumerable.Repeat(Dirt, written.Length).ToArray();
        if (message.Type != record.Type || DhcpCopy.Of(message, copied) != written.Length || !copied.AsSpan().SequenceEqual(written))
        {
            Assert.Fail($"the copy differs from what the record writes: {Convert.ToHexStringLower(octets)}");
        }
    }
}
