using System.Net;
using System.Net.Sockets;
using Conformance.TestBeds.Lanes;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Wire;

namespace Conformance.Lab;

/// <summary>A global address of the mobile node.</summary>
/// <param name="Text">With its prefix length.</param>
/// <param name="IsUsable">True when duplicate address detection has finished.</param>
internal sealed record MobileAddress(AddressFamily Family, string Text, bool IsUsable);

/// <summary>The mobile node, on which only the kernel acts: its current addresses, and the Echo Requests that it sends.</summary>
internal sealed class MobileHost : IDisposable
{
    private const byte EchoReplyType = 129;
    private const ushort EchoIdentifier = 0x1ab;

    private readonly NetlinkSubscription _events;
    private readonly RouteNetlink _netlink;
    private readonly Ipv6RawSocket _echo;
    private readonly int _loopback;
    private readonly IPAddress _correspondent;

    public MobileHost(NamespaceDomain domain, LabNodes nodes)
    {
        _correspondent = nodes.CorrespondentAddress;
        (_events, _netlink, _echo) = domain
            .Find(nodes.Mobile)!
            .Run(() =>
                (
                    NetlinkSubscription.Open(NetlinkTopics.Links | NetlinkTopics.Addresses),
                    RouteNetlink.Open(),
                    Ipv6RawSocket.OpenIcmpv6(Icmpv6Filter.Pass(EchoReplyType))
                )
            );
        _loopback = _netlink.Links.Get("lo").Index;
        Look();
    }

    public IReadable Events => _events;

    public IReadable Echoes => _echo;

    public IReadOnlyList<MobileAddress> Addresses { get; private set; } = [];

    /// <summary>The next hops of the default routes, at most one for each IP version.</summary>
    public IReadOnlyList<IPAddress> Routers { get; private set; } = [];

    /// <summary>Reads addresses and routes again if the kernel has reported a change.</summary>
    /// <returns>True if the kernel has reported a change.</returns>
    public bool LookIfChanged()
    {
        var told = false;
        while (_events.TryTake(out _))
        {
            told = true;
        }

        if (told)
        {
            Look();
        }

        return told;
    }

    /// <summary>Reads addresses and routes again.</summary>
    public void Look()
    {
        Addresses =
        [
            .. _netlink
                .Addresses.List()
                .Where(address => address.LinkIndex != _loopback && !address.Address.IsIPv6LinkLocal)
                .Select(address => new MobileAddress(
                    address.Address.AddressFamily,
                    $"{address.Address}/{address.PrefixLength}",
                    !address.IsTentative
                ))
                .OrderBy(address => address.Text, StringComparer.Ordinal),
        ];
        Routers =
        [
            .. _netlink
                .Routes.List()
                .Where(route => route.To.PrefixLength == 0)
                .Select(route => route.Gateway)
                .OfType<IPAddress>()
                .DistinctBy(router => router.AddressFamily),
        ];
    }

    /// <summary>Sends an Echo Request to the correspondent node.</summary>
    /// <returns>Null, or the reason why the request could not be sent.</returns>
    public string? SendEcho(ushort number)
    {
        try
        {
            _echo.Send(
                source: null,
                _correspondent,
                new EchoRequest(EchoIdentifier, number, default).ToBytes(IPAddress.IPv6Any, _correspondent)
            );
            return null;
        }
        catch (LinuxException refused)
        {
            return refused.ErrorNumber is Errno.NetworkUnreachable or Errno.AddressNotAvailable ? "no route" : refused.Message;
        }
    }

    /// <summary>Takes the sequence number of a received Echo Reply. False if none is available.</summary>
    public bool TryTakeEcho(out ushort number)
    {
        number = 0;
        while (_echo.TryReceive(out var packet))
        {
            if (
                Icmpv6Message.TryParse(packet.Payload.Span, out var message, out _)
                && message is EchoReply { Identifier: EchoIdentifier } reply
            )
            {
                number = reply.SequenceNumber;
                return true;
            }
        }

        return false;
    }

    public void Dispose()
    {
        _echo.Dispose();
        _events.Dispose();
        _netlink.Dispose();
    }
}
