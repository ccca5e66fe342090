using System.Globalization;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Pmip.Node;

/// <summary>
/// How the calling thread's namespace was before a node changed it, kept in a file for whoever starts next if the node is
/// killed. A namespace has one node at a time.
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

    /// <summary>Takes back what a killed node has left in this namespace, and lets go of what was left in those that are gone.</summary>
    /// <exception cref="LinuxException">There is a node in this namespace, which is alive.</exception>
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
                throw new LinuxException("pmip-node", identity, Errno.Busy, $"process {process} plays a role in this namespace already");
            }
            log.Write("Recovered", $"what process {process} has left, which was killed");
            new SetupJournal(path, netlink, log, [.. lines.Select(KernelSetting.Parse).OfType<KernelSetting>()]).Dispose();
        }

        // Without a journal too: a program that is older or newer may have kept none.
        KernelMarks.RemoveAll(netlink);
    }

    /// <param name="before">In the order in which it is changed.</param>
    public static SetupJournal Begin(RouteNetlink netlink, NodeLog log, IReadOnlyList<KernelSetting> before)
    {
        Directory.CreateDirectory(Folder);
        var path = OwnPath();
        var first = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {NetworkNamespace.CurrentIdentity()}");

        // Others read it as soon as it has a name: it gets one when it is whole.
        var draft = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
        File.WriteAllLines(draft, before.Select(setting => setting.ToString()).Prepend(first));
        File.Move(draft, path, overwrite: true);
        return new SetupJournal(path, netlink, log, before);
    }

    /// <summary>Makes the namespace as it was before.</summary>
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

    /// <summary>Nothing if the node it is of has ended, and taken it along.</summary>
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
