using System.Collections;
using System.Net;
using System.Reflection;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

public class RuleListTests
{
    private readonly RuleList<List<string>> _rules = new(Rule("A"), Rule("B"), Rule("C"));

    private static readonly Dictionary<string, object> _roles = new()
    {
        ["LMA"] = LocalMobilityAnchorRules.Default,
        ["LMA of RFC 5844"] = Ipv4Rules.Rfc5844(LocalMobilityAnchorRules.Default),
        ["LMA of draft -04"] = Ipv4Rules.Draft04(LocalMobilityAnchorRules.Default),
        ["LMA of draft -02"] = Ipv4Rules.Draft02(LocalMobilityAnchorRules.Default),
        ["MAG"] = MobileAccessGatewayRules.Default,
    };

    /// <summary>Every rule of both roles, of an LMA also in the editions of IPv4 support: role, list and name.</summary>
    public static TheoryData<string, string, string> AllRules()
    {
        var rules = new TheoryData<string, string, string>();
        foreach (var (name, role) in _roles)
        {
            foreach (var list in ListsOf(role))
            {
                foreach (var rule in (IEnumerable)list.GetValue(role)!)
                {
                    rules.Add(name, list.Name, NameOf(rule));
                }
            }
        }

        return rules;
    }

    [Fact]
    public void Apply_GoesThroughTheRulesInOrder_UntilOneStops()
    {
        Applied(_rules).Should().Equal("A", "B", "C");
        Applied(_rules.Replacing("B", _ => RuleOutcome.Stop)).Should().Equal("A");
    }

    [Fact]
    public void Changes_GiveAnotherList_AndLeaveTheFirstAsItWas()
    {
        Applied(_rules.Without("B")).Should().Equal("A", "C");
        Applied(_rules.Swapping("A", "C")).Should().Equal("C", "B", "A");
        Applied(_rules.InsertingBefore("B", Rule("X"))).Should().Equal("A", "X", "B", "C");
        Applied(_rules).Should().Equal("A", "B", "C");
    }

    [Fact]
    public void UnknownName_IsRefusedWithTheKnownOnes()
    {
        var changes = new Action[]
        {
            () => _rules.Without("b"),
            () => _rules.Replacing("b", _ => RuleOutcome.Stop),
            () => _rules.Swapping("A", "b"),
            () => _rules.InsertingBefore("b", Rule("X")),
        };

        foreach (var change in changes)
        {
            change.Should().Throw<ArgumentException>().WithMessage("There is no rule 'b'. The rules of this section are: A, B, C.*");
        }
    }

    [Fact]
    public void NameThatIsTaken_IsRefused() =>
        _rules
            .Invoking(rules => rules.InsertingBefore("A", Rule("C")))
            .Should()
            .Throw<ArgumentException>()
            .WithMessage("Two rules are named 'C'.*");

    [Theory]
    [MemberData(nameof(AllRules))]
    public void EveryRule_CanBeRemoved_AndTheRoleStillWorks(string role, string list, string rule)
    {
        switch (Without(_roles[role], list, rule))
        {
            case MobileAccessGatewayRules gateway:
                Exercise(new GatewayFixture(rules: gateway));
                break;
            case LocalMobilityAnchorRules { Ipv4: null } anchor:
                Exercise(new AnchorFixture(rules: anchor));
                break;
            case LocalMobilityAnchorRules anchor:
                Exercise(new AnchorFixture(Ipv4Anchor.Settings, anchor));
                break;
        }
    }

    [Fact]
    public void Deviation_InOneRule_ShowsInTheMessage()
    {
        var rules = LocalMobilityAnchorRules.Default;
        var anchor = new AnchorFixture(rules: rules with { Acknowledgement = rules.Acknowledgement.Without("HandoffIndicatorEchoed") });

        anchor.Ask(AnchorFixture.Valid).Options.Has<HandoffIndicatorOption>().Should().BeFalse();
    }

    private static void Exercise(AnchorFixture anchor)
    {
        foreach (
            var update in (TestUpdate[])
                [
                    AnchorFixture.Valid,
                    AnchorFixture.Valid with
                    {
                        Source = AnchorFixture.Mag2,
                    },
                    AnchorFixture.Valid with
                    {
                        Nai = null,
                    },
                    AnchorFixture.Valid with
                    {
                        Nai = "mn1@unknown.pmip.example",
                    },
                    AnchorFixture.Valid with
                    {
                        Prefixes = [],
                        Handoff = null,
                        Technology = null,
                    },
                    AnchorFixture.Valid with
                    {
                        HasTimestamp = false,
                        LinkLayerIdentifier = null,
                        Handoff = HandoffIndicator.HandoffStateUnknown,
                    },
                    AnchorFixture.Valid with
                    {
                        Source = AnchorFixture.Mag2,
                        LifetimeUnits = 0,
                    },
                    .. Ipv4Updates(),
                ]
        )
        {
            anchor.Send(update);
        }

        anchor.Role.Advance(TimeSpan.FromHours(2));
    }

    /// <summary>Requests with the options of RFC 5844 and of the drafts.</summary>
    private static IEnumerable<TestUpdate> Ipv4Updates()
    {
        var node = AnchorFixture.Valid with { Nai = "mn4@dynamic.pmip.example" };
        foreach (var address in new[] { Ipv4Anchor.Any, Ipv4Anchor.First, Ipv4Anchor.Foreign })
        {
            var update = node.Asking(address);
            var both = update with { Extra = [.. update.Extra, new Ipv4HomeAddressOption(IPAddress.Parse(address), 0, false)] };
            yield return both;
            yield return both with
            {
                Prefixes = [],
                Source = AnchorFixture.Mag2,
            };
            yield return both with
            {
                Extra = [.. both.Extra, .. both.Extra],
            };
            yield return both with
            {
                Prefixes = [],
                Source = AnchorFixture.Mag2,
                LifetimeUnits = 0,
            };
        }
    }

    private static void Exercise(GatewayFixture gateway)
    {
        gateway.Solicit();
        gateway.Answer(BindingStatus.ACCEPTED);
        gateway.Role.Advance(TimeSpan.FromSeconds(301));
        gateway.Answer(BindingStatus.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
        gateway.Answer(BindingStatus.ACCEPTED);
        gateway.Role.Handle(new RoleInput.LinkDown(GatewayFixture.Link1));
        gateway.Role.Advance(TimeSpan.FromSeconds(100));
    }

    private static object Without(object rules, string list, string rule)
    {
        var copy = rules.GetType().GetMethod("<Clone>$")!.Invoke(rules, null)!;
        var property = rules.GetType().GetProperty(list)!;
        property.SetValue(copy, property.PropertyType.GetMethod("Without")!.Invoke(property.GetValue(rules), [rule]));
        return copy;
    }

    private static IEnumerable<PropertyInfo> ListsOf(object rules) =>
        rules
            .GetType()
            .GetProperties()
            .Where(property =>
                property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(RuleList<>)
            );

    private static string NameOf(object rule) => (string)rule.GetType().GetProperty("Name")!.GetValue(rule)!;

    private static List<string> Applied(RuleList<List<string>> rules)
    {
        var applied = new List<string>();
        rules.Apply(applied);
        return applied;
    }

    private static NamedRule<List<string>> Rule(string name) =>
        new(
            "0",
            name,
            applied =>
            {
                applied.Add(name);
                return RuleOutcome.Continue;
            }
        );
}
