using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// Feeds mutated messages to a parser: it does not throw, what it reads is written as octets that read as an equal value, and it
/// allocates no more than a multiple of its input. The seed is fixed, so that a failure comes back; its message holds the input.
/// </summary>
internal static class ParserFuzz
{
    private const int Seed = 5844;
    private const int InputsPerParser = 32_000;
    private const int LongInputsPerParser = 40;

    /// <summary>Octets allocated for each octet of input, at most: a list of empty options is what costs most.</summary>
    private const int AllocationPerOctet = 64;

    /// <summary>Octets allocated besides: the value, an error with its text.</summary>
    private const int AllocationBesides = 4096;

    internal delegate bool Parser<TValue>(byte[] octets, out TValue? value, out WireError? error);

    /// <summary>Fuzzes <paramref name="parse"/>, starting from what <paramref name="write"/> makes of <paramref name="values"/>.</summary>
    internal static void Run<TValue>(
        IEnumerable<TValue> values,
        Func<byte[], IReadOnlyList<Mutator.Field>> fields,
        Parser<TValue> parse,
        Func<TValue, byte[]> write
    )
        where TValue : class
    {
        var mutator = new Mutator(new Random(Seed), [.. values.Select(write)], fields);
        foreach (var octets in mutator.Valid)
        {
            if (!parse(octets, out _, out var error))
            {
                Assert.Fail($"{error} in {Convert.ToHexStringLower(octets)}");
            }
        }

        for (var i = 0; i < InputsPerParser; i++)
        {
            Check(mutator.Next(), parse, write);
        }
        for (var i = 0; i < LongInputsPerParser; i++)
        {
            Check(Repeat(mutator.Next()), parse, write);
        }
    }

    /// <summary>The value that <paramref name="parse"/> reads, within what it may allocate.</summary>
    internal static TValue? ParseWithinBounds<TValue>(byte[] octets, Parser<TValue> parse)
        where TValue : class
    {
        var isRead = false;
        var (value, error) = (default(TValue), default(WireError));
        var bound = AllocationBesides + AllocationPerOctet * (long)octets.Length;
        var allocated = Allocation.Of(() => isRead = parse(octets, out value, out error), bound);

        if (allocated > bound)
        {
            Assert.Fail($"{allocated} octets allocated for {octets.Length}: {Shown(octets)}");
        }
        if (isRead != value is not null || isRead == error is not null)
        {
            Assert.Fail($"both or neither of value and error: {Shown(octets)}");
        }
        if (error is not null && (error.Offset < 0 || error.Offset > octets.Length || error.Rule.Length == 0 || error.Detail.Length == 0))
        {
            Assert.Fail($"{error} is not about {Shown(octets)}");
        }
        return value;
    }

    private static void Check<TValue>(byte[] octets, Parser<TValue> parse, Func<TValue, byte[]> write)
        where TValue : class
    {
        try
        {
            if (ParseWithinBounds(octets, parse) is not { } value)
            {
                return;
            }
            if (!parse(write(value), out var again, out _) || !value.Equals(again))
            {
                Assert.Fail($"does not survive the round trip: {Shown(octets)}");
            }
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{exception.GetType().Name} ({exception.Message}) from {Shown(octets)}");
        }
    }

    /// <summary>The same over and over: long, and with everything in it many times.</summary>
    private static byte[] Repeat(byte[] octets) =>
        octets.Length == 0 ? octets : [.. Enumerable.Repeat(octets, 1 + 32768 / octets.Length).SelectMany(copy => copy)];

    private static string Shown(byte[] octets) => Convert.ToHexStringLower(octets);
}
