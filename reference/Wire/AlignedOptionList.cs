namespace Pmip.Wire;

/// <summary>
/// Options that end a header of whole units of 8 octets. Padding is skipped when read and put in when written, so that each
/// option meets its alignment and the header ends on such a unit: see <see cref="OptionPadding"/>.
/// </summary>
public abstract class AlignedOptionList<TOption> : OptionList<TOption>
    where TOption : AlignedOption
{
    /// <summary>A length field of one octet that counts units of 8 octets behind the first allows this many.</summary>
    private const int MaximumHeaderLength = (byte.MaxValue + 1) * OptionPadding.HeaderUnit;

    private protected AlignedOptionList(IEnumerable<TOption> options)
        : base(options) { }

    /// <summary>Where the header ends whose options begin at <paramref name="start"/>.</summary>
    internal int EndFrom(int start)
    {
        var position = start;
        for (var i = 0; i < Count; i++)
        {
            position += OptionPadding.Before(this[i].Alignment, position) + this[i].Length;
        }
        return position + OptionPadding.Before((OptionPadding.HeaderUnit, 0), position);
    }

    /// <summary>Whether the options fit into a header behind <paramref name="start"/> octets.</summary>
    internal bool FitsFrom(int start) => EndFrom(start) <= MaximumHeaderLength;

    /// <summary>Writes the options with their padding from <paramref name="start"/> to the end of <paramref name="header"/>.</summary>
    internal void Write(Span<byte> header, int start)
    {
        var position = start;
        for (var i = 0; i < Count; i++)
        {
            var padding = OptionPadding.Before(this[i].Alignment, position);
            OptionPadding.Write(header.Slice(position, padding));
            position += padding;
            position += this[i].Write(header[position..]);
        }

        OptionPadding.Write(header[position..]);
    }

    private protected ArgumentException NoRoom(int start, string header) =>
        new($"The options end {EndFrom(start)} octets behind the start of the {header}, beyond {MaximumHeaderLength}.");
}
