using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>The sub-options of a Relay Agent Information option; they have no padding.</summary>
[CollectionBuilder(typeof(RelayAgentSubOptionList), nameof(Create))]
public sealed class RelayAgentSubOptionList(params IEnumerable<RelayAgentSubOption> subOptions)
    : OptionList<RelayAgentSubOption>(subOptions)
{
    /// <summary>Length of all sub-options in octets.</summary>
    public int Length => this.Sum(subOption => subOption.Length);

    /// <summary>The builder method for collection expressions.</summary>
    public static RelayAgentSubOptionList Create(ReadOnlySpan<RelayAgentSubOption> subOptions) => new(subOptions.ToArray());

    internal static bool TryParse(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out RelayAgentSubOptionList? subOptions,
        [NotNullWhen(false)] out WireError? error
    )
    {
        (subOptions, error) = (null, null);
        var read = new List<RelayAgentSubOption>();
        var position = 0;
        while (position < bytes.Length)
        {
            var rest = bytes[position..];
            // If the sub-option is too short, RelayAgentSubOption.TryParse reports the error.
            var length =
                rest.Length < RelayAgentSubOption.HeaderLength
                    ? rest.Length
                    : Math.Min(rest.Length, RelayAgentSubOption.HeaderLength + rest[1]);
            if (!RelayAgentSubOption.TryParse(rest[..length], out var subOption, out error))
            {
                error = error.Shifted(position);
                return false;
            }

            read.Add(subOption);
            position += length;
        }

        subOptions = new RelayAgentSubOptionList(read);
        return true;
    }

    internal void Write(Span<byte> destination)
    {
        foreach (var subOption in this)
        {
            destination = destination[subOption.Write(destination)..];
        }
    }
}
