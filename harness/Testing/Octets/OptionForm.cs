using Pmip.Wire;

namespace Conformance.Testing.Octets;

/// <summary>The form of a mobility option, as the tester knows it: the positions of its fields and its alignment.</summary>
/// <param name="Alignment">
/// The alignment for a number of octets of option data: the option starts <c>Offset</c> octets after a multiple of <c>Multiple</c>.
/// </param>
public sealed record OptionForm(string Name, int Type, Func<int, (int Multiple, int Offset)> Alignment, IReadOnlyList<OctetField> Fields)
{
    public const int HeaderLength = 2;

    private const int Unit = 8;

    /// <summary>The sub-option of draft-ietf-monami6-multiplecoa-04. Its type number is a parameter.</summary>
    private const string BindingUniqueIdentifier = "Binding Unique Identifier";

    private static readonly OctetField[] _common = [new("Type", 0, 8), new("Length", 8, 8)];

    /// <summary>The form of an unknown option.</summary>
    private static readonly OptionForm _opaque = Form("Option", 0, Anywhere);

    private static readonly OptionForm[] _all =
    [
        Form("Binding Refresh Advice", OptionType.BindingRefreshAdvice, At(2, 0), Bits("Refresh Interval", 16, 16)),
        Form("Alternate Care-of Address", OptionType.AlternateCareOfAddress, At(8, 6), Bits("Alternate Care-of Address", 16, 128)),
        Form("Nonce Indices", OptionType.NonceIndices, At(2, 0), Bits("Home Nonce Index", 16, 16), Bits("Care-of Nonce Index", 32, 16)),
        Form("Binding Authorization Data", OptionType.BindingAuthorizationData, AtTheEnd, Bits("Authenticator", 16, 0)),
        Form(
            "Mobility Header Link-Layer Address",
            OptionType.MobilityHeaderLinkLayerAddress,
            Anywhere,
            Bits("Option-Code", 16, 8),
            Bits("Link-Layer Address", 24, 0)
        ),
        Form("Mobile Node Identifier", OptionType.MobileNodeIdentifier, Anywhere, Bits("Subtype", 16, 8), Bits("Identifier", 24, 0)),
        Form(
            "Vendor-Specific",
            OptionType.VendorSpecific,
            At(4, 2),
            Bits("Vendor ID", 16, 32),
            Bits("Sub-Type", 48, 8),
            Bits("Data", 56, 0)
        ),
        Form(
            "Home Network Prefix",
            OptionType.HomeNetworkPrefix,
            At(8, 4),
            Bits("Reserved", 16, 8),
            Bits("Prefix Length", 24, 8),
            Bits("Home Network Prefix", 32, 128)
        ),
        Form("Handoff Indicator", OptionType.HandoffIndicator, Anywhere, Bits("Reserved", 16, 8), Bits("Handoff Indicator", 24, 8)),
        Form(
            "Access Technology Type",
            OptionType.AccessTechnologyType,
            Anywhere,
            Bits("Reserved", 16, 8),
            Bits("Access Technology Type", 24, 8)
        ),
        Form(
            "Mobile Node Link-layer Identifier",
            OptionType.MobileNodeLinkLayerIdentifier,
            BySize,
            Bits("Reserved", 16, 16),
            Bits("Link-layer Identifier", 32, 0)
        ),
        Form("Link-local Address", OptionType.LinkLocalAddress, At(8, 6), Bits("Link-local Address", 16, 128)),
        Form("Timestamp", OptionType.Timestamp, At(8, 2), Bits("Timestamp", 16, 64)),
        Form(
            "IPv4 Home Address",
            OptionType.Ipv4HomeAddress,
            At(4, 0),
            Bits("Prefix-len", 16, 6),
            Bits("P", 22, 1),
            Bits("Reserved", 23, 9),
            Bits("IPv4 Home Address", 32, 32)
        ),
        Form(
            "IPv4 Address Acknowledgement",
            OptionType.Ipv4AddressAcknowledgement,
            At(4, 0),
            Bits("Status", 16, 8),
            Bits("Prefix-len", 24, 6),
            Bits("Reserved", 30, 2),
            Bits("IPv4 Home Address", 32, 32)
        ),
        Form("NAT Detection", OptionType.NatDetection, At(4, 0), Bits("F", 16, 1), Bits("Reserved", 17, 15), Bits("Refresh Time", 32, 32)),
        Form(
            "IPv4 Care-of Address",
            OptionType.Ipv4CareOfAddress,
            At(4, 0),
            Bits("Reserved", 16, 16),
            Bits("IPv4 Care-of Address", 32, 32)
        ),
        Form("GRE Key", OptionType.GreKey, At(4, 0), Bits("Reserved", 16, 16), Bits("GRE Key Identifier", 32, 32)),
        Form(
            "Binding Identifier",
            OptionType.BindingIdentifier,
            ByCareOfAddress,
            Bits("BID", 16, 16),
            Bits("Status", 32, 8),
            Bits("H", 40, 1),
            Bits("Reserved", 41, 7),
            Bits("Care-of Address", 48, 0)
        ),
        Form(
            BindingUniqueIdentifier,
            OptionType.BindingIdentifier,
            ByCareOfAddress,
            Bits("BID", 16, 16),
            Bits("Status", 32, 8),
            Bits("C", 40, 1),
            Bits("O", 41, 1),
            Bits("H", 42, 1),
            Bits("Reserved", 43, 5),
            Bits("Care-of Address", 48, 0)
        ),
        Form(
            "IPv4 Home Address Request",
            OptionType.Ipv4HomeAddressRequest,
            At(4, 0),
            Bits("Prefix-len", 16, 6),
            Bits("Reserved", 22, 10),
            Bits("IPv4 Home Address", 32, 32)
        ),
        Form(
            "IPv4 Home Address Reply",
            OptionType.Ipv4HomeAddressReply,
            At(4, 0),
            Bits("Status", 16, 8),
            Bits("Prefix-len", 24, 6),
            Bits("Reserved", 30, 2),
            Bits("IPv4 Home Address", 32, 32)
        ),
        Form(
            "IPv4 Default-Router Address",
            OptionType.Ipv4DefaultRouterAddress,
            At(4, 0),
            Bits("Reserved", 16, 16),
            Bits("IPv4 Default-Router Address", 32, 32)
        ),
        Form("IPv4 DHCP Support Mode", OptionType.Ipv4DhcpSupportMode, Anywhere, Bits("Reserved", 16, 15), Bits("S", 31, 1)),
    ];

