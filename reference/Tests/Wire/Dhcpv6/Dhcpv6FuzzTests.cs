using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

public sealed class Dhcpv6FuzzTests
{
    [Fact]
    public void Messages_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            Dhcpv6Samples.Messages,
            octets => Fields(octets, octets.Length > 0 && octets[0] is 12 or 13 ? 34 : 4),
            static (octets, out value, out error) =>
            {
                if (!Dhcpv6Message.TryParse(octets, out value, out error))
                {
                    return false;
                }
                if (value is Dhcpv6RelayMessage relay)
                {
                    _ = relay.TryGetRelayed(out _, out _);
                }
                return true;
            },
            message => message.ToBytes()
        );

    [Fact]
    public void Options_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        ParserFuzz.Run(
            Dhcpv6Samples.Options.Append(Dhcpv6Samples.IaAddress),
            octets => Fields(octets, 0),
            static (octets, out value, out error) => Dhcpv6Option.TryParse(octets, out value, out error),
            option =>
            {
                var octets = new byte[option.Length];
                option.Write(octets);
                return octets;
            }
        );

    /// <summary>The most expensive inputs: minimal options, in the message and inside an IA_NA.</summary>
    [Theory]
    [InlineData("02 00 00 01")]
    [InlineData("02 00 00 01  00 03 fd f4  00 00 00 00  00 00 00 00  00 00 00 00")]
    public void Options_AsSmallAndManyAsCanBe_AreReadWithinBounds(string beginning)
    {
        byte[] message = [.. Hex.Octets(beginning), .. Enumerable.Repeat(new byte[] { 0xfd, 0xe8, 0, 0 }, 16250).SelectMany(copy => copy)];

        ParserFuzz
            .ParseWithinBounds<Dhcpv6Message>(
                message,
                static (octets, out value, out error) => Dhcpv6Message.TryParse(octets, out value, out error)
            )
            .Should()
            .NotBeNull();
    }

    /// <summary>Options with a code and a length of two octets each.</summary>
    private static List<Mutator.Field> Fields(byte[] octets, int start)
    {
        var found = new List<Mutator.Field>();
        var position = start;
        while (position + 4 <= octets.Length)
        {
            var length = 4 + octets[position + 2] * 256 + octets[position + 3];
            if (position + length > octets.Length)
            {
                break;
            }
            found.Add(new Mutator.Field(position, length));
            position += length;
        }

        return found;
    }
}
