using System.Net;
using Conformance.Testing.Edits;
using Conformance.Testing.Options;
using Pmip.Wire;

namespace Conformance.Testing.Peers;

/// <summary>
/// A DHCP message before it is sent, with its addresses, and the changes that a scenario describes: <c>yiaddr = another address</c>,
/// <c>no Server Identifier</c>, <c>Client-Identifier = 01020304</c>, <c>broadcast = 1</c>, <c>destination = CN1</c>.
/// </summary>
/// <param name="addressOf">The address that words of the scenario name.</param>
internal sealed class DhcpDraft(DhcpMessage message, UdpPath path, Func<string, IPAddress> addressOf)
{
    private static readonly Kind[] _kinds =
    [
        new("Subnet Mask", DhcpOptionCode.SubnetMask, (words, _) => new DhcpSubnetMaskOption(OptionWords.Number(words, 32))),
        new("Router", DhcpOptionCode.Router, (words, addressOf) => new DhcpRouterOption(addressOf(words))),
        new(
            "Interface MTU",
            DhcpOptionCode.InterfaceMtu,
            (words, _) => new DhcpInterfaceMtuOption((ushort)OptionWords.Number(words, ushort.MaxValue))
        ),
        new(
            "Requested IP Address",
            DhcpOptionCode.RequestedAddress,
            (words, addressOf) => new DhcpRequestedAddressOption(addressOf(words))
        ),
        new(
            "IP Address Lease Time",
            DhcpOptionCode.LeaseTime,
            (words, _) => new DhcpLeaseTimeOption((uint)OptionWords.Number(words, int.MaxValue))
        ),
        new("Server Identifier", DhcpOptionCode.ServerIdentifier, (words, addressOf) => new DhcpServerIdentifierOption(addressOf(words))),
        new(
            "Client-Identifier",
            DhcpOptionCode.ClientIdentifier,
            (words, _) => new DhcpClientIdentifierOption(OptionWords.OctetString(words))
        ),
        new("Relay Agent Information", DhcpOptionCode.RelayAgentInformation, Build: null),
        new("Agent Remote ID", DhcpOptionCode.RelayAgentInformation, (words, addressOf) => RemoteId(addressOf(words))),
    ];

    private readonly List<DhcpOption> _list = [.. message.Options];
    private DhcpMessage _fields = message;

    /// <summary>The addresses and ports of the datagram.</summary>
    public UdpPath Path { get; private set; } = path;

    public DhcpMessage Message => _fields with { Options = new DhcpOptionList(_list) };

    public IpPacket Packet => Path.Wrap(Message.ToBytes());

    /// <summary>The option of a relay agent that names an address as the Agent Remote ID (RFC 3046; RFC 5844, Section 3.4.2).</summary>
    public static DhcpOption RemoteId(IPAddress address) => new DhcpRelayAgentInformationOption([RemoteIdSubOption.ForAddress(address)]);

    /// <exception cref="Session.ScenarioFaultException">A change is not one of a DHCP message.</exception>
    public void Apply(IEnumerable<Edit> edits)
    {
        foreach (var edit in edits)
        {
            switch (edit)
            {
                case Edit.Absent(_, var option):
                    _list.RemoveAll(known => known.Code == CodeOf(edit, option));
                    break;
                case Edit.Set(_, var field, var value):
                    Set(edit, field, value);
                    break;
                default:
                    throw edit.Fault("a DHCP message is changed by 'no Option', 'Option = value' or 'field = value'");
            }
        }
    }

    private void Set(Edit edit, string field, string value)
    {
        switch (field)
        {
            case "ciaddr":
                _fields = _fields with { ClientAddress = addressOf(value) };
                break;
            case "yiaddr":
                _fields = _fields with { YourAddress = addressOf(value) };
                break;
            case "siaddr":
                _fields = _fields with { ServerAddress = addressOf(value) };
                break;
            case "chaddr":
                _fields = _fields with { HardwareAddress = OptionWords.OctetString(value) };
                break;
            case "broadcast":
                _fields = _fields with { Broadcast = OptionWords.Number(value, 1) == 1 };
                break;
            case "source":
                Path = new UdpPath(addressOf(value), Path.SourcePort, Path.Destination, Path.DestinationPort);
                break;
            case "destination":
                Path = new UdpPath(Path.Source, Path.SourcePort, addressOf(value), Path.DestinationPort);
                break;
            default:
                var option = Option(edit, field, value);
                _list.RemoveAll(known => known.Code == option.Code);

                // The option of a relay agent is the last (RFC 3046, Section 2.1).
                var at = _list.FindIndex(known => known is DhcpRelayAgentInformationOption);
                _list.Insert(at < 0 ? _list.Count : at, option);
                break;
        }
    }

    private DhcpOption Option(Edit edit, string name, string words) =>
        KindOf(edit, name).Build?.Invoke(words, addressOf) ?? throw edit.Fault($"{name} has no value here: say 'no {name}'");

    private static byte CodeOf(Edit edit, string name) => (byte)KindOf(edit, name).Code;

    private static Kind KindOf(Edit edit, string name) =>
        Array.Find(_kinds, kind => kind.Name == name)
        ?? throw edit.Fault(
            $"'{name}' is not a field of a DHCP message here. Fields: ciaddr, yiaddr, siaddr, chaddr, broadcast, source, destination. "
                + $"Options: {string.Join(", ", _kinds.Select(kind => kind.Name))}"
        );

    /// <param name="Build">The option with a value in words; null if the option can only be left out.</param>
    private sealed record Kind(string Name, DhcpOptionCode Code, Func<string, Func<string, IPAddress>, DhcpOption>? Build);
}
