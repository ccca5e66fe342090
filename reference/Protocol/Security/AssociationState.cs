using Pmip.Wire;

namespace Pmip.Protocol.Security;

/// <summary>A security association in use.</summary>
public sealed class AssociationState(SecurityAssociation association)
{
    public SecurityAssociation Association { get; } = association;

    /// <summary>Internal, because it has the keys as octets.</summary>
    internal EspTransform Transform { get; } = association.ToEspTransform();

    /// <summary>The sequence numbers received so far.</summary>
    public AntiReplayWindow Window { get; set; } = new();

    /// <summary>RFC 4303, Section 2.2: the last sequence number sent, of 32 bits; the first packet has 1.</summary>
    public uint LastSequenceNumber { get; set; }
}
