using System.Globalization;
using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>
/// A received option with a Binding Identifier, in the layout of RFC 5648, Section 4.3, or of draft-ietf-monami6-multiplecoa-04, Section
/// 4.2.1. Fields that the option is too short for are 0.
/// </summary>
/// <param name="IsOfDraft">True for the layout of the draft.</param>
internal sealed record BindingIdentity(OptionOctets Option, bool IsOfDraft)
{
    /// <summary>The name in scenarios of both editions.</summary>
    public const string Name = "Binding Identifier";

    /// <summary>The Length without a care-of address.</summary>
    public const int ShortLength = 4;

    /// <summary>The Length with an IPv6 care-of address.</summary>
    public const int LongLength = 20;

    /// <summary>The Length with an IPv4 care-of address.</summary>
    public const int Ipv4Length = 8;

    private const int StatusOffset = 2;
    private const int FlagsOffset = 3;
    private const byte CareOfFlag = 0x80;
    private const byte OverwriteFlag = 0x40;

    public int Bid => Part.Word(0);

    public byte Status => Part.Octet(StatusOffset);

    /// <summary>The H flag.</summary>
    public bool IsHome => (Flags & (IsOfDraft ? 0x20 : 0x80)) != 0;

    /// <summary>The C flag of the draft: a care-of address follows.</summary>
    public bool SaysCareOf => IsOfDraft && (Flags & CareOfFlag) != 0;

    /// <summary>The O flag of the draft.</summary>
    public bool Overwrites => IsOfDraft && (Flags & OverwriteFlag) != 0;

    public int ReservedBits => Flags & (IsOfDraft ? 0x1f : 0x7f);

    /// <summary>True if the layout has an option of this Length.</summary>
    public bool HasKnownLength => Option.Length is ShortLength or LongLength || (!IsOfDraft && Option.Length == Ipv4Length);

    /// <summary>The IPv6 care-of address; null if there is none.</summary>
    public IPAddress? CareOf => Option.Length == LongLength ? Part.Ipv6Address(ShortLength) : null;

    /// <summary>The IPv4 care-of address; null if there is none.</summary>
    public IPAddress? Ipv4CareOf => !IsOfDraft && Option.Length == Ipv4Length ? new(Option.Data.Span[ShortLength..Ipv4Length]) : null;

    /// <summary>The octets of the care-of address, of either family; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Address => Option.Length > ShortLength ? Option.Data[ShortLength..] : default;

    private byte Flags => Part.Octet(FlagsOffset);

    private FramePart Part => new(Option.Data, Offset: 0);

    /// <summary>The options of a message, in order; none in an edition without them.</summary>
    public static IReadOnlyList<BindingIdentity> In(MobilityOctets message, WireEdition edition) =>
        MobilityOptionKind.Named(Name, edition) is { } kind
            ?
            [
                .. message
                    .All(kind.NumberIn(edition))
                    .Select(option => new BindingIdentity(option, edition.BindingIdentifier == BindingIdentifierLayout.Draft04)),
            ]
            : [];

    /// <summary>The first of these options; null if the message has none.</summary>
    public static BindingIdentity? FirstIn(MobilityOctets message, WireEdition edition) =>
        In(message, edition) is [var first, ..] ? first : null;

    /// <summary>Option data that stands in hexadecimal in a scenario; null for words of another form, such as a BID.</summary>
    public static OctetString? Data(string words)
    {
        const int LeastDigits = 6;
        return words.Length >= LeastDigits && words.All(char.IsAsciiHexDigit) ? OptionWords.OctetString(words) : null;
    }

    /// <summary>The BID in decimal digits.</summary>
    public static string TextOf(OptionOctets option) =>
        new BindingIdentity(option, IsOfDraft: false).Bid.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The option in a line about its message: the BID, and what is not 0. The flags stand there as octet, because their bits differ
    /// between the editions, of which the option says nothing.
    /// </summary>
    public static string WordsOf(OptionOctets option, INodeNames names)
    {
        const int StatusOffset = 2,
            FlagsOffset = 3,
            AddressOffset = 4,
            AddressLength = 16;
        var data = option.Data.Span;
        if (data.Length < AddressOffset)
        {
            return $"BID option {Convert.ToHexStringLower(data)}";
        }

        var status = data[StatusOffset] == 0 ? "" : $" Status {data[StatusOffset]}";
        var flags = data[FlagsOffset] == 0 ? "" : $" flags 0x{data[FlagsOffset]:x2}";
        var address =
            data.Length == AddressOffset + AddressLength ? $" {names.NameOf(new IPAddress(data[AddressOffset..]))}"
            : data.Length > AddressOffset ? $" {Convert.ToHexStringLower(data[AddressOffset..])}"
            : "";
        return $"BID {TextOf(option)}{status}{flags}{address}";
    }

    /// <summary><c>BID 1</c>, with H if it is set.</summary>
    public override string ToString() => IsHome ? $"BID {Bid} with H" : $"BID {Bid}";
}
