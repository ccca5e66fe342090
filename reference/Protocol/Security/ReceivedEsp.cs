using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol.Security;

/// <summary>An ESP packet for this node while the rules for its removal are applied, RFC 4303, Section 3.4.</summary>
public sealed class ReceivedEsp
{
    private readonly SecurityAssociationDatabase _database;

    internal ReceivedEsp(SecurityAssociationDatabase database, IPAddress source, IPAddress destination, ReadOnlyMemory<byte> octets)
    {
        _database = database;
        (Source, Destination, Octets) = (source, destination, octets);
        Header = EspHeader.TryParse(octets.Span, out var header, out _) ? header : null;
    }

    /// <summary>The source of the IP header, which nothing has authenticated.</summary>
    public IPAddress Source { get; }

    public IPAddress Destination { get; }

    /// <summary>From the SPI on.</summary>
    public ReadOnlyMemory<byte> Octets { get; set; }

    /// <summary>Null if the packet is too short for one, or has an SPI of zero.</summary>
    public EspHeader? Header { get; }

    public bool AntiReplay => _database.Settings.AntiReplay;

    /// <summary>The inbound associations of this node.</summary>
    public IEnumerable<AssociationState> Associations => _database.Inbound;

    /// <summary>The association of the packet, set once found.</summary>
    public AssociationState? State { get; set; }

    /// <summary>The contents, set once the packet is verified.</summary>
    public EspPacket? Opened { get; set; }

    /// <summary>Drops the packet silently. The event is logged (RFC 4303, Section 3.4).</summary>
    public RuleOutcome Discard(string rule, string why)
    {
        var spi = Header is null ? "without SPI" : $"SPI 0x{Header.SecurityParametersIndex:x}, sequence number {Header.SequenceNumber}";
        _database.Log(rule, $"ESP from {Source} to {Destination}, {spi}: {why}");
        return RuleOutcome.Stop;
    }
}
