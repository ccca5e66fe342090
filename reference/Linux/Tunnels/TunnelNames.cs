using System.Globalization;

namespace Pmip.Linux.Tunnels;

/// <summary>
/// Names of tunnel interfaces that outlive a killed process. A name contains the process ID, so that the next process to open tunnels
/// can remove the interfaces of processes that no longer exist.
/// </summary>
internal static class TunnelNames
{
    private const string Prefix = "pmip";

    /// <param name="number">The number of the interface among all that this process has created.</param>
    internal static string Of(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{number}");

    internal static bool IsOne(string name) => TryGetProcess(name, out _);

    internal static bool IsLeftover(string name) => TryGetProcess(name, out var process) && !Directory.Exists($"/proc/{process}");

    private static bool TryGetProcess(string name, out int process)
    {
        process = 0;
        return name.StartsWith(Prefix, StringComparison.Ordinal)
            && name[Prefix.Length..].Split('-') is [var number, _]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out process);
    }
}
