using System.Net;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>
/// An IPv6 extension header and its options (RFC 8200, Section 4; RFC 4302; RFC 2473, Section 4.1.1; RFC 6275, Sections 6.3 and
/// 6.4).
/// </summary>
public sealed class ExtensionHeaderLayer : Layer
{
    private const int FixedLength = 8;
    private const int Pad1 = 0;
    private const int PadN = 1;
    public const int TunnelEncapsulationLimit = 4;
    private const int RouterAlert = 5;
    public const int HomeAddress = 201;

    /// <summary>The Routing Type of RFC 6275, Section 6.4.</summary>
    public const int Type2 = 2;

    private const int AddressLength = 16;
    private const int SegmentsLeftOffset = 3;

    internal ExtensionHeaderLayer(int type, FramePart part)
        : base(part) => Type = type;

    public override string Name => IpProtocols.NameOf(Type) + (Type is IpProtocols.Routing or IpProtocols.Fragment ? " header" : null);

    /// <summary>The number by which the header before refers to this header.</summary>
    public int Type { get; }

    public int NextHeader => Part.Octet(0);

    /// <summary>The Routing Type of a routing header.</summary>
    public int RoutingType => Part.Octet(2);

    public int SegmentsLeft => Part.Octet(SegmentsLeftOffset);

    /// <summary>
    /// The home address in a type 2 routing header of the length of one (RFC 6275, Section 6.4.1); null in any other header.
    /// </summary>
    public IPAddress? RoutedTo =>
        Type == IpProtocols.Routing && RoutingType == Type2 && Part.Length == FixedLength + AddressLength
            ? Part.Ipv6Address(FixedLength)
            : null;

    /// <summary>The address in the first Home Address option of its length (RFC 6275, Section 6.3); null if there is none.</summary>
    public IPAddress? HomeAddressGiven =>
        Type != IpProtocols.DestinationOptions
            ? null
            : Options()
                .Where(option => option is { Type: HomeAddress, Length: AddressLength })
                .Select(option => Part.Ipv6Address(option.At + 2))
                .FirstOrDefault();

    /// <summary>The offset of a fragment in octets.</summary>
    public int FragmentOffset => Part.Word(2) & ~7;

    /// <summary>The identification of the fragments of one packet.</summary>
    public uint Identification => (uint)((Part.Word(4) << 16) | Part.Word(6));

    public bool HasMoreFragments => (Part.Octet(3) & 1) != 0;

    internal static bool Is(int type) =>
        type
            is IpProtocols.HopByHop
                or IpProtocols.Routing
                or IpProtocols.Fragment
                or IpProtocols.DestinationOptions
                or IpProtocols.Authentication;

    /// <summary>The length of a header in octets; null if not all octets of it are present.</summary>
    internal static int? LengthOf(int type, FramePart rest)
    {
        var length = type switch
        {
            IpProtocols.Fragment => FixedLength,
            IpProtocols.Authentication => (rest.Octet(1) + 2) * 4,
            _ => (rest.Octet(1) + 1) * 8,
        };
        return rest.Length >= Math.Max(FixedLength, length) ? Math.Max(FixedLength, length) : null;
    }

    private protected override LayerWords Describe(INodeNames names) =>
        new(
            RoutedTo is { } routed ? Invariant($"{Name} type {RoutingType} to {names.NameOf(routed)}")
            : Type == IpProtocols.Routing ? Invariant($"{Name} type {RoutingType}")
            : HomeAddressGiven is { } home ? $"{Name} with Home Address {names.NameOf(home)}"
            : Name
        );

    internal override void Fields(FieldReader reader)
    {
        var next = IpProtocols.Text(NextHeader);
        switch (Type)
        {
            case IpProtocols.HopByHop or IpProtocols.DestinationOptions:
                reader.Layer(Offset, 2, Name, Invariant($"next header {next}, {Part.Length} octets"));
                Options(reader);
                break;
            case IpProtocols.Routing:
                reader.Layer(Offset, FixedLength, Name, Invariant($"next header {next}, type {RoutingType}, segments left {SegmentsLeft}"));
                for (var at = FixedLength; at + AddressLength <= Part.Length; at += AddressLength)
                {
                    var name = RoutedTo is null ? "Address" : "Home Address";
                    reader.Field(Offset + at, AddressLength, name, Part.Ipv6Address(at).ToString());
                }

                break;
            case IpProtocols.Fragment:
                reader.Layer(
                    Offset,
                    FixedLength,
                    Name,
                    Invariant($"next header {next}, offset {FragmentOffset}, {(HasMoreFragments ? "more fragments" : "last fragment")}, ")
                        + Invariant($"identification 0x{Part.Number(4, 4):x8}")
                );
                break;
            default:
                reader.Layer(Offset, Part.Length, Name, Invariant($"next header {next}, {Part.Length} octets"));
                break;
        }
    }

    /// <summary>
    /// True if a header of options contains an option of this type (RFC 8200, Section 4.2), as far as its options are readable.
    /// </summary>
    public bool HasOption(int type) =>
        Type is IpProtocols.HopByHop or IpProtocols.DestinationOptions
        && Options().Any(option => option.Type == type && option.Length is not null);

    /// <summary>
    /// True if the options fill a header of options to its end, and padding is zero (RFC 8200, Section 4.2). Other headers are not read.
    /// </summary>
    public bool IsWellFormed =>
        Type is not (IpProtocols.HopByHop or IpProtocols.DestinationOptions)
        || Options()
            .All(option =>
                option.Length is { } length && (option.Type != PadN || !Part.Span.Slice(option.At + 2, length).ContainsAnyExcept((byte)0))
            );

    /// <summary>The limits in the Tunnel Encapsulation Limit options that have the length of one (RFC 2473, Section 4.1.1).</summary>
    public IReadOnlyList<int> TunnelLimits =>
        [
            .. Options()
                .Where(option => option is { Type: TunnelEncapsulationLimit, Length: 1 })
                .Select(option => (int)Part.Octet(option.At + 2)),
        ];

    /// <summary>
    /// The options with their offset in the header; the length of the last is null if it runs past the end of the header.
    /// </summary>
    private IEnumerable<(int At, int Type, int? Length)> Options()
    {
        var at = 2;
        while (at < Part.Length)
        {
            var type = Part.Octet(at);
            var length = type == Pad1 ? -1 : Part.Octet(at + 1);
            var fits = at + 2 + length <= Part.Length;
            yield return (at, type, fits ? length : null);
            at = fits ? at + 2 + length : Part.Length;
        }
    }

    private void Options(FieldReader reader)
    {
        foreach (var (at, type, size) in Options())
        {
            if (type == Pad1)
            {
                reader.Field(Offset + at, 1, "Pad1", string.Empty);
                continue;
            }

            if (size is not { } length)
            {
                reader.Fault(Offset + at, Part.Length - at, Invariant($"Option {type}"), "runs past the end of its header");
                return;
            }

            var (name, value) = (type, length) switch
            {
                (PadN, _) => ("PadN", Invariant($"{length + 2} octets")),
                (TunnelEncapsulationLimit, 1) => ("Tunnel Encapsulation Limit", Invariant($"{Part.Octet(at + 2)}")),
                (RouterAlert, 2) => ("Router Alert", Invariant($"{Part.Word(at + 2)}")),
                (HomeAddress, AddressLength) => ("Home Address", Part.Ipv6Address(at + 2).ToString()),
                _ => (Invariant($"Option {type}"), Invariant($"{length} octets")),
            };
            reader.Field(Offset + at, length + 2, name, value);
        }
    }
}
