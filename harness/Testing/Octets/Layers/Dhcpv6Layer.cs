using System.Net;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An option of a DHCPv6 message.</summary>
/// <param name="Data">The octets after option-code and option-len.</param>
public sealed record Dhcpv6OptionOctets(int Code, FramePart Data);

/// <summary>
/// A DHCPv6 message (RFC 8415, Sections 8 and 9): between client and server, or between relay agents. A relayed message is the
/// content of the message that relays it.
/// </summary>
public sealed class Dhcpv6Layer : Layer
{
    public const int ClientPort = 546;
    public const int ServerPort = 547;
    public const int MinimumLength = 4;

    public const int RelayForward = 12;
    public const int RelayReply = 13;

    private const int RelayHeaderLength = 34;
    private const int OptionHeaderLength = 4;
    private const int RelayMessageCode = 9;
    private const int IaNaCode = 3;
    private const int IaAddressCode = 5;

    private static readonly string[] _types =
    [
        "Solicit",
        "Advertise",
        "Request",
        "Confirm",
        "Renew",
        "Rebind",
        "Reply",
        "Release",
        "Decline",
        "Reconfigure",
        "Information-request",
        "Relay-forward",
        "Relay-reply",
    ];

    private readonly List<Dhcpv6OptionOctets> _options = [];

    internal Dhcpv6Layer(FramePart part, LayerReader reader)
        : base(part)
    {
        if (IsRelayed && part.Length < RelayHeaderLength)
        {
            Broken(part.Length, "cut off");
            return;
        }

        var at = HeaderLength;

        while (at < part.Length)
        {
            var length = part.Word(at + 2);
            if (at + OptionHeaderLength + length > part.Length)
            {
                Broken(at, "runs past the end of the message");
                break;
            }

            _options.Add(new Dhcpv6OptionOctets(part.Word(at), part.Slice(at + OptionHeaderLength, length)));
            at += OptionHeaderLength + length;
        }

        Content = IsRelayed && First(RelayMessageCode) is { Data: var relayed } ? reader.Dhcpv6(relayed) : null;
    }

    public override string Name => "DHCPv6";

    public int MessageType => Part.Octet(0);

    /// <summary>The name of the message: <c>Solicit</c>.</summary>
    public string Message =>
        MessageType >= 1 && MessageType <= _types.Length ? _types[MessageType - 1] : Invariant($"message type {MessageType}");

    /// <summary>True for a Relay-forward or Relay-reply message.</summary>
    public bool IsRelayed => MessageType is RelayForward or RelayReply;

    /// <summary>The transaction-id, 24 bits; a message between relay agents has none.</summary>
    public int? TransactionId => IsRelayed ? null : (int)Part.Number(1, 3);

    public int HopCount => Part.Octet(1);

    /// <summary>The link-address of a message between relay agents.</summary>
    public IPAddress LinkAddress => Part.Ipv6Address(2);

    /// <summary>The peer-address of a message between relay agents.</summary>
    public IPAddress PeerAddress => Part.Ipv6Address(18);

    /// <summary>Every option, in order, up to a fault. Options inside options are not in the list.</summary>
    public IReadOnlyList<Dhcpv6OptionOctets> Options => _options;

    private int HeaderLength => IsRelayed ? RelayHeaderLength : MinimumLength;

    public Dhcpv6OptionOctets? First(int code) => _options.Find(option => option.Code == code);

    private protected override LayerWords Describe(INodeNames names)
    {
        var relayed = Content?.Words(names);
        return relayed is null
            ? new LayerWords($"DHCPv6 {Message}", TransactionId is { } id ? [Invariant($"transaction 0x{id:x6}")] : [])
            : new LayerWords($"{relayed.Head} in {Message}", [$"link {LinkAddress}, peer {names.NameOf(PeerAddress)}", .. relayed.Details]);
    }

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(Offset, 1, Name, Invariant($"{MessageType} {Message}"));
        if (TransactionId is { } transaction)
        {
            reader.Field(Offset + 1, 3, "transaction-id", Invariant($"0x{transaction:x6}"));
        }
        else
        {
            reader.Field(Offset + 1, 1, "hop-count", Invariant($"{HopCount}"));
            reader.Field(Offset + 2, 16, "link-address", LinkAddress.ToString());
            reader.Field(Offset + 18, 16, "peer-address", PeerAddress.ToString());
        }

        foreach (var (code, data) in _options)
        {
            reader.Field(
                data.Offset - OptionHeaderLength,
                data.Length + OptionHeaderLength,
                NameOf(code),
                code == RelayMessageCode ? Invariant($"{data.Length} octets") : Value(code, data)
            );
        }

        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, End - Fault.Offset, "Options", Fault.Reason);
        }
    }

    private static string NameOf(int code) =>
        code switch
        {
            1 => "Client Identifier",
            2 => "Server Identifier",
            IaNaCode => "IA_NA",
            IaAddressCode => "IA Address",
            6 => "Option Request",
            8 => "Elapsed Time",
            RelayMessageCode => "Relay Message",
            13 => "Status Code",
            18 => "Interface-Id",
            23 => "DNS Recursive Name Server",
            25 => "IA_PD",
            _ => Invariant($"Option {code}"),
        };

    private static string Value(int code, FramePart data) =>
        (code, data.Length) switch
        {
            (IaNaCode, >= 12) => Invariant($"IAID 0x{data.Number(0, 4):x8}, T1 {data.Number(4, 4)} s, T2 {data.Number(8, 4)} s")
                + Inner(data.From(12)),
            (IaAddressCode, >= 24) => Invariant($"{data.Ipv6Address(0)}, preferred {data.Number(16, 4)} s, valid {data.Number(20, 4)} s"),
            (13, >= 2) => Invariant($"{data.Word(0)} {Printable(data.From(2).Span)}"),
            _ => Convert.ToHexStringLower(data.Span),
        };

    /// <summary>The IA Address options inside an IA_NA option.</summary>
    private static string Inner(FramePart options)
    {
        var text = string.Empty;
        for (var at = 0; at + OptionHeaderLength <= options.Length; at += OptionHeaderLength + options.Word(at + 2))
        {
            text +=
                options.Word(at) == IaAddressCode
                    ? $", {Value(IaAddressCode, options.Slice(at + OptionHeaderLength, options.Word(at + 2)))}"
                    : string.Empty;
        }

        return text;
    }
}
