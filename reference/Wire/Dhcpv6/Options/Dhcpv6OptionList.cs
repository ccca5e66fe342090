using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pmip.Wire;

/// <summary>The options of a DHCPv6 message, or the nested options of an option.</summary>
[CollectionBuilder(typeof(Dhcpv6OptionList), nameof(Create))]
public sealed class Dhcpv6OptionList(params IEnumerable<Dhcpv6Option> options) : OptionList<Dhcpv6Option>(options)
{
    public static Dhcpv6OptionList Empty { get; } = new();

    /// <summary>Length of all options in octets.</summary>
    public int Length => this.Sum(option => option.Length);

    /// <summary>The builder method for collection expressions.</summary>
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
            // Dhcpv6Option.TryParse reports an option that is too short. An option that is not allowed here is not parsed.
            var bounded = bytes.Slice(position, Dhcpv6Option.Measure(bytes[position..]));
            if (bounded.Length >= Dhcpv6Option.HeaderLength && !MayBeIn(place, BinaryPrimitives.ReadUInt16BigEndian(bounded)))
            {
                error = new WireError(
                    position,
                    "OptionPlace",
                    $"an option with code {BinaryPrimitives.ReadUInt16BigEndian(bounded)} is not allowed here"
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

    /// <summary>Returns this list if all of its options are allowed in this place.</summary>
    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    internal Dhcpv6OptionList RequireIn(Dhcpv6OptionPlace place)
    {
        var misplaced = this.FirstOrDefault(option => !MayBeIn(place, option.Code));
        return misplaced is null ? this : throw new ArgumentException($"{misplaced} is not allowed here.");
    }

    /// <summary>Returns this list if it fits into <paramref name="room"/> octets.</summary>
    /// <exception cref="ArgumentException">The list does not fit.</exception>
    internal Dhcpv6OptionList RequireRoom(int room) =>
        Length <= room ? this : throw new ArgumentException($"Options of {Length} octets do not fit into {room} octets.");

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
