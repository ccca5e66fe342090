using System.Runtime.InteropServices;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>A file descriptor, closed once and by its last user.</summary>
public sealed class FileDescriptor : SafeHandle
{
    public FileDescriptor()
        : base(invalidHandleValue: -1, ownsHandle: true) { }

    /// <summary>A failed call returns a 32-bit -1, so only the low 32 bits of the handle are tested.</summary>
    public override bool IsInvalid => (int)handle < 0;

    /// <summary>Keeps the descriptor open while its number is in a structure that the kernel reads.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
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
