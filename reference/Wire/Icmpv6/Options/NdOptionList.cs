using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>The options of a neighbour discovery message.</summary>
[CollectionBuilder(typeof(NdOptionList), nameof(Create))]
public sealed class NdOptionList(params IEnumerable<NdOption> options) : OptionList<NdOption>(options)
{
    public static NdOptionList Empty { get; } = new();

    /// <summary>Length of all options in octets.</summary>
    public int Length => this.Sum(option => option.Length);

    /// <summary>The builder method for collection expressions.</summary>
    public static NdOptionList Create(ReadOnlySpan<NdOption> options) => new(options.ToArray());

    internal static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out NdOptionList? options,
        [NotNullWhen(false)] out WireError? error
    )
    {
        (options, error) = (null, null);
        var read = new List<NdOption>();
        var position = 0;
        while (position < bytes.Length)
        {
            var rest = bytes[position..];
            // If the option is too short or its length is zero, NdOption.TryParse reports the error.
            var length = rest.Length < NdOption.HeaderLength ? rest.Length : Math.Min(rest.Length, rest[1] * NdOption.LengthUnit);
            if (!NdOption.TryParse(length == 0 ? rest : rest[..length], out var option, out error))
            {
                error = error.Shifted(position);
                return false;
            }

            read.Add(option);
            position += length;
        }

        options = new NdOptionList(read);
        return true;
    }

    internal void Write(Span<byte> destination)
    {
        foreach (var option in this)
        {
            destination = destination[option.Write(destination)..];
        }
    }
}
