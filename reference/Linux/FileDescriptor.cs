using System.Runtime.InteropServices;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>A file descriptor, closed once and by its last user.</summary>
public sealed class FileDescriptor : SafeHandle
{
    public FileDescriptor()
        : base(invalidHandleValue: -1, ownsHandle: true) { }

    /// <summary>A call that fails returns -1 in 32 bits, of which the handle keeps no more than those.</summary>
    public override bool IsInvalid => (int)handle < 0;

    /// <summary>Keeps it open while its number stands in a structure that the kernel reads.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    internal Held Hold() => new(this);

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;

    internal readonly struct Held : IDisposable
    {
        private readonly FileDescriptor _descriptor;

        internal Held(FileDescriptor descriptor)
        {
            var added = false;
            descriptor.DangerousAddRef(ref added);
            _descriptor = descriptor;
        }

        internal int Number => (int)_descriptor.DangerousGetHandle();

        public void Dispose() => _descriptor.DangerousRelease();
    }
}
