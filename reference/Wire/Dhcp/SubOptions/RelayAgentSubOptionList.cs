using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>The sub-options of a Relay Agent Information option; they have no padding.</summary>
[CollectionBuilder(typeof(RelayAgentSubOptionList), nameof(Create))]
public sealed class RelayAgentSubOptionList(params IEnumerable<RelayAgentSubOption> subOptions)
    : OptionList<RelayAgentSubOption>(subOptions)
{
    /// <summary>Length of all sub-options in octets.</summary>
    public int Length
    {
        get
        {
            var length = 0;
            for (var i = 0; i < Count; i++)
            {
                length += this[i].Length;
            }
            return length;
        }
    }

    /// <summary>The builder method for collection expressions.</summary>
    public static RelayAgentSubOptionList Create(ReadOnlySpan<RelayAgentSubOption> subOptions) => new(subOptions.ToArray());

    internal static RelayAgentSubOptionList Of(RelayAgentSubOptionEnumerator subOptions)
    {
        var records = new List<RelayAgentSubOption>();
        foreach (var subOption in subOptions)
        {
            records.Add(subOption.ToRecord());
        }
        return new RelayAgentSubOptionList(records);
    }

    internal void Write(Span<byte> destination)
    {
        for (var i = 0; i < Count; i++)
        {
            destination = destination[this[i].Write(destination)..];
        }
    }
}
