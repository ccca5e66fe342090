using System.Text;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>
/// Reads keys from the terminal on this process's standard input, each as it is pressed and without echo: termios(3). Keys that send
/// signals still do so. <see cref="Dispose"/> restores the terminal's settings.
/// </summary>
public sealed class TerminalKeys : IReadable, IDisposable
{
    private const string Target = "terminal";

    /// <summary>asm-generic/termbits.h: ICANON, ECHO; termios.h: TCSADRAIN.</summary>
    private const uint WholeLines = 0x2,
        Echo = 0x8;
    private const int AfterOutput = 1;

    private readonly Libc.TerminalSettings _before;

    public TerminalKeys()
    {
        Descriptor = Libc.Duplicate(0);
        if (Descriptor.IsInvalid)
        {
            throw LinuxException.Last("dup", Target);
        }
        if (Libc.GetTerminal(Descriptor, out _before) < 0)
        {
            var error = LinuxException.Last("tcgetattr", Target);
            Descriptor.Dispose();
            throw error;
        }

        Set(_before with { LocalModes = _before.LocalModes & ~(WholeLines | Echo) });
    }

    public FileDescriptor Descriptor { get; }

    /// <summary>The keys pressed since the last call; one key may be several characters. Does not wait.</summary>
    /// <returns>Null if the terminal has been closed.</returns>
    public string? Take()
    {
        if (Readiness.Wait([this], KernelTime.Now).Count == 0)
        {
            return "";
        }

        Span<byte> keys = stackalloc byte[64];
        try
        {
            return !Libc.TryRead(Descriptor, keys, Target, out var length) ? ""
                : length == 0 ? null
                : Encoding.UTF8.GetString(keys[..length]);
        }
        catch (LinuxException gone) when (gone.ErrorNumber == Errno.InputOutput)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (Descriptor.IsClosed)
        {
            return;
        }
        Set(_before);
        Descriptor.Dispose();
    }

    private void Set(Libc.TerminalSettings settings)
    {
        // The call fails if the terminal has been closed; then there are no settings to restore.
        _ = Libc.SetTerminal(Descriptor, AfterOutput, in settings);
    }
}
