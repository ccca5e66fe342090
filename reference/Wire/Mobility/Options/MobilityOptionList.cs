using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>The options of a mobility message. The list does not include padding (RFC 6275, Sections 6.2.2 and 6.2.3).</summary>
[CollectionBuilder(typeof(MobilityOptionList), nameof(Create))]
public sealed class MobilityOptionList(params IEnumerable<MobilityOption> options) : AlignedOptionList<MobilityOption>(options)
{
    public static MobilityOptionList Empty { get; } = new();

    /// <summary>The builder method for collection expressions.</summary>
    public static MobilityOptionList Create(ReadOnlySpan<MobilityOption> options) => new(options.ToArray());

    /// <summary>Reads the options of a message, from <paramref name="start"/> to its end.</summary>
    internal static bool TryParse(
        ReadOnlySpan<byte> message,
        int start,
        WireEdition edition,
        [NotNullWhen(true)] out MobilityOptionList? options,
        [NotNullWhen(false)] out WireError? error
    )
    {
        options = null;
        var read = new List<MobilityOption>();
        var walker = new OptionWalker(message, start);
        while (walker.TryNext(out var bytes, out error))
        {
            if (!MobilityOption.TryParse(bytes, edition, out var option, out error))
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

        options = new MobilityOptionList(read);
        if (options.FitsFrom(start))
        {
            return true;
        }

        options = null;
        error = new WireError(start, "MessageLength", "the options, when aligned, do not fit into a Mobility Header");
        return false;
    }

    /// <summary>Returns this list if it fits into a message after its first <paramref name="start"/> octets.</summary>
    /// <exception cref="ArgumentException">The list does not fit.</exception>
    internal MobilityOptionList RequireRoom(int start) => FitsFrom(start) ? this : throw NoRoom(start, "Mobility Header");
}
