using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Security;

/// <summary>A packet while ESP is added to it, RFC 4303, Section 3.3.</summary>
public sealed class SentEsp
{
    private readonly SecurityAssociationDatabase _database;

    internal SentEsp(SecurityAssociationDatabase database, IPAddress peer, EspMode mode, byte nextHeader, ReadOnlyMemory<byte> payload)
    {
        _database = database;
        (Peer, Mode, NextHeader, Payload) = (peer, mode, nextHeader, payload);
    }

    /// <summary>The node under whose association the packet is sent.</summary>
    public IPAddress Peer { get; }

    public EspMode Mode { get; }

    /// <summary>The addresses of the packet, if it is one of this node.</summary>
    public SignalingTransport? Path { get; init; }

    /// <summary>The type of the message in transport mode.</summary>
    public byte MessageType { get; init; }

    /// <summary>The protocol of the payload.</summary>
    public byte NextHeader { get; set; }

    public ReadOnlyMemory<byte> Payload { get; set; }

    public bool AntiReplay => _database.Settings.AntiReplay;

    /// <summary>The outbound associations of this node.</summary>
    public IEnumerable<AssociationState> Associations => _database.Outbound;

    /// <summary>The association of the packet, set once found.</summary>
    public AssociationState? State { get; set; }

    /// <summary>Does not send the packet, least of all without protection.</summary>
    public RuleOutcome Discard(string rule, string why)
    {
        _database.Log(rule, $"ESP to {Peer}: {why}");
        return RuleOutcome.Stop;
    }
}
