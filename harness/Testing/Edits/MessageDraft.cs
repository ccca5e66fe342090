using System.Net;
using Conformance.Testing.Octets;
using Conformance.Testing.Options;
using Conformance.Testing.Protection;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Edits;

/// <summary>
/// A Mobility Header before it is encoded: a valid message, most often a Binding Update or Acknowledgement, with or without the P flag,
/// and the changes that a negative test makes to its octets afterwards. The value types accept valid values only; invalid values are
/// possible only in these changes.
/// </summary>
public sealed record MessageDraft
{
    /// <summary>The name by which an edit sets <see cref="DestinationOptions"/>.</summary>
    internal const string DestinationOptionsField = "Destination Options";

    private const string AuthenticatorOption = "Binding Authorization Data";

    /// <summary>The name by which an edit sets <see cref="HomeAddress"/>.</summary>
    internal const string HomeAddressField = "Home Address";

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

    /// <summary>The flags of an update beside A and P.</summary>
    public BindingUpdateFlags Flags { get; set; }

    /// <summary>Makes a message that is neither an update nor an acknowledgement from its options; null for these two.</summary>
    public Func<MobilityOptionList, MobilityMessage>? Form { get; init; }

    /// <summary>True for a message of a mobile node of RFC 6275, which may have a Home Address option.</summary>
    public bool IsOfMobileNode { get; init; }

    /// <summary>
    /// The address of a Home Address option (RFC 6275, Section 6.3), which the checksum covers as source; null without it.
    /// </summary>
    public IPAddress? HomeAddress { get; set; }

    /// <summary>
    /// Writes the authenticator into the octets of the message, after all changes but those that are to spoil it; null for a message
    /// without one.
    /// </summary>
    public Func<byte[], byte[]>? Authenticate { get; set; }

    /// <summary>The key by which the message and its answer are authentic; null without one.</summary>
    public MessageKey? Key { get; set; }

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
            .Of(Message().Type)
            .Select(each => each.Name)
            .Append(DestinationOptionsField)
            .Concat(IsOfMobileNode ? [HomeAddressField] : (string[])[])
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

    /// <param name="source">The source that the checksum covers.</param>
    /// <param name="destination">The destination that the checksum covers.</param>
    public byte[] ToBytes(IPAddress source, IPAddress destination)
    {
        var octets = Message().ToBytes(source, destination);
        if (Authenticate is null)
        {
            return OctetEdits.Count == 0 ? octets : Changed(octets, OctetEdits);
        }

        return Changed(
            Authenticate(Changed(octets, [.. OctetEdits.Where(edit => !SpoilsAuthenticator(edit))])),
            [.. OctetEdits.Where(SpoilsAuthenticator)]
        );

        byte[] Changed(byte[] message, IReadOnlyList<Edit> edits) => OctetEditor.Apply(edits, message, source, destination, Edition);
    }

    /// <summary>The packet with the message, and with the extension headers before it if there are any.</summary>
    public Ipv6Packet ToPacket(IPAddress source, IPAddress destination) =>
        Behind(source, destination, IpProtocol.MobilityHeader, ToBytes(HomeAddress ?? source, destination));

    /// <summary>The packet with a payload, which may be the protected message, behind the extension headers of the message.</summary>
    public Ipv6Packet Behind(IPAddress source, IPAddress destination, byte next, ReadOnlyMemory<byte> payload)
    {
        if (HomeAddress is { } home)
        {
            (next, payload) = (IpProtocol.DestinationOptions, (byte[])[.. HomeAddressHeader.Of(next, home), .. payload.Span]);
        }

        if (DestinationOptions is { } options)
        {
            (next, payload) = (IpProtocol.DestinationOptions, (byte[])[.. OptionsHeader.Of(next, options), .. payload.Span]);
        }

        return new(source, destination, next, payload);
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

    /// <summary>True for a change that is made to a message that was authentic before.</summary>
    private static bool SpoilsAuthenticator(Edit edit) =>
        edit switch
        {
            Edit.Truncate or Edit.Cut => true,
            Edit.Length(_, var option, _) => option == AuthenticatorOption,
            Edit.Set(_, var field, _) => field == MessageFields.Checksum
                || field == "Header Len"
                || field.StartsWith("octet ", StringComparison.Ordinal),
            Edit.Swap or Edit.Pad => false,
            _ => edit.References.Any(reference => reference.Name == AuthenticatorOption),
        };

    private MobilityMessage Message()
    {
        var options = new MobilityOptionList([.. Options]);
        return Form is not null ? Form(options)
            : IsAcknowledgement
                ? new BindingAcknowledgement(
                    (BindingStatus)Status,
                    ProxyFlag ? BindingAcknowledgementFlags.ProxyRegistration : 0,
                    SequenceNumber,
                    LifetimeUnits,
                    options
                )
            : new BindingUpdate(
                SequenceNumber,
                Flags | (ProxyFlag ? BindingUpdateFlags.ProxyRegistration : 0) | (AcknowledgeFlag ? BindingUpdateFlags.Acknowledge : 0),
                LifetimeUnits,
                options
            );
    }
}
