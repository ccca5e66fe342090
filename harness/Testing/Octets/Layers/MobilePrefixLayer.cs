using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>A Mobile Prefix Solicitation or Advertisement (RFC 6275, Sections 6.7 and 6.8).</summary>
/// <remarks>
/// Type, Code, Checksum, Identifier, 16 reserved bits, of which the first two of an advertisement are M and O; then options of neighbour
/// discovery.
/// </remarks>
public sealed class MobilePrefixLayer : Icmpv6Layer
{
    public const int Solicitation = 146;
    public const int Advertisement = 147;

    private const int IdentifierOffset = 4;
    private const int FlagsOffset = 6;
    private const int PrefixInformation = 3;
    private const int PrefixInformationLength = 32;
    private const int Unit = 8;

    private readonly List<FramePart> _options = [];

    internal MobilePrefixLayer(FramePart part, IpLayer ip, LayerReader reader)
        : base(part, ip, reader)
    {
        for (var at = BodyOffset; at < part.Length; at += _options[^1].Length)
        {
            var length = part.Octet(at + 1) * Unit;
            if (length == 0 || at + length > part.Length)
            {
                Broken(at, length == 0 ? "has no length" : "runs past the end of the message");
                break;
            }

            _options.Add(part.Slice(at, length));
        }
    }

    /// <summary>The number by which an advertisement answers a solicitation.</summary>
    public int Identifier => Part.Word(IdentifierOffset);

    /// <summary>The prefixes of all Prefix Information options of the length of one.</summary>
    public IReadOnlyList<AdvertisedPrefix> Prefixes =>
        [
            .. _options
                .Where(IsPrefix)
                .Select(option => new AdvertisedPrefix(option.Ipv6Address(16), option.Octet(2), (option.Octet(3) & 0x80) != 0)
                {
                    ValidLifetime = (uint)option.Number(4, 4),
                    IsAutonomous = (option.Octet(3) & 0x40) != 0,
                }),
        ];

    internal static bool Is(FramePart part) => part.Length >= BodyOffset && part.Octet(0) is Solicitation or Advertisement;

    private protected override LayerWords Describe(INodeNames names)
    {
        var words = base.Describe(names);
        return words with
        {
            Details = [Invariant($"identifier {Identifier}"), .. Prefixes.Select(prefix => $"prefix {prefix}"), .. words.Details],
        };
    }

    private protected override void Body(FieldReader reader)
    {
        reader.Field(Offset + IdentifierOffset, 2, "Identifier", Invariant($"{Identifier}"));
        reader.Field(Offset + FlagsOffset, 2, Type == Advertisement ? "Flags" : "Reserved", Invariant($"0x{Part.Word(FlagsOffset):x4}"));
        foreach (var option in _options)
        {
            if (IsPrefix(option))
            {
                var prefix = Invariant($"{option.Ipv6Address(16)}/{option.Octet(2)}, valid {option.Number(4, 4)} s");
                reader.Field(option.Offset, option.Length, "Prefix Information", prefix);
            }
            else
            {
                reader.Field(option.Offset, option.Length, Invariant($"Option {option.Octet(0)}"), Invariant($"{option.Length} octets"));
            }
        }

        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, End - Fault.Offset, "Option", Fault.Reason);
        }
    }

    private static bool IsPrefix(FramePart option) => option.Octet(0) == PrefixInformation && option.Length == PrefixInformationLength;
}
