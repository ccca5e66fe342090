using System.Globalization;
using System.Net;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.MobileIpv6;
using Pmip.Reference.Tests.Protocol;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// One random walk of a correspondent node: a mobile node registers, repeats and removes care-of addresses, with tokens that are new or
/// old, and lifetimes end. After each step the correspondent serves the care-of addresses of its bindings, and no others.
/// </summary>
internal sealed class CorrespondentWalk
{
    private const int Steps = 60;
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(40);
    private static readonly IPAddress[] _careOfs =
    [
        CorrespondentFixture.CareOf1,
        CorrespondentFixture.CareOf2,
        CorrespondentFixture.CareOf3,
    ];

    private readonly Random _random;
    private readonly McoaEdition _edition;
    private readonly CorrespondentFixture _correspondent;
    private readonly RecordedMobility _asked = new();
    private readonly List<TestRegistration> _sent = [];
    private readonly List<string> _steps = [];
    private ushort _sequence = 65500;

    public CorrespondentWalk(int seed)
    {
        _random = new Random(seed);
        _edition = (McoaEdition)_random.Next(3);
        _correspondent = new CorrespondentFixture(
            _edition,
            settings =>
                settings with
                {
                    MaximumLifetime = _lifetime,
                    RefreshRequestBefore = _random.Next(2) == 0 ? TimeSpan.FromSeconds(5) : null,
                },
            new Random(seed)
        );
        Tell($"{_edition}");
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

        Pass(_lifetime);
        _correspondent.Bindings.Should().BeEmpty("all lifetimes have ended");
        Require();
    }

    private void Step()
    {
        switch (_random.Next(9))
        {
            case 0 or 1 or 2 or 3:
                Send(Update((ushort)_random.Next(1, 11)));
                break;
            case 4:
                Send(Update(lifetimeUnits: 0));
                break;
            case 5 when _sent.Count > 0:
                Send(_sent[_random.Next(_sent.Count)]);
                break;
            case 6:
                Tell("new tokens");
                _correspondent.ForgetTokens();
                break;
            default:
                Pass(TimeSpan.FromSeconds(_random.NextDouble() * (_random.Next(2) == 0 ? 2 : 100)));
                break;
        }
    }

    private TestRegistration Update(ushort lifetimeUnits)
    {
        var careOf = CareOf;
        var options = new List<MobilityOption>();
        for (var count = _edition == McoaEdition.None ? 0 : _random.Next(3); count > 0; count--)
        {
            var hasAddress = lifetimeUnits > 0 && _random.Next(2) == 0;
            options.Add(_correspondent.Bid((ushort)(1 + _random.Next(4)), hasAddress ? careOf : null, overwrites: _random.Next(6) == 0));
        }
        return new TestRegistration
        {
            Source = lifetimeUnits == 0 && _random.Next(2) == 0 ? CorrespondentFixture.Home : careOf,
            SequenceNumber = ++_sequence,
            LifetimeUnits = lifetimeUnits,
            Options = options,
        };
    }

    private IPAddress CareOf => _careOfs[_random.Next(_careOfs.Length)];

    private void Send(TestRegistration update)
    {
        Tell($"{update} {string.Join(", ", update.Options)}");
        _sent.Add(update);
        Take(_correspondent.Send(update));
    }

    private void Pass(TimeSpan time)
    {
        Tell(string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F3} s pass"));
        Take(_correspondent.Role.Advance(time));
    }

    private void Take(IReadOnlyList<RoleAction> actions)
    {
        foreach (var action in actions)
        {
            Tell($"  {action}");
            _asked.Record(action);
        }
    }

    private void Require()
    {
        var careOfs = _correspondent.Bindings.Values.Distinct().Select(careOf => (CorrespondentFixture.Home, careOf)).ToList();
        _asked.Accepted.Should().BeEquivalentTo(careOfs, "the Home Address options of bindings are accepted");
        _asked.Optimized.Should().BeEquivalentTo(careOfs, "own packets go to the care-of addresses of bindings");
    }

    private void Tell(string step) =>
        _steps.Add(string.Create(CultureInfo.InvariantCulture, $"{_correspondent.Role.Elapsed.TotalSeconds:F3} {step}"));
}
