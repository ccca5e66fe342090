using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Messages read in place: the same as the records, without allocation.</summary>
public sealed class MobilityMessageReaderTests
{
    private const int Seed = 6275;
    private const int Inputs = 8000;

    /// <summary>A Proxy Binding Update with a Handoff Indicator at 16 and a Timestamp at 22, each after padding.</summary>
    private const string Update = "3b 03 05 00  00 00  12 34  82 00 00 96  01 02 0000  17 02 00 03  01 00  1b 08 0000 68e7 7800 8000";

    private static readonly Dictionary<string, WireEdition> _editions = SampleMessages.Editions.ToDictionary(edition => edition.Name);

    public static TheoryData<string> Editions => [.. _editions.Keys];

    [Theory]
    [MemberData(nameof(Editions))]
    public void Messages_MutatedOrNot_AreReadAsTheirRecords(string name)
    {
        var edition = _editions[name];
        var mutator = new Mutator(
            new Random(Seed),
            [.. SampleMessages.Mobility.Select(message => message.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor))],
            Mutator.Tlvs(12, lengthUnit: 1)
        );

        foreach (var octets in mutator.Valid.Concat(Enumerable.Range(0, Inputs).Select(_ => mutator.Next())))
        {
            Compare(octets, edition);
        }
    }

    [Fact]
    public void Update_ReadInPlace_HasItsFieldsAndOptions()
    {
        var octets = Hex.Octets(Update);

        MobilityMessageReader.TryRead(octets, WireEdition.Rfc5213, out var message, out var error).Should().BeTrue(error?.ToString());

        var update = message.BindingUpdate;
        update.SequenceNumber.Should().Be(0x1234);
        update.Flags.Should().Be(BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration);
        (update.LifetimeUnits, update.IsProxy).Should().Be((150, true));
        var options = update.Options;
        options.MoveNext().Should().BeTrue();
        (options.Position, options.Current.Kind).Should().Be((16, MobilityOptionType.HandoffIndicator));
        options.Current.HandoffIndicator.Should().Be(HandoffIndicator.HandoffBetweenMobileAccessGateways);
        options.MoveNext().Should().BeTrue();
        (options.Position, options.Current.Kind).Should().Be((22, MobilityOptionType.Timestamp));
        options.Current.Timestamp.Should().Be(SampleMessages.Time);
        options.MoveNext().Should().BeFalse();
    }

    [Fact]
    public void Acknowledgement_ReadInPlace_HasItsFields()
    {
        var octets = Hex.Octets("3b 01 06 00  00 00  85 20  12 34 00 96  01 02 0000");

        MobilityMessageReader.TryRead(octets, WireEdition.Rfc5213, out var message, out _).Should().BeTrue();

        var acknowledgement = message.BindingAcknowledgement;
        (acknowledgement.Status, acknowledgement.IsRejection).Should().Be(((BindingStatus)0x85, true));
        (acknowledgement.Flags, acknowledgement.IsProxy).Should().Be((BindingAcknowledgementFlags.ProxyRegistration, true));
        (acknowledgement.SequenceNumber, acknowledgement.LifetimeUnits).Should().Be((0x1234, 150));
        acknowledgement.Options.MoveNext().Should().BeFalse();
    }

    [Fact]
    public void Option_OfUnknownType_HasItsTypeAndDataAlone()
    {
        MobilityMessageReader
            .TryRead(Hex.Octets("3b 01 05 00  00 00  00 01  00 00 00 00  c8 02 cafe"), WireEdition.Rfc5213, out var message, out _)
            .Should()
            .BeTrue();

        var options = message.Options;
        options.MoveNext().Should().BeTrue();
        (options.Current.Type, options.Current.Kind).Should().Be((200, null));
        options.Current.Data.ToArray().Should().Equal(0xca, 0xfe);
    }

    [Fact]
    public void Option_ReadAsAnother_IsAnInvalidOperation()
    {
        var octets = Hex.Octets(Update);
        var read = () =>
        {
            MobilityMessageReader.TryRead(octets, WireEdition.Rfc5213, out var message, out _);
            var options = message.Options;
            options.MoveNext();
            return options.Current.AccessTechnologyType;
        };

        read.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Message_ReadAsAnother_IsAnInvalidOperation()
    {
        var octets = Hex.Octets(Update);
        var read = () =>
        {
            MobilityMessageReader.TryRead(octets, WireEdition.Rfc5213, out var message, out _);
            return message.BindingAcknowledgement.Status;
        };

        read.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Messages_ReadInPlaceAndCopied_AllocateNothing()
    {
        foreach (var message in (MobilityMessage[])[SampleMessages.Update, SampleMessages.Acknowledgement, SampleMessages.AuthorizedUpdate])
        {
            var octets = message.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor);
            var buffer = new byte[MobilityHeader.MaximumMessageLength];
            var (source, destination) = (SampleMessages.Gateway.GetAddressBytes(), SampleMessages.Anchor.GetAddressBytes());

            Allocation.Of(() => Pass(octets, buffer, source, destination), 0).Should().Be(0, "of {0}", message.GetType().Name);

            buffer[..octets.Length].Should().Equal(octets);
        }
    }

    [Fact]
    public void Record_WrittenWithItsChecksum_AllocatesNothing()
    {
        var buffer = new byte[MobilityHeader.MaximumMessageLength];

        Allocation
            .Of(
                () =>
                {
                    var length = SampleMessages.Update.Write(buffer);
                    MobilityHeader.FillChecksum(SampleMessages.Gateway, SampleMessages.Anchor, buffer.AsSpan(0, length));
                },
                0
            )
            .Should()
            .Be(0);
    }

    private static void Pass(byte[] octets, byte[] buffer, byte[] source, byte[] destination)
    {
        if (
            MobilityHeader.HasValidChecksum(source, destination, octets)
            && MobilityMessageReader.TryRead(octets, WireEdition.Default, out var message, out _)
        )
        {
            var length = MessageCopy.Of(message, WireEdition.Default, buffer);
            MobilityHeader.FillChecksum(source, destination, buffer.AsSpan(0, length));
        }
    }

    private static void Compare(byte[] octets, WireEdition edition)
    {
        var isRead = MobilityMessageReader.TryRead(octets, edition, out var message, out var error);
        var isParsed = MobilityMessage.TryParse(octets, edition, out var record, out var parseError);
        if (isRead != isParsed || error != parseError)
        {
            Assert.Fail($"{error} in place, {parseError} as a record: {Convert.ToHexStringLower(octets)}");
        }
        if (record is not (BindingUpdate or BindingAcknowledgement))
        {
            return;
        }

        Span<byte> written = stackalloc byte[MobilityHeader.MaximumMessageLength];
        Span<byte> copied = stackalloc byte[MobilityHeader.MaximumMessageLength];
        copied.Fill(0xa5);
        var length = record.Write(written);
        if (MessageCopy.Of(message, edition, copied) != length || !copied[..length].SequenceEqual(written[..length]))
        {
            Assert.Fail($"the copy differs from what the record writes: {Convert.ToHexStringLower(octets)}");
        }
    }
}
