using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Stack;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>
/// A mobile node on two interfaces without the stack of the kernel, whose applications use its home address: the test plays the routers and
/// the home agent.
/// </summary>
public sealed class StackHostMobileNodeTests : IDisposable
{
    private const string Device = "hoa0";
    private static readonly LinkId _link1 = new("link1");
    private static readonly LinkId _link2 = new("link2");
    private static readonly IPAddress _home = MobileNodeNetwork.HomeAddress;
    private static readonly IPAddress _agent = MobileNodeNetwork.AgentAddress;
    private static readonly IPAddress _correspondent = MobileNodeNetwork.Correspondent;
    private static readonly IPAddress _router = IPAddress.Parse("fe80::ff");

    private readonly NetworkNamespace _node;
    private readonly NetworkNamespace _tester;
    private readonly TestLink _end1;
    private readonly TestLink _end2;
    private readonly ScriptedRole _role = new();
    private readonly List<Tunnel> _tunnels = [];
    private Route? _route;

    public StackHostMobileNodeTests()
    {
        Privilege.Require();
        (_node, _tester) = (NetworkNamespace.CreateAnonymous(), NetworkNamespace.CreateAnonymous());
        using var netlink = _node.Run(RouteNetlink.Open);
        (_end1, _end2) = (Connect(netlink, _link1), Connect(netlink, _link2));
        _role.Ask(new RoleAction.AddHomeAddress(_home));
        _role.Told = Follow;
    }

    [Fact]
    public void HomeAddress_IsThatOfTheApplications_AndNoCareOfAddressIs() =>
        Run(host =>
        {
            host.ApplicationInterface.Should().Be(Device);
            Move(host, _end1, MobileNodeNetwork.Prefix1);

            Addresses().Should().Contain(_home).And.NotContain(CareOf(_end1, MobileNodeNetwork.Prefix1));
        });

    [Fact]
    public void Application_TalksThroughTheTunnelOfEachLink_FromTheHomeAddress() =>
        Run(host =>
        {
            using var application = Open();
            foreach (var (end, prefix) in new[] { (_end1, MobileNodeNetwork.Prefix1), (_end2, MobileNodeNetwork.Prefix2) })
            {
                var careOf = Move(host, end, prefix);
                var request = MobileNodeNetwork.Udp(_correspondent, _home, (ushort)(9 + _tunnels.Count), 5000);
                end.Send(MobileNodeNetwork.ThroughTunnel(careOf, request));
                RunUntilReadable(host, application);

                EndPoint from = new IPEndPoint(IPAddress.IPv6Any, 0);
                application.ReceiveFrom(new byte[100], ref from).Should().Be(3);
                application.SendTo([1, 2], from);

                var outer = Next(host, end, packet => packet.NextHeader == IpProtocol.Ipv6);
                (outer.Source, outer.Destination).Should().Be((careOf, _agent));
                var inner = MobileNodeNetwork.Inside(outer);
                (inner.Source, inner.Destination).Should().Be((_home, _correspondent));
            }
        });

    [Fact]
    public void LargeDatagram_OfAnApplication_FitsTheLinkWithItsHeaders() =>
        Run(host =>
        {
            using var application = Open();
            var careOf = Move(host, _end1, MobileNodeNetwork.Prefix1);
            _role.Ask(new RoleAction.AddOptimizedPeer(_correspondent, _home, careOf));
            _end1.Send(MobileNodeNetwork.Routed(careOf, MobileNodeNetwork.Datagram(to: 5000)));
            RunUntilReadable(host, application);
            EndPoint from = new IPEndPoint(IPAddress.IPv6Any, 0);
            application.ReceiveFrom(new byte[100], ref from);

            application.SendTo(new byte[2000], from);

            for (var piece = 0; piece < 2; piece++)
            {
                var sent = Next(host, _end1, packet => packet.NextHeader == IpProtocol.DestinationOptions);
                (sent.Source, sent.Destination).Should().Be((careOf, _correspondent));
                sent.Length.Should().BeLessThanOrEqualTo(1500);
            }
        });

    [Fact]
    public void Carrier_Lost_TakesTheAddress()
    {
        Run(host =>
        {
            var careOf = Move(host, _end1, MobileNodeNetwork.Prefix1);
            using var told = new WakeUp();
            _role.Told = input =>
            {
                if (input is RoleInput.AddressGone)
                {
                    told.Set();
                }
            };

            _end1.Unplug();
            host.Run(told);

            _role.Inputs.OfType<RoleInput.AddressGone>().Should().Equal(new RoleInput.AddressGone(_link1, careOf));
        });
    }

