using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>Ends a <see cref="Readiness.Wait"/> from another thread or a signal handler: eventfd(2).</summary>
public sealed class WakeUp : IReadable, IDisposable
{
    private const string Target = "wake-up";

    public WakeUp()
    {
        Descriptor = Libc.EventDescriptor(0, Libc.EventCloseOnExec | Libc.EventNonBlocking);
        if (Descriptor.IsInvalid)
        {
            throw LinuxException.Last("eventfd", Target);
        }
    }

    public FileDescriptor Descriptor { get; }

    /// <summary>Makes this object ready until <see cref="Reset"/>. Any thread may call this.</summary>
    public void Set() => Libc.Write(Descriptor, BitConverter.GetBytes(1UL), Target);

    public void Reset() => Libc.TryRead(Descriptor, stackalloc byte[sizeof(ulong)], Target, out _);

    public void Dispose() => Descriptor.Dispose();
}
