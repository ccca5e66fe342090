using System.Globalization;
using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// One random walk of a home agent: mobile nodes register and remove care-of addresses, come home, and repeat themselves, while tests of
/// their home addresses end late or badly, and lifetimes end. After each step the home agent does for each home address what its bindings
/// ask for, and nothing else; when all mobile nodes have left, nothing is left of them.
/// </summary>
internal sealed class MobilityWalk
{
    private const int Steps = 60;
    private const int MobileNodes = 3;
    private const int CareOfAddresses = 4;

    private static readonly LinkId _home = new("home");
    private static readonly LinkId _core = new("core");
    private static readonly IPAddress _agent = IPAddress.Parse("2001:db8:200::1");
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(40);

    /// <summary>RFC 6275, Section 12: how long a sequence number is kept (MAX_DELETE_BCE_TIMEOUT), and a little more.</summary>
    private static readonly TimeSpan _end = TimeSpan.FromSeconds(20);

    private readonly Random _random;
    private readonly McoaEdition _edition;
    private readonly HomeAgent _role;
    private readonly RecordedMobility _asked = new();
    private readonly List<RoleAction.TestAddress> _tests = [];
    private readonly Dictionary<IPAddress, ushort> _sequences = [];
    private readonly List<RoleInput.Signal> _sent = [];
    private readonly List<string> _steps = [];
    private TimeSpan _time;

    public MobilityWalk(int seed, Func<HomeAgentRules, HomeAgentRules>? fault = null)
    {
        _random = new Random(seed);
        _edition = _random.Next(3) switch
        {
            0 => McoaEdition.None,
            1 => McoaEdition.Draft04,
            _ => McoaEdition.Rfc5648,
        };
        var settings = new HomeAgentSettings
        {
            Address = _agent,
            HomeLink = _home,
            HomePrefixes = [Ipv6Prefix.Parse("2001:db8:200::/64")],
            MobileNodes = [Ipv6Prefix.Parse("2001:db8:200::5e00:0/112")],
            MobileNetworks = [new MobileNetworkPolicy("2001:db8:200::5e00:{n}", "2001:db8:4000:{n}::/64")],
            Mcoa = _edition,
            HasOtherRoutersOnHomeLink = _random.Next(2) == 0,
            PerformDad = _random.Next(4) > 0,
            RefreshRequestBefore = _random.Next(2) == 0 ? TimeSpan.FromSeconds(5) : null,
            MaximumLifetime = _lifetime,
        };
        var rules = HomeAgentRules.For(_edition);
        _role = new HomeAgent(settings, fault is null ? rules : fault(rules));
        Tell($"{settings}");
        Handle(new RoleInput.Started());
    }

    /// <summary>The steps so far, for the message of a failure.</summary>
    public string Story => string.Join('\n', _steps);

    private Now Now => new(new Instant(_time.Ticks), DateTimeOffset.UnixEpoch + _time);

    public void Run()
    {
        for (var step = 0; step < Steps; step++)
        {
            Step();
            Require();
        }

        EndTests(isUnique: true);
        for (var number = 1; number <= MobileNodes; number++)
        {
            Send(number, Update(number, lifetimeUnits: 0), FromHome(number), _home);
        }
        EndTests(isUnique: true);
        Require();
        _role.Bindings.Should().BeEmpty("all mobile nodes have come home");
        Pass(_lifetime + _end);
        RequireNothing();
    }

    private void Step()
    {
        var number = 1 + _random.Next(MobileNodes);
        switch (_random.Next(10))
        {
            case 0 or 1 or 2:
                Send(number, Update(number, (ushort)_random.Next(1, 11), Identities(isRegistration: true)), FromCareOf(number), _core);
                break;
            case 3:
                Send(number, Update(number, (ushort)_random.Next(1, 11)), FromCareOf(number), _core);
                break;
            case 4:
                Send(number, Update(number, lifetimeUnits: 0, Identities(isRegistration: false)), FromCareOf(number), _core);
                break;
            case 5:
                var lifetime = (ushort)(_random.Next(2) == 0 ? 0 : _random.Next(1, 11));
                var options = _random.Next(2) == 0 ? [] : Identities(isRegistration: lifetime > 0, atHome: true);
                Send(number, Update(number, lifetime, options), FromHome(number), _home);
                break;
            case 6 when _sent.Count > 0:
                Tell("an earlier message comes again");
                Handle(_sent[_random.Next(_sent.Count)]);
                break;
            case 7:
                EndTests(isUnique: _random.Next(4) > 0);
                break;
            default:
                Pass(TimeSpan.FromSeconds(_random.NextDouble() * (_random.Next(2) == 0 ? 2 : 30)));
                break;
        }
    }

