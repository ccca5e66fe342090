using System.Globalization;
using Pmip.Linux.Native;

namespace Pmip.Linux;

/// <summary>
/// A running process that need not be a child of this one: pidfd_open(2). It is ready when the process has ended; a later process with
/// the same ID is not confused with it.
/// </summary>
public sealed class ProcessWatch : IReadable, IDisposable
{
    /// <exception cref="LinuxException">There is no such process.</exception>
    public ProcessWatch(int process)
    {
        Id = process;
        Descriptor = Libc.OpenProcess(process, 0);
        if (Descriptor.IsInvalid)
        {
            throw LinuxException.Last("pidfd_open", $"process {process}");
        }
    }

    public int Id { get; }

    public FileDescriptor Descriptor { get; }

    public bool HasEnded => WaitForEnd(TimeSpan.Zero);

    /// <returns>False if the time came first.</returns>
    public bool WaitForEnd(TimeSpan within) => Readiness.Wait([this], KernelTime.Now + within).Count > 0;

    /// <summary>The ID and the start time of a process, which no later process has; null if there is no such process.</summary>
    public static string? IdentityOf(int process)
    {
        try
        {
            var status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));

            // The name of the program is in parentheses and may contain any character. The start time is field 22, the state field 3.
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return string.Create(CultureInfo.InvariantCulture, $"{process}-{fields[22 - 3]}");
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => Descriptor.Dispose();
}
