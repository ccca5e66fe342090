using Xunit;

namespace Pmip.Linux.Tests;

/// <summary>What tests on a kernel need of the machine.</summary>
internal static class Privilege
{
    /// <summary>Skips the test where it may not make namespaces.</summary>
    internal static void Require()
    {
        if (Missing() is { } missing) Assert.Skip($"needs {missing}");
    }

    /// <summary>What this process would need to make network namespaces and open packet sockets; null if it may.</summary>
    internal static string? Missing()
    {
        if (!OperatingSystem.IsLinux()) return "Linux";
        if (!Environment.IsPrivilegedProcess) return "root, to make network namespaces and open packet sockets";
        try
        {
            using var made = NetworkNamespace.CreateAnonymous();
            return null;
        }
        catch (LinuxException refused) when (refused.ErrorNumber == Errno.NotPermitted)
        {
            return $"CAP_SYS_ADMIN and CAP_NET_ADMIN: {refused.Message}";
        }
    }
}
