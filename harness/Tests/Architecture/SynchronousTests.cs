using System.Reflection;
using System.Runtime.CompilerServices;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Architecture;

/// <summary>The scenario's thread is the pump: in roles, tester and steps nothing is asynchronous.</summary>
public sealed class SynchronousTests
{
    public static TheoryData<Assembly> Assemblies() =>
        [typeof(Pmip.Wire.MobilityMessage).Assembly, typeof(Pmip.Protocol.IRole).Assembly, typeof(Testing.Engine.ScenarioEngine).Assembly, typeof(Steps.Arguments).Assembly];

    [Theory]
    [MemberData(nameof(Assemblies), DisableDiscoveryEnumeration = true)]
    public void RolesTesterAndSteps_HaveNoAsyncMethod(Assembly assembly) =>
        assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null || method.GetCustomAttribute<AsyncIteratorStateMachineAttribute>() is not null)
            .Should().BeEmpty();

    [Fact]
    public void Tester_KnowsNoRoleAndNoBed() =>
        References(typeof(Testing.Engine.ScenarioEngine)).Should().NotContain(["Pmip.Protocol", "Conformance.TestBeds"]);

    [Fact]
    public void Steps_KnowNoBed() => References(typeof(Steps.Arguments)).Should().NotContain(["Pmip.Protocol", "Conformance.TestBeds"]);

    private static IEnumerable<string?> References(Type type) => type.Assembly.GetReferencedAssemblies().Select(name => name.Name);
}
