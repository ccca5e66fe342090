using FluentAssertions;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Reference.Tests.Linux;
using Xunit;

[assembly: AssemblyFixture(typeof(NothingLeft))]

namespace Pmip.Reference.Tests.Linux;

/// <summary>Checks that all tests together leave the machine as it was before them.</summary>
public sealed class NothingLeft : IDisposable
{
    /// <summary>The prefix of the namespaces that tests name.</summary>
    internal const string Prefix = "pmiptest";

    private readonly IReadOnlyList<string> _before = Links();

    public NothingLeft()
    {
        if (Environment.IsPrivilegedProcess)
        {
            NetworkNamespace.RemoveLeftovers(Prefix);
        }
    }

    public void Dispose()
    {
        Names().Should().BeEmpty("tests remove the namespaces they name");
        Links().Except(_before).Should().BeEmpty("tests remove the interfaces they make");
    }

    /// <summary>The named namespaces of this process.</summary>
    internal static IReadOnlyList<string> Names() =>
        Directory.Exists("/run/netns")
            ? [.. Directory.GetFiles("/run/netns", $"{Prefix}-{Environment.ProcessId}-*").Select(path => Path.GetFileName(path))]
            : [];

    /// <summary>
    /// The interfaces of the namespace in which the tests were started. Other interfaces may come and go there, but without these
    /// names.
    /// </summary>
    private static IReadOnlyList<string> Links()
    {
        using var netlink = RouteNetlink.Open();
        return
        [
            .. netlink
                .Links.List()
                .Select(link => link.Name)
                .Where(name =>
                    name.StartsWith("left", StringComparison.Ordinal)
                    || name.StartsWith("right", StringComparison.Ordinal)
                    || name.StartsWith("test", StringComparison.Ordinal)
                ),
        ];
    }
}
