using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>The options of a DHCPv6 message, or those inside an option.</summary>
[CollectionBuilder(typeof(Dhcpv6OptionList), nameof(Create))]
public sealed class Dhcpv6OptionList(params IEnumerable<Dhcpv6Option> options) : OptionList<Dhcpv6Option>(options)
{
    public static Dhcpv6OptionList Empty { get; } = new();

    /// <summary>Octets of all options.</summary>
    public int Length => this.Sum(option => option.Length);

    /// <summary>What a collection expression calls.</summary>
    public static Dhcpv6OptionList Create(ReadOnlySpan<Dhcpv6Option> options) => new(options.ToArray());

    internal static bool TryParse(
        ReadOnlySpan<byte> bytes,
        Dhcpv6OptionPlace place,
        [NotNullWhen(true)] out Dhcpv6OptionList? options,
        [NotNullWhen(false)] out WireError? error
    )
    {
        (options, error) = (null, null);
        var read = new List<Dhcpv6Option>();
        var position = 0;
        while (position < bytes.Length)
        {
            // Too short, it is for the option to say so; out of place, it is not looked into.
            var bounded = bytes.Slice(position, Dhcpv6Option.Measure(bytes[position..]));
            if (bounded.Length >= Dhcpv6Option.HeaderLength && !MayBeIn(place, BinaryPrimitives.ReadUInt16BigEndian(bounded)))
            {
                error = new WireError(
                    position,
                    "OptionPlace",
                    $"code {BinaryPrimitives.ReadUInt16BigEndian(bounded)} does not belong here"
                );
                return false;
            }

            if (!Dhcpv6Option.TryParse(bounded, out var option, out error))
            {
                error = error.Shifted(position);
                return false;
            }

            read.Add(option);
            position += bounded.Length;
        }

        options = new Dhcpv6OptionList(read);
        return true;
    }

    /// <summary>This list, if all of its options may be in this place.</summary>
    /// <exception cref="ArgumentException">One may not.</exception>
    internal Dhcpv6OptionList RequireIn(Dhcpv6OptionPlace place)
    {
        var misplaced = this.FirstOrDefault(option => !MayBeIn(place, option.Code));
        return misplaced is null ? this : throw new ArgumentException($"{misplaced} does not belong here.");
    }

    /// <summary>This list, if it fits into so many octets.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal Dhcpv6OptionList RequireRoom(int room) =>
        Length <= room ? this : throw new ArgumentException($"Options of {Length} octets do not fit into {room}.");

    internal void Write(Span<byte> destination)
    {
        foreach (var option in this)
        {
            destination = destination[option.Write(destination)..];
        }
    }

    private static bool MayBeIn(Dhcpv6OptionPlace place, ushort code) =>
        (Dhcpv6OptionCode)code switch
        {
            Dhcpv6OptionCode.IaNa => place == Dhcpv6OptionPlace.Message,
            Dhcpv6OptionCode.IaAddress => place == Dhcpv6OptionPlace.IaNa,
            _ => true,
        };
}
