using System.Buffers.Binary;

namespace Pmip.Reference.Tests.Fuzzing;

/// <summary>
/// Every message that differs from a valid one in one respect: a field of one, two, four or eight octets at an edge, a bit, a length, or
/// the options, of which one is cut off, missing, twice there, or in another place.
/// </summary>
/// <param name="options">Where the options of a message begin, in octets.</param>
/// <param name="unit">The unit of the length of an option: 1, and the length is without type and length; or 8, with them.</param>
internal sealed class StructuredInputs(int options, int unit)
{
    private static readonly ulong[] _edges = [0, 1, 0x7f, 0x80, 0xfe, 0xff];

    /// <summary>The inputs from one valid message, always the same.</summary>
    public IEnumerable<byte[]> Of(byte[] valid) => [.. Fields(valid), .. Bits(valid), .. Truncated(valid), .. OptionsChanged(valid)];

    /// <summary>A random input with several respects at once.</summary>
    public byte[] Draw(byte[] valid, Random random)
    {
        var octets = valid;
        for (var changes = random.Next(2, 5); changes > 0 && octets.Length > 0; changes--)
        {
            octets = random.Next(3) switch
            {
                0 => WithOptionChanged(octets, random),
                1 => WithField(octets, random.Next(octets.Length), 1 << random.Next(4), _edges[random.Next(_edges.Length)]),
                _ => WithBit(octets, random.Next(8 * octets.Length)),
            };
        }

        return octets;
    }

    private static IEnumerable<byte[]> Fields(byte[] valid) =>
        from width in new[] { 1, 2, 4, 8 }
        from at in Enumerable.Range(0, Math.Max(0, valid.Length - width + 1))
        from edge in _edges
        select WithField(valid, at, width, edge);

    /// <summary>The edge of an octet stands for that of a wider field: the least, the greatest, and those around the sign.</summary>
    private static byte[] WithField(byte[] valid, int at, int width, ulong edge)
    {
        var octets = valid.ToArray();
        Span<byte> field = stackalloc byte[8];
        var value = edge switch
        {
            0x7f => ulong.MaxValue >> 1,
            0x80 => 1UL << 63,
            0xfe => ulong.MaxValue - 1,
            0xff => ulong.MaxValue,
            _ => edge,
        };
        BinaryPrimitives.WriteUInt64BigEndian(field, value);
        var part = edge is 0 or 1 or 0xfe ? field[(8 - width)..] : field[..width];
        part[..Math.Min(width, octets.Length - at)].CopyTo(octets.AsSpan(at));
        return octets;
    }

    private static IEnumerable<byte[]> Bits(byte[] valid) => Enumerable.Range(0, 8 * valid.Length).Select(bit => WithBit(valid, bit));

    private static byte[] WithBit(byte[] valid, int bit)
    {
        var octets = valid.ToArray();
        octets[bit / 8] ^= (byte)(1 << (bit % 8));
        return octets;
    }

    private static IEnumerable<byte[]> Truncated(byte[] valid) =>
        Enumerable.Range(0, valid.Length).SelectMany(length => new[] { valid[..length], Sized(valid[..length]) });

    private IEnumerable<byte[]> OptionsChanged(byte[] valid)
    {
        if (valid.Length < options)
        {
            yield break;
        }

        var (head, found) = (valid[..options], Split(valid));
        for (var at = 0; at < found.Count; at++)
        {
            var option = found[at];
            yield return With(found.Where((_, index) => index != at));
            yield return With([.. found[..at], option, .. found[at..]]);
            yield return With([option, .. found.Where((_, index) => index != at)]);
            yield return With([.. found.Where((_, index) => index != at), option]);
            for (var length = 0; length <= byte.MaxValue && option.Length > 1; length += length < 34 ? 1 : 17)
            {
                yield return With([.. found[..at], [option[0], (byte)length, .. option[2..]], .. found[(at + 1)..]]);
            }

            for (var length = 1; length < option.Length; length++)
            {
                yield return With([.. found[..at], option[..length], .. found[(at + 1)..]]);
                byte[] cut = [option[0], (byte)Math.Max(0, unit == 1 ? length - 2 : length / unit), .. option[2..Math.Max(2, length)]];
                yield return With([.. found[..at], cut, .. found[(at + 1)..]]);
            }
        }

        yield return With([.. found.AsEnumerable().Reverse()]);

        byte[] With(IEnumerable<byte[]> changed) => Sized([.. head, .. changed.SelectMany(option => option)]);
    }

    private byte[] WithOptionChanged(byte[] octets, Random random)
    {
        if (octets.Length <= options)
        {
            return octets;
        }

        var found = Split(octets);
        var at = random.Next(found.Count);
        var (option, other) = (found[at], random.Next(found.Count));
        switch (random.Next(5))
        {
            case 0:
                found.RemoveAt(at);
                break;
            case 1:
                found.Insert(other, option);
                break;
            case 2:
                (found[at], found[other]) = (found[other], option);
                break;
            case 3 when option.Length > 1:
                found[at] = [option[0], (byte)random.Next(256), .. option[2..]];
                break;
            default:
                found[at] = option[..random.Next(option.Length)];
                break;
        }

        return Sized([.. octets[..options], .. found.SelectMany(part => part)]);
    }

    private List<byte[]> Split(byte[] valid)
    {
        var found = new List<byte[]>();
        var at = options;
        while (at < valid.Length)
        {
            var length =
                unit == 1 && valid[at] == 0 ? 1
                : at + 1 == valid.Length ? 1
                : unit == 1 ? 2 + valid[at + 1]
                : Math.Max(1, unit * valid[at + 1]);
            length = Math.Min(length, valid.Length - at);
            found.Add(valid[at..(at + length)]);
            at += length;
        }

        return found;
    }

    /// <summary>With the length of a Mobility Header that has the octets, where it can say so; padded like one.</summary>
    private static byte[] Sized(byte[] octets)
    {
        if (octets.Length < 2 || octets[0] != 59)
        {
            return octets;
        }

        byte[] padded = [.. octets, .. new byte[(8 - (octets.Length % 8)) % 8]];
        padded[1] = (byte)Math.Min(byte.MaxValue, Math.Max(0, (padded.Length / 8) - 1));
        return padded;
    }
}
