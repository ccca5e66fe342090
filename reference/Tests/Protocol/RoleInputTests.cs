using System.Net;
using System.Reflection;
using FluentAssertions;
using Pmip.Protocol;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Protocol;

/// <summary>The lists of inputs and of what they contain are closed, and all roles handle every case.</summary>
public class RoleInputTests
{
    private static readonly byte[] _message = [59, 0, 0];
    private static readonly IPAddress _ipv4 = IPAddress.Parse("198.51.100.1");

    public static TheoryData<Type> Inputs => CasesOf(typeof(RoleInput));

    public static TheoryData<Type> AdministrativeActions => CasesOf(typeof(AdministrativeAction));

    public static TheoryData<SignalingTransport> Paths =>
        [
            new Ipv6Signaling(GatewayFixture.Anchor, GatewayFixture.Gateway),
            new Ipv6Signaling(GatewayFixture.Anchor, GatewayFixture.Gateway) { RoutedTo = GatewayFixture.Gateway },
            Ipv4UdpSignaling.Between(_ipv4, _ipv4),
            new Ipv4UdpIpv6Signaling(_ipv4, _ipv4, 1, 2, new Ipv6Signaling(GatewayFixture.Anchor, GatewayFixture.Gateway)),
        ];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void EveryInput_IsKnownToEveryRole(Type kind) => TellEveryRole((RoleInput)Create(kind));

    [Theory]
    [MemberData(nameof(AdministrativeActions))]
    public void EveryAdministrativeAction_IsKnownToEveryRole(Type kind) =>
        TellEveryRole(new RoleInput.Administer((AdministrativeAction)Create(kind)));

    [Theory]
    [MemberData(nameof(Paths))]
    public void SignalOverEveryPath_IsKnownToEveryRole(SignalingTransport path) =>
        TellEveryRole(
            new RoleInput.Signal(path, RoleDriver.Core, _message) { Protection = new SignalProtection(GatewayFixture.Anchor, 0x100) }
        );

    [Fact]
    public void Inputs_AreThoseOfTheContract() =>
        Inputs
            .Select(row => row.Data.Name)
            .Should()
            .BeEquivalentTo(
                "Started",
                "Signal",
                "Icmp",
                "UnverifiedHomeAddress",
                "Udp",
                "AddressTested",
                "PathMtuChanged",
                "Administer",
                "LinkUp",
                "LinkDown",
                "AddressUsable",
                "AddressGone",
                "DefaultRouter",
                "TunnelledPacket"
            );

    private static void TellEveryRole(RoleInput input)
    {
        new AnchorFixture().Role.Invoking(role => role.Handle(input)).Should().NotThrow();
        new GatewayFixture().Role.Invoking(role => role.Handle(input)).Should().NotThrow();
        new HomeAgentFixture().Role.Invoking(role => role.Handle(input)).Should().NotThrow();
        new CorrespondentFixture().Role.Invoking(role => role.Handle(input)).Should().NotThrow();
    }

    private static TheoryData<Type> CasesOf(Type union) =>
        new(union.GetNestedTypes(BindingFlags.Public).Where(type => type.IsSubclassOf(union)));

    private static object Create(Type kind) =>
        Activator.CreateInstance(kind, [.. kind.GetConstructors()[0].GetParameters().Select(Argument)])!;

    private static object? Argument(ParameterInfo parameter) =>
        parameter.ParameterType switch
        {
            var type when type == typeof(IPAddress) => GatewayFixture.Anchor,
            var type when type == typeof(LinkId) => GatewayFixture.Link1,
            var type when type == typeof(MacAddress?) => GatewayFixture.Mac1,
            var type when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(_message),
            var type when type == typeof(SignalingTransport) => new Ipv6Signaling(GatewayFixture.Anchor, GatewayFixture.Gateway),
            var type when type == typeof(UdpPath) => new UdpPath(_ipv4, UdpPort.DhcpClient, IPAddress.Broadcast, UdpPort.DhcpServer),
            var type when type == typeof(MobileNodeIdentifierOption) => MobileNodeIdentifierOption.ForNai("mn1@dynamic.pmip.example"),
            var type when type == typeof(AdministrativeAction) => new AdministrativeAction.EnableRegistration(
                MobileNodeIdentifierOption.ForNai("mn1@dynamic.pmip.example")
            ),
            var type when type == typeof(Ipv6Prefix) => GatewayFixture.Prefix,
            var type when type == typeof(IpPrefix) => IpPrefix.Parse("2001:db8:8000::/64"),
            var type when type == typeof(Tunnel) => new Tunnel(GatewayFixture.Gateway, GatewayFixture.Anchor),
            var type when type == typeof(string) => "text",
            var type when type == typeof(bool) => false,
            var type when type == typeof(uint) => 1400u,
            var type => throw new InvalidOperationException($"No example of {type} yet."),
        };
}
