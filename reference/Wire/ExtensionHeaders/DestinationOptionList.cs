using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>The options of a Destination Options header. The list does not include padding (RFC 8200, Section 4.2).</summary>
[CollectionBuilder(typeof(DestinationOptionList), nameof(Create))]
public sealed class DestinationOptionList(params IEnumerable<DestinationOption> options) : AlignedOptionList<DestinationOption>(options)
{
    public static DestinationOptionList Empty { get; } = new();

    /// <summary>The builder method for collection expressions.</summary>
    public static DestinationOptionList Create(ReadOnlySpan<DestinationOption> options) => new(options.ToArray());

    /// <summary>Reads the options of a header, from <paramref name="start"/> to its end.</summary>
    internal static bool TryParse(
        ReadOnlySpan<byte> header,
        int start,
        [NotNullWhen(true)] out DestinationOptionList? options,
        [NotNullWhen(false)] out WireError? error
    )
    {
        options = null;
        var read = new List<DestinationOption>();
        var walker = new OptionWalker(header, start);
        while (walker.TryNext(out var bytes, out error))
        {
            if (!DestinationOption.TryParse(bytes, out var option, out error))
            {
                error = error.Shifted(walker.Position);
                return false;
            }

            read.Add(option);
        }

        if (error is not null)
        {
            return false;
        }

        options = new DestinationOptionList(read);
        if (options.FitsFrom(start))
        {
            return true;
        }

        options = null;
        error = new WireError(start, "HeaderLength", "the options, when aligned, do not fit into a Destination Options header");
        return false;
    }

    /// <summary>Returns this list if it fits into a header after its first <paramref name="start"/> octets.</summary>
    /// <exception cref="ArgumentException">The list does not fit.</exception>
    internal DestinationOptionList RequireRoom(int start) => FitsFrom(start) ? this : throw NoRoom(start, "Destination Options header");
}