    public void Dispose()
    {
        _end1.Dispose();
        _end2.Dispose();
        _tester.Dispose();
        _node.Dispose();
    }

    /// <summary>As the role of a mobile node: a tunnel from every care-of address.</summary>
    private void Follow(RoleInput input)
    {
        if (input is RoleInput.AddressUsable usable)
        {
            var tunnel = new Tunnel(usable.Address, _agent);
            _tunnels.Add(tunnel);
            var (before, after) = (_route, MobileNodeNetwork.ReverseTunnels(new RouteTarget.OneOf([.. _tunnels])));
            _role.Ask(new RoleAction.AddTunnel(tunnel), new RoleAction.AddRoute(after));
            if (before is not null)
            {
                _role.Ask(new RoleAction.RemoveRoute(before));
            }
            _route = after;
        }
    }

    /// <summary>The router of a link advertises a prefix; the node has a care-of address then.</summary>
    private IPAddress Move(StackHost host, TestLink end, Ipv6Prefix prefix)
    {
        using var told = new WakeUp();
        _role.Told = input =>
        {
            Follow(input);
            if (input is RoleInput.AddressUsable)
            {
                told.Set();
            }
        };
        var options = new NdOptionList(new SourceLinkLayerAddressOption(end.Address), MobileNodeNetwork.Advertised(prefix));
        end.Send(_router, Ipv6Multicast.AllNodes, new RouterAdvertisement(64, false, false, 1800, 0, 0, options));
        host.Run(told);
        return CareOf(end, prefix);
    }

    private static IPAddress CareOf(TestLink end, Ipv6Prefix prefix) => prefix.AddressWith(end.NodeAddress.InterfaceIdentifier());

    private static List<IPAddress> Addresses()
    {
        using var netlink = RouteNetlink.Open();
        return [.. netlink.Addresses.List().Select(address => address.Address)];
    }

    private static Socket Open()
    {
        var application = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        application.Bind(new IPEndPoint(_home, 5000));
        return application;
    }

    private static void RunUntilReadable(StackHost host, Socket socket)
    {
        using var late = new WakeUp();
        using var tick = new Timer(_ => late.Set(), null, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10));
        var until = KernelTime.Now + NodeBench.Tolerance;
        while (socket.Available == 0)
        {
            (KernelTime.Now < until).Should().BeTrue("the application gets the packet");
            host.Run(late);
            late.Reset();
        }
    }

    private static Ipv6Packet Next(StackHost host, TestLink on, Predicate<Ipv6Packet> isIt)
    {
        var until = KernelTime.Now + NodeBench.Tolerance;
        using var late = new WakeUp();
        using var limit = new Timer(_ => late.Set(), null, NodeBench.Tolerance, Timeout.InfiniteTimeSpan);
        while (KernelTime.Now < until)
        {
            on.Receive();
            if (on.Inbox.FindIndex(isIt) is >= 0 and var at)
            {
                var found = on.Inbox[at];
                on.Inbox.RemoveRange(0, at + 1);
                return found;
            }
            host.Run(on, late);
        }
        throw new Xunit.Sdk.XunitException($"no such packet on {on.Name}");
    }

    private void Run(Action<StackHost> test) =>
        _node.Run(() =>
        {
            using var host = new StackHost(
                new IpNodeSettings
                {
                    Name = "MN",
                    ProcessesHomeAddressOption = true,
                    Interfaces =
                    [
                        new InterfaceSettings(_link1, _end1.NodeAddress) { Autoconfigure = true },
                        new InterfaceSettings(_link2, _end2.NodeAddress) { Autoconfigure = true },
                    ],
                },
                new Dictionary<LinkId, string> { [_link1] = "link1", [_link2] = "link2" },
                _role,
                new Random(1),
                new NodeLog("MN", TimeProvider.System, static _ => { }),
                isMobileNode: true
            );
            _end1.WaitUntilRunning();
            _end2.WaitUntilRunning();
            host.Start();
            test(host);
        });

    private TestLink Connect(RouteNetlink netlink, LinkId link)
    {
        netlink.Links.AddVethPair(new VethEnd(link.Name), new VethEnd($"to-{link.Name}") { Namespace = _tester });
        var end = new TestLink(_tester, $"to-{link.Name}", netlink.Links.Get(link.Name).Address!.Value);
        end.Plug();
        return end;
    }
}
