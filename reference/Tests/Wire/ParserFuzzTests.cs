using System.Net;
using Pmip.Reference.Tests.Fuzzing;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// No parser throws on mutated messages, and a parsed value that is written and parsed again is equal. The seed is fixed, so that
/// failures are reproducible; a failure message contains the input.
/// </summary>
public sealed class ParserFuzzTests
{
    private const int Seed = 5213;

    /// <summary>Together with <see cref="ParserFuzz"/>, a million inputs over all parsers and editions.</summary>
    private const int InputsPerParser = 32_000;

    /// <summary>Maximum number of octets allocated for each octet of input by reading, writing and reading again.</summary>
    private const int AllocationPerOctet = 256;

    /// <summary>Maximum number of additional octets allocated, for the values and an error with its text.</summary>
    private const int AllocationBesides = 16_384;

    private static readonly Dictionary<string, WireEdition> _allEditions = SampleMessages.Editions.ToDictionary(edition => edition.Name);

    private static readonly IPAddress _source = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPAddress _destination = IPAddress.Parse("2001:db8:100::1");

    public static TheoryData<string> Editions => [.. _allEditions.Keys];

    [Theory]
    [MemberData(nameof(Editions))]
    public void MobilityMessages_Mutated_NeverThrowAndSurviveTheRoundTrip(string edition) =>
        Fuzz(
            SampleMessages.Mobility.Select(message => message.ToBytes(_source, _destination)),
            Mutator.Tlvs(12, lengthUnit: 1),
            octets =>
            {
                _ = MobilityHeader.HasValidChecksum(_source, _destination, octets);
                if (!MobilityMessage.TryParse(octets, _allEditions[edition], out var message, out var error))
                {
                    return ErrorIn(octets, error);
                }
                if (message is BindingUpdate update)
                {
                    _ = _allEditions[edition].RequestsOverwrite(update);
                }
                var written = Enumerable.Repeat((byte)0xa5, message.Length).ToArray();
                message.Write(written);
                return MobilityMessage.TryParse(written, _allEditions[edition], out var again, out _)
                    && again.Equals(message)
                    && written.Length % 8 == 0;
            }
        );

    [Theory]
    [MemberData(nameof(Editions))]
    public void MobilityOptions_Mutated_NeverThrowAndSurviveTheRoundTrip(string edition) =>
        Fuzz(
            SampleMessages
                .MobilityOptions.Concat(SampleMessages.AuthorizedUpdate.Options)
                .Concat(SampleMessages.DraftOptions)
                .Select(Written),
            Mutator.Tlvs(0, lengthUnit: 1),
            octets =>
                MobilityOption.TryParse(octets, _allEditions[edition], out var option, out var error)
                    ? MobilityOption.TryParse(Written(option), _allEditions[edition], out var again, out _)
                        && again.Equals(option)
                        && option.Length == octets.Length
                    : ErrorIn(octets, error)
        );

    [Fact]
    public void ExtensionHeaders_Mutated_NeverThrowAndSurviveTheRoundTrip()
    {
        SampleMessages.Chain.TryGetUpperLayer(out var upper, out _);
        Fuzz(
            upper!.Headers.Select(header => header.Bytes.ToArray()),
            Mutator.Tlvs(2, lengthUnit: 1),
            octets =>
                Survives<DestinationOptionsHeader>(octets, DestinationOptionsHeader.TryParse)
                && Survives<Type2RoutingHeader>(octets, Type2RoutingHeader.TryParse)
                && Survives<FragmentHeader>(octets, FragmentHeader.TryParse)
        );
    }

    [Fact]
    public void Icmpv6Messages_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        Fuzz(
            SampleMessages.Icmpv6.Select(message => message.ToBytes(_source, _destination)),
            Mutator.Tlvs(24, lengthUnit: 8),
            octets =>
            {
                _ = Icmpv6Message.HasValidChecksum(_source, _destination, octets);
                if (!Icmpv6Message.TryParse(octets, out var message, out var error))
                {
                    return ErrorIn(octets, error);
                }
                var written = Enumerable.Repeat((byte)0xa5, message.Length).ToArray();
                message.Write(written);
                return Icmpv6Message.TryParse(written, out var again, out _) && again.Equals(message) && written.Length == octets.Length;
            }
        );