    private static IPAddress HomeOf(int number) => IPAddress.Parse($"2001:db8:200::5e00:{number}");

    private IPAddress CareOf(int number) => IPAddress.Parse($"2001:db8:100::5e{1 + _random.Next(CareOfAddresses)}:{number}");

    private Ipv6Signaling FromCareOf(int number) => new(CareOf(number), _agent) { HomeAddress = HomeOf(number) };

    private static Ipv6Signaling FromHome(int number) => new(HomeOf(number), _agent);

    /// <summary>One to three Binding Identifier options of the edition; none without one, and sometimes else.</summary>
    private List<Func<int, MobilityOption>> Identities(bool isRegistration, bool atHome = false)
    {
        var options = new List<Func<int, MobilityOption>>();
        var count = _edition == McoaEdition.None ? 0 : _random.Next(4);
        var overwrites = _random.Next(6) == 0;
        var isHome = atHome && _random.Next(4) > 0;
        for (var i = 0; i < count; i++)
        {
            var bid = (ushort)(1 + _random.Next(4));
            var hasAddress = isRegistration && _random.Next(4) > 0;
            var isOfHome = isHome && (i == 0 || _random.Next(2) == 0);
            options.Add(number =>
            {
                var careOf =
                    !hasAddress ? null
                    : isOfHome ? HomeOf(number)
                    : CareOf(number);
                return _edition == McoaEdition.Rfc5648
                    ? new BindingIdentifierOption(bid, BindingStatus.ACCEPTED, isHome, careOf)
                    : new BindingUniqueIdentifierOption(bid, BindingStatus.ACCEPTED, overwrites, isHome, careOf);
            });
        }
        return options;
    }

    private BindingUpdate Update(int number, ushort lifetimeUnits, List<Func<int, MobilityOption>>? identities = null)
    {
        var home = HomeOf(number);
        var sequence = _sequences[home] = (ushort)(_sequences.GetValueOrDefault(home, (ushort)65500) + 1);
        var flags = BindingUpdateFlags.Acknowledge | BindingUpdateFlags.HomeRegistration;
        var options = (identities ?? []).Select(option => option(number)).ToList();
        if (_random.Next(3) == 0)
        {
            flags |= BindingUpdateFlags.LinkLocalCompatibility;
        }
        if (number == 1 && lifetimeUnits > 0)
        {
            flags |= BindingUpdateFlags.MobileRouter;
            options.Add(new MobileNetworkPrefixOption(Ipv6Prefix.Parse($"2001:db8:4000:{number}::/64")));
        }
        if (_edition == McoaEdition.Rfc5648 && options.Count > 1 && _random.Next(4) == 0)
        {
            flags |= BindingUpdateFlags.BulkOverwrite;
        }
        if (_random.Next(2) == 0)
        {
            options.Add(
                new MobilityHeaderLinkLayerAddressOption(
                    MobilityHeaderLinkLayerAddressOption.MobileNodeCode,
                    new OctetString([2, 0x5e, 0, 0, 0, (byte)number])
                )
            );
        }
        return new BindingUpdate(sequence, flags, lifetimeUnits, new MobilityOptionList(options));
    }

    private void Send(int number, BindingUpdate update, Ipv6Signaling path, LinkId link)
    {
        Tell(
            $"MN{number} sends from {path.Source}: {update.SequenceNumber} {update.Flags} {update.Lifetime} "
                + $"{string.Join(", ", update.Options)}"
        );
        var signal = new RoleInput.Signal(path, link, path.Complete(update));
        _sent.Add(signal);
        Handle(signal);
    }

