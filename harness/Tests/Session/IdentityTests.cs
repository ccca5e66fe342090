using System.Net;
using Conformance.Harness.Tests.Beds;
using Conformance.TestBeds;
using Conformance.Testing.Bed;
using Conformance.Testing.Peers;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Conformance.Harness.Tests.Session;

/// <summary>The identities that mobile nodes get from the patterns of an IXIT.</summary>
public sealed class IdentityTests
{
    [Theory]
    [InlineData("dynamic", "2001:db8:8000:1f::/64")]
    [InlineData("two-prefix", "2001:db8:8000:1f::/64 2001:db8:9000:1f::/64")]
    [InlineData("disabled", "2001:db8:8000:1f::/64")]
    [InlineData("unknown", "")]
    [InlineData(Ixit.StaticKind, "2001:db8:8000:1f::/64 2001:db8:8001:1f::/64")]
    [InlineData(Ixit.FixedPrefixKind, "2001:db8:8000:fff0::/64")]
    public void Node_HasTheProvisionedPrefixesOfItsKind(string kind, string expected)
    {
        var identity = Of(
            kind,
            Sessions.Ixit() with
            {
                FixedPrefix = Ipv6Prefix.Parse("2001:db8:8000:fff0::/64"),
                ProvisionedPrefixes = ["2001:db8:8000:{n}::/64", "2001:db8:9000:{n}::/64", "2001:db8:a000:{n}::/64"],
                StaticPrefixes = ["2001:db8:8000:{n}::/64", "2001:db8:8001:{n}::/64"],
            }
        );

        string.Join(' ', identity.ProvisionedPrefixes).Should().Be(expected);
    }

    [Fact]
    public void Node_OfAnImplementationThatAssignsPrefixes_HasNone() =>
        Of("dynamic", Sessions.Ixit()).ProvisionedPrefixes.Should().BeEmpty();

    [Fact]
    public void Identifier_CanBeTheNumberOfTheNode() =>
        Of("dynamic", Sessions.Ixit() with { IdentifierPattern = "user{n}@{kind}.example" })
            .Identifier.Should()
            .Be("user31@dynamic.example");

    [Theory]
    [InlineData("dynamic", "02:5e:00:00:00:1f", "02:5e:00:00:00:1f")]
    [InlineData(Ixit.StaticKind, "02:5e:00:04:00:1f", "02:5e:00:04:00:1f")]
    [InlineData(Ixit.TemporaryKind, "02:5e:00:07:00:1f", "02:5e:00:87:00:1f")]
    public void LinkLayerAddress_HasTheNumberOfTheKind_AndChangesWithTheTemporaryIdentity(string kind, string first, string second)
    {
        var (nodes, node) = Bound(kind, Sessions.Ixit() with { LinkLayerPattern = "02:5e:00:{kind}:{n}" });
        var (identifier, addresses) = (node.Identity.Identifier, new List<string> { node.Identity.LinkLayer.ToString() });
        for (var i = 0; i < 2; i++)
        {
            nodes.ChangeTemporaryIdentity(node);
            addresses.Add(node.Identity.LinkLayer.ToString());
        }

        addresses.Should().Equal(first, second, first);
        node.Identity.Identifier.Should().Be(identifier);
        nodes.With(MacAddress.Parse(first).ToArray()).Should().BeSameAs(node);
        nodes.With(MacAddress.Parse("02:5e:00:7f:00:1f").ToArray()).Should().BeNull();
    }

    /// <summary>The identifier is that of both interfaces; the link-layer address decides if the message has one.</summary>
    [Theory]
    [InlineData("025e0000ee01", true, false)]
    [InlineData("025e0000ee02", false, true)]
    [InlineData("025e0000ee03", false, false)]
    [InlineData(null, true, true)]
    public void Interface_IsIdentifiedByItsLinkLayerAddress(string? linkLayer, bool first, bool second)
    {
        var nodes = Sessions.On(new ScriptedBed(Sessions.Facts() with { Ixit = _withInterfaces })).Nodes;
        var (one, other) = (nodes.Named("MN1"), nodes.Named("MN2"));
        nodes.BindToInterfaces(one, other);
        var update = new BindingUpdate(
            1,
            BindingUpdateFlags.ProxyRegistration,
            1,
            new MobilityOptionList([
                MobileNodeIdentifierOption.ForNai("many@example"),
                .. linkLayer is null
                    ? (MobilityOption[])[]
                    : [new MobileNodeLinkLayerIdentifierOption(new OctetString(Convert.FromHexString(linkLayer)))],
            ])
        );
        var message = Packet.Of(new Frame(Ports.Core, Direction.Received, 1, default, Messages.Mobility(_mag, _lma, update))).Mobility!;

        (one.IsIdentifiedBy(message), other.IsIdentifiedBy(message)).Should().Be((first, second));
        nodes
            .Identified(message)
            .Should()
            .BeSameAs(
                second ? other
                : first ? one
                : null
            );
    }

