using Pmip.Linux;
using Xunit;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>What these tests need of the machine.</summary>
internal static class Python
{
    public const string Path = "/usr/bin/python3";

    /// <summary>EPERM.</summary>
    private const int NotPermitted = 1;

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
        if (!OperatingSystem.IsLinux())
        {
            return "the foreign anchor needs Linux";
        }

        if (!File.Exists(Path))
        {
            return $"the foreign anchor needs python3 at {Path}";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return "the foreign anchor needs root, for network namespaces and raw sockets";
        }

        try
        {
            using var made = NetworkNamespace.CreateAnonymous();
            return null;
        }
        catch (LinuxException refused) when (refused.ErrorNumber == NotPermitted)
        {
            return $"the foreign anchor needs CAP_SYS_ADMIN and CAP_NET_ADMIN: {refused.Message}";
        }
    }
}
