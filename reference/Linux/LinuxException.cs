using System.Runtime.InteropServices;

namespace Pmip.Linux;

/// <summary>A system call failed: which one, on what, and why in the kernel's words.</summary>
public sealed class LinuxException : IOException
{
    /// <param name="call">The call, with its request where it has many: <c>ioctl TUNSETIFF</c>.</param>
    /// <param name="target">What it was called on: an interface, a path, an address.</param>
    /// <param name="errorNumber">The positive errno.</param>
    /// <param name="detail">What the kernel said besides, if anything.</param>
    public LinuxException(string call, string target, int errorNumber, string? detail = null)
        : base(
            $"{call} {target}: {Marshal.GetPInvokeErrorMessage(errorNumber)} (errno {errorNumber}){(detail is null ? "" : $": {detail}")}"
        )
    {
        Call = call;
        Target = target;
        ErrorNumber = errorNumber;
    }

    public string Call { get; }

    public string Target { get; }

    /// <summary>The positive errno; some are named in <see cref="Errno"/>.</summary>
    public int ErrorNumber { get; }

    /// <summary>The exception of the call that has just failed on this thread.</summary>
    internal static LinuxException Last(string call, string target) => new(call, target, Marshal.GetLastPInvokeError());
}
