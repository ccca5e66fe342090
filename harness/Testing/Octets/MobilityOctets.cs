using System.Buffers.Binary;
using System.Net;
using System.Text;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Layers;
using Conformance.Testing.Octets.Words;
using Conformance.Testing.Options;

namespace Conformance.Testing.Octets;

/// <summary>A Mobility Header.</summary>
/// <remarks>RFC 6275, Section 6.1: Payload Proto, Header Len, MH Type, Reserved, Checksum, message data.</remarks>
public sealed class MobilityOctets : Layer
{
    public const int BindingUpdateType = 5;
    public const int BindingAcknowledgementType = 6;

    /// <summary>The number of octets before the options, by MH Type (RFC 6275, Sections 6.1.2 to 6.1.9).</summary>
    private static readonly int[] _fixedLengths = [8, 16, 16, 24, 24, 12, 12, 24];

    private readonly IpLayer? _ip;

    /// <param name="octets">The octets from Payload Proto to the end of the IP payload.</param>
    /// <param name="offset">The offset of the octets in the frame.</param>
    public MobilityOctets(ReadOnlyMemory<byte> octets, int offset)
        : this(octets, offset, ip: null) { }

    /// <param name="ip">The header of the packet; null if the message is not in a packet.</param>
    internal MobilityOctets(ReadOnlyMemory<byte> octets, int offset, IpLayer? ip)
        : base(new FramePart(octets, offset))
    {
        _ip = ip;
        (Options, Overrun) = ReadOptions();
        if (IsCutOff)
        {
            Broken(octets.Length, "cut off");
        }
        else if (Overrun is { } overrun)
        {
            Broken(overrun, "runs past the end of the message");
        }
    }

    public override string Name => MobilityWords.Long(this);

    public ReadOnlySpan<byte> Span => Part.Span;

    /// <summary>
    /// True if the checksum is correct with the addresses of the packet; null if the message is not in a packet or if the checksum
    /// cannot be verified.
    /// </summary>
    public bool? HasRightChecksum => _ip?.HasRightChecksum;

    public byte PayloadProto => At(0);

    /// <summary>The length of the message in octets, according to Header Len.</summary>
    public int HeaderLength => (At(1) + 1) * 8;

    public byte Type => At(2);

    public byte Reserved => At(3);

    /// <summary>
    /// The Sequence Number: at octet 6 of a Binding Update, and at octet 8 of a Binding Acknowledgement (RFC 6275, Sections 6.1.7,
    /// 6.1.8).
    /// </summary>
    public ushort SequenceNumber => Word(SequenceNumberOffset);

    public int SequenceNumberOffset => Type == BindingAcknowledgementType ? 8 : 6;

    /// <summary>The Status field of a Binding Acknowledgement.</summary>
    public byte Status => At(6);

    /// <summary>The 16 bits of a Binding Update from the A flag on.</summary>
    public ushort UpdateFlags => Word(8);

    /// <summary>The 8 bits of a Binding Acknowledgement from the K flag on.</summary>
    public byte AcknowledgementFlags => At(7);

    /// <summary>The Lifetime in units of 4 seconds.</summary>
    public ushort LifetimeUnits => Word(10);

    public bool ProxyFlag => Type == BindingAcknowledgementType ? (AcknowledgementFlags & 0x20) != 0 : (UpdateFlags & 0x0200) != 0;

    public bool AcknowledgeFlag => (UpdateFlags & 0x8000) != 0;

    /// <summary>The offset of the octet that contains the P flag.</summary>
    public int ProxyFlagOffset => Type == BindingAcknowledgementType ? 7 : 8;

    /// <summary>True if the message ends before its options.</summary>
    public bool IsCutOff => Part.Length < FixedLength;

    /// <summary>
    /// The offset of the first option; the end of the octets if the MH Type has no options or the message ends before them.
    /// </summary>
    public int OptionsOffset => Math.Min(Part.Length, FixedLength);

    /// <summary>Every option except padding, in order.</summary>
    public IReadOnlyList<OptionOctets> Options { get; }

    /// <summary>The offset of the option that runs past the end of the header; null if none does.</summary>
    public int? Overrun { get; }

    public IEnumerable<OptionOctets> All(int type) => Options.Where(option => option.Type == type);

    public OptionOctets? First(int type) => Options.FirstOrDefault(option => option.Type == type);

