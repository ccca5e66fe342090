using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class DhcpFuzzTests
{
    private const int OptionsOffset = 240;

    [Fact]
    public void Messages_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(DhcpSamples.Messages, Mutator.Tlvs(OptionsOffset, lengthUnit: 1), Parse, message => message.ToBytes());

    [Fact]
    public void Options_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            DhcpSamples.Options,
            Mutator.Tlvs(0, lengthUnit: 1),
            static (octets, out value, out error) => DhcpOption.TryParse(octets, out value, out error),
            option => Written(option.Length, option.Write)
        );

    [Fact]
    public void SubOptions_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            DhcpSamples.SubOptions,
            Mutator.Tlvs(0, lengthUnit: 1),
            static (octets, out value, out error) => RelayAgentSubOption.TryParse(octets, out value, out error),
            option => Written(option.Length, option.Write)
        );

    /// <summary>The most expensive inputs: minimal parts of one option, of many options, and minimal sub-options.</summary>
    [Theory]
    [InlineData("e0 00")]
    [InlineData("e0 01 01")]
    [InlineData("e0 00 e1 00")]
    [InlineData("52 04 c8 00 c9 00")]
    public void Options_AsSmallAndManyAsCanBe_AreReadWithinBounds(string repeated)
    {
        byte[] message =
        [
            .. DhcpSamples.OfType(DhcpMessageType.Discover).ToBytes()[..(OptionsOffset + 3)],
            .. Many(Hex.Octets(repeated)),
            0xff,
        ];

        ParserFuzz.ParseWithinBounds<DhcpMessage>(message, Parse).Should().NotBeNull();
    }

    [Fact]
    public void Options_OfEveryCode_AreReadWithinBounds()
    {
        var options = Enumerable
            .Range(0, 256)
            .Where(code => !Enum.IsDefined((DhcpOptionCode)code))
            .SelectMany(code => new byte[] { (byte)code, 0 });
        byte[] message = [.. DhcpSamples.OfType(DhcpMessageType.Discover).ToBytes()[..(OptionsOffset + 3)], .. Many([.. options]), 0xff];

        ParserFuzz.ParseWithinBounds<DhcpMessage>(message, Parse).Should().NotBeNull();
    }

    private static bool Parse(byte[] octets, out DhcpMessage? value, out WireError? error) =>
        DhcpMessage.TryParse(octets, out value, out error);

    private delegate int WriteInto(Span<byte> destination);

    private static IEnumerable<byte> Many(byte[] octets) => Enumerable.Repeat(octets, 65000 / octets.Length).SelectMany(copy => copy);

    private static byte[] Written(int length, WriteInto write)
    {
        var octets = new byte[length];
        write(octets);
        return octets;
    }
}
