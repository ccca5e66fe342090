using Pmip.Reference.Tests.Fuzzing;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// Passes mutated messages to a parser and checks that the parser does not throw, that a parsed value that is written and parsed again
/// is equal, and that the allocation is bounded by a multiple of the input length. The seed is fixed, so that failures are
/// reproducible; a failure message contains the input.
/// </summary>
internal static class ParserFuzz
{
    private const int Seed = 5844;
    private const int InputsPerParser = 32_000;
    private const int LongInputsPerParser = 40;

    /// <summary>Maximum number of octets allocated for each octet of input; a list of empty options needs most.</summary>
    private const int AllocationPerOctet = 64;

    /// <summary>Maximum number of additional octets allocated, for the value and an error with its text.</summary>
    private const int AllocationBesides = 4096;

    internal delegate bool Parser<TValue>(byte[] octets, out TValue? value, out WireError? error);

    /// <summary>
    /// Fuzzes <paramref name="parse"/>, starting from the octets that <paramref name="write"/> returns for
    /// <paramref name="values"/>.
    /// </summary>
    internal static void Run<TValue>(
        IEnumerable<TValue> values,
        Func<byte[], IReadOnlyList<Mutator.Field>> fields,
        Parser<TValue> parse,
        Func<TValue, byte[]> write
    )
        where TValue : class
    {
        var mutator = new Mutator(new Random(Seed + FuzzSize.AddedSeed), [.. values.Select(write)], fields);
        foreach (var octets in mutator.Valid)
        {
            if (!parse(octets, out _, out var error))
            {
                Assert.Fail($"{error} in {Convert.ToHexStringLower(octets)}");
            }
        }

        for (var i = 0; i < InputsPerParser * FuzzSize.Factor; i++)
        {
            Check(mutator.Next(), parse, write);
        }
        for (var i = 0; i < LongInputsPerParser; i++)
        {
            Check(Repeat(mutator.Next()), parse, write);
        }
    }

    /// <summary>The value that <paramref name="parse"/> reads; fails if it allocates more than allowed.</summary>
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
            Assert.Fail($"the parser must return either a value or an error: {Shown(octets)}");
        }
        if (error is not null && (error.Offset < 0 || error.Offset > octets.Length || error.Rule.Length == 0 || error.Detail.Length == 0))
        {
            Assert.Fail($"invalid error {error} for {Shown(octets)}");
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

    /// <summary>Repeats the octets, to make a long input with many copies of each element.</summary>
    private static byte[] Repeat(byte[] octets) =>
        octets.Length == 0 ? octets : [.. Enumerable.Repeat(octets, 1 + 32768 / octets.Length).SelectMany(copy => copy)];

    private static string Shown(byte[] octets) => Convert.ToHexStringLower(octets);
}
