using FluentAssertions;
using Pmip.Protocol;
using Pmip.Protocol.Stack;
using Pmip.Wire;
using Xunit;
using static Pmip.Reference.Tests.Stack.ExampleNodes;

namespace Pmip.Reference.Tests.Stack;

/// <summary>Nodes that forward by other rules than the default ones.</summary>
public sealed class ForwardingRulesTests
{
    private static readonly Ipv6Packet _expiring = Echo(MnAddress, CnAddress) with { HopLimit = 1 };

    [Fact]
    public void WithoutHopLimit_APacketIsForwardedUntilItIsZero()
    {
        var network = Gateway(rules => rules with { Departure = rules.Departure.Without("HopLimit") });

        network.Inject("access", MagAccessMac, _expiring);

        network.Tunnelled("core").Should().ContainSingle().Which.Payload.Span[7].Should().Be(0);
        network.Icmp<TimeExceeded>("access").Should().BeEmpty();
    }

    [Fact]
    public void RuleThatStops_WithoutAnError_DropsThePacketInSilence()
    {
        var network = Gateway(rules => rules with { Departure = rules.Departure.Replacing("HopLimit", _ => RuleOutcome.Stop) });

        network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress));

        network.Tunnelled("core").Should().BeEmpty();
        network.On("access").Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ADepartingPacket_ShowsWhetherItComesOutOfATunnelOrEntersOne(bool isOutOfTunnel)
    {
        var seen = new List<(bool, bool, uint?)>();
        var network = Gateway(rules =>
            rules with
            {
                Departure = rules.Departure.Replacing(
                    "HopLimit",
                    forwarded =>
                    {
                        seen.Add((forwarded.IsOutOfTunnel, forwarded.EntersTunnel, forwarded.Mtu));
                        return RuleOutcome.Stop;
                    }
                ),
            }
        );

        if (isOutOfTunnel)
        {
            network.Inject("core", MagCoreMac, Wrap(LmaAddress, MagAddress, Echo(CnAddress, MnAddress)));
        }
        else
        {
            network.Inject("access", MagAccessMac, Echo(MnAddress, CnAddress));
        }

        seen.Should().Equal((isOutOfTunnel, !isOutOfTunnel, isOutOfTunnel ? 1500u : 1460u));
    }

    [Fact]
    public void WithoutScope_APacketFromALinkLocalAddressIsForwarded()
    {
        var network = Gateway(
            rules => rules with { Arrival = rules.Arrival.Without("Scope") },
            new RoleAction.AddRoute(
                new Route(Ipv6Prefix.AllZero, new RouteTarget.IntoTunnel(MagTunnel)) { From = Ipv6Prefix.Parse("fe80::/10") }
            )
        );

        network.Inject("access", MagAccessMac, Echo(MnMac.LinkLocalAddress(), CnAddress));

        network.Tunnelled("core").Should().ContainSingle();
    }

    [Fact]
    public void RuleOfTheTunnelExit_KnowsThePacketAndItsTunnel()
    {
        var seen = new List<string>();
        var network = Gateway(rules =>
            rules with
            {
                TunnelExit = rules.TunnelExit.InsertingBefore(
                    "AccessLink",
                    new(
                        "6.10.5",
                        "Seen",
                        tunnelled =>
                        {
                            seen.Add(
                                $"{tunnelled.Link} {tunnelled.Tunnel} {tunnelled.Outer.Source} {tunnelled.Inner?.Source} "
                                    + $"{tunnelled.HasAccessLinks} {tunnelled.LeadsToAccessLink(MnAddress)} "
                                    + $"{tunnelled.LeadsToAccessLink(CnAddress)} {tunnelled.MayComeFrom(CnAddress)}"
                            );
                            return tunnelled.Drop("Seen", "enough");
                        }
                    )
                ),
            }
        );

        network.Inject("core", MagCoreMac, Wrap(LmaAddress, MagAddress, Echo(CnAddress, MnAddress)));

        seen.Should().Equal($"core {MagTunnel} {LmaAddress} {CnAddress} True True False True");
        network.On("access").Should().BeEmpty();
    }

    private static VirtualNetwork Gateway(Func<ForwardingRules, ForwardingRules> change, params IReadOnlyList<RoleAction> actions)
    {
        var network = new VirtualNetwork();
        network.Add(Mag with { Forwarding = change(ForwardingRules.Default) }, MagRole().Ask([.. actions]));
        network.Add(Host("LMA", Core, LmaCoreMac, LmaAddress, MagAddress));
        network.Add(Mn);
        return network;
    }
}
