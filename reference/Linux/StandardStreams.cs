using System.Text;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>The end of a process's standard input, as an event to wait for. What is read is of no interest.</summary>
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

    /// <summary>Reads what there is, after <see cref="Readiness"/> has said that there is something.</summary>
    /// <returns>False at the end of the input.</returns>
    public bool TrySkip() => Libc.TryRead(Descriptor, stackalloc byte[256], Target, out var length) && length > 0;

    public void Dispose() => Descriptor.Dispose();
}

/// <summary>Lines on the standard streams of a process that starts faster without a console: each in one call of write(2).</summary>
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

            // Nobody listens any more, or the stream was closed from the beginning.
            if (length < 0)
            {
                return;
            }
            written += length;
        }
    }
}
