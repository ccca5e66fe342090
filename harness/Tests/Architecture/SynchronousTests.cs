using System.Reflection;
using System.Runtime.CompilerServices;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Architecture;

/// <summary>A scenario's thread is the pump, and a node has one loop: roles, nodes, tester and steps have no asynchronous code.</summary>
public sealed class SynchronousTests
{
    public static TheoryData<Assembly> Assemblies() =>
        [
            typeof(Pmip.Wire.MobilityMessage).Assembly,
            typeof(Pmip.Protocol.IRole).Assembly,
            typeof(Pmip.Linux.PacketPort).Assembly,
            typeof(Pmip.Node.Configuration.NodeConfiguration).Assembly,
            typeof(Testing.Engine.ScenarioEngine).Assembly,
            typeof(Steps.Arguments).Assembly,
        ];

    [Theory]
    [MemberData(nameof(Assemblies), DisableDiscoveryEnumeration = true)]
    public void SynchronousAssemblies_HaveNoAsyncMethod(Assembly assembly) =>
        assembly
            .GetTypes()
            .SelectMany(type =>
                type.GetMethods(
                    BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            .Where(method =>
                method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null
                || method.GetCustomAttribute<AsyncIteratorStateMachineAttribute>() is not null
            )
            .Should()
            .BeEmpty();
}
