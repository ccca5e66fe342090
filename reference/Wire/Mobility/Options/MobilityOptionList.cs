using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>
/// The options of a mobility message. Padding (Pad1 and PadN, RFC 6275, Sections 6.2.2 and 6.2.3) is skipped when read and
/// put in when written, so that each option meets its alignment and the message ends on a multiple of 8 octets.
/// </summary>
[CollectionBuilder(typeof(MobilityOptionList), nameof(Create))]
public sealed class MobilityOptionList(params IEnumerable<MobilityOption> options) : OptionList<MobilityOption>(options)
{
    public static MobilityOptionList Empty { get; } = new();

    /// <summary>What a collection expression calls.</summary>
    public static MobilityOptionList Create(ReadOnlySpan<MobilityOption> options) => new(options.ToArray());

    /// <summary>Reads the options of a message, from <paramref name="start"/> to its end.</summary>
    internal static bool TryParse(
        ReadOnlySpan<byte> message, int start, [NotNullWhen(true)] out MobilityOptionList? options, [NotNullWhen(false)] out WireError? error)
    {
        (options, error) = (null, null);
        var read = new List<MobilityOption>();
        for (int position = start, length; position < message.Length; position += length)
        {
            var rest = message[position..];
            if (!TryMeasure(rest, out length))
            {
                error = new WireError(position, "OptionTruncated", $"type {rest[0]} runs beyond the end of the message");
                return false;
            }

            if (IsPadding(rest[0])) continue;
            if (!MobilityOption.TryParse(rest[..length], out var option, out error))
            {
                error = error.Shifted(position);
                return false;
            }

            read.Add(option);
        }

        options = new MobilityOptionList(read);
        if (options.EndFrom(start) <= MobilityHeader.MaximumMessageLength) return true;

        options = null;
        error = new WireError(start, "MessageLength", "aligned, the options do not fit into a Mobility Header");
        return false;
    }

    /// <summary>Where the message ends whose options begin at <paramref name="start"/>.</summary>
    internal int EndFrom(int start)
    {
        var position = start;
        for (var i = 0; i < Count; i++) position += PaddingBefore(this[i], position) + this[i].Length;
        return position + PaddingTo(MobilityHeader.LengthUnit, 0, position);
    }

    /// <summary>This list, if it fits into a message behind <paramref name="start"/> octets.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal MobilityOptionList RequireRoom(int start) =>
        EndFrom(start) <= MobilityHeader.MaximumMessageLength
            ? this
            : throw new ArgumentException($"The options end {EndFrom(start)} octets behind the start of the Mobility Header, beyond 2048.");

    /// <summary>Writes the options with their padding from <paramref name="start"/> to the end of <paramref name="message"/>.</summary>
    internal void Write(Span<byte> message, int start)
    {
        var position = start;
        for (var i = 0; i < Count; i++)
        {
            var padding = PaddingBefore(this[i], position);
            WritePadding(message.Slice(position, padding));
            position += padding;
            position += this[i].Write(message[position..]);
        }

        WritePadding(message[position..]);
    }

    private static bool IsPadding(byte type) => (MobilityOptionType)type is MobilityOptionType.Pad1 or MobilityOptionType.PadN;

    private static bool TryMeasure(ReadOnlySpan<byte> rest, out int length)
    {
        length = 1;
        if ((MobilityOptionType)rest[0] == MobilityOptionType.Pad1) return true;
        if (rest.Length < MobilityOption.HeaderLength) return false;
        length = MobilityOption.HeaderLength + rest[1];
        return rest.Length >= length;
    }

    private static int PaddingBefore(MobilityOption option, int position) =>
        PaddingTo(option.Alignment.Multiple, option.Alignment.Offset, position);

    private static int PaddingTo(int multiple, int offset, int position) => (multiple + offset - position % multiple) % multiple;

    private static void WritePadding(Span<byte> gap)
    {
        // At most 7 octets. One octet is Pad1, whose type is zero; more are PadN with zero-valued data.
        gap.Clear();
        if (gap.Length < MobilityOption.HeaderLength) return;
        gap[0] = (byte)MobilityOptionType.PadN;
        gap[1] = (byte)(gap.Length - MobilityOption.HeaderLength);
    }
}
