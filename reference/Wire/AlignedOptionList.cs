namespace Pmip.Wire;

/// <summary>
/// The options at the end of a header whose length is a multiple of 8 octets. The reader skips padding; the writer inserts padding to
/// align each option and the end of the header: see <see cref="OptionPadding"/>.
/// </summary>
public abstract class AlignedOptionList<TOption> : OptionList<TOption>
    where TOption : AlignedOption
{
    /// <summary>
    /// Maximum length of a header in octets: the length field has one octet and counts units of 8 octets, not including the first.
    /// </summary>
    private const int MaximumHeaderLength = (byte.MaxValue + 1) * OptionPadding.HeaderUnit;

    private protected AlignedOptionList(IEnumerable<TOption> options)
        : base(options) { }

    /// <summary>The end of the header whose options begin at <paramref name="start"/>.</summary>
    internal int EndFrom(int start)
    {
        var position = start;
        for (var i = 0; i < Count; i++)
        {
            position += OptionPadding.Before(this[i].Alignment, position) + this[i].Length;
        }
        return position + OptionPadding.Before((OptionPadding.HeaderUnit, 0), position);
    }

    /// <summary>Whether the options fit into a header after its first <paramref name="start"/> octets.</summary>
    internal bool FitsFrom(int start) => EndFrom(start) <= MaximumHeaderLength;

    /// <summary>Writes the options with their padding from <paramref name="start"/> to the end of the header, which they fit.</summary>
    internal void Write(Span<byte> header, int start)
    {
        var writer = new AlignedOptionWriter(header, start);
        for (var i = 0; i < Count; i++)
        {
            var option = this[i];
            if (writer.TryAdd(option.Type, option.DataLength, option.Alignment, out var data))
            {
                option.WriteData(data);
            }
        }

        writer.TryEnd(out _);
    }

    private protected ArgumentException NoRoom(int start, string header) =>
        new($"The options end {EndFrom(start)} octets after the start of the {header}; the maximum is {MaximumHeaderLength}.");
}
