namespace Pmip.Reference.Tests.Wire;

/// <summary>
/// Makes malformed messages from valid ones. The mutator knows the positions of options, so that most of its messages pass the
/// first check of a parser.
/// </summary>
internal sealed class Mutator(Random random, byte[][] valid, Func<byte[], IReadOnlyList<Mutator.Field>> fields)
{
    private const int MaximumLength = 4096;
    private static readonly byte[] _interesting = [0, 1, 2, 3, 5, 6, 7, 8, 15, 16, 17, 18, 22, 25, 27, 59, 127, 128, 129, 135, 254, 255];

    /// <summary>An option, starting at its type.</summary>
    internal readonly record struct Field(int Position, int Length);

    internal IReadOnlyList<byte[]> Valid => valid;

    /// <summary>Finds type-length-value options from <paramref name="start"/> on; a length that does not fit ends the search.</summary>
    internal static Func<byte[], IReadOnlyList<Field>> Tlvs(int start, int lengthUnit) =>
        octets =>
        {
            var found = new List<Field>();
            var position = start;
            while (position + 2 <= octets.Length)
            {
                var length = lengthUnit == 1 ? (octets[position] == 0 ? 1 : 2 + octets[position + 1]) : lengthUnit * octets[position + 1];
                if (length == 0 || position + length > octets.Length)
                {
                    break;
                }
                found.Add(new Field(position, length));
                position += length;
            }

            return found;
        };

    /// <summary>A valid message with one to four mutations.</summary>
    internal byte[] Next()
    {
        var octets = Pick(valid).ToArray();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            octets = Mutate(octets);
        }
        if (random.Next(3) > 0)
        {
            AdjustHeaderLen(octets);
        }
        return octets;
    }

    private byte[] Mutate(byte[] octets)
    {
        if (octets.Length == 0)
        {
            return [(byte)random.Next(256)];
        }
        var found = fields(octets);
        var field = found.Count > 0 ? Pick(found) : new Field(random.Next(octets.Length), 1);
        switch (random.Next(11))
        {
            case 0:
                octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));
                return octets;
            case 1:
                octets[random.Next(octets.Length)] = Pick(_interesting);
                return octets;
            case 2:
                octets[field.Position] = Pick(_interesting);
                return octets;
            case 3 when field.Position + 1 < octets.Length:
                octets[field.Position + 1] =
                    random.Next(2) == 0 ? Pick(_interesting) : (byte)(octets[field.Position + 1] + random.Next(-1, 2));
                return octets;
            case 4:
                return octets[..random.Next(octets.Length)];
            case 5:
                return [.. octets, .. Noise(random.Next(1, 20))];
            case 6:
                return [.. octets[..field.Position], .. octets[(field.Position + field.Length)..]];
            case 7 when octets.Length < MaximumLength:
                return [.. octets[..(field.Position + field.Length)], .. octets[field.Position..]];
            case 8:
                return [.. octets[..field.Position], .. Noise(random.Next(1, 9)), .. octets[field.Position..]];
            case 9:
                var other = Pick(valid);
                return [.. octets[..field.Position], .. other[Math.Min(field.Position, other.Length)..]];
            default:
                octets.AsSpan(field.Position, field.Length).Fill(Pick(_interesting));
                return octets;
        }
    }

    /// <summary>Makes the second octet the length of the message in units of 8, as in a Mobility Header.</summary>
    private static void AdjustHeaderLen(byte[] octets)
    {
        if (octets.Length >= 8 && octets.Length % 8 == 0 && octets.Length <= 2048 && octets[0] is 59)
        {
            octets[1] = (byte)(octets.Length / 8 - 1);
        }
    }

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
