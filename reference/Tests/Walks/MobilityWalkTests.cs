using System.Globalization;
using FluentAssertions;
using Pmip.Protocol.MobileIpv6;
using Xunit;

namespace Pmip.Reference.Tests.Walks;

/// <summary>
/// Three hundred random walks of a home agent, of a correspondent node, and of a mobile node between both. A walk that fails says its seed;
/// <c>PMIP_WALK_SEED=17</c> walks that one alone, and
/// <c>PMIP_WALKS=100000</c> more.
/// </summary>
public sealed class MobilityWalkTests
{
    private const int Parts = 5;

    private static readonly Dictionary<string, Func<HomeAgentRules, HomeAgentRules>> _faults = new(StringComparer.Ordinal)
    {
        ["a tunnel is there while it is used"] = rules => rules with { Forwarding = rules.Forwarding.Without("TunnelsReleased") },
        ["a lifetime ends"] = rules => rules with { EndOfBinding = rules.EndOfBinding.Without("BindingRemoved") },
        ["the Home Address options of bindings"] = rules =>
            rules with
            {
                Forwarding = rules.Forwarding.Without("HomeAddressOptionAccepted"),
            },
        ["own packets go to"] = rules => rules with { Forwarding = rules.Forwarding.Without("OwnPacketsRouted") },
        ["is away"] = rules => rules with { Forwarding = rules.Forwarding.Without("AddressesDefended") },
        ["all mobile nodes have come home"] = rules => rules with { DeRegistration = rules.DeRegistration.Without("BindingsRemoved") },
    };

    private static readonly Dictionary<string, Func<MobileNodeRules, MobileNodeRules>> _faultsOfMobileNodes = new(StringComparer.Ordinal)
    {
        ["the home agent has what the links ask for"] = rules => rules with { RefreshDue = rules.RefreshDue.Without("BindingRefreshed") },
        ["the correspondent answers"] = rules => rules with { Forwarding = rules.Forwarding.Without("HomeAddressUsedAtHome") },
        ["routes are not optimized"] = rules =>
            rules with
            {
                CorrespondentPacket = rules.CorrespondentPacket.Without("RouteOptimizationWanted"),
            },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Walk_KeepsTheInvariants(int part)
    {
        foreach (var seed in Seeds(part))
        {
            Take(seed, fault: null);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void WalkOfACorrespondent_KeepsTheInvariants(int part)
    {
        foreach (var seed in Seeds(part))
        {
            var walk = new CorrespondentWalk(seed);
            Take(seed, walk.Run, () => walk.Story);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void WalkOfAMobileNode_KeepsTheInvariants(int part)
    {
        foreach (var seed in Seeds(part))
        {
            var walk = new MobileNodeWalk(seed);
            Take(seed, walk.Run, () => walk.Story);
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

    [Theory]
    [MemberData(nameof(InvariantsOfMobileNodes))]
    public void WalkOfAMobileNode_FindsAFault(string invariant)
    {
        var walks = () =>
        {
            for (var seed = 1; seed <= 100; seed++)
            {
                var walk = new MobileNodeWalk(seed, _faultsOfMobileNodes[invariant]);
                Take(seed, walk.Run, () => walk.Story);
            }
        };

        walks.Should().Throw<InvalidOperationException>().WithMessage($"PMIP_WALK_SEED=*{invariant}*");
    }

    public static IEnumerable<TheoryDataRow<string>> InvariantsOfMobileNodes() =>
        _faultsOfMobileNodes.Keys.Select(invariant => new TheoryDataRow<string>(invariant));

    public static IEnumerable<TheoryDataRow<string>> Invariants() => _faults.Keys.Select(invariant => new TheoryDataRow<string>(invariant));

    public static IEnumerable<TheoryDataRow<int>> Numbers() => Enumerable.Range(0, Parts).Select(part => new TheoryDataRow<int>(part));

    private static void Take(int seed, Func<HomeAgentRules, HomeAgentRules>? fault)
    {
        var walk = new MobilityWalk(seed, fault);
        Take(seed, walk.Run, () => walk.Story);
    }

    private static void Take(int seed, Action walk, Func<string> story)
    {
        try
        {
            walk();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"PMIP_WALK_SEED={seed}: {e.Message}\n{story()}", e);
        }
    }

    private static IEnumerable<int> Seeds(int part)
    {
        if (Number("PMIP_WALK_SEED") is { } seed)
        {
            return part == 0 ? [seed] : [];
        }

        return Enumerable.Range(1, Number("PMIP_WALKS") ?? 300).Where(known => known % Parts == part);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
