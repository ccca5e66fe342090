using System.Text;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>The end of this process's standard input, as an event to wait for. The input itself is discarded.</summary>
public sealed class StandardInput : IReadable, IDisposable
{
    private const string Target = "standard input";

    public StandardInput()
    {
        Descriptor = Libc.Duplicate(0);
        if (Descriptor.IsInvalid)
        {
            throw LinuxException.Last("dup", Target);
        }
    }

    public FileDescriptor Descriptor { get; }

    /// <summary>Reads and discards the available input, after <see cref="Readiness"/> has reported some.</summary>
    /// <returns>False at the end of the input.</returns>
    public bool TrySkip() => Libc.TryRead(Descriptor, stackalloc byte[256], Target, out var length) && length > 0;

    public void Dispose() => Descriptor.Dispose();
}

/// <summary>Writes lines to the standard streams, each in one call of write(2). The process starts faster without a console.</summary>
public static class StandardStreams
{
    public static void WriteOutput(string line) => Write(1, line);

    public static void WriteError(string line) => Write(2, line);

    private static void Write(int descriptor, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + '\n');
        var written = 0;
        while (written < bytes.Length)
        {
            var length = (int)Libc.WriteStandard(descriptor, bytes.AsSpan(written), (nuint)(bytes.Length - written));

            // The reader has closed the stream, or the stream was closed from the beginning.
            if (length < 0)
            {
                return;
            }
            written += length;
        }
    }
}
