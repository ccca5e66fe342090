namespace Pmip.Reference.Tests.Wire;

/// <summary>Octets as one writes them by hand beside a figure: pairs of digits, blanks where they help.</summary>
internal static class Hex
{
    internal static byte[] Octets(string digits) => Convert.FromHexString(string.Concat(digits.Where(c => !char.IsWhiteSpace(c))));
}
