using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>Checks the requirements of these tests.</summary>
internal static class Python
{
    public const string Path = "/usr/bin/python3";

    /// <summary>For AES.</summary>
    private const string Cryptography = "/usr/lib/python3/dist-packages/cryptography";

    /// <summary>Skips the test if a foreign device cannot run; in CI, this is a failure.</summary>
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
        var missing =
            Privilege.Missing()
            ?? (
                !File.Exists(Path) ? $"python3 at {Path}"
                : !Directory.Exists(Cryptography) ? $"python3-cryptography at {Cryptography}"
                : null
            );
        return missing is null ? null : $"a foreign device needs {missing}";
    }
}
