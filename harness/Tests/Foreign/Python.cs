using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>What these tests need of the machine.</summary>
internal static class Python
{
    public const string Path = "/usr/bin/python3";

    /// <summary>Skips the test where the foreign anchor cannot run; where CI runs, that is a failure.</summary>
    public static void Require()
    {
        if (WhatIsMissing() is { } missing)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
            Assert.Fail($"{missing}; CI needs it");
        }
    }

    private static string? WhatIsMissing()
    {
        var missing = Privilege.Missing() ?? (File.Exists(Path) ? null : $"python3 at {Path}");
        return missing is null ? null : $"the foreign anchor needs {missing}";
    }
}
