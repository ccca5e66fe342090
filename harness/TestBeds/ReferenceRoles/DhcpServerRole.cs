using System.Diagnostics.CodeAnalysis;
using System.Net;
using Conformance.Testing.Bed;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.ReferenceRoles;

/// <summary>
/// A DHCP server behind relay agents, where all nodes are in one process. It gives a client the address that the relay agent names (RFC
/// 5844, Section 3.4.2), as the server programs on other beds are set up to do.
/// </summary>
internal sealed class DhcpServerRole(IPAddress address, Ipv4HomeNetwork home) : IRole
{
    private static readonly TimeSpan _lease = Ipv4MagConfigurations.ShortLease;

    private readonly Queue<RoleAction> _actions = new();

    public Instant? NextTimeout => null;

    public void Handle(RoleInput input, Now now)
    {
        switch (input)
        {
            case RoleInput.Started:
                _actions.Enqueue(new RoleAction.OpenUdp(UdpPort.DhcpServer, UdpContent.Messages));
                break;
            case RoleInput.Udp datagram when DhcpMessage.TryParse(datagram.Payload.Span, out var message, out _):
                Answer(message);
                break;
        }
    }

    public void HandleTimeout(Now now) { }

    public bool TryTakeAction([NotNullWhen(true)] out RoleAction? action) => _actions.TryDequeue(out action);

    private void Answer(DhcpMessage request)
    {
        var information = request.Options.First<DhcpRelayAgentInformationOption>();
        if (
            request.Operation != DhcpOperation.BootRequest
            || information?.SubOptions.First<RemoteIdSubOption>()?.Address is not { } assigned
            || AnswerTo(request, assigned) is not { } type
        )
        {
            return;
        }

        var isRefusal = type == DhcpMessageType.Nak;
        var answer = new DhcpMessage(
            DhcpOperation.BootReply,
            request.TransactionId,
            [
                new DhcpMessageTypeOption(type),
                new DhcpServerIdentifierOption(address),
                .. isRefusal ? Array.Empty<DhcpOption>() : Parameters(),
                information,
            ]
        )
        {
            HardwareAddress = request.HardwareAddress,
            Broadcast = request.Broadcast,
            ClientAddress = type == DhcpMessageType.Ack ? request.ClientAddress : IPAddress.Any,
            YourAddress = isRefusal ? IPAddress.Any : assigned,
            RelayAddress = request.RelayAddress,
        };
        var path = new UdpPath(address, UdpPort.DhcpServer, request.RelayAddress, UdpPort.DhcpServer);
        _actions.Enqueue(new RoleAction.SendUdp(path, Link: null, answer.ToBytes()));
    }

    private IEnumerable<DhcpOption> Parameters() =>
        [
            new DhcpLeaseTimeOption((uint)_lease.TotalSeconds),
            new DhcpSubnetMaskOption(home.Prefix.Length),
            new DhcpRouterOption(home.DefaultRouter),
        ];

    /// <summary>RFC 2131, Section 4.3.2; null for a message without an answer.</summary>
    private DhcpMessageType? AnswerTo(DhcpMessage request, IPAddress assigned)
    {
        var asked = request.Options.First<DhcpRequestedAddressOption>()?.Address ?? request.ClientAddress;
        var isForAnother = request.Options.First<DhcpServerIdentifierOption>() is { } server && !server.Address.Equals(address);
        return request.Type switch
        {
            _ when isForAnother => null,
            DhcpMessageType.Discover => DhcpMessageType.Offer,
            DhcpMessageType.Request => asked.Equals(assigned) ? DhcpMessageType.Ack : DhcpMessageType.Nak,
            _ => null,
        };
    }
}
