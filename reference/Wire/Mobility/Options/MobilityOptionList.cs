using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>The options of a mobility message. The list does not include padding (RFC 6275, Sections 6.2.2 and 6.2.3).</summary>
[CollectionBuilder(typeof(MobilityOptionList), nameof(Create))]
public sealed class MobilityOptionList(params IEnumerable<MobilityOption> options) : AlignedOptionList<MobilityOption>(options)
{
    public static MobilityOptionList Empty { get; } = new();

    /// <summary>The builder method for collection expressions.</summary>
    public static MobilityOptionList Create(ReadOnlySpan<MobilityOption> options) => new(options.ToArray());

    internal static MobilityOptionList Of(MobilityOptionEnumerator options, BindingIdentifierLayout layout)
    {
        var records = new List<MobilityOption>();
        foreach (var option in options)
        {
            records.Add(option.ToRecord(layout));
        }
        return new MobilityOptionList(records);
    }

    /// <summary>Returns this list if it fits into a message after its first <paramref name="start"/> octets.</summary>
    /// <exception cref="ArgumentException">The list does not fit.</exception>
    internal MobilityOptionList RequireRoom(int start) => FitsFrom(start) ? this : throw NoRoom(start, "Mobility Header");
}
