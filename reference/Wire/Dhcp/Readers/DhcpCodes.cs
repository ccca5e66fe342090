using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>A set of codes of DHCP options.</summary>
[InlineArray(Words)]
internal struct DhcpCodes
{
    private const int Words = 4;
    private const int BitsPerWord = 64;

    private ulong _first;

    internal readonly bool Contains(byte code) => (this[code / BitsPerWord] >> (code % BitsPerWord) & 1) != 0;

    /// <summary>Whether the code was not in the set before.</summary>
    internal bool Add(byte code)
    {
        var isNew = !Contains(code);
        this[code / BitsPerWord] |= 1UL << (code % BitsPerWord);
        return isNew;
    }
}
