using FluentAssertions;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Wire.EspSamples;

namespace Pmip.Reference.Tests.Wire;

/// <summary>No transform throws on mutated packets. The seed is fixed; a failure message contains the octets.</summary>
public sealed class EspFuzzTests
{
    private const int Seed = 4303;
    private const int Inputs = 3_400;

    public static TheoryData<string> Names => [.. Transforms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Packets_Mutated_AreRefusedOrTheOnesThatWereSealed(string name)
    {
        EspPacket[] packets = [InTransport, InTunnel, new(Header, IpProtocol.NoNextHeader, default)];
        var mutator = Mutations([.. packets.Select(packet => Seal(Transforms[name], packet))]);
        for (var i = 0; i < Inputs; i++)
        {
            var octets = mutator.Next();
            if (Open(Transforms[name], octets) is { } opened)
            {
                packets.Should().Contain(opened, Convert.ToHexStringLower(octets));
            }
        }
    }

    /// <summary>Tests the code after the integrity check: the mutated octets are authenticated again.</summary>
    [Fact]
    public void Trailers_MutatedAndAuthentic_NeverThrowAndSurviveTheRoundTrip()
    {
        var opened = 0;
        var mutator = Mutations([Hex.Octets("cafe 0102 0304 043b"), Hex.Octets("0102 023b"), Hex.Octets("cafe 0029")]);
        for (var i = 0; i < Inputs; i++)
        {
            if (Open(Null, SealedAsItIs(mutator.Next())) is not { } packet)
            {
                continue;
            }
            Open(Null, Seal(Null, packet)).Should().Be(packet);
            opened++;
        }

        opened.Should().BeInRange(Inputs / 100, Inputs - 1);
    }

    private static Mutator Mutations(byte[][] valid) => new(new Random(Seed), valid, Mutator.Tlvs(EspHeader.Length, lengthUnit: 1));

    private static EspPacket? Open(EspTransform transform, byte[] octets)
    {
        try
        {
            if (transform.TryOpen(octets, out var packet, out var error))
            {
                return packet;
            }
            error.Offset.Should().BeInRange(0, octets.Length, Convert.ToHexStringLower(octets));
            return null;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{exception.GetType().Name} ({exception.Message}) from {Convert.ToHexStringLower(octets)}");
            throw;
        }
    }
}
