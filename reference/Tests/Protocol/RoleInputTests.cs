using System.Net;
using System.Reflection;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>The list of inputs is closed, and both roles handle all inputs.</summary>
public class RoleInputTests
{
    public static TheoryData<Type> Kinds =>
        new(typeof(RoleInput).GetNestedTypes(BindingFlags.Public).Where(type => type.IsSubclassOf(typeof(RoleInput))));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryInput_IsKnownToBothRoles(Type kind)
    {
        var input = (RoleInput)Activator.CreateInstance(kind, [.. kind.GetConstructors()[0].GetParameters().Select(Argument)])!;

        new AnchorFixture().Role.Invoking(role => role.Handle(input)).Should().NotThrow();
        new GatewayFixture().Role.Invoking(role => role.Handle(input)).Should().NotThrow();
    }

    [Fact]
    public void Inputs_AreThoseOfTheContract() =>
        Kinds.Select(row => row.Data.Name).Should().BeEquivalentTo("Started", "Signal", "Icmp", "LinkUp", "LinkDown");

    private static object? Argument(ParameterInfo parameter) =>
        parameter.ParameterType switch
        {
            var type when type == typeof(IPAddress) => IPAddress.Parse("2001:db8:100::1"),
            var type when type == typeof(LinkId) => GatewayFixture.Link1,
            var type when type == typeof(MacAddress?) => GatewayFixture.Mac1,
            var type when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>([59, 0, 0]),
            var type when type == typeof(SignalingTransport) => new Ipv6Signaling(GatewayFixture.Anchor, GatewayFixture.Gateway),
            var type => throw new InvalidOperationException($"No example of {type} yet."),
        };
}
