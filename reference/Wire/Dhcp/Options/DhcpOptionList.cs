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
    public int Length => this.Sum(option => option.Length);

    /// <summary>The builder method for collection expressions.</summary>
    public static DhcpOptionList Create(ReadOnlySpan<DhcpOption> options) => new(options.ToArray());

    /// <summary>Writes the options, then the end option.</summary>
    internal void Write(Span<byte> destination)
    {
        foreach (var option in this)
        {
            destination = destination[option.Write(destination)..];
        }
        destination[0] = (byte)DhcpOptionCode.End;
    }

    private static DhcpOption[] RequireDistinct(IEnumerable<DhcpOption> options)
    {
        DhcpOption[] all = [.. options];
        return all.DistinctBy(option => option.Code).Count() == all.Length
            ? all
            : throw new ArgumentException("Two options have the same code.", nameof(options));
    }
}
