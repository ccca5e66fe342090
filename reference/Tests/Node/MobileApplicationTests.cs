using System.Net;
using System.Net.Sockets;
using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Linux;
using Pmip.Reference.Tests.Stack;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Node;

/// <summary>
/// Applications of the kernel on a mobile node and on its home agent, each with its role on a stack of its own: a connection from the home
/// address goes on when the mobile node moves.
/// </summary>
public sealed class MobileApplicationTests : IDisposable
{
    private const int Port = 5000;

    /// <summary>In octets. More than the kernel holds between two applications, so that the end goes over the second link.</summary>
    private const int Size = 16 * 1024 * 1024;

    /// <summary>For the next octets: the kernel waits longer and longer before it sends again what was lost.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly LinkId[] _links = [MobileNodeNetwork.Link1, MobileNodeNetwork.Link2, MobileNodeNetwork.HomeLink];
    private static readonly IPAddress _agent = MobileNodeNetwork.AgentAddress;

    private readonly NetworkNamespace _mobile;
    private readonly NetworkNamespace _home;
    private readonly RouteNetlink _atHome;
    private readonly Dictionary<LinkId, (MacAddress Mobile, MacAddress Home)> _macs = [];
    private readonly List<(Thread Thread, WakeUp Stop)> _running = [];
    private readonly List<Exception> _failures = [];

    public MobileApplicationTests()
    {
        Privilege.Require();
        (_mobile, _home) = (NetworkNamespace.CreateAnonymous(), NetworkNamespace.CreateAnonymous());
        _atHome = _home.Run(RouteNetlink.Open);
        using var netlink = _mobile.Run(RouteNetlink.Open);
        foreach (var link in _links)
        {
            netlink.Links.AddVethPair(new VethEnd(link.Name), new VethEnd(link.Name) { Namespace = _home });
            _macs[link] = (netlink.Links.Get(link.Name).Address!.Value, _atHome.Links.Get(link.Name).Address!.Value);
        }
    }

    [Fact]
    public void Download_ToTheHomeAddress_GoesOn_OnAnotherLink()
    {
        var agent = new HomeAgent(
            new HomeAgentSettings
            {
                Address = _agent,
                HomeLink = MobileNodeNetwork.HomeLink,
                HomePrefixes = [MobileNodeNetwork.HomePrefix],
                MobileNodes = [MobileNodeNetwork.HomePrefix],
                Mcoa = McoaEdition.Rfc5648,
                PerformDad = false,
            }
        );
        Start(_home, HomeSettings, new AdvertisingRouter([.. Foreign()], agent), isMobileNode: false);
        var settings = new MobileNodeSettings
        {
            HomeAddress = MobileNodeNetwork.HomeAddress,
            HomePrefix = MobileNodeNetwork.HomePrefix,
            HomeAgent = _agent,
            Links = _links,
            Mcoa = McoaEdition.Rfc5648,
            LinkLayerAddresses = _links.ToDictionary(link => link, link => _macs[link].Mobile),
        };
        using var listener = Listen();
        _atHome.Links.SetDown(_atHome.Links.Get("link2").Index);
        Start(_mobile, MobileSettings, new MobileNode(settings, MobileNodeRules.For(settings), new Random(1)), isMobileNode: true);

        using var client = Connect();
        using var server = listener.Accept();
        client
            .LocalEndPoint.Should()
            .BeEquivalentTo(new IPEndPoint(MobileNodeNetwork.HomeAddress, ((IPEndPoint)client.LocalEndPoint!).Port));
        var sent = new byte[Size];
        new Random(3).NextBytes(sent);
        var sending = new Thread(() => server.Send(sent));
        sending.Start();
        var received = Receive(client, Size / 4);
        _atHome.Links.SetDown(_atHome.Links.Get("link1").Index);
        _atHome.Links.SetUp(_atHome.Links.Get("link2").Index);
        received.AddRange(Receive(client, Size - received.Count));
        sending.Join();

        received.SequenceEqual(sent).Should().BeTrue("all octets came, in order");
        _failures.Should().BeEmpty();
    }

    public void Dispose()
    {
        foreach (var (thread, stop) in _running)
        {
            stop.Set();
            thread.Join();
            stop.Dispose();
        }
        _atHome.Dispose();
        _mobile.Dispose();
        _home.Dispose();
    }

    private IpNodeSettings HomeSettings =>
        new()
        {
            Name = "HA",
            IsRouter = true,
            VerifyReversePathOfTunnels = true,
            ProcessesHomeAddressOption = true,
            Interfaces =
            [
                On(MobileNodeNetwork.Link1, "2001:db8:101::1"),
                On(MobileNodeNetwork.Link2, "2001:db8:102::1"),
                On(MobileNodeNetwork.HomeLink, $"{_agent}"),
            ],
        };

    private IpNodeSettings MobileSettings =>
        new()
        {
            Name = "MN",
            ProcessesHomeAddressOption = true,
            Interfaces = [.. _links.Select(link => new InterfaceSettings(link, _macs[link].Mobile) { Autoconfigure = true })],
        };

    private InterfaceSettings On(LinkId link, string address) =>
        new(link, _macs[link].Home) { Addresses = [new ConfiguredAddress(IPAddress.Parse(address), 64)] };

    private IEnumerable<AdvertisedLink> Foreign() =>
        [
            new AdvertisedLink(MobileNodeNetwork.Link1, _macs[MobileNodeNetwork.Link1].Home, MobileNodeNetwork.Prefix1),
            new AdvertisedLink(MobileNodeNetwork.Link2, _macs[MobileNodeNetwork.Link2].Home, MobileNodeNetwork.Prefix2),
        ];

    /// <summary>Runs a node in its namespace, until the test ends.</summary>
    private void Start(NetworkNamespace inside, IpNodeSettings settings, IRole role, bool isMobileNode)
    {
        var (stop, started) = (new WakeUp(), new ManualResetEventSlim());
        var thread = new Thread(() =>
        {
            try
            {
                inside.Run(() =>
                {
                    using var host = new StackHost(
                        settings,
                        _links.ToDictionary(link => link, link => link.Name),
                        role,
                        new Random(1),
                        new NodeLog(settings.Name, TimeProvider.System, static _ => { }),
                        isMobileNode
                    );
                    host.Start();
                    started.Set();
                    host.Run(stop);
                });
            }
            catch (Exception failed) when (failed is IOException or InvalidOperationException or ArgumentException)
            {
                _failures.Add(failed);
                started.Set();
            }
        });
        _running.Add((thread, stop));
        thread.Start();
        started.Wait(NodeBench.Tolerance).Should().BeTrue($"{settings.Name} starts");
        started.Dispose();
        _failures.Should().BeEmpty();
    }

    private Socket Listen() =>
        _home.Run(() =>
        {
            var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(_agent, Port));
            listener.Listen();
            return listener;
        });

    /// <summary>Connects from the home address, as soon as the mobile node has registered a care-of address.</summary>
    private Socket Connect()
    {
        var client = _mobile.Run(() => new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp));
        client.ReceiveTimeout = (int)_patience.TotalMilliseconds;
        client.Connect(new IPEndPoint(_agent, Port));
        return client;
    }

    private static List<byte> Receive(Socket from, int length)
    {
        var octets = new List<byte>(length);
        var buffer = new byte[64 * 1024];
        while (octets.Count < length)
        {
            var read = from.Receive(buffer, Math.Min(buffer.Length, length - octets.Count), SocketFlags.None);
            read.Should().BePositive("the connection is open");
            octets.AddRange(buffer.AsSpan(0, read));
        }
        return octets;
    }
}
