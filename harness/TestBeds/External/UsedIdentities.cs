using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Conformance.TestBeds.External;

/// <summary>
/// Which mobile nodes a device may still hold state of when a run begins: those of an earlier run that was ended before it could
/// let them go. It is kept in a file of this machine, a line for each that is taken and given back.
/// </summary>
public sealed class UsedIdentities : IDisposable
{
    /// <summary>The lifetime that the tester asks for, 600 s, and time for the device to delete what has expired.</summary>
    private static readonly TimeSpan _longestUse = TimeSpan.FromMinutes(11);

    private readonly StreamWriter? _file;

    private UsedIdentities(IReadOnlyDictionary<int, DateTimeOffset> inUse, StreamWriter? file) => (InUse, _file) = (inUse, file);

    public IReadOnlyDictionary<int, DateTimeOffset> InUse { get; }

    /// <summary>Where the file lies: what it says is not worth more than the machine's uptime.</summary>
    public static string Directory => "/run/pmip-conformance";

    /// <summary>Opens what is kept of a device, leaving out what is over.</summary>
    /// <param name="device">What distinguishes it from others.</param>
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
            // A machine that keeps nothing is no reason not to run.
            return new UsedIdentities(inUse, file: null);
        }
    }

    /// <param name="usableFrom">Null if it is taken.</param>
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
            // As above.
        }
    }
}
