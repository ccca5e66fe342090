using System.Globalization;
using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Protocol.Stack;
using Pmip.Reference.Tests.Stack;
using static Pmip.Reference.Tests.Stack.MobileNodeNetwork;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// One random walk of a mobile node from link to link and home, with its home agent and a correspondent, while frames are lost, doubled and
/// late. Whenever it rests in calm weather, the home agent has what its links and its policy ask for, and packets come and go; when all
/// links are gone, nothing is left of it.
/// </summary>
internal sealed class MobileNodeWalk
{
    private const int Rests = 4;
    private const int StepsBetweenRests = 8;

    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(40);

    /// <summary>Enough for an update that waits for the longest interval of repetition, and for an advertisement.</summary>
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(300);

    private readonly Random _random;
    private readonly WalkNetwork _network;
    private readonly MobileNodeSettings _settings;
    private readonly HomeAgent _agent;
    private readonly CorrespondentNode _correspondent;
    private readonly IpNode _node;
    private readonly HashSet<LinkId> _attached = [];
    private readonly List<string> _steps = [];
    private ushort _pings;

    public MobileNodeWalk(int seed, Func<MobileNodeRules, MobileNodeRules>? fault = null)
    {
        _random = new Random(seed);
        _network = new WalkNetwork(_random) { DisturbsData = true };
        var edition = (McoaEdition)_random.Next(3);
        _agent = new HomeAgent(
            new HomeAgentSettings
            {
                Address = AgentAddress,
                HomeLink = HomeLink,
                HomePrefixes = [HomePrefix],
                MobileNodes = [HomePrefix],
                Mcoa = edition,
                MaximumLifetime = _lifetime,
                AcceptsBulkRegistration = _random.Next(4) > 0,
                HasOtherRoutersOnHomeLink = _random.Next(4) == 0,
                RefreshRequestBefore = _random.Next(2) == 0 ? TimeSpan.FromSeconds(5) : null,
            }
        );
        var correspondent = new CorrespondentNodeSettings
        {
            Address = MobileIpv6Nodes.CorrespondentAddress,
            Mcoa = edition,
            MaximumLifetime = _lifetime,
        };
        _correspondent = new CorrespondentNode(correspondent, CorrespondentNodeRules.For(correspondent), new Random(_random.Next()));
        _settings = new MobileNodeSettings
        {
            HomeAddress = HomeAddress,
            HomePrefix = HomePrefix,
            HomeAgent = AgentAddress,
            Links = MobileIpv6Nodes.Links,
            Mcoa = edition,
            RegistersInBulk = _random.Next(2) == 0,
            OptimizesRoutes = _random.Next(2) == 0,
            AtHome = edition == McoaEdition.None ? ReturnPolicy.HomeOnly : (ReturnPolicy)_random.Next(3),
            Lifetime = _lifetime,
            LinkLayerAddresses = MobileIpv6Nodes.Links.ToDictionary(link => link, MacOf),
        };
        Tell($"{edition}, {_settings.AtHome}, bulk {_settings.RegistersInBulk}, optimizes {_settings.OptimizesRoutes}");

        _network.Logged = (name, line) => Tell($"{name}: {line.Rule}: {line.Text}");
        var home = new AdvertisedLink(HomeLink, MobileIpv6Nodes.AgentMac, HomePrefix);
        Add(
            MobileIpv6Nodes.Router,
            new AdvertisingRouter([
                new AdvertisedLink(Link1, MobileIpv6Nodes.RouterMac1, Prefix1),
                new AdvertisedLink(Link2, MobileIpv6Nodes.RouterMac2, Prefix2),
            ])
        );
        Add(MobileIpv6Nodes.HomeAgent, new AdvertisingRouter([home], _agent));
        Add(MobileIpv6Nodes.Correspondent, _correspondent);
        var rules = MobileNodeRules.For(_settings);
        var role = new MobileNode(_settings, fault is null ? rules : fault(rules), new Random(_random.Next()));
        _node = _network.Add(MobileIpv6Nodes.MobileNode, role, TimeSpan.Zero);
        _network.Do(_node, _node.Start);
    }

    /// <summary>The steps so far, for the message of a failure.</summary>
    public string Story => string.Join('\n', _steps);

    public void Run()
    {
        for (var rest = 0; rest < Rests; rest++)
        {
            _network.Weather = Weather();
            Tell($"{_network.Weather}");
            for (var step = 0; step < StepsBetweenRests; step++)
            {
                Step();
            }
            _network.Weather = WalkNetwork.Disturbance.None;
            Pass(_rest);
            Require();
        }

        foreach (var link in _attached.ToList())
        {
            Detach(link);
        }
        Pass(_lifetime + TimeSpan.FromSeconds(20));
        _agent.Bindings.Should().BeEmpty("all links are gone");
        _correspondent.Bindings.Should().BeEmpty("all links are gone");
    }

