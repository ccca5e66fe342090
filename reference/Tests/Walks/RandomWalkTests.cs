using System.Globalization;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// A thousand random walks. A walk that fails says its seed; <c>PMIP_WALK_SEED=17</c> walks that one alone, and <c>PMIP_WALKS=100000</c>
/// more.
/// </summary>
public sealed class RandomWalkTests
{
    private const int Parts = 10;

    private static readonly Dictionary<string, WalkFault> _faults = new(StringComparer.Ordinal)
    {
        ["a prefix is of one session"] = Anchor(rules =>
            rules with
            {
                InitialRegistration = rules.InitialRegistration.Replacing("PrefixesAllocated", TheFirstPrefix),
            }
        ),
        ["is at MAG"] = Anchor(rules => rules with { DeRegistration = rules.DeRegistration.Without("OtherCareOfAddressIgnored") }),
        ["a tunnel is there while it is used"] = Anchor(rules =>
            rules with
            {
                EndOfSession = rules.EndOfSession.Without("TunnelReleased"),
            }
        ),
        ["it is removed"] = Anchor(rules => rules with { EndOfSession = rules.EndOfSession.Without("RoutesRemoved") }),
        ["only the MAG of"] = Gateway(rules =>
            rules with
            {
                StartOfDeRegistration = rules.StartOfDeRegistration.InsertingBefore(
                    "AlreadyDeRegistering",
                    new("6.9.1.4(1)", "DepartureUnnoticed", _ => RuleOutcome.Stop)
                ),
            }
        ),
        ["all mobile nodes have left their links"] = Gateway(rules =>
            rules with
            {
                EndOfAttachment = rules.EndOfAttachment.Without("EntryRemoved"),
            }
        ),
        ["is delivered once"] = new() { RepeatsData = true },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Walk_KeepsTheInvariants(int part)
    {
        foreach (var seed in Seeds(part))
        {
            Take(seed, new WalkFault());
        }
    }

    [Theory]
    [MemberData(nameof(Invariants))]
    public void Walk_FindsAFault(string invariant)
    {
        var walks = () =>
        {
            for (var seed = 1; seed <= 100; seed++)
            {
                Take(seed, _faults[invariant]);
            }
        };

        walks.Should().Throw<InvalidOperationException>().WithMessage($"PMIP_WALK_SEED=*{invariant}*");
    }

    public static IEnumerable<TheoryDataRow<string>> Invariants() => _faults.Keys.Select(invariant => new TheoryDataRow<string>(invariant));

    private static void Take(int seed, WalkFault fault)
    {
        var walk = new Walk(seed, fault);
        try
        {
            walk.Run();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"PMIP_WALK_SEED={seed}: {e.Message}\n{walk.Story}", e);
        }
    }

    private static WalkFault Anchor(Func<LocalMobilityAnchorRules, LocalMobilityAnchorRules> change) => new() { Lma = change };

    private static WalkFault Gateway(Func<MobileAccessGatewayRules, MobileAccessGatewayRules> change) => new() { Mag = change };

    private static RuleOutcome TheFirstPrefix(RegistrationRequest request)
    {
        request.AssignedPrefixes = [new Ipv6Prefix(request.Anchor.Settings.PrefixPool.Network, 64)];
        return RuleOutcome.Continue;
    }

    public static IEnumerable<TheoryDataRow<int>> Numbers() => Enumerable.Range(0, Parts).Select(part => new TheoryDataRow<int>(part));

    private static IEnumerable<int> Seeds(int part)
    {
        if (Number("PMIP_WALK_SEED") is { } seed)
        {
            return part == 0 ? [seed] : [];
        }

        return Enumerable.Range(1, Number("PMIP_WALKS") ?? 1000).Where(known => known % Parts == part);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
