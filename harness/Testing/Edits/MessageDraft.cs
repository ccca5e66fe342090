using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>
/// A Proxy Binding Update or Acknowledgement before it is encoded: a valid message, and the changes that a negative test makes to
/// its octets afterwards. The value types accept valid values only; invalid values are possible only in these changes.
/// </summary>
public sealed record MessageDraft
{
    /// <summary>The name by which an edit sets <see cref="DestinationOptions"/>.</summary>
    internal const string DestinationOptionsField = "Destination Options";

    /// <summary>The name by which an edit sets <see cref="Protection"/>.</summary>
    internal const string ProtectionField = "protection";

    /// <summary>True for an acknowledgement.</summary>
    public required bool IsAcknowledgement { get; init; }

    /// <summary>The edition that gives the numbers of options that drafts leave open.</summary>
    public required WireEdition Edition { get; init; }

    public ushort SequenceNumber { get; set; }

    public ushort LifetimeUnits { get; set; }

    public byte Status { get; set; }

    public bool ProxyFlag { get; set; } = true;

    public bool AcknowledgeFlag { get; set; } = true;

    public List<MobilityOption> Options { get; private init; } = [];

    /// <summary>The options of a Destination Options header before the Mobility Header; null if the packet has no such header.</summary>
    public byte[]? DestinationOptions { get; set; }

    /// <summary>How ESP protects the packet, if there is a security association.</summary>
    public EspForm Protection { get; set; }

    /// <summary>How the message goes over IPv4; null over IPv6.</summary>
    public UdpTransport? Transport { get; set; }

    /// <summary>The changes that are made to the octets of the encoded message.</summary>
    public List<Edit> OctetEdits { get; private init; } = [];

    /// <summary>The names of the message's own fields.</summary>
    public IEnumerable<string> Fields =>
        MessageFields
            .Of(IsAcknowledgement ? (byte)MobilityOctets.BindingAcknowledgementType : (byte)MobilityOctets.BindingUpdateType)
            .Select(each => each.Name)
            .Append(DestinationOptionsField)
            .Append(ProtectionField)
            .Concat(Transport is null ? [] : UdpTransport.Fields)
            .Append("octet <number>");

    /// <summary>An option that a change of octets refers to, and that the message does not have at all; null if there is none.</summary>
    public OptionReference? Missing =>
        OctetEdits
            .SelectMany(edit => edit.References)
            .FirstOrDefault(reference =>
                MobilityOptionKind.Named(reference.Name, Edition) is { } kind
                && !Options.Exists(option => option.Type == kind.NumberIn(Edition))
            );

    /// <summary>The same message, which can be changed on its own.</summary>
    public MessageDraft Copy() => this with { Options = [.. Options], OctetEdits = [.. OctetEdits] };

    public byte[] ToBytes(IPAddress source, IPAddress destination)
    {
        var octets = Message().ToBytes(source, destination);
        return OctetEdits.Count == 0 ? octets : OctetEditor.Apply(OctetEdits, octets, source, destination, Edition);
    }

    /// <summary>The packet with the message, and with the extension header before it if there is one.</summary>
    public Ipv6Packet ToPacket(IPAddress source, IPAddress destination)
    {
        var message = ToBytes(source, destination);
        return DestinationOptions is { } options
            ? new(
                source,
                destination,
                IpProtocol.DestinationOptions,
                (byte[])[.. OptionsHeader.Of(IpProtocol.MobilityHeader, options), .. message]
            )
            : new(source, destination, IpProtocol.MobilityHeader, message);
    }

    /// <summary>True if an edit sets the flag T: a TLV header is asked for.</summary>
    public bool AsksForTlv => OctetEdits.OfType<Edit.Set>().LastOrDefault(edit => edit.Field == "T") is { Value: "1" };

    /// <summary>
    /// The message as it follows a UDP header directly: its checksum is 0, unless an edit says another one (RFC 5844, Sections 4.1.3.2 and
    /// 4.2.2.1).
    /// </summary>
    /// <param name="source">An IPv6 address, for the checksum that an edit makes wrong.</param>
    /// <param name="destination">An IPv6 address.</param>
    /// <exception cref="ScenarioFaultException">The message has a Destination Options header, which IPv4 does not have.</exception>
    public byte[] ToBytesInUdp(IPAddress source, IPAddress destination)
    {
        if (DestinationOptions is not null)
        {
            throw new ScenarioFaultException($"A message over IPv4 has no {DestinationOptionsField} header.");
        }

        var octets = ToBytes(source, destination);
        if (!OctetEdits.OfType<Edit.Set>().Any(OctetEditor.IsChecksum))
        {
            octets.AsSpan(Math.Min(octets.Length, MessageFields.ChecksumOffset)..Math.Min(octets.Length, OctetEditor.ChecksumEnd)).Clear();
        }

        return octets;
    }

    internal bool HasField(string name) =>
        Fields.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("octet ", StringComparison.Ordinal);

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
