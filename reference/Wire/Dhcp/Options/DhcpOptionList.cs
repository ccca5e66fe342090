using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>
/// The options of a DHCP message, each code once. The parts of an option that occurs several times (RFC 3396) are joined.
/// </summary>
[CollectionBuilder(typeof(DhcpOptionList), nameof(Create))]
public sealed class DhcpOptionList : OptionList<DhcpOption>
{
    /// <exception cref="ArgumentException">Two options have the same code.</exception>
    public DhcpOptionList(params IEnumerable<DhcpOption> options)
        : base(RequireDistinct(options)) { }

    public static DhcpOptionList Empty { get; } = new();

    /// <summary>Length of all options in octets, without the end option.</summary>
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
    public static DhcpOptionList Create(ReadOnlySpan<DhcpOption> options) => new(options.ToArray());

    internal static DhcpOptionList Of(DhcpOptionEnumerator options)
    {
        var records = new List<DhcpOption>();
        foreach (var option in options)
        {
            records.Add(option.ToRecord());
        }
        return new DhcpOptionList(records);
    }

    private static DhcpOption[] RequireDistinct(IEnumerable<DhcpOption> options)
    {
        DhcpOption[] all = [.. options];
        return all.DistinctBy(option => option.Code).Count() == all.Length
            ? all
            : throw new ArgumentException("Two options have the same code.", nameof(options));
    }
}
