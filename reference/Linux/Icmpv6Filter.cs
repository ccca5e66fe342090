using System.Runtime.CompilerServices;

namespace Pmip.Linux;

/// <summary>The types of ICMPv6 messages that a raw socket receives: RFC 3542, Section 3.2.</summary>
public sealed class Icmpv6Filter
{
    /// <summary>One bit for each type; a type whose bit is set is blocked.</summary>
    internal Bits Blocked { get; private init; }

    /// <summary>Passes these types and blocks all others.</summary>
    public static Icmpv6Filter Pass(params ReadOnlySpan<byte> types)
    {
        var blocked = new Bits();
        for (var word = 0; word < Bits.Words; word++)
        {
            blocked[word] = uint.MaxValue;
        }
        foreach (var type in types)
        {
            blocked[type >> 5] &= ~(1u << (type & 31));
        }
        return new Icmpv6Filter { Blocked = blocked };
    }

    /// <summary>struct icmp6_filter.</summary>
    [InlineArray(Words)]
    internal struct Bits
    {
        internal const int Words = 8;
        private uint _first;
    }
}
