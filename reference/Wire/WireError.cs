namespace Pmip.Wire;

/// <summary>The reason why octets could not be parsed.</summary>
/// <param name="Offset">Position of the error, in octets from the start of the parsed octets.</param>
/// <param name="Rule">The name of the violated rule, e.g. <c>HeaderLength</c> or <c>OptionTruncated</c>.</param>
/// <param name="Detail">A phrase for logs, with the values found.</param>
public sealed record WireError(int Offset, string Rule, string Detail)
{
    /// <summary>The same error with an offset relative to an enclosing structure that starts <paramref name="octets"/> earlier.</summary>
    internal WireError Shifted(int octets) => this with { Offset = Offset + octets };

    internal static WireError Truncated(int offset, int needed, int present) =>
        new(offset, "Truncated", $"{needed} octets needed, {present} present");
}
