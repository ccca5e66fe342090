using System.Globalization;

namespace Conformance.Testing.Session;

/// <summary>A place of a mobile node of Mobile IPv6: one of its care-of addresses, or the home link.</summary>
/// <param name="Index">1 to 9 for a care-of address; 0 for the home link, where the node has its home address.</param>
/// <param name="IsIpv4">True for an IPv4 care-of address (RFC 5555).</param>
public sealed record CareOf(int Index, bool IsIpv4 = false)
{
    private const string OfHome = "the home link";
    private const string OfAddress = "CoA";
    private const string OfIpv4 = "IPv4 ";

    private const int Most = 9;

    public static CareOf Home { get; } = new(0);

    /// <summary>The home link and all IPv6 care-of addresses.</summary>
    public static IReadOnlyList<CareOf> All { get; } = [.. Enumerable.Range(0, Most + 1).Select(index => new CareOf(index))];

    /// <summary>All IPv4 care-of addresses.</summary>
    public static IReadOnlyList<CareOf> AllIpv4 { get; } = [.. Enumerable.Range(1, Most).Select(index => new CareOf(index, IsIpv4: true))];

    public bool IsHome => Index == 0;

    /// <param name="words"><c>CoA1</c>, <c>IPv4 CoA1</c> or <c>the home link</c>.</param>
    /// <exception cref="ScenarioFaultException">The words are none of these.</exception>
    public static CareOf Read(string words) =>
        words == OfHome ? Home
        : words.StartsWith(OfIpv4, StringComparison.Ordinal) && Read(words[OfIpv4.Length..]) is { IsHome: false, IsIpv4: false } careOf
            ? careOf with
            {
                IsIpv4 = true,
            }
        : words.StartsWith(OfAddress, StringComparison.Ordinal)
        && int.TryParse(words[OfAddress.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && index is >= 1 and <= Most
            ? new CareOf(index)
        : throw new ScenarioFaultException(
            $"'{words}' is no place of a mobile node: say CoA1 to CoA9, IPv4 CoA1 to IPv4 CoA9, or the home link."
        );

    public override string ToString() => IsHome ? OfHome : $"{(IsIpv4 ? OfIpv4 : string.Empty)}{OfAddress}{Index}";
}

/// <summary>A binding that a mobile node asks for.</summary>
/// <param name="Bid">The Binding Identifier, 1-65535; null for a binding without one.</param>
public sealed record RequestedBinding(CareOf CareOf, ushort? Bid)
{
    private const string As = " as BID ";

    /// <param name="words"><c>CoA1</c>, <c>CoA1 as BID 1</c> or <c>the home link as BID 3</c>.</param>
    /// <exception cref="ScenarioFaultException">The words have another form.</exception>
    public static RequestedBinding Read(string words) =>
        words.Split(As) switch
        {
            [var place] => new(CareOf.Read(place), null),
            [var place, var bid] => new(CareOf.Read(place), Bids.Number(bid)),
            _ => throw new ScenarioFaultException($"'{words}' is no binding: say CoA1 or CoA1 as BID 1."),
        };
}

/// <summary>The bindings that one Binding Update asks for, at least one.</summary>
public sealed record RequestedBindings(IReadOnlyList<RequestedBinding> All)
{
    /// <summary>The place from which the update is sent unless a step says another one.</summary>
    public CareOf First => All[0].CareOf;

    /// <param name="words"><c>CoA1 as BID 1, CoA2 as BID 2 and the home link as BID 3</c>.</param>
    /// <exception cref="ScenarioFaultException">The words have another form, or one of several bindings has no BID.</exception>
    public static RequestedBindings Read(string words)
    {
        var all = WordList.Read(words).Select(RequestedBinding.Read).ToList();
        return all.Count > 1 && all.Exists(binding => binding.Bid is null)
            ? throw new ScenarioFaultException($"'{words}': of several bindings in one update, each has a BID.")
            : new RequestedBindings(all);
    }
}

/// <summary>Binding Identifiers that a step names, at least one.</summary>
public sealed record Bids(IReadOnlyList<ushort> All)
{
    private const string Name = "BID ";

    /// <param name="words"><c>BID 1 and BID 2</c>.</param>
    /// <exception cref="ScenarioFaultException">The words have another form.</exception>
    public static Bids Read(string words) =>
        new([
            .. WordList
                .Read(words)
                .Select(one =>
                    one.StartsWith(Name, StringComparison.Ordinal)
                        ? Number(one[Name.Length..])
                        : throw new ScenarioFaultException($"'{one}' is no Binding Identifier: say BID 1.")
                ),
        ]);

    public override string ToString() =>
        string.Join(", ", All.SkipLast(1).Select(Words)) + (All.Count > 1 ? " and " : string.Empty) + Words(All[^1]);

    private static string Words(ushort bid) => string.Create(CultureInfo.InvariantCulture, $"{Name}{bid}");

    internal static ushort Number(string words) =>
        ushort.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var bid)
            ? bid
            : throw new ScenarioFaultException($"'{words}' is no Binding Identifier: say 0 to {ushort.MaxValue}.");
}

/// <summary>Words joined by commas, <c>and</c> or <c>or</c>.</summary>
internal static class WordList
{
    public static IEnumerable<string> Read(string words) => words.Split([", ", " and ", " or "], StringSplitOptions.TrimEntries);
}
