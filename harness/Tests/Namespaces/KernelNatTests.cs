using System.Net;
using System.Net.Sockets;
using Conformance.TestBeds;
using Conformance.TestBeds.Lanes;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Node;
using Xunit;

namespace Conformance.Harness.Tests.Namespaces;

/// <summary>A kernel as a NAT, between a node behind it and one on the core link.</summary>
public sealed class KernelNatTests : IDisposable
{
    private const int Port = 4191;

    private static readonly IPAddress _gateway = IPAddress.Parse("10.0.0.161");
    private static readonly IPAddress _anchor = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress _outer = IPAddress.Parse("192.0.2.240");

    private readonly Stack<IDisposable> _owned = new();

    public void Dispose()
    {
        while (_owned.TryPop(out var owned))
        {
            owned.Dispose();
        }
    }

    [Fact]
    public void Datagram_GetsAPortOfTheNat_ToWhichTheAnswerComes_AndAnotherOneWhenTheNatForgets()
    {
        Privilege.Require();
        DebianProgram.Require("nft", "nftables");
        DebianProgram.Require("conntrack", "conntrack");
        var domain = NamespaceDomain.Build(Ipv4TransportEndToEnd.WithNat, _ => Own(NetworkNamespace.CreateAnonymous()));
        using var anchor = SocketOf(domain, "LMA1", "core", _anchor, via: null);
        using var gateway = SocketOf(domain, "MAG1", "private", _gateway, via: IPAddress.Parse("10.0.0.1"));
        domain.IsNat("NAT1").Should().BeTrue();
        domain.IsNat("MAG1").Should().BeFalse();

        var first = Exchange(gateway, anchor);
        Exchange(gateway, anchor).Should().Be(first, "the binding is known");
        domain.ForgetBindings("NAT1");
        anchor.SendTo([9], new IPEndPoint(_outer, first));
        var next = Exchange(gateway, anchor);

        next.Should().NotBe(first);
        gateway.Available.Should().Be(0, "nothing goes to the port that the NAT has forgotten");
    }

    /// <summary>Sends a datagram through the NAT, and the answer back.</summary>
    /// <returns>The port that the NAT gives.</returns>
    private static int Exchange(Socket gateway, Socket anchor)
    {
        var received = new byte[8];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        gateway.SendTo([1], new IPEndPoint(_anchor, Port));
        anchor.ReceiveFrom(received, ref from);
        var sender = (IPEndPoint)from;
        sender.Address.Should().Be(_outer);
        sender.Port.Should().BeInRange(NatBindings.FirstPort, NatBindings.LastPort);
        anchor.SendTo([2], sender);
        gateway.Receive(received).Should().Be(1);
        received[0].Should().Be(2);
        return sender.Port;
    }

    private static Socket SocketOf(NamespaceDomain domain, string node, string link, IPAddress address, IPAddress? via) =>
        domain
            .Find(node)!
            .Run(() =>
            {
                using var netlink = RouteNetlink.Open();
                var index = netlink.Links.Get(link).Index;
                netlink.Links.SetUp(index);
                netlink.Addresses.Add(index, address, 24);
                if (via is not null)
                {
                    netlink.Routes.Add(new KernelRoute(new IPNetwork(IPAddress.Any, 0)) { Gateway = via });
                }
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
                socket.Bind(new IPEndPoint(address, Port));
                return socket;
            });

    private T Own<T>(T made)
        where T : IDisposable
    {
        _owned.Push(made);
        return made;
    }
}