    [Fact]
    public void NdOptions_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        Fuzz(
            SampleMessages.NdOptions.Select(Written),
            Mutator.Tlvs(0, lengthUnit: 8),
            octets =>
                NdOption.TryParse(octets, out var option, out var error)
                    ? NdOption.TryParse(Written(option), out var again, out _) && again.Equals(option) && option.Length == octets.Length
                    : ErrorIn(octets, error)
        );

    [Fact]
    public void Ipv6Packets_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        Fuzz(
            SampleMessages.Packets.Select(packet => packet.ToBytes()),
            Mutator.Tlvs(40, lengthUnit: 8),
            octets =>
            {
                if (!Ipv6Packet.TryParse(octets, out var packet, out var error))
                {
                    return ErrorIn(octets, error);
                }
                if (packet.TryGetUpperLayer(out var upper, out error))
                {
                    if (upper.Offset + upper.Payload.Length != packet.Length)
                    {
                        return false;
                    }
                    _ = MobilityMessage.TryParse(upper.Payload.Span, out _, out _);
                    _ = Icmpv6Message.TryParse(upper.Payload.Span, out _, out _);
                }
                else if (!ErrorIn(octets, error))
                {
                    return false;
                }

                return Ipv6Packet.TryParse(packet.ToBytes(), out var again, out _) && again.Equals(packet);
            }
        );

    [Fact]
    public void EthernetFrames_Mutated_NeverThrowAndSurviveTheRoundTrip() =>
        Fuzz(
            SampleMessages.Packets.Select(packet =>
                new EthernetFrame(MacAddress.Broadcast, default, EthernetFrame.Ipv6EtherType, packet.ToBytes()).ToBytes()
            ),
            Mutator.Tlvs(14, lengthUnit: 1),
            octets =>
                EthernetFrame.TryParse(octets, out var frame, out var error)
                    ? frame.ToBytes().AsSpan().SequenceEqual(octets)
                    : ErrorIn(octets, error)
        );

    private delegate bool HeaderParser<THeader>(ReadOnlySpan<byte> octets, out THeader? header, out WireError? error);

    private static bool Survives<THeader>(byte[] octets, HeaderParser<THeader> tryParse)
        where THeader : WritableExtensionHeader =>
        tryParse(octets, out var header, out var error)
            ? tryParse(header!.Before([]), out var again, out _) && again!.Equals(header)
            : ErrorIn(octets, error!);

    private static void Fuzz(IEnumerable<byte[]> valid, Func<byte[], IReadOnlyList<Mutator.Field>> fields, Func<byte[], bool> holds)
    {
        var mutator = new Mutator(new Random(Seed + FuzzSize.AddedSeed), [.. valid], fields);
        foreach (var octets in mutator.Valid)
        {
            Check(octets, holds);
        }
        for (var i = 0; i < InputsPerParser * FuzzSize.Factor; i++)
        {
            Check(mutator.Next(), holds);
        }
    }

    private static void Check(byte[] octets, Func<byte[], bool> holds)
    {
        try
        {
            var survives = false;
            var bound = AllocationBesides + AllocationPerOctet * (long)octets.Length;
            var allocated = Allocation.Of(() => survives = holds(octets), bound);
            if (!survives)
            {
                Assert.Fail($"does not survive the round trip: {Convert.ToHexStringLower(octets)}");
            }
            if (allocated > bound)
            {
                Assert.Fail($"{allocated} octets allocated for {octets.Length}: {Convert.ToHexStringLower(octets)}");
            }
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{exception.GetType().Name} ({exception.Message}) from {Convert.ToHexStringLower(octets)}");
        }
    }

    /// <summary>The offset of an error is within the parsed octets or at their end.</summary>
    private static bool ErrorIn(byte[] octets, WireError error) =>
        error.Offset >= 0 && error.Offset <= octets.Length && error.Rule.Length > 0 && error.Detail.Length > 0;

    private static byte[] Written(MobilityOption option)
    {
        var octets = new byte[option.Length];
        option.Write(octets);
        return octets;
    }

    private static byte[] Written(NdOption option)
    {
        var octets = new byte[option.Length];
        option.Write(octets);
        return octets;
    }
}
