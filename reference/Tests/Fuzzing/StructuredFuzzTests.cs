using System.Net;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Fuzzing;

/// <summary>
/// The codec reads what differs from a valid message in one respect, and some thousands of messages in several: it does not throw, reads
/// nothing outside of the octets, and what it has read is the same after it is written and read again. A failure shows the input.
/// </summary>
public sealed class StructuredFuzzTests
{
    private const int Seed = 6275;
    private const int DrawnPerMessage = 1_000;

    /// <summary>A longer message, with every option there is, only has the drawn inputs: each option has a message of its own.</summary>
    private const int LongestWhole = 128;

    private static readonly IPAddress _source = IPAddress.Parse("2001:db8:100::a1");
    private static readonly IPAddress _destination = IPAddress.Parse("2001:db8:100::1");
    private static readonly Dictionary<string, WireEdition> _editions = SampleMessages.Editions.ToDictionary(edition => edition.Name);

    public static TheoryData<string> Editions => [.. _editions.Keys];

    private delegate bool Parser<TValue>(ReadOnlySpan<byte> octets, out TValue? value, out WireError? error);

    [Theory]
    [MemberData(nameof(Editions))]
    public void MobilityMessages_SurviveWhateverDiffers(string edition) =>
        Fuzz<MobilityMessage>(
            Messages(),
            new StructuredInputs(options: 12, unit: 1),
            (octets, out message, out error) => MobilityMessage.TryParse(octets, _editions[edition], out message, out error),
            message => Written(message.Length, octets => message.Write(octets))
        );

    [Theory]
    [MemberData(nameof(Editions))]
    public void MobilityOptions_SurviveWhateverDiffers(string edition) =>
        Fuzz<MobilityOption>(
            SampleMessages
                .MobilityOptions.Concat(SampleMessages.AuthorizedUpdate.Options)
                .Concat(SampleMessages.DraftOptions)
                .Select(option => Written(option.Length, octets => option.Write(octets))),
            new StructuredInputs(options: 0, unit: 1),
            (octets, out option, out error) => MobilityOption.TryParse(octets, _editions[edition], out option, out error),
            option => Written(option.Length, octets => option.Write(octets))
        );

    [Fact]
    public void Icmpv6Messages_SurviveWhateverDiffers() =>
        Fuzz<Icmpv6Message>(
            SampleMessages.Icmpv6.Select(message => message.ToBytes(_source, _destination)),
            new StructuredInputs(options: 24, unit: 8),
            (octets, out message, out error) => Icmpv6Message.TryParse(octets, out message, out error),
            message => Written(message.Length, octets => message.Write(octets))
        );

    /// <summary>Each message with its options, and one option alone in an update, so that every option is near the end once.</summary>
    private static IEnumerable<byte[]> Messages() =>
        SampleMessages
            .Mobility.Concat(
                SampleMessages.MobilityOptions.Select(option => new BindingUpdate(1, BindingUpdateFlags.Acknowledge, 10, [option]))
            )
            .Select(message => message.ToBytes(_source, _destination));

    private static void Fuzz<TValue>(IEnumerable<byte[]> valid, StructuredInputs inputs, Parser<TValue> parse, Func<TValue, byte[]> write)
        where TValue : class
    {
        var random = new Random(Seed + FuzzSize.AddedSeed);
        var noise = new byte[64];
        foreach (var message in valid)
        {
            foreach (var octets in message.Length <= LongestWhole ? inputs.Of(message) : [])
            {
                Check(octets, noise, parse, write);
            }

            for (var drawn = 0; drawn < DrawnPerMessage * FuzzSize.Factor; drawn++)
            {
                random.NextBytes(noise);
                Check(inputs.Draw(message, random), noise, parse, write);
            }
        }
    }

    /// <param name="noise">Octets around the input, which must make no difference.</param>
    private static void Check<TValue>(byte[] octets, byte[] noise, Parser<TValue> parse, Func<TValue, byte[]> write)
        where TValue : class
    {
        try
        {
            var isRead = parse(octets, out var value, out var error);
            byte[] surrounded = [.. noise, .. octets, .. noise];
            if (
                parse(surrounded.AsSpan(noise.Length, octets.Length), out var again, out var errorAgain) != isRead
                || !Equals(value, again)
                || error?.Offset != errorAgain?.Offset
            )
            {
                Assert.Fail($"what surrounds the octets makes a difference: {Convert.ToHexStringLower(octets)}");
            }

            if (!isRead)
            {
                Assert.InRange(error!.Offset, 0, octets.Length);
            }
            else if (!parse(write(value!), out var rewritten, out _) || !value!.Equals(rewritten))
            {
                Assert.Fail($"does not survive the round trip: {Convert.ToHexStringLower(octets)}");
            }
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{exception.GetType().Name} ({exception.Message}) from {Convert.ToHexStringLower(octets)}");
        }
    }

    private static byte[] Written(int length, Action<byte[]> write)
    {
        var octets = Enumerable.Repeat((byte)0xa5, length).ToArray();
        write(octets);
        return octets;
    }
}
