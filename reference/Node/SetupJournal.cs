using System.Globalization;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>
/// The settings of the calling thread's namespace before a node changed them, kept in a file so that the next node can restore
/// them if this one is killed. A namespace has one node at a time.
/// </summary>
internal sealed class SetupJournal : IDisposable
{
    private const string Folder = "/run/pmip-node";

    private readonly string _path;
    private readonly RouteNetlink _netlink;
    private readonly NodeLog _log;
    private readonly IReadOnlyList<KernelSetting> _before;

    private SetupJournal(string path, RouteNetlink netlink, NodeLog log, IReadOnlyList<KernelSetting> before) =>
        (_path, _netlink, _log, _before) = (path, netlink, log, before);

    /// <summary>
    /// Reverts the changes of a killed node in this namespace, and deletes the journals of namespaces that no longer exist.
    /// </summary>
    /// <exception cref="LinuxException">Another node is running in this namespace.</exception>
    public static void Recover(RouteNetlink netlink, NodeLog log)
    {
        var own = OwnPath();
        foreach (var path in Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [])
        {
            if (
                ReadLines(path) is not [var first, .. var lines]
                || first.Split(' ') is not [var number, var identity]
                || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            )
            {
                continue;
            }
            var isAlive = process != Environment.ProcessId && NetworkNamespace.IsIn(process, identity);
            if (path != own)
            {
                if (!isAlive && !NetworkNamespace.Exists(identity))
                {
                    File.Delete(path);
                }
                continue;
            }

            if (isAlive)
            {
                throw new LinuxException("pmip-node", identity, Errno.Busy, $"process {process} already runs a role in this namespace");
            }
            log.Write("Recovered", $"reverts the changes of process {process}, which was killed");
            new SetupJournal(path, netlink, log, [.. lines.Select(KernelSetting.Parse).OfType<KernelSetting>()]).Dispose();
        }

        // Even without a journal: another version of the program may not have written one.
        KernelMarks.RemoveAll(netlink);
    }

    /// <param name="before">The previous settings, in the order of the changes.</param>
    public static SetupJournal Begin(RouteNetlink netlink, NodeLog log, IReadOnlyList<KernelSetting> before)
    {
        Directory.CreateDirectory(Folder);
        var path = OwnPath();
        var first = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {NetworkNamespace.CurrentIdentity()}");

        // Other processes read every file in the folder: the file gets its name when it is complete.
        var draft = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
        File.WriteAllLines(draft, before.Select(setting => setting.ToString()).Prepend(first));
        File.Move(draft, path, overwrite: true);
        return new SetupJournal(path, netlink, log, before);
    }

    /// <summary>Restores the namespace.</summary>
    public void Dispose()
    {
        foreach (var setting in _before.Reverse())
        {
            try
            {
                KernelMarks.IgnoreGone(() => setting.Restore(_netlink));
            }
            catch (LinuxException failed)
            {
                _log.Write("NotTakenBack", failed.Message);
            }
        }

        KernelMarks.RemoveAll(_netlink);
        File.Delete(_path);
    }

    /// <summary>Empty if the node has ended and deleted its journal.</summary>
    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    private static string OwnPath() => string.Create(CultureInfo.InvariantCulture, $"{Folder}/{NetworkNamespace.CurrentCookie()}");
}
