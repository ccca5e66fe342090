using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Conformance.Testing.Bed;
using Conformance.Testing.Capture;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Capture;

/// <summary>A journal and its traces are published: neither has a secret.</summary>
public sealed partial class TraceJsonTests
{
    /// <summary>Names of what may look like a secret, and is none.</summary>
    private static readonly string[] _harmless = ["DomainAssociation.KeyFile", "DomainAssociation.KeyFingerprint"];

    [Fact]
    public void Secrets_AreFingerprints_AlsoInLists()
    {
        var json = JsonSerializer.Serialize(new Peer("hunter2", ["one", "two"], "public"), TraceJson.Options);

        json.Should().NotContain("hunter2").And.NotContain("one").And.NotContain("two").And.Contain("\"public\"");
        json.Should().Contain("\"Passphrase\":\"sha256:f52fbd32b2b3b86f\"");
        Regex.Count(json, "sha256:[0-9a-f]{16}\"").Should().Be(3);
    }

    /// <summary>What was read from a trace and written again says the same.</summary>
    [Fact]
    public void Fingerprints_StayWhatTheyAre()
    {
        var once = JsonSerializer.Serialize(new Peer("hunter2", ["one"], "public"), TraceJson.Options);

        var twice = JsonSerializer.Serialize(JsonSerializer.Deserialize<Peer>(once, TraceJson.Options), TraceJson.Options);

        twice.Should().Be(once);
    }

    /// <summary>A text of the facts of a bed whose name says that it is a secret is marked as one.</summary>
    [Fact]
    public void SecretsOfABed_AreMarked()
    {
        var seen = new HashSet<Type>();
        var unmarked = new List<string>();
        Visit(typeof(BedFacts));

        seen.Should().Contain(typeof(Ixit)).And.HaveCountGreaterThan(5);
        unmarked.Should().BeEquivalentTo(_harmless);

        void Visit(Type type)
        {
            if (type.Namespace?.StartsWith("Conformance.", StringComparison.Ordinal) != true || !seen.Add(type))
            {
                foreach (var argument in type.GetGenericArguments())
                {
                    Visit(argument);
                }

                return;
            }

            foreach (var property in type.GetProperties().Where(known => known.CanWrite && !known.IsDefined(typeof(JsonIgnoreAttribute))))
            {
                var isText = property.PropertyType == typeof(string) || property.PropertyType.IsAssignableTo(typeof(IEnumerable<string>));
                if (isText && SecretName().IsMatch(property.Name) && !property.IsDefined(typeof(SecretAttribute)))
                {
                    unmarked.Add($"{type.Name}.{property.Name}");
                }

                Visit(property.PropertyType);
            }
        }
    }

    private sealed record Peer([property: Secret] string Passphrase, [property: Secret] IReadOnlyList<string> Tokens, string Name);

    [GeneratedRegex(
        "key|secret|password|passphrase|psk|token|community|credential",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex SecretName();
}
