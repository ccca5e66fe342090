using Pmip.Linux;
using Xunit;

namespace Pmip.Node.Tests;

/// <summary>What these tests need of the machine.</summary>
internal static class Privilege
{
    /// <summary>EPERM.</summary>
    private const int NotPermitted = 1;

    /// <summary>Skips the test where it may not make namespaces.</summary>
    internal static void Require()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("needs root, to make network namespaces and start nodes in them");
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