    /// <summary>The names that scenarios may use, in addition to names such as <c>Option 200</c>.</summary>
    public static IEnumerable<string> Names => _all.Select(form => form.Name);

    /// <summary>
    /// The form with a name in an edition, which defines the numbers that drafts leave open; null if there is no such form.
    /// </summary>
    public static OptionForm? Named(string name, WireEdition edition)
    {
        var form = Array.Find(_all, form => form.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return form is null ? Numbered(name) : form with { Type = TypeIn(form, edition) };
    }

    /// <summary>The form with a type number in an edition.</summary>
    public static OptionForm OfType(int type, WireEdition edition) =>
        Array.Find(_all, form => TypeIn(form, edition) == type) ?? _opaque with { Type = type };

    private static OptionForm? Numbered(string name) =>
        name.StartsWith("Option ", StringComparison.OrdinalIgnoreCase)
        && byte.TryParse(name.AsSpan(7), out var type)
        && type > OptionType.PadN
            ? _opaque with
            {
                Name = name,
                Type = type,
            }
            : null;

    private static int TypeIn(OptionForm form, WireEdition edition) =>
        form.Type switch
        {
            OptionType.BindingIdentifier when form.Name == BindingUniqueIdentifier => edition.BindingUniqueIdentifierType,
            OptionType.Ipv4DefaultRouterAddress => edition.Ipv4DefaultRouterType,
            _ => form.Type,
        };

    private static OptionForm Form(string name, int type, Func<int, (int Multiple, int Offset)> alignment, params OctetField[] fields) =>
        new(name, type, alignment, [.. _common, .. fields]);

    private static OctetField Bits(string name, int first, int width) => new(name, first, width);

    private static Func<int, (int Multiple, int Offset)> At(int multiple, int offset) => _ => (multiple, offset);

    private static (int Multiple, int Offset) Anywhere(int length) => (1, 0);

    /// <summary>RFC 6275, Section 6.2.7: the option is the last one, without padding after it.</summary>
    private static (int Multiple, int Offset) AtTheEnd(int length) => (Unit, (Unit - (HeaderLength + length) % Unit) % Unit);

    /// <summary>RFC 5648, Section 4.3.</summary>
    private static (int Multiple, int Offset) ByCareOfAddress(int length) => length > 4 ? (8, 2) : (2, 0);

    /// <summary>
    /// RFC 5213, Section 8.6, and RFC 6275, Section 6.2: the natural boundary of the data that begins four octets after the start.
    /// </summary>
    private static (int Multiple, int Offset) BySize(int length) =>
        (length - 2) switch
        {
            <= 0 => (2, 0),
            var size when size % 8 == 0 => (8, 4),
            var size when size % 4 == 0 => (4, 0),
            _ => (2, 0),
        };
}
