using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Conformance.TestBeds.External;

/// <summary>
/// The mobile nodes for which a device may still hold state when a run begins, because an earlier run ended before it could
/// de-register them. They are kept in a file on this machine, which gets a line whenever an identity is taken or returned.
/// </summary>
public sealed class UsedIdentities : IDisposable
{
    /// <summary>The lifetime that the tester requests, 600 s, and time for the device to delete expired state.</summary>
    private static readonly TimeSpan _longestUse = TimeSpan.FromMinutes(11);

    private readonly StreamWriter? _file;

    private UsedIdentities(IReadOnlyDictionary<int, DateTimeOffset> inUse, StreamWriter? file) => (InUse, _file) = (inUse, file);

    public IReadOnlyDictionary<int, DateTimeOffset> InUse { get; }

    /// <summary>The directory of the file, whose contents need not survive a restart of the machine.</summary>
    public static string Directory => "/run/pmip-conformance";

    /// <summary>Opens the file of a device and removes expired entries.</summary>
    /// <param name="device">A text that distinguishes the device from others.</param>
    public static UsedIdentities Open(string device, DateTimeOffset now) => Open(Directory, device, now);

    /// <inheritdoc cref="Open(string, DateTimeOffset)"/>
    public static UsedIdentities Open(string directory, string device, DateTimeOffset now)
    {
        var inUse = new Dictionary<int, DateTimeOffset>();
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            var path = Path.Combine(
                directory,
                $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(device)))[..16]}.identities"
            );
            foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
            {
                // A run that was killed may have left half a line.
                if (
                    line.Split(' ') is [var number, var ticks]
                    && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var identity)
                    && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
                    && until <= DateTimeOffset.MaxValue.Ticks
                )
                {
                    inUse[identity] = new DateTimeOffset(until, TimeSpan.Zero);
                }
            }

            foreach (var (identity, _) in inUse.Where(entry => entry.Value <= now).ToList())
            {
                inUse.Remove(identity);
            }

            var opened = new UsedIdentities(inUse, new StreamWriter(path, append: false) { AutoFlush = true });
            foreach (var (identity, until) in inUse)
            {
                opened.Write(identity, until);
            }

            return opened;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The run is possible without the file.
            return new UsedIdentities(inUse, file: null);
        }
    }

    /// <param name="usableFrom">When the identity is usable again; null if it was taken.</param>
    public void Note(int identity, DateTimeOffset? usableFrom, DateTimeOffset now) => Write(identity, usableFrom ?? now + _longestUse);

    public void Dispose() => _file?.Dispose();

    private void Write(int identity, DateTimeOffset until)
    {
        try
        {
            _file?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{identity} {until.UtcTicks}"));
        }
        catch (IOException)
        {
            // The run is possible without the file.
        }
    }
}
