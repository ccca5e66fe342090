using System.Net;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>A neighbour discovery message. Every readable part is used, even if the rest is malformed.</summary>
/// <remarks>
/// RFC 4861, Sections 4.1-4.6: Type, Code, Checksum; then fields that depend on the type; options in units of 8 octets.
/// </remarks>
public sealed class NeighborDiscoveryLayer : Icmpv6Layer
{
    public const int RouterSolicitation = 133;
    public const int RouterAdvertisement = 134;
    public const int NeighborSolicitation = 135;
    public const int NeighborAdvertisement = 136;
    public const int Redirect = 137;

    private const int SourceLinkLayerAddress = 1;
    private const int TargetLinkLayerAddress = 2;
    private const int PrefixInformation = 3;
    private const int MtuOption = 5;
    private const int TargetOffset = 8;

    private readonly List<FramePart> _options = [];

    internal NeighborDiscoveryLayer(FramePart part, IpLayer ip, LayerReader reader)
        : base(part, ip, reader)
    {
        var at = OptionsOffset;
        while (at < part.Length)
        {
            var length = part.Octet(at + 1) * 8;
            if (length == 0)
            {
                Broken(at, "has no length");
                break;
            }

            if (at + length > part.Length)
            {
                Broken(at, "runs past the end of the message");
            }

            _options.Add(part.Slice(at, length));
            at += length;
        }
    }

    /// <summary>The target; <c>::</c> if the message has none or is too short.</summary>
    public IPAddress Target =>
        Type is NeighborSolicitation or NeighborAdvertisement or Redirect && Part.Length >= TargetOffset + 16
            ? Part.Ipv6Address(TargetOffset)
            : IPAddress.IPv6None;

    /// <summary>The router lifetime of a Router Advertisement in seconds.</summary>
    public int RouterLifetime => Part.Word(6);

    /// <summary>The M flag of a Router Advertisement: addresses come by DHCPv6.</summary>
    public bool IsManaged => (Part.Octet(5) & 0x80) != 0;

    /// <summary>The O flag of a Router Advertisement: everything else comes by DHCPv6.</summary>
    public bool HasOther => (Part.Octet(5) & 0x40) != 0;

    /// <summary>The prefixes of all Prefix Information options of sufficient length.</summary>
    public IReadOnlyList<AdvertisedPrefix> Prefixes =>
        [
            .. OptionsOf(PrefixInformation, length: 32)
                .Select(option => new AdvertisedPrefix(option.Ipv6Address(16), option.Octet(2), (option.Octet(3) & 0x80) != 0)
                {
                    ValidLifetime = (uint)option.Number(4, 4),
                    IsAutonomous = (option.Octet(3) & 0x40) != 0,
                }),
        ];

    /// <summary>The value of the MTU option; null if there is no such option of sufficient length.</summary>
    public override uint? Mtu => OptionsOf(MtuOption, length: 8).Select(option => (uint?)option.Number(4, 4)).FirstOrDefault();

    /// <summary>The link-layer address that a neighbour states for itself; null if the message does not contain it.</summary>
    public MacAddress? LinkLayerAddress =>
        OptionsOf(Type == NeighborAdvertisement ? TargetLinkLayerAddress : SourceLinkLayerAddress, length: 8)
            .Select(option => (MacAddress?)option.LinkLayerAddress(2))
            .FirstOrDefault();

    /// <summary>True for a Neighbor Solicitation of duplicate address detection (RFC 4862, Section 5.4.2).</summary>
    public bool TestsForDuplicates => Type == NeighborSolicitation && Source.Equals(IPAddress.IPv6None);

    private int OptionsOffset =>
        Type switch
        {
            RouterSolicitation => 8,
            RouterAdvertisement => 16,
            Redirect => 40,
            _ => 24,
        };

    internal static bool Is(FramePart part) => part.Length >= 8 && part.Octet(0) is >= RouterSolicitation and <= Redirect;

