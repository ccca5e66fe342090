using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>
/// The options of a DHCP message, each code once: what comes several times is one option in parts (RFC 3396) and has been joined.
/// </summary>
[CollectionBuilder(typeof(DhcpOptionList), nameof(Create))]
public sealed class DhcpOptionList : OptionList<DhcpOption>
{
    /// <exception cref="ArgumentException">Two options have the same code.</exception>
    public DhcpOptionList(params IEnumerable<DhcpOption> options)
        : base(RequireDistinct(options)) { }

    public static DhcpOptionList Empty { get; } = new();

    /// <summary>Octets of all options, without the end option.</summary>
    public int Length => this.Sum(option => option.Length);

    /// <summary>What a collection expression calls.</summary>
    public static DhcpOptionList Create(ReadOnlySpan<DhcpOption> options) => new(options.ToArray());

    /// <summary>Writes the options and the end option behind them.</summary>
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
