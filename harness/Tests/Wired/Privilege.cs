using Pmip.Linux;
using Xunit;

namespace Conformance.Harness.Tests.Wired;

/// <summary>What tests on real interfaces need of the machine.</summary>
internal static class Privilege
{
    /// <summary>EPERM.</summary>
    private const int NotPermitted = 1;

    /// <summary>Skips the test where it may not make namespaces.</summary>
    internal static void Require()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Skip("needs root, to make network namespaces and open packet sockets");
        }

        try
        {
            using var made = NetworkNamespace.CreateAnonymous();
        }
        catch (LinuxException refused) when (refused.ErrorNumber == NotPermitted)
        {
            Assert.Skip($"needs CAP_SYS_ADMIN and CAP_NET_ADMIN: {refused.Message}");
        }
    }
}
