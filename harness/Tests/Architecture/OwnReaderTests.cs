using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Architecture;

/// <summary>
/// Nothing that is judged is parsed by the codec: a fault in it would hide the same fault in an implementation. The tester may use the
/// codec to build what it sends, and its value types, such as addresses and prefixes.
/// </summary>
public sealed class OwnReaderTests
{
    private static readonly string[] _parsing = ["Parse", "TryParse", "TryGet", "TryRead", "HasValid", "TryOpen", "TryUnprotect"];

    public static TheoryData<Assembly> Readers() =>
        new(typeof(Testing.Engine.ScenarioEngine).Assembly, typeof(Conformance.Reports.JunitReport).Assembly);

    [Theory]
    [MemberData(nameof(Readers), DisableDiscoveryEnumeration = true)]
    public void Assembly_CallsNoParserOfTheCodec(Assembly assembly) =>
        CallsOfTheCodec(assembly)
            .Where(call => _parsing.Any(word => call.Member.StartsWith(word, StringComparison.Ordinal)) && !call.Type.IsValueType)
            .Select(call => $"{call.Type.Name}.{call.Member}")
            .Should()
            .BeEmpty();

    [Fact]
    public void Calls_OfTheCodec_AreSeen() =>
        CallsOfTheCodec(typeof(Testing.Engine.ScenarioEngine).Assembly)
            .Should()
            .Contain((typeof(Pmip.Wire.Ipv6Prefix), "Parse"))
            .And.Contain((typeof(Pmip.Wire.EthernetFrame), "ToBytes"));

    private static List<(Type Type, string Member)> CallsOfTheCodec(Assembly assembly)
    {
        var codec = typeof(Pmip.Wire.MobilityMessage).Assembly;
        using var stream = File.OpenRead(assembly.Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        var calls = new List<(Type, string)>();
        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (member.Parent.Kind != HandleKind.TypeReference)
            {
                continue;
            }

            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (codec.GetType($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}") is { } found)
            {
                calls.Add((found, metadata.GetString(member.Name)));
            }
        }

        return calls;
    }
}
