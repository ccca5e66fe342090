using Pmip.Wire;

namespace Pmip.Protocol.Stack;

/// <summary>The options of an IPv4 header (RFC 791, Section 3.1). A router passes them on as they are.</summary>
internal static class Ipv4Options
{
    private const byte EndOfList = 0;
    private const byte NoOperation = 1;
    private const byte CopiedFlag = 0x80;
    private const int LengthUnit = 4;

    /// <summary>The offset of an option that does not fit into the header, from the start of the packet; null if all fit.</summary>
    public static int? FirstMalformed(Ipv4Packet packet)
    {
        var options = packet.Options.Span;
        for (var at = 0; at < options.Length && options[at] != EndOfList; at += LengthAt(options, at))
        {
            if (LengthAt(options, at) == 0)
            {
                return Ipv4Packet.MinimumHeaderLength + at;
            }
        }

        return null;
    }

    /// <summary>The options that stand in every fragment, not in the first alone: those with the copied flag.</summary>
    public static OctetString Copied(OctetString all)
    {
        var options = all.Span;
        var copied = new List<byte>(options.Length);
        for (var at = 0; at < options.Length && options[at] != EndOfList && LengthAt(options, at) > 0; at += LengthAt(options, at))
        {
            if ((options[at] & CopiedFlag) != 0)
            {
                copied.AddRange(options.Slice(at, LengthAt(options, at)));
            }
        }
        while (copied.Count % LengthUnit != 0)
        {
            copied.Add(EndOfList);
        }

        return new OctetString([.. copied]);
    }

    /// <summary>The length of the option at an offset in octets, or 0 if it does not fit.</summary>
    private static int LengthAt(ReadOnlySpan<byte> options, int at)
    {
        if (options[at] == NoOperation)
        {
            return 1;
        }

        var length = at + 1 < options.Length ? options[at + 1] : 0;
        return length >= 2 && at + length <= options.Length ? length : 0;
    }
}
