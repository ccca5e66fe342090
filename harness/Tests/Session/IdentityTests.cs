using Conformance.Harness.Tests.Beds;
using Conformance.Testing.Bed;
using Conformance.Testing.Session;
using FluentAssertions;
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
    public void Node_HasTheProvisionedPrefixesOfItsKind(string kind, string expected)
    {
        var identity = Of(
            kind,
            Sessions.Ixit() with
            {
                ProvisionedPrefixes = ["2001:db8:8000:{n}::/64", "2001:db8:9000:{n}::/64", "2001:db8:a000:{n}::/64"],
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

    private static Identity Of(string kind, Ixit ixit)
    {
        var bed = new ScriptedBed(Sessions.Facts() with { Ixit = ixit });
        bed.Identities.Enqueue((31, ScriptedBed.Start));
        var session = Sessions.On(bed);
        var node = session.Nodes.Named("MN1");
        node.Is(kind);
        session.Nodes.Bind(node);
        return node.Identity;
    }
}
