using System.Runtime.InteropServices;

namespace Pmip.Linux;

/// <summary>A failed system call: its name, its target, and the system's error text.</summary>
public sealed class LinuxException : IOException
{
    /// <param name="call">The call, including the request if the call has several: <c>ioctl TUNSETIFF</c>.</param>
    /// <param name="target">The object of the call: an interface, a path, an address.</param>
    /// <param name="errorNumber">The positive errno.</param>
    /// <param name="detail">The kernel's additional explanation, if any.</param>
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

    /// <summary>The exception for the call that has just failed on this thread.</summary>
    internal static LinuxException Last(string call, string target) => new(call, target, Marshal.GetLastPInvokeError());
}
