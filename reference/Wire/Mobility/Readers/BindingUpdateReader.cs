using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// A Binding Update in place, RFC 6275, Section 6.1.7; with the P flag a Proxy Binding Update, RFC 5213, Section 8.1. The figure is at
/// <see cref="BindingUpdate"/>.
/// </summary>
public readonly ref struct BindingUpdateReader
{
    private readonly MobilityMessageReader _message;

    internal BindingUpdateReader(MobilityMessageReader message) => _message = message;

    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_message.Bytes[BindingUpdate.SequenceNumberOffset..]);

    public BindingUpdateFlags Flags =>
        (BindingUpdateFlags)BinaryPrimitives.ReadUInt16BigEndian(_message.Bytes[BindingUpdate.FlagsOffset..]);

    /// <summary>The lifetime in units of 4 seconds; zero de-registers the binding.</summary>
    public ushort LifetimeUnits => BinaryPrimitives.ReadUInt16BigEndian(_message.Bytes[BindingUpdate.LifetimeOffset..]);

    /// <summary>The P flag is set.</summary>
    public bool IsProxy => (Flags & BindingUpdateFlags.ProxyRegistration) != 0;

    public MobilityOptionEnumerator Options => _message.Options;

    internal BindingUpdate ToRecord(MobilityOptionList options) => new(SequenceNumber, Flags, LifetimeUnits, options);
}