    private void EndTests(bool isUnique)
    {
        foreach (var test in _tests.ToList())
        {
            _tests.Remove(test);
            Tell($"{test.Address} is {(isUnique ? "unique" : "another node's")}");
            Handle(new RoleInput.AddressTested(test.Link, test.Address, isUnique));
        }
    }

    private void Pass(TimeSpan time)
    {
        Tell(string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F3} s pass"));
        var end = _time + time;
        while (_role.NextTimeout is { } next && next.Ticks <= end.Ticks)
        {
            _time = TimeSpan.FromTicks(Math.Max(_time.Ticks, next.Ticks));
            _role.HandleTimeout(Now);
            Take();
        }
        _time = end;
    }

    private void Handle(RoleInput input)
    {
        _role.Handle(input, Now);
        Take();
    }

    private void Take()
    {
        while (_role.TryTakeAction(out var action))
        {
            Tell($"  {action}");
            _asked.Record(action);
            if (action is RoleAction.TestAddress test)
            {
                _tests.Add(test);
            }
        }
    }

    private void Require()
    {
        var bindings = _role.Bindings;
        bindings.Where(binding => binding.EndsAt <= Now.Monotonic).Should().BeEmpty("a lifetime ends");
        _asked.Tunnels.Should().BeEquivalentTo(_asked.Used, "a tunnel is there while it is used");
        _asked.Routes.Select(route => route.To).Should().OnlyHaveUniqueItems("a prefix has one route");
        var careOfs = bindings.Where(binding => !binding.IsHome).Select(binding => (binding.Key.Home, binding.CareOf)).Distinct().ToList();
        _asked.Accepted.Should().BeEquivalentTo(careOfs, "the Home Address options of bindings are accepted");
        _asked.Optimized.Should().BeEquivalentTo(careOfs, "own packets go to the care-of addresses of bindings");
        for (var number = 1; number <= MobileNodes; number++)
        {
            RequirePaths(number, [.. bindings.Where(binding => binding.Key.Home.Equals(HomeOf(number)))]);
        }
    }

    private void RequirePaths(int number, IReadOnlyList<MobileBinding> bindings)
    {
        var home = HomeOf(number);
        List<IPAddress> careOfs = [.. bindings.Where(binding => !binding.IsHome).Select(binding => binding.CareOf).Distinct()];
        var routes = _asked.Routes.Where(route => route.To.Equals(IpPrefix.Of(home))).ToList();
        routes.Should().HaveCount(bindings.Count == 0 ? 0 : 1, "MN{0} has {1} bindings", number, bindings.Count);
        if (routes is [{ Target: var target }])
        {
            RecordedMobility
                .TunnelsOf(target)
                .Select(tunnel => tunnel.Remote)
                .Should()
                .BeEquivalentTo(careOfs, "they are those of MN{0}", number);
            var isAtHome = target is RouteTarget.OneOf { HomeLink: not null } or RouteTarget.OnLink;
            isAtHome.Should().Be(bindings.Any(binding => binding.IsHome), "MN{0} is at home by its binding", number);
        }
        if (careOfs.Count > 0 && !bindings.Any(binding => binding.IsHome))
        {
            _asked.Defended.Should().Contain(home, "MN{0} is away", number);
        }
        else if (bindings.Count == 0)
        {
            _asked.Defended.Should().NotContain(home, "MN{0} has no binding", number);
            _asked.Neighbors.Should().NotContainKey(home, "MN{0} has no binding", number);
        }
        _asked
            .Routes.Where(route => route.To.Equals((IpPrefix)Ipv6Prefix.Parse($"2001:db8:4000:{number}::/64")))
            .Should()
            .HaveCountLessThanOrEqualTo(careOfs.Count > 0 ? 1 : 0, "the network of MN{0} is behind its care-of addresses", number);
    }

    private void RequireNothing()
    {
        Require();
        _asked.Tunnels.Should().BeEmpty();
        _asked.Routes.Should().BeEmpty();
        _asked.Defended.Should().BeEmpty();
        _asked.Neighbors.Should().BeEmpty();
        _role.NextTimeout.Should().BeNull("nothing is to be done");
    }

    private void Tell(string step) => _steps.Add(string.Create(CultureInfo.InvariantCulture, $"{_time.TotalSeconds:F3} {step}"));
}
