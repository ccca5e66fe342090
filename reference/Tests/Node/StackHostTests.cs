using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Stack;
using Pmip.Reference.Tests.Wire;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>The stack of the simulation on the interface of a namespace, with the kernel of another namespace as its neighbour.</summary>
public sealed class StackHostTests
{
    private static readonly LinkId _link = new("left");
    private static readonly IPAddress _own4 = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress _peer4 = IPAddress.Parse("198.51.100.2");
    private static readonly IPAddress _home = IPAddress.Parse("2001:db8:1::77");

    private readonly ScriptedRole _role = new();

    [Fact]
    public void Applications_ReachANeighbour_OverBothFamilies() =>
        Test(
            (host, nodes) =>
            {
                foreach (var (own, peer) in new[] { (nodes.Left.Address, nodes.Right.Address), (_own4, _peer4) })
                {
                    using var application = Open(nodes.Left, own);
                    using var neighbour = Open(nodes.Right, peer);

                    application.SendTo([1, 2, 3], neighbour.LocalEndPoint!);
                    RunUntilReadable(host, neighbour);
                    var received = new byte[8];
                    EndPoint from = new IPEndPoint(own, 0);
                    neighbour.ReceiveFrom(received, ref from).Should().Be(3);
                    from.Should().Be(application.LocalEndPoint);

                    neighbour.SendTo([4, 5], from);
                    RunUntilReadable(host, application);
                    application.Receive(received).Should().Be(2);
                }
            }
        );

    [Fact]
    public void Role_GetsASignalWithHomeAddresses_WhichTheKernelRefuses() =>
        Test(
            (host, nodes) =>
            {
                using var sender = nodes.Right.Namespace.Run(WholePacketSocket.Open);
                using var told = new WakeUp();
                _role.Told = input => Set(told, input is RoleInput.Signal);
                var path = new Ipv6Signaling(nodes.Right.Address, nodes.Left.Address) { HomeAddress = _home };

                sender.Send(path.ToPacket(path.Complete(SampleMessages.Update)));
                Run(host, told);

                var signal = _role.Inputs.OfType<RoleInput.Signal>().Should().ContainSingle().Subject;
                (signal.Path, signal.HasValidChecksum).Should().Be((path, true));
            }
        );

    [Fact]
    public void AddressOfTheRole_IsUsableByApplications_AsLongAsTheRoleHasIt() =>
        Test(
            (host, nodes) =>
            {
                CarryOut(host, new RoleAction.AddAddress(_link, _home, PerformDad: false));
                Addresses(nodes).Should().Contain(_home);

                CarryOut(host, new RoleAction.RemoveAddress(_link, _home));
                Addresses(nodes).Should().NotContain(_home).And.Contain(nodes.Left.Address);
            }
        );

    [Fact]
    public void LinkDownAndUp_AreReportedToTheRole() =>
        Test(
            (host, nodes) =>
            {
                foreach (var isUp in (bool[])[false, true])
                {
                    using var told = new WakeUp();
                    _role.Told = input => Set(told, isUp ? input is RoleInput.LinkUp : input is RoleInput.LinkDown);
                    var index = nodes.Right.LinkIndex;
                    if (isUp)
                    {
                        nodes.Right.Netlink.Links.SetUp(index);
                    }
                    else
                    {
                        nodes.Right.Netlink.Links.SetDown(index);
                    }
                    Run(host, told);
                }
            }
        );

    [Fact]
    public void Dispose_LeavesTheNamespaceAsItWas()
    {
        using var nodes = TwoNodes.CreateConnected();
        var name = ReversePath.Of(nodes.Left.InterfaceName);
        var before = nodes.Left.Namespace.Run(() => Sysctl.Read(name));
        var routes = nodes.Left.Netlink.Routes.List().Count(route => route.LinkIndex != nodes.Left.LinkIndex);

        nodes.Left.Namespace.Run(() => Create(nodes).Dispose());

        nodes.Left.Namespace.Run(() => Sysctl.Read(name)).Should().Be(before);
        nodes.Left.Netlink.Links.List().Should().NotContain(link => link.Name.StartsWith("apps", StringComparison.Ordinal));
        nodes.Left.Netlink.Routes.List().Count(route => route.LinkIndex != nodes.Left.LinkIndex).Should().Be(routes);
    }

    private void Test(Action<StackHost, TwoNodes> test)
    {
        using var nodes = TwoNodes.CreateConnected();
        nodes.Right.Netlink.Addresses.Add(nodes.Right.LinkIndex, _peer4, 24);

        // The kernel of the neighbour completes its checksums, as for a link between machines.
        nodes.Right.Namespace.Run(() => InterfaceOffloads.Set(nodes.Right.InterfaceName, Offloads.TransmitChecksum, on: false));
        nodes.Left.Namespace.Run(() =>
        {
            using var host = Create(nodes);
            host.Start();
            test(host, nodes);
        });
    }

    private StackHost Create(TwoNodes nodes) =>
        new(
            new IpNodeSettings
            {
                Name = "MN",
                Interfaces =
                [
                    new InterfaceSettings(_link, nodes.Left.Mac)
                    {
                        Addresses = [new ConfiguredAddress(nodes.Left.Address, 64), new ConfiguredAddress(_own4, 24)],
                    },
                ],
            },
            new Dictionary<LinkId, string> { [_link] = nodes.Left.InterfaceName },
            _role,
            new Random(1),
            new NodeLog("MN", TimeProvider.System, static _ => { })
        );

    private static void Set(WakeUp told, bool condition)
    {
        if (condition)
        {
            told.Set();
        }
    }

    private static IEnumerable<IPAddress> Addresses(TwoNodes nodes) =>
        nodes.Left.Netlink.Addresses.List().Where(own => own.LinkIndex != nodes.Left.LinkIndex).Select(own => own.Address);

    private void CarryOut(StackHost host, RoleAction action)
    {
        using var done = new WakeUp();
        done.Set();
        _role.Ask(action);
        host.Run(done);
    }

    private static Socket Open(TwoNodes.Node node, IPAddress address) =>
        node.Namespace.Run(() =>
        {
            var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return socket;
        });

    /// <summary>Runs the host until a socket has a datagram.</summary>
    private static void RunUntilReadable(StackHost host, Socket socket)
    {
        using var told = new WakeUp();
        var waiting = new Thread(() =>
        {
            socket.Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead);
            told.Set();
        });
        waiting.Start();
        host.Run(told);
        waiting.Join();
        socket.Available.Should().BePositive();
    }

    private static void Run(StackHost host, WakeUp told)
    {
        var isLate = false;
        using var limit = new Timer(
            _ =>
            {
                isLate = true;
                told.Set();
            },
            null,
            TimeSpan.FromSeconds(20),
            Timeout.InfiniteTimeSpan
        );
        host.Run(told);
        isLate.Should().BeFalse();
    }
}
