using System.Net;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;
using static Conformance.Testing.Octets.Fields.FieldReader;

namespace Conformance.Testing.Octets.Layers;

/// <summary>An option of a DHCP message.</summary>
/// <param name="Data">The octets after code and length.</param>
public sealed record DhcpOptionOctets(int Code, FramePart Data);

/// <summary>
/// A DHCP message (RFC 2131, Section 2; RFC 2132). Options in the fields sname and file (RFC 2132, Section 9.3) are not read.
/// </summary>
public sealed class DhcpLayer : Layer
{
    public const int ServerPort = 67;
    public const int ClientPort = 68;

    /// <summary>The number of octets up to and including the magic cookie.</summary>
    public const int HeaderLength = 240;

    public const int MessageTypeCode = 53;

    private const int CookieOffset = 236;
    private const uint MagicCookie = 0x63825363;
    private const int RequestedAddressCode = 50;
    private const int Pad = 0;
    private const int EndOfOptions = 255;

    private static readonly string[] _types =
    [
        "DHCPDISCOVER",
        "DHCPOFFER",
        "DHCPREQUEST",
        "DHCPDECLINE",
        "DHCPACK",
        "DHCPNAK",
        "DHCPRELEASE",
        "DHCPINFORM",
        "DHCPFORCERENEW",
    ];

    private readonly List<DhcpOptionOctets> _options = [];

    internal DhcpLayer(FramePart part)
        : base(part)
    {
        if (part.Number(CookieOffset, 4) != MagicCookie)
        {
            Broken(CookieOffset, "no magic cookie");
            return;
        }

        var at = HeaderLength;

        while (at < part.Length && part.Octet(at) != EndOfOptions)
        {
            if (part.Octet(at) == Pad)
            {
                at++;
                continue;
            }

            var length = part.Octet(at + 1);
            if (at + 2 + length > part.Length)
            {
                Broken(at, "runs past the end of the message");
                return;
            }

            _options.Add(new DhcpOptionOctets(part.Octet(at), part.Slice(at + 2, length)));
            at += 2 + length;
        }
    }

    public override string Name => "DHCP";

    /// <summary>1 for a request, 2 for a reply.</summary>
    public int Operation => Part.Octet(0);

    public uint TransactionId => (uint)Part.Number(4, 4);

    public int Hops => Part.Octet(3);

    public int Seconds => Part.Word(8);

    public bool Broadcast => (Part.Octet(10) & 0x80) != 0;

    /// <summary>ciaddr.</summary>
    public IPAddress ClientAddress => Part.Ipv4Address(12);

    /// <summary>yiaddr.</summary>
    public IPAddress YourAddress => Part.Ipv4Address(16);

    /// <summary>siaddr.</summary>
    public IPAddress ServerAddress => Part.Ipv4Address(20);

    /// <summary>giaddr.</summary>
    public IPAddress RelayAddress => Part.Ipv4Address(24);

    /// <summary>chaddr of an Ethernet client.</summary>
    public MacAddress ClientHardwareAddress => Part.LinkLayerAddress(28);

    /// <summary>Every option except padding, in order, up to the End option or to a fault.</summary>
    public IReadOnlyList<DhcpOptionOctets> Options => _options;

    /// <summary>The DHCP message type; null without such an option.</summary>
    public int? MessageType => First(MessageTypeCode) is { Data.Length: 1 } option ? option.Data.Octet(0) : null;

    /// <summary><c>DHCPDISCOVER</c>.</summary>
    public string Message =>
        MessageType is not { } type ? "BOOTP message"
        : type >= 1 && type <= _types.Length ? _types[type - 1]
        : Invariant($"DHCP message type {type}");

    public DhcpOptionOctets? First(int code) => _options.Find(option => option.Code == code);

    private protected override LayerWords Describe(INodeNames names) =>
        new(
            Message,
            [
                Invariant($"xid 0x{TransactionId:x8}"),
                .. Addresses("client", ClientAddress, names),
                .. Addresses("your address", YourAddress, names),
                .. Addresses("relay", RelayAddress, names),
                .. First(RequestedAddressCode) is { Data: { Length: 4 } asked }
                    ? [$"asks for {asked.Ipv4Address(0)}"]
                    : Array.Empty<string>(),
            ]
        );

    internal override void Fields(FieldReader reader)
    {
        reader.Layer(Offset, 4, Name, Invariant($"{Message}, op {Operation}, htype {Part.Octet(1)}, hlen {Part.Octet(2)}, hops {Hops}"));
        reader.Field(Offset + 4, 4, "xid", Invariant($"0x{TransactionId:x8}"));
        reader.Field(Offset + 8, 2, "secs", Invariant($"{Seconds}"));
        reader.Field(Offset + 10, 2, "flags", Broadcast ? "broadcast" : Invariant($"0x{Part.Word(10):x4}"));
        reader.Field(Offset + 12, 4, "ciaddr", ClientAddress.ToString());
        reader.Field(Offset + 16, 4, "yiaddr", YourAddress.ToString());
        reader.Field(Offset + 20, 4, "siaddr", ServerAddress.ToString());
        reader.Field(Offset + 24, 4, "giaddr", RelayAddress.ToString());
        reader.Field(Offset + 28, 16, "chaddr", ClientHardwareAddress.ToString());
        reader.Field(Offset + 44, 64, "sname", Invariant($"{64} octets"));
        reader.Field(Offset + 108, 128, "file", Invariant($"{128} octets"));
        reader.Field(Offset + CookieOffset, 4, "magic cookie", Invariant($"0x{Part.Number(CookieOffset, 4):x8}"));
        foreach (var (code, data) in _options)
        {
            reader.Field(data.Offset - 2, data.Length + 2, NameOf(code), Value(code, data));
        }

        if (Fault is not null)
        {
            reader.Fault(Fault.Offset, End - Fault.Offset, "Options", Fault.Reason);
        }
    }

    private static IEnumerable<string> Addresses(string name, IPAddress address, INodeNames names) =>
        address.Equals(IPAddress.Any) ? [] : [$"{name} {names.NameOf(address)}"];

    private static string NameOf(int code) =>
        code switch
        {
            1 => "Subnet Mask",
            3 => "Router",
            6 => "Domain Name Server",
            26 => "Interface MTU",
            RequestedAddressCode => "Requested IP Address",
            51 => "IP Address Lease Time",
            MessageTypeCode => "DHCP Message Type",
            54 => "Server Identifier",
            55 => "Parameter Request List",
            57 => "Maximum DHCP Message Size",
            58 => "Renewal Time Value",
            59 => "Rebinding Time Value",
            61 => "Client-Identifier",
            82 => "Relay Agent Information",
            90 => "Authentication",
            118 => "Subnet Selection",
            _ => Invariant($"Option {code}"),
        };

    private static string Value(int code, FramePart data) =>
        (code, data.Length) switch
        {
            (1 or 3 or 6 or 50 or 54 or 118, 4) => data.Ipv4Address(0).ToString(),
            (51 or 58 or 59, 4) => Invariant($"{data.Number(0, 4)} s"),
            (26 or 57, 2) => Invariant($"{data.Word(0)}"),
            (MessageTypeCode, 1) => Invariant($"{data.Octet(0)}"),
            _ => Convert.ToHexStringLower(data.Span),
        };
}
