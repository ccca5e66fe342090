using System.Buffers.Binary;

namespace Pmip.Wire;

/// <summary>
/// A Binding Acknowledgement in place, RFC 6275, Section 6.1.8; with the P flag a Proxy Binding Acknowledgement, RFC 5213, Section 8.2.
/// The figure is at <see cref="BindingAcknowledgement"/>.
/// </summary>
public readonly ref struct BindingAcknowledgementReader
{
    private readonly MobilityMessageReader _message;

    internal BindingAcknowledgementReader(MobilityMessageReader message) => _message = message;

    public BindingStatus Status => (BindingStatus)_message.Bytes[BindingAcknowledgement.StatusOffset];

    public BindingAcknowledgementFlags Flags => (BindingAcknowledgementFlags)_message.Bytes[BindingAcknowledgement.FlagsOffset];

    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_message.Bytes[BindingAcknowledgement.SequenceNumberOffset..]);

    /// <summary>The lifetime in units of 4 seconds; has no meaning in a rejection.</summary>
    public ushort LifetimeUnits => BinaryPrimitives.ReadUInt16BigEndian(_message.Bytes[BindingAcknowledgement.LifetimeOffset..]);

    /// <summary>The P flag is set.</summary>
    public bool IsProxy => (Flags & BindingAcknowledgementFlags.ProxyRegistration) != 0;

    public bool IsRejection => BindingAcknowledgement.Rejects(Status);

    public MobilityOptionEnumerator Options => _message.Options;

    internal BindingAcknowledgement ToRecord(MobilityOptionList options) => new(Status, Flags, SequenceNumber, LifetimeUnits, options);
}
