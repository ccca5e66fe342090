namespace Pmip.Reference.Tests.Wire;

/// <summary>Converts hexadecimal text to octets: pairs of digits, with spaces for readability.</summary>
internal static class Hex
{
    internal static byte[] Octets(string digits) => Convert.FromHexString(string.Concat(digits.Where(c => !char.IsWhiteSpace(c))));
}
