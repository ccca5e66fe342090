using System.Reflection;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Architecture;

/// <summary>Checks the allowed dependencies of ARCHITECTURE.md against the compiled assemblies.</summary>
public sealed class DependencyTests
{
    private const string Wire = "Pmip.Wire",
        Protocol = "Pmip.Protocol",
        Linux = "Pmip.Linux",
        Node = "pmip-node";
    private const string Testing = "Conformance.Testing",
        TestBeds = "Conformance.TestBeds",
        FramePorts = "Conformance.FramePorts",
        Reports = "Conformance.Reports",
        Steps = "Conformance.Steps",
        Lab = "Conformance.Lab";

    /// <summary>Every project except tests and benchmarks, with all projects that it may use.</summary>
    public static TheoryData<Assembly, string[]> Allowed() =>
        new()
        {
            { typeof(Pmip.Wire.MobilityMessage).Assembly, [] },
            { typeof(Pmip.Protocol.IRole).Assembly, [Wire] },
            { typeof(Pmip.Linux.PacketPort).Assembly, [Wire] },
            { typeof(Pmip.Node.Configuration.NodeConfiguration).Assembly, [Wire, Protocol, Linux] },
            { typeof(Conformance.Testing.Engine.ScenarioEngine).Assembly, [Wire] },
            { typeof(Conformance.FramePorts.IFrameDriver).Assembly, [Wire] },
            { typeof(Conformance.TestBeds.SuiteRunner).Assembly, [Wire, Protocol, Linux, Node, Testing, FramePorts] },
            { typeof(Conformance.Reports.JunitReport).Assembly, [Wire, Testing] },
            { typeof(Conformance.Steps.Arguments).Assembly, [Wire, Testing] },
            { typeof(Conformance.Lab.LabCommand).Assembly, [Wire, Linux, Node, Testing, TestBeds, FramePorts, Reports] },
            { typeof(Conformance.Mutation.MutationCommand).Assembly, [Testing, TestBeds, Reports, Steps] },
            { typeof(Conformance.Cli.CommandLine).Assembly, [Wire, Linux, Node, Testing, TestBeds, FramePorts, Reports, Lab, Steps] },
        };

    [Theory]
    [MemberData(nameof(Allowed), DisableDiscoveryEnumeration = true)]
    public void Assembly_UsesOnlyWhatItMay(Assembly assembly, string[] allowed) =>
        assembly
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name =>
                name == Node
                || name.StartsWith("Pmip.", StringComparison.Ordinal)
                || name.StartsWith("Conformance.", StringComparison.Ordinal)
            )
            .Should()
            .BeSubsetOf(allowed);
}
