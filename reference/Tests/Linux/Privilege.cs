using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

/// <summary>What tests on a kernel need of the machine.</summary>
internal static class Privilege
{
    private const string SetPriv = "/usr/bin/setpriv",
        Nobody = "65534";

    /// <summary>Skips the test where it may not make namespaces.</summary>
    internal static void Require()
    {
        if (Missing() is { } missing)
        {
            Assert.Skip($"needs {missing}");
        }
    }

    /// <summary>What this process would need to make network namespaces and open packet sockets; null if it may.</summary>
    internal static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Linux";
        }
        if (!Environment.IsPrivilegedProcess)
        {
            return "root, to make network namespaces and open packet sockets";
        }
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

    /// <summary>
    /// The command as one that is run without root, by the user nobody; the command itself if these tests are not root's. Skips the
    /// test where nothing can change the user.
    /// </summary>
    /// <remarks>
    /// It keeps one right of root, to reach every file: the program, and the runtime it needs, may stand below a directory that only root
    /// may enter. The runtime asks access(2) for its files, which takes that right from any other user, unless a secure bit forbids it.
    /// </remarks>
    /// <param name="command">A program and its arguments.</param>
    internal static string[] WithoutRoot(params string[] command)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return command;
        }
        if (!File.Exists(SetPriv))
        {
            Assert.Skip($"needs {SetPriv}, of the package util-linux, to become somebody without root");
        }
        return
        [
            SetPriv,
            "--reuid",
            Nobody,
            "--regid",
            Nobody,
            "--clear-groups",
            "--inh-caps",
            "+dac_override",
            "--ambient-caps",
            "+dac_override",
            "--securebits",
            "+no_setuid_fixup",
            .. command,
        ];
    }
}