    private protected override LayerWords Describe(INodeNames names)
    {
        var words = base.Describe(names);
        string[] details = Type switch
        {
            RouterAdvertisement =>
            [
                .. Prefixes.Select(prefix => $"prefix {prefix}"),
                Invariant($"router lifetime {RouterLifetime} s"),
                .. Mtu is { } mtu ? (string[])[Invariant($"MTU {mtu}")] : [],
            ],
            RouterSolicitation => [],
            _ => [Target.ToString()],
        };
        return new LayerWords(TestsForDuplicates ? "Duplicate address detection" : words.Head, [.. details, .. words.Details]);
    }

    private protected override void Body(FieldReader reader)
    {
        switch (Type)
        {
            case RouterAdvertisement:
                reader.Field(Offset + 4, 1, "Cur Hop Limit", Invariant($"{Part.Octet(4)}"));
                reader.Field(Offset + 5, 1, "Flags", Flags(Part.Octet(5), "Managed", "Other"));
                reader.Field(Offset + 6, 2, "Router Lifetime", Invariant($"{RouterLifetime} s"));
                reader.Field(Offset + 8, 4, "Reachable Time", Invariant($"{Part.Number(8, 4)} ms"));
                reader.Field(Offset + 12, 4, "Retrans Timer", Invariant($"{Part.Number(12, 4)} ms"));
                break;
            case NeighborAdvertisement:
                reader.Field(Offset + 4, 1, "Flags", Flags(Part.Octet(4), "Router", "Solicited", "Override"));
                break;
            default:
                break;
        }

        if (Type >= NeighborSolicitation)
        {
            reader.Field(Offset + TargetOffset, 16, "Target Address", Part.Ipv6Address(TargetOffset).ToString());
        }

        if (Type == Redirect)
        {
            reader.Field(Offset + 24, 16, "Destination Address", Part.Ipv6Address(24).ToString());
        }

        foreach (var option in _options.Where(option => option.Offset != Fault?.Offset))
        {
            reader.Field(option.Offset, option.Length, NameOf(option.Octet(0)), Value(option));
        }

        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, End - Fault.Offset, NameOf(Part.Octet(Fault.Offset - Offset)), Fault.Reason);
        }
    }

    private IEnumerable<FramePart> OptionsOf(int type, int length) =>
        _options.Where(option => option.Octet(0) == type && option.Length >= length);

    private static string NameOf(int type) =>
        type switch
        {
            SourceLinkLayerAddress => "Source Link-Layer Address",
            TargetLinkLayerAddress => "Target Link-Layer Address",
            PrefixInformation => "Prefix Information",
            4 => "Redirected Header",
            MtuOption => "MTU",
            14 => "Nonce",
            25 => "Recursive DNS Server",
            _ => Invariant($"Option {type}"),
        };

    private static string Value(FramePart option) =>
        ((int)option.Octet(0), option.Length) switch
        {
            (SourceLinkLayerAddress or TargetLinkLayerAddress, 8) => option.LinkLayerAddress(2).ToString(),
            (PrefixInformation, 32) => Invariant(
                $"{option.Ipv6Address(16)}/{option.Octet(2)}, {Flags(option.Octet(3), "On-link", "Autonomous")}, "
            ) + Invariant($"valid {Lifetime(option.Number(4, 4))}, preferred {Lifetime(option.Number(8, 4))}"),
            (MtuOption, 8) => Invariant($"{option.Number(4, 4)}"),
            _ => Invariant($"{option.Length} octets"),
        };

    /// <summary>The flags, from the most significant bit on.</summary>
    private static string Flags(int value, params string[] names) =>
        string.Join(", ", names.Select((name, bit) => Invariant($"{name} {(value >> (7 - bit)) & 1}")));

    private static string Lifetime(ulong seconds) => seconds == uint.MaxValue ? "infinity" : Invariant($"{seconds} s");
}

/// <summary>A prefix in a Router Advertisement, as encoded.</summary>
public sealed record AdvertisedPrefix(IPAddress Prefix, int Length, bool OnLink)
{
    /// <summary>In seconds; 0xffffffff stands for infinity.</summary>
    public uint ValidLifetime { get; init; }

    /// <summary>True if the valid lifetime is 0: the prefix is advertised no more.</summary>
    public bool IsWithdrawn => ValidLifetime == 0;

    /// <summary>True if a host may form an address in the prefix by itself (RFC 4862).</summary>
    public bool IsAutonomous { get; init; }

    public override string ToString() => $"{Prefix}/{Length}";
}