    [Fact]
    public void Interfaces_NeedANodeThatHasThem_AndNodesWithoutIdentity()
    {
        Binding(Sessions.Ixit(), "MN1", "MN2").Should().Throw<ScenarioFaultException>();
        Binding(_withInterfaces, "MN1", "MN2", "MN3").Should().Throw<ScenarioFaultException>();
        Binding(_withInterfaces, "MN1", "MN2").Should().NotThrow();

        static Action Binding(Ixit ixit, params string[] names)
        {
            var nodes = Sessions.On(new ScriptedBed(Sessions.Facts() with { Ixit = ixit })).Nodes;
            return () => nodes.BindToInterfaces([.. names.Select(nodes.Named)]);
        }
    }

    /// <summary>Only the MAGs, which the tester plays, know the interfaces of a mobile node behind them.</summary>
    [Fact]
    public void Interfaces_BehindEmulatedGateways_AreThoseOfAnyMobileNode()
    {
        var bed = new ScriptedBed(Sessions.Facts() with { Ixit = Sessions.Ixit() with { Domain = ReferenceDomains.Lma } });
        bed.Identities.Enqueue((31, ScriptedBed.Start));
        var nodes = Sessions.On(bed).Nodes;
        var (one, other) = (nodes.Named("MN1"), nodes.Named("MN2"));

        nodes.BindToInterfaces(one, other);

        one.Identity.Identifier.Should().Be("025e0000001f@dynamic.pmip.example").And.Be(other.Identity.Identifier);
        (one.Identity.Number, other.Identity.Number).Should().Be((31, 31));
        one.Identity.LinkLayer.Should().Be(MacAddress.Parse("02:5e:00:00:00:1f"));
        other.Identity.LinkLayer.Should().Be(MacAddress.Parse("02:5e:00:01:00:1f"));
        new[] { one, other }.Should().OnlyContain(node => node.Identity.IsOneOfSeveral);
        nodes.Invoking(known => known.BindToInterfaces(one, other)).Should().Throw<ScenarioFaultException>();
    }

    [Fact]
    public void SecondInterface_HasThePrefixesOfItsProfile_AndTheFirstNone()
    {
        var prefix = Ipv6Prefix.Parse("2001:db8:8001:ffff::/64");
        var ixit = _withInterfaces with { Multihomed = _withInterfaces.Multihomed! with { StaticPrefix = prefix } };
        var nodes = Sessions.On(new ScriptedBed(Sessions.Facts() with { Ixit = ixit })).Nodes;

        nodes.BindToInterfaces(nodes.Named("MN1"), nodes.Named("MN2"));

        nodes.Named("MN1").Identity.ProvisionedPrefixes.Should().BeEmpty();
        nodes.Named("MN2").Identity.ProvisionedPrefixes.Should().Equal(prefix);
    }

    private static readonly IPAddress _mag = IPAddress.Parse("2001:db8:100::a1"),
        _lma = IPAddress.Parse("2001:db8:100::1");

    private static readonly Ixit _withInterfaces = Sessions.Ixit() with
    {
        Multihomed = new("many@example", [MacAddress.Parse("02:5e:00:00:ee:01"), MacAddress.Parse("02:5e:00:00:ee:02")]),
    };

    private static Identity Of(string kind, Ixit ixit) => Bound(kind, ixit).Node.Identity;

    private static (MobileNodes Nodes, MobileNode Node) Bound(string kind, Ixit ixit)
    {
        var bed = new ScriptedBed(Sessions.Facts() with { Ixit = ixit });
        bed.Identities.Enqueue((31, ScriptedBed.Start));
        var session = Sessions.On(bed);
        var node = session.Nodes.Named("MN1");
        node.Is(kind);
        session.Nodes.Bind(node);
        return (session.Nodes, node);
    }
}
