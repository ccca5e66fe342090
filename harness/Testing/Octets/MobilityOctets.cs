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
    public const int BindingRefreshRequestType = 0;
    public const int HomeTestInitType = 1;
    public const int CareOfTestInitType = 2;
    public const int HomeTestType = 3;
    public const int CareOfTestType = 4;
    public const int BindingUpdateType = 5;
    public const int BindingAcknowledgementType = 6;
    public const int BindingErrorType = 7;

    /// <summary>The statuses from this one on reject a binding (RFC 6275, Section 6.1.8).</summary>
    public const byte FirstRejection = 128;

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
        (Layout, Overrun) = ReadOptions();
        Options = [.. Layout.Where(option => !option.IsPadding)];
        DoubtfulFrom = Options.FirstOrDefault(option => option.HasWrongLength) is { } wrong ? wrong.Offset + wrong.TotalLength : null;
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

    public ushort SequenceNumber => (ushort)Field(MessageFields.SequenceNumber);

    public int SequenceNumberOffset => OffsetOf(MessageFields.SequenceNumber) ?? 0;

    public byte Status => (byte)Field(MessageFields.Status);

    /// <summary>The Lifetime in units of 4 seconds.</summary>
    public ushort LifetimeUnits => (ushort)Field(MessageFields.Lifetime);

    /// <summary>The Home Nonce Index or the Care-of Nonce Index of a test.</summary>
    public ushort NonceIndex => (ushort)(Field(MessageFields.HomeNonceIndex) | Field(MessageFields.CareOfNonceIndex));

    /// <summary>The Home Init Cookie or the Care-of Init Cookie of a test or of the request for it.</summary>
    public ulong Cookie => Field(MessageFields.HomeInitCookie) | Field(MessageFields.CareOfInitCookie);

    /// <summary>The Home Keygen Token or the Care-of Keygen Token of a test.</summary>
    public ulong KeygenToken => Field(MessageFields.HomeKeygenToken) | Field(MessageFields.CareOfKeygenToken);

    /// <summary>The Home Address of a Binding Error; <c>::</c> in another message, or if it is cut off.</summary>
    public IPAddress HomeAddress =>
        Type == BindingErrorType && !IsCutOff ? Part.Ipv6Address(OffsetOf(MessageFields.HomeAddress) ?? 0) : IPAddress.IPv6None;

    public bool ProxyFlag => Field("P") == 1;

    public bool AcknowledgeFlag => Field("A") == 1;

    /// <summary>The O flag of a Binding Update (RFC 5648, Section 4.2).</summary>
    public bool OverwriteFlag => Field("O") == 1;

    public int ProxyFlagOffset => OffsetOf("P") ?? 0;

    /// <summary>True if the message ends before its options.</summary>
    public bool IsCutOff => Part.Length < FixedLength;

    /// <summary>
    /// The offset of the first option; the end of the octets if the MH Type has no options or the message ends before them.
    /// </summary>
    public int OptionsOffset => Math.Min(Part.Length, FixedLength);

    /// <summary>Every option except padding, in order.</summary>
    public IReadOnlyList<OptionOctets> Options { get; }

    /// <summary>Every option and all padding, in order.</summary>
    internal IReadOnlyList<OptionOctets> Layout { get; }

    /// <summary>The offset of the option that runs past the end of the header; null if none does.</summary>
    public int? Overrun { get; }

    /// <summary>
    /// The end of the first option whose Length is not that of its kind; null if there is none. What follows may be read from a place at
    /// which no option starts.
    /// </summary>
    public int? DoubtfulFrom { get; }

    /// <summary>
    /// True if the message may have options that cannot be read: it has octets after the end that its Header Len states, or an option
    /// that runs past the end, or one of a wrong length before others, or it is cut off. Then an option that is not among
    /// <see cref="Options"/> is not known to be absent.
    /// </summary>
    public bool HidesOptions => IsCutOff || Overrun is not null || DoubtfulFrom < Part.Length || Part.Length > HeaderLength;

    public IEnumerable<OptionOctets> All(int type) => Options.Where(option => option.Type == type);

    public OptionOctets? First(int type) => Options.FirstOrDefault(option => option.Type == type);

    private protected override LayerWords Describe(INodeNames names) => MobilityWords.Of(this, names);

    internal override void Fields(FieldReader reader) => MobilityFields.Read(reader, this);

    /// <summary>The offset of the octet in which a field starts; null if messages of this MH Type do not have the field.</summary>
    public int? OffsetOf(string field) => MessageFields.Find(Type, field)?.Bit / 8;

    private int FixedLength => MessageFields.LengthOf(Type) ?? HeaderLength;

    private byte At(int index) => Part.Octet(index);

    private ulong Field(string name) => MessageFields.Find(Type, name) is { } field ? Part.Bits(field.Bit, field.Width) : 0;

    private (List<OptionOctets> Options, int? Overrun) ReadOptions()
    {
        var options = new List<OptionOctets>();
        var end = Math.Min(Part.Length, HeaderLength);
        for (var at = OptionsOffset; at < end; at += options[^1].TotalLength)
        {
            var (type, length) = (At(at), At(at) == MobilityOptionKind.Pad1 ? 0 : At(at + 1));
            var option = new OptionOctets(type, at, Part.Slice(at + MobilityOptionKind.HeaderLength, length).Octets);
            if (at + MobilityOptionKind.HeaderLength + length > end && type != MobilityOptionKind.Pad1)
            {
                return (options, at);
            }

            options.Add(option);
        }

        return (options, null);
    }
}

/// <summary>One mobility option, as encoded.</summary>
/// <param name="Offset">The offset of the Type octet from the start of the Mobility Header.</param>
public sealed record OptionOctets(int Type, int Offset, ReadOnlyMemory<byte> Data)
{
    public int Length => Data.Length;

    public bool IsPadding => Type is MobilityOptionKind.Pad1 or MobilityOptionKind.PadN;

    /// <summary>The number of octets with Type and Length; Pad1 is its Type alone.</summary>
    public int TotalLength => Type == MobilityOptionKind.Pad1 ? 1 : MobilityOptionKind.HeaderLength + Length;

    /// <summary>True if options of its kind have a fixed Length, and this one has another.</summary>
    public bool HasWrongLength => MobilityOptionKind.OfType(Type).FixedLength is { } length && Length != length;

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
