using System.Buffers.Binary;
using System.Net;
using Conformance.Testing.Octets;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>
/// A Proxy Binding Update or Acknowledgement before it is encoded: a valid message, and the changes that a negative test makes to
/// its octets afterwards. The value types accept valid values only; invalid values are possible only here.
/// </summary>
public sealed class MessageDraft
{
    public static IReadOnlyList<string> Fields { get; } =
    ["Sequence Number", "Lifetime", "Status", "P", "A", "Payload Proto", "Header Len", "MH Type", "Checksum"];

    /// <summary>True for an acknowledgement.</summary>
    public required bool IsAcknowledgement { get; init; }

    public ushort SequenceNumber { get; set; }

    public ushort LifetimeUnits { get; set; }

    public byte Status { get; set; }

    public bool ProxyFlag { get; set; } = true;

    public bool AcknowledgeFlag { get; set; } = true;

    public List<MobilityOption> Options { get; } = [];

    public byte? PayloadProto { get; set; }

    public byte? HeaderLen { get; set; }

    public byte? Type { get; set; }

    public bool WrongChecksum { get; set; }

    /// <summary>The Length octets that are replaced by wrong values, by option type.</summary>
    public Dictionary<int, byte> Lengths { get; } = [];

    /// <summary>The changes made to the octets after all others; null for no changes.</summary>
    public OctetEdits? OctetEdits { get; set; }

    public byte[] ToBytes(IPAddress source, IPAddress destination)
    {
        var bytes = Message().ToBytes(source, destination);
        if (IsEdited)
        {
            ApplyEdits(bytes, source, destination);
        }

        return OctetEdits?.Apply(bytes, source, destination) ?? bytes;
    }

    private void ApplyEdits(byte[] bytes, IPAddress source, IPAddress destination)
    {
        foreach (var (type, length) in Lengths)
        {
            foreach (var option in new MobilityOctets(bytes, offset: 0).All(type).ToList())
            {
                bytes[option.Offset + 1] = length;
            }
        }

        bytes[0] = PayloadProto ?? bytes[0];
        bytes[1] = HeaderLen ?? bytes[1];
        bytes[2] = Type ?? bytes[2];
        MobilityHeader.FillChecksum(source, destination, bytes);
        if (WrongChecksum)
        {
            var checksum = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(4));
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), (ushort)(checksum ^ 0x5a5a));
        }
    }

    private bool IsEdited => Lengths.Count > 0 || PayloadProto is not null || HeaderLen is not null || Type is not null || WrongChecksum;

    private MobilityMessage Message()
    {
        var options = new MobilityOptionList([.. Options]);
        return IsAcknowledgement
            ? new BindingAcknowledgement(
                (BindingStatus)Status,
                ProxyFlag ? BindingAcknowledgementFlags.ProxyRegistration : 0,
                SequenceNumber,
                LifetimeUnits,
                options
            )
            : new BindingUpdate(
                SequenceNumber,
                (ProxyFlag ? BindingUpdateFlags.ProxyRegistration : 0) | (AcknowledgeFlag ? BindingUpdateFlags.Acknowledge : 0),
                LifetimeUnits,
                options
            );
    }
}