    private protected override LayerWords Describe(INodeNames names) => MobilityWords.Of(this, names);

    internal override void Fields(FieldReader reader) => MobilityFields.Read(reader, this);

    private int FixedLength => Type < _fixedLengths.Length ? _fixedLengths[Type] : HeaderLength;

    private byte At(int index) => Part.Octet(index);

    private ushort Word(int index) => index + 2 <= Part.Length ? Part.Word(index) : (ushort)0;

    private (List<OptionOctets> Options, int? Overrun) ReadOptions()
    {
        var options = new List<OptionOctets>();
        var end = Math.Min(Part.Length, HeaderLength);
        var at = OptionsOffset;
        while (at < end)
        {
            var type = Span[at];
            if (type == MobilityOptionKind.Pad1)
            {
                at++;
                continue;
            }

            if (at + 2 > end || at + 2 + Span[at + 1] > end)
            {
                return (options, at);
            }

            var length = Span[at + 1];
            if (type != MobilityOptionKind.PadN)
            {
                options.Add(new OptionOctets(type, at, Part.Octets.Slice(at + 2, length)));
            }

            at += 2 + length;
        }

        return (options, null);
    }
}

/// <summary>One mobility option, as encoded.</summary>
/// <param name="Offset">The offset of the Type octet from the start of the Mobility Header.</param>
public sealed record OptionOctets(int Type, int Offset, ReadOnlyMemory<byte> Data)
{
    public int Length => Data.Length;

    /// <summary>
    /// The one-octet value after a reserved octet, as in Handoff Indicator and Access Technology Type; 0 if the option is too
    /// short.
    /// </summary>
    public byte Value => Data.Length >= 2 ? Data.Span[1] : (byte)0;

    /// <summary>Home Network Prefix option: the 16 octets of the prefix as an address; <c>::</c> if the option is too short.</summary>
    public IPAddress Prefix => Data.Length >= 18 ? new IPAddress(Data.Span[2..18]) : IPAddress.IPv6None;

    public byte PrefixLength => Data.Length >= 2 ? Data.Span[1] : (byte)0;

    /// <summary>The address of an option that contains only an address: Link-local Address, Alternate Care-of Address.</summary>
    public IPAddress Address => Data.Length >= 16 ? new IPAddress(Data.Span[..16]) : IPAddress.IPv6None;

    /// <summary>Timestamp option: seconds since 1970 in 48.16 fixed point (RFC 5213, Section 8.8).</summary>
    public ulong Timestamp => Data.Length >= 8 ? BinaryPrimitives.ReadUInt64BigEndian(Data.Span) : 0;

    /// <summary>Mobile Node Identifier option: the octets after the subtype.</summary>
    public string Identifier => Data.Length > 1 ? Encoding.UTF8.GetString(Data.Span[1..]) : string.Empty;

    /// <summary>Mobile Node Link-layer Identifier option: the octets after the two reserved octets.</summary>
    public ReadOnlyMemory<byte> LinkLayerIdentifier => Data.Length > 2 ? Data[2..] : ReadOnlyMemory<byte>.Empty;

    /// <summary>The option data without the leading reserved octets, which carry no information and are judged separately.</summary>
    public ReadOnlyMemory<byte> Content => MobilityOptionKind.OfType(Type).Content(this);

    /// <summary>The home network prefix with its length, in the format of reports.</summary>
    public string PrefixText => $"{Prefix}/{PrefixLength}";

    public bool IsAllZeroPrefix => Prefix.Equals(IPAddress.IPv6None);
}

/// <summary>Converts between the value of a Timestamp option and the time of the bed's clock (RFC 5213, Section 8.8).</summary>
public static class TimestampOctets
{
    public static ulong FromTime(DateTimeOffset time)
    {
        var ticks = (UInt128)(time.UtcDateTime - DateTime.UnixEpoch).Ticks;
        return (ulong)((ticks << 16) / TimeSpan.TicksPerSecond);
    }

    public static DateTimeOffset ToTime(ulong timestamp)
    {
        var ticks = ((UInt128)timestamp * TimeSpan.TicksPerSecond) >> 16;
        var limit = (UInt128)(DateTimeOffset.MaxValue.UtcTicks - DateTime.UnixEpoch.Ticks);
        return new DateTimeOffset(DateTime.UnixEpoch.AddTicks((long)(ticks > limit ? limit : ticks)), TimeSpan.Zero);
    }
}