    private void Step()
    {
        var link = MobileIpv6Nodes.Links[_random.Next(MobileIpv6Nodes.Links.Length)];
        switch (_random.Next(6))
        {
            case 0 or 1 when !_attached.Contains(link):
                Attach(link);
                break;
            case 0 or 1 or 2 when _attached.Contains(link):
                Detach(link);
                break;
            case 3:
                Ping();
                break;
            default:
                Pass(TimeSpan.FromSeconds(_random.NextDouble() * (_random.Next(2) == 0 ? 2 : 30)));
                break;
        }
    }

    private void Require()
    {
        Tell(string.Join(", ", _agent.Bindings.Select(binding => $"{binding.Key} at {binding.CareOf}")));
        var foreign = Expected(Link1, CareOf1).Concat(Expected(Link2, CareOf2)).ToList();
        var isHome = _attached.Contains(HomeLink);

        // A home binding of the draft is no entry of the cache.
        List<IPAddress> wanted = (_settings.AtHome, isHome) switch
        {
            (ReturnPolicy.HomeOnly, true) => [],
            (ReturnPolicy.Simultaneous, true) when foreign.Count > 0 && _settings.Mcoa == McoaEdition.Rfc5648 => [.. foreign, HomeAddress],
            _ => foreign,
        };
        var had = _agent.Bindings.Select(binding => binding.CareOf).ToList();
        if (_settings.Mcoa == McoaEdition.None && wanted.Count > 1)
        {
            had.Should().ContainSingle("one binding is for one of the links").Which.Should().Match(one => wanted.Contains((IPAddress)one));
        }
        else
        {
            had.Should().BeEquivalentTo(wanted, "the home agent has what the links ask for");
        }
        if (_attached.Count == 0)
        {
            return;
        }

        while (_node.TryTakeEchoReply(out _))
        {
            // Of pings in bad weather.
        }
        Ping();
        Pass(TimeSpan.FromSeconds(5));
        _node.TryTakeEchoReply(out var reply).Should().BeTrue("the correspondent answers");
        reply!.Destination.Should().Be(HomeAddress, "the correspondent answers to it");
        Pass(TimeSpan.FromSeconds(15));
        if (!_settings.OptimizesRoutes)
        {
            _correspondent.Bindings.Should().BeEmpty("routes are not optimized");
        }
        _correspondent.Bindings.Select(binding => binding.CareOf).Should().BeSubsetOf(wanted, "the correspondent has addresses in use");
    }

    private IEnumerable<IPAddress> Expected(LinkId link, IPAddress careOf) => _attached.Contains(link) ? [careOf] : [];

    private WalkNetwork.Disturbance Weather() =>
        _random.Next(3) switch
        {
            0 => WalkNetwork.Disturbance.None,
            1 => new WalkNetwork.Disturbance(0.1, 0.1, TimeSpan.FromMilliseconds(200)),
            _ => new WalkNetwork.Disturbance(0.3, 0.1, TimeSpan.FromSeconds(1)),
        };

    private void Attach(LinkId link)
    {
        Tell($"gets {link}");
        _attached.Add(link);
        _network.Connect(_node, link, link.Name);
        _network.Do(_node, now => _node.LinkUp(link, now));
    }

    private void Detach(LinkId link)
    {
        Tell($"loses {link}");
        _attached.Remove(link);
        _network.Disconnect(_node, link);
        _network.Do(_node, now => _node.LinkDown(link, now));
    }

    private void Ping()
    {
        Tell("pings the correspondent");
        _network.Do(_node, now => _node.Ping(MobileIpv6Nodes.CorrespondentAddress, ++_pings, 1, now));
    }

    private void Pass(TimeSpan time)
    {
        Tell(string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F3} s pass"));
        _network.Run(time);
    }

    private void Add(IpNodeSettings settings, IRole role)
    {
        var node = _network.Add(settings, role, TimeSpan.Zero);
        foreach (var on in settings.Interfaces)
        {
            _network.Connect(node, on.Link, on.Link.Name);
        }
        _network.Do(node, node.Start);
    }

    private void Tell(string step) => _steps.Add(string.Create(CultureInfo.InvariantCulture, $"{_network.Time.TotalSeconds:F3} {step}"));
}
