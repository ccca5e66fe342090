using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pmip.Linux.Native;

/// <summary>tcgetattr(3), tcsetattr(3).</summary>
internal static partial class Libc
{
    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    internal static partial int GetTerminal(FileDescriptor terminal, out TerminalSettings settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    internal static partial int SetTerminal(FileDescriptor terminal, int when, in TerminalSettings settings);

    /// <summary>struct termios, in the C library's layout.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct TerminalSettings
    {
        internal uint InputModes;
        internal uint OutputModes;
        internal uint ControlModes;
        internal uint LocalModes;
        internal Rest ControlCharacters;

        [InlineArray(48)]
        internal struct Rest
        {
            private byte _first;
        }
    }
}
