using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Messages written in place; that they equal what the records write is in <see cref="MobilityMessageReaderTests"/>.</summary>
public sealed class MobilityMessageWriterTests
{
    private const byte Dirt = 0xa5;

    [Fact]
    public void Update_WrittenIntoADirtyBuffer_IsTheFigureAndNothingElse()
    {
        var buffer = Enumerable.Repeat(Dirt, 40).ToArray();

        var writer = MobilityMessageWriter.BindingUpdate(buffer, 0x1234, BindingUpdateFlags.ProxyRegistration, 150);
        writer.AddTimestamp(SampleMessages.Time);
        writer.AddHandoffIndicator(HandoffIndicator.AttachmentOverNewInterface);
        writer.TryEnd(out var length).Should().BeTrue();

        length.Should().Be(32);
        buffer[..32]
            .Should()
            .Equal(Hex.Octets("3b 03 05 00  00 00  12 34  02 00 00 96  01 04 0000 0000  1b 08 0000 68e7 7800 8000  17 02 00 01"));
        buffer[32..].Should().OnlyContain(octet => octet == Dirt);
    }

    [Fact]
    public void Message_IntoEveryShorterBuffer_DoesNotEndAndStaysInIt()
    {
        var octets = SampleMessages.Acknowledgement.ToBytes(SampleMessages.Gateway, SampleMessages.Anchor);
        for (var room = BindingAcknowledgement.OptionsOffset; room < octets.Length; room++)
        {
            var buffer = Enumerable.Repeat(Dirt, octets.Length).ToArray();
            MobilityMessageReader.TryRead(octets, WireEdition.Default, out var message, out _);

            MessageCopy.Of(message, WireEdition.Default, buffer.AsSpan(0, room)).Should().Be(0, "of {0} octets", room);

            buffer.AsSpan(room).ContainsAnyExcept(Dirt).Should().BeFalse("of {0} octets", room);
        }
    }

    [Fact]
    public void Message_OfMoreThanAMobilityHeaderHolds_DoesNotEnd()
    {
        var buffer = new byte[4096];

        var writer = MobilityMessageWriter.BindingUpdate(buffer, 1, BindingUpdateFlags.None, 0);
        for (var i = 0; i < 7; i++)
        {
            writer.AddUnknown(200, new byte[255]);
        }
        writer.AddUnknown(200, new byte[235]);
        var longest = writer;
        writer.AddUnknown(200, []);

        longest.TryEnd(out var length).Should().BeTrue();
        length.Should().Be(MobilityHeader.MaximumMessageLength);
        writer.TryEnd(out length).Should().BeFalse();
        length.Should().Be(0);
    }

    [Fact]
    public void Option_AfterOneThatDoesNotFit_IsNotWrittenEither()
    {
        var buffer = new byte[24];

        var writer = MobilityMessageWriter.BindingUpdate(buffer, 1, BindingUpdateFlags.None, 0);
        writer.AddHomeNetworkPrefix(SampleMessages.Prefix);
        writer.AddHandoffIndicator(HandoffIndicator.AttachmentOverNewInterface);

        writer.TryEnd(out _).Should().BeFalse();
        buffer.AsSpan(BindingUpdate.OptionsOffset).ContainsAnyExcept((byte)0).Should().BeFalse();
    }

    [Fact]
    public void Option_FromItsRecord_IsWritten()
    {
        var buffer = new byte[16];

        var writer = MobilityMessageWriter.BindingAcknowledgement(buffer, BindingStatus.ACCEPTED, BindingAcknowledgementFlags.None, 1, 2);
        writer.Add(new UnknownOption(200, new OctetString([0xca, 0xfe])));
        writer.TryEnd(out _).Should().BeTrue();

        buffer.Should().Equal(Hex.Octets("3b 01 06 00  00 00  00 00  00 01 00 02  c8 02 cafe"));
    }

    [Fact]
    public void Message_IntoABufferShorterThanItsFixedPart_IsAnArgumentException()
    {
        var update = () => MobilityMessageWriter.BindingUpdate(new byte[11], 1, BindingUpdateFlags.None, 0).TryEnd(out _);
        var acknowledgement = () =>
            MobilityMessageWriter
                .BindingAcknowledgement(new byte[11], BindingStatus.ACCEPTED, BindingAcknowledgementFlags.None, 1, 0)
                .TryEnd(out _);

        update.Should().Throw<ArgumentException>();
        acknowledgement.Should().Throw<ArgumentException>();
    }

    private delegate void Addition(ref MobilityMessageWriter writer);

    [Fact]
    public void Values_ThatNoOptionCanHave_AreArgumentExceptions()
    {
        foreach (
            var add in (Addition[])
                [
                    static (ref writer) => writer.AddLinkLocalAddress(new byte[15]),
                    static (ref writer) => writer.AddAlternateCareOfAddress(new byte[17]),
                    static (ref writer) => writer.AddIpv4CareOfAddress(new byte[3]),
                    static (ref writer) => writer.AddIpv4DefaultRouterAddress(38, new byte[5]),
                    static (ref writer) => writer.AddIpv4HomeAddress(new byte[3], 24, requestsPrefix: false),
                    static (ref writer) => writer.AddIpv4HomeAddressRequest(new byte[4], 33),
                    static (ref writer) => writer.AddIpv4HomeAddressReply(Ipv4HomeAddressReplyStatus.Success, 33, new byte[4]),
                    static (ref writer) => writer.AddIpv4AddressAcknowledgement(Ipv4AddressAcknowledgementStatus.Success, 1, new byte[16]),
                    static (ref writer) => writer.AddBindingIdentifier(1, BindingStatus.ACCEPTED, false, new byte[5]),
                    static (ref writer) => writer.AddBindingUniqueIdentifier(35, 1, BindingStatus.ACCEPTED, false, false, new byte[4]),
                    static (ref writer) => writer.AddMobileNodeIdentifier(1, new byte[255]),
                    static (ref writer) => writer.AddMobileNodeLinkLayerIdentifier(new byte[254]),
                    static (ref writer) => writer.AddMobilityHeaderLinkLayerAddress(2, new byte[255]),
                    static (ref writer) => writer.AddVendorSpecific(1, 1, new byte[251]),
                    static (ref writer) => writer.AddBindingAuthorizationData(new byte[256]),
                    static (ref writer) => writer.AddUnknown(200, new byte[256]),
                ]
        )
        {
            var write = () =>
            {
                var writer = MobilityMessageWriter.BindingUpdate(new byte[2048], 1, BindingUpdateFlags.None, 0);
                add(ref writer);
            };

            write.Should().Throw<ArgumentException>();
        }
    }
}
