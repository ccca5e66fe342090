using System.Globalization;
using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// One random walk: mobile nodes attach, move, stay and detach, while messages of the signalling are lost, repeated and reordered. After
/// each step the invariants of a domain hold; after a calm, every attached mobile node is served; and when all have left, nothing is left
/// of them.
/// </summary>
internal sealed class Walk
{
    private const int Steps = 40;

    /// <summary>Longer than the longest time between repetitions (MAX_BINDACK_TIMEOUT).</summary>
    private static readonly TimeSpan _calm = TimeSpan.FromSeconds(40);

    /// <summary>Longer than a lifetime, repetitions and MinDelayBeforeBCEDelete together.</summary>
    private static readonly TimeSpan _end = WalkDomain.Lifetime + _calm + TimeSpan.FromSeconds(20);

    private readonly WalkDomain _domain;
    private readonly Random _random;
    private readonly List<string> _steps = [];
    private readonly Dictionary<ushort, int> _delivered = [];
    private ushort _sequence;

    public Walk(int seed, WalkFault? fault = null)
    {
        _domain = new WalkDomain(seed, fault ?? new WalkFault());
        _random = _domain.Random;
        _domain.Network.Received = Deliver;
        _domain.Network.Logged = (node, line) => Tell($"  {node}: {line.Rule}: {line.Text}");
    }

    /// <summary>The steps so far, for the message of a failure.</summary>
    public string Story => string.Join('\n', _steps);

    public void Run()
    {
        for (var step = 0; step < Steps; step++)
        {
            Step();
            Require();
        }

        Tell("calm");
        _domain.Network.Weather = WalkNetwork.Disturbance.None;
        _domain.Network.Run(_calm);
        Require();
        _domain.Nodes.Where(mobile => mobile.At is not null && !IsRefused(mobile)).ToList().ForEach(RequireService);

        foreach (var mobile in _domain.Nodes.Where(mobile => mobile.At is not null))
        {
            Tell($"{mobile.Name} leaves");
            _domain.Detach(mobile);
        }
        _domain.Network.Run(_end);
        RequireNothing();
    }

    private void Step()
    {
        var mobile = _domain.Nodes[_random.Next(_domain.Nodes.Count)];
        switch (_random.Next(8))
        {
            case 0 or 1 or 2 when mobile.At is null:
                Attach(mobile);
                break;
            case 0 or 1 when mobile.At is not null:
                Detach(mobile);
                // The next MAG's request must be the later one by its own clock, too.
                Pass(TimeSpan.FromSeconds(0.5 + _random.NextDouble()));
                Attach(mobile);
                break;
            case 2:
                Detach(mobile);
                break;
            case 3 or 4:
                Ping(mobile);
                break;
            case 5:
                ChangeWeather();
                break;
            default:
                Pass(TimeSpan.FromSeconds(_random.NextDouble() * (_random.Next(2) == 0 ? 1 : 20)));
                break;
        }
    }

    private void Attach(WalkDomain.Mobile mobile)
    {
        var mag = _domain.Mags[_random.Next(_domain.Mags.Count)];
        Tell($"{mobile.Name} attaches to {mag.Name}");
        _domain.Attach(mobile, mag);
        Pass(TimeSpan.FromSeconds(0.5));
    }

    private void Detach(WalkDomain.Mobile mobile)
    {
        Tell($"{mobile.Name} detaches from {mobile.At!.Name}");
        _domain.Detach(mobile);
    }

    private void ChangeWeather()
    {
        var weather = new WalkNetwork.Disturbance(
            _random.Next(3) * 0.15,
            _random.Next(3) * 0.15,
            TimeSpan.FromMilliseconds(_random.Next(2) * 100)
        );
        Tell(weather.ToString());
        _domain.Network.Weather = weather;
    }

    private void Pass(TimeSpan time)
    {
        Tell(string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F3} s pass"));
        _domain.Network.Run(time);
    }

    /// <summary>A packet from the correspondent node to an address of the mobile node, if it has one.</summary>
    private void Ping(WalkDomain.Mobile mobile)
    {
        if (mobile.Node.Addresses(WalkDomain.Mobile.Link).FirstOrDefault(address => !address.IsIPv6LinkLocal) is { } address)
        {
            Tell($"CN sends packet {_sequence} to {mobile.Name}, {address}");
            Ping(address);
        }
    }

    private ushort Ping(IPAddress address)
    {
        var sequence = _sequence++;
        _domain.Network.Do(_domain.Cn, now => _domain.Cn.Ping(address, id: 1, sequence, now));
        _domain.Network.Run(TimeSpan.FromMilliseconds(10));
        return sequence;
    }

    private void Deliver(WalkNetwork.Plug plug, ReadOnlyMemory<byte> frame)
    {
        if (_domain.Find(plug) is not { } mobile || EchoIn(frame) is not var (destination, sequence))
        {
            return;
        }

        _delivered[sequence] = _delivered.GetValueOrDefault(sequence) + 1;
        _delivered[sequence].Should().Be(1, "packet {0} is delivered once", sequence);
        SessionOf(destination)
            ?.Binding.MobileNode.ToString()
            .Should()
            .Contain(mobile.Identifier, "packet {0} is for {1}", sequence, destination);
    }

