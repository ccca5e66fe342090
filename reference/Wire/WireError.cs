namespace Pmip.Wire;

/// <summary>Why octets are not what they were taken for.</summary>
/// <param name="Offset">Where it shows, in octets from the start of what was parsed.</param>
/// <param name="Rule">A short name of the rule that was broken, e.g. <c>HeaderLength</c> or <c>OptionTruncated</c>.</param>
/// <param name="Detail">One phrase for a log, with the numbers that were found.</param>
public sealed record WireError(int Offset, string Rule, string Detail)
{
    /// <summary>The same error in something larger that starts <paramref name="octets"/> earlier.</summary>
    internal WireError Shifted(int octets) => this with { Offset = Offset + octets };

    internal static WireError Truncated(int offset, int needed, int present) =>
        new(offset, "Truncated", $"{needed} octets needed, {present} present");
}
