using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

/// <summary>The privileges that tests of the kernel require.</summary>
internal static class Privilege
{
    private const string SetPriv = "/usr/bin/setpriv",
        Nobody = "65534";

    /// <summary>Skips the test if this process may not create namespaces.</summary>
    internal static void Require()
    {
        if (Missing() is { } missing)
        {
            Assert.Skip($"needs {missing}");
        }
    }

    /// <summary>
    /// The requirement that this process lacks to create network namespaces and open packet sockets; null if it lacks none.
    /// </summary>
    internal static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "Linux";
        }
        if (!Environment.IsPrivilegedProcess)
        {
            return "root, to create network namespaces and open packet sockets";
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
    /// The command in a form that runs without root, as the user nobody; the command unchanged if the tests do not run as root. Skips
    /// the test if no program can change the user.
    /// </summary>
    /// <remarks>
    /// The command keeps one capability of root, to access every file: the program and the runtime may be below a directory that only
    /// root may enter. The runtime checks its files with access(2), which ignores the capability if the user is not root, unless a
    /// secure bit forbids that.
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
            Assert.Skip($"needs {SetPriv}, of the package util-linux, to run a command without root");
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