    private BindingCacheEntry? SessionOf(IPAddress address) =>
        _domain
            .Lmas.SelectMany(lma => lma.Role.Snapshot().Bindings)
            .FirstOrDefault(entry => entry.Binding.HomeNetworkPrefixes.Any(prefix => prefix.Contains(address)));

    private static (IPAddress Destination, ushort Sequence)? EchoIn(ReadOnlyMemory<byte> frame) =>
        EthernetFrame.TryParse(frame, out var ethernet, out _)
        && Ipv6Packet.TryParse(ethernet.Payload, out var packet, out _)
        && packet.TryGetUpperLayer(out var upper, out _)
        && upper.Protocol == IpProtocol.Icmpv6
        && Icmpv6Message.TryParse(upper.Payload.Span, out var message, out _)
        && message is EchoRequest echo
            ? (packet.Destination, echo.SequenceNumber)
            : null;

    private void Require()
    {
        var sessions = _domain.Lmas.SelectMany(lma => lma.Role.Snapshot().Bindings).ToList();
        sessions.SelectMany(session => session.Binding.HomeNetworkPrefixes).Should().OnlyHaveUniqueItems("a prefix is of one session");
        foreach (var role in _domain.Lmas.Select(lma => lma.Recorded).Concat(_domain.Mags.Select(mag => mag.Recorded)))
        {
            role.Tunnels.Should().BeEquivalentTo(role.Used, "a tunnel is there while it is used");
        }
        foreach (var mobile in _domain.Nodes)
        {
            ServersOf(mobile).Should().BeSubsetOf(mobile.At is { } mag ? [mag.Name] : [], "only the MAG of {0} serves it", mobile.Name);
            RequireSameMag(mobile);
        }
    }

    /// <summary>
    /// A session that its MAG serves is at this MAG for the LMA, too. Both count its lifetime from a message of their own.
    /// </summary>
    private void RequireSameMag(WalkDomain.Mobile mobile)
    {
        var soon = new Instant((_domain.Network.Time + TimeSpan.FromSeconds(1)).Ticks);
        if (mobile.At is { } mag && AttachmentOf(mobile, mag)?.Binding is { } served && served.ExpiresAt > soon)
        {
            mobile.Entry.Should().BeOfType<BindingCacheEntry.Registered>("{0} is at {1}", mobile.Name, mag.Name);
            mobile.Entry!.Binding.ProxyCareOfAddress.Should().Be(mag.Address, "{0} is at {1}", mobile.Name, mag.Name);
        }
    }

    private IEnumerable<string> ServersOf(WalkDomain.Mobile mobile) =>
        _domain.Mags.Where(mag => AttachmentOf(mobile, mag) is { Binding: not null }).Select(mag => mag.Name);

    /// <summary>
    /// The MAG was refused its request. That comes of repetition alone: an LMA rejects a request that comes twice (RFC 5213, Section
    /// 5.5), and the rejection may overtake the acceptance.
    /// </summary>
    private static bool IsRefused(WalkDomain.Mobile mobile) =>
        AttachmentOf(mobile, mobile.At!)
            is Attachment.Refused { Reason: BindingStatus.TIMESTAMP_MISMATCH or BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED };

    private static Attachment? AttachmentOf(WalkDomain.Mobile mobile, WalkDomain.Mag mag) =>
        mag.Role.Snapshot().Attachments.Select(known => known.Attachment).SingleOrDefault(known => known.Link == mobile.LinkOfMag);

    /// <summary>The session of the mobile node is at its MAG, and a packet reaches it.</summary>
    private void RequireService(WalkDomain.Mobile mobile)
    {
        var entry = mobile.Entry;
        entry.Should().BeOfType<BindingCacheEntry.Registered>("{0} is at {1}", mobile.Name, mobile.At!.Name);
        entry!.Binding.ProxyCareOfAddress.Should().Be(mobile.At!.Address);
        ServersOf(mobile).Should().Equal(mobile.At!.Name);
        foreach (var prefix in entry.Binding.HomeNetworkPrefixes)
        {
            var address = mobile.Node.Addresses(WalkDomain.Mobile.Link).First(prefix.Contains);
            _delivered.GetValueOrDefault(Ping(address)).Should().Be(1, "a packet reaches {0} at {1}", mobile.Name, address);
        }
        Replies().Should().BeGreaterThan(0, "its answer comes back");
    }

    private int Replies()
    {
        var replies = 0;
        while (_domain.Cn.TryTakeEchoReply(out _))
        {
            replies++;
        }
        return replies;
    }

    private void RequireNothing()
    {
        Require();
        foreach (var lma in _domain.Lmas)
        {
            lma.Role.Snapshot().Bindings.Should().BeEmpty();
            lma.Recorded.Tunnels.Should().BeEmpty();
            lma.Recorded.Routes.Should().OnlyContain(route => route.Target is RouteTarget.Blackhole);
            lma.Recorded.NextTimeout.Should().BeNull();
        }
        foreach (var mag in _domain.Mags)
        {
            mag.Role.Snapshot().Attachments.Should().BeEmpty("all mobile nodes have left their links");
            mag.Recorded.Tunnels.Should().BeEmpty();
            mag.Recorded.Routes.Should().BeEmpty();
            mag.Recorded.NextTimeout.Should().BeNull();
        }
    }

    private void Tell(string step) =>
        _steps.Add(string.Create(CultureInfo.InvariantCulture, $"{_domain.Network.Time.TotalSeconds:F3} {step}"));
}
