using System.Diagnostics.CodeAnalysis;

namespace Pmip.Wire;

/// <summary>A DHCP unique identifier, RFC 8415, Section 11. All octets are compared.</summary>
/// <param name="Octets">A type of two octets, then 1 to 128 more.</param>
/// <exception cref="ArgumentException">There are fewer or more octets.</exception>
public sealed record Duid(OctetString Octets)
{
    /// <summary>Minimum length of a DUID in octets.</summary>
    public const int MinimumLength = 3;

    /// <summary>Maximum length of a DUID in octets.</summary>
    public const int MaximumLength = 130;

    public OctetString Octets
    {
        get;
        init => field = RequireLength(value);
    } = RequireLength(Octets);

    /// <summary>DUID-LL, RFC 8415, Section 11.4: type 3, hardware type 1, then the address.</summary>
    public static Duid ForMac(MacAddress address) => new(new OctetString([0, 3, 0, 1, .. address.ToArray()]));

    /// <summary>Reads the data of an option that consists of a DUID.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> data, [NotNullWhen(true)] out Duid? duid, [NotNullWhen(false)] out WireError? error)
    {
        error = IsLength(data.Length)
            ? null
            : new WireError(0, "OptionLength", $"length {data.Length}, expected {MinimumLength} to {MaximumLength}");
        duid = error is null ? new Duid(new OctetString(data)) : null;
        return duid is not null;
    }

    private static bool IsLength(int length) => length is >= MinimumLength and <= MaximumLength;

    private static OctetString RequireLength(OctetString octets) =>
        IsLength(octets.Length)
            ? octets
            : throw new ArgumentException($"A DUID has {MinimumLength} to {MaximumLength} octets, not {octets.Length}.", nameof(octets));
}
