using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Pmip.Linux.Native;
using Pmip.Linux.Netlink;

namespace Pmip.Linux;

/// <summary>
/// A network namespace. Sockets and devices stay in the namespace they were opened in, so that only the opening is done in
/// <see cref="Run(Action)"/>; afterwards any thread uses them.
/// </summary>
/// <remarks>
/// A named namespace stands in /run/netns, as those of <c>ip netns</c> do, under <c>prefix-process-name</c>: what a killed run
/// left is recognised by its process being gone, and <see cref="RemoveLeftovers"/> removes it. Otherwise it is gone with
/// <see cref="Dispose"/>, or at the latest with the end of the process, by an unhandled exception too.
/// </remarks>
public sealed class NetworkNamespace : IDisposable
{
    private const string Directory = "/run/netns";
    private const string OwnNamespace = "/proc/thread-self/ns/net";

    /// <summary>What this process has to remove, by name; null is in the making.</summary>
    private static readonly ConcurrentDictionary<string, NetworkNamespace?> _owned = new();

    private readonly bool _isOwner;

    static NetworkNamespace()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DisposeOwned();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => DisposeOwned();
    }

    private NetworkNamespace(FileDescriptor descriptor, string? name, bool isOwner)
    {
        Descriptor = descriptor;
        Name = name;
        _isOwner = isOwner;
    }

    /// <summary>The name in /run/netns, or null.</summary>
    public string? Name { get; }

    internal FileDescriptor Descriptor { get; }

    /// <summary>A new namespace that lives as long as this object and what was opened in it. Its loopback is up.</summary>
    public static NetworkNamespace CreateAnonymous() => new(Isolated(static () => Unshare(path: null)), name: null, isOwner: true);

    /// <summary>A new namespace that other programs can find. Its loopback is up.</summary>
    /// <param name="prefix">Of the program's namespaces, for <see cref="RemoveLeftovers"/>; it has no slash.</param>
    public static NetworkNamespace CreateNamed(string prefix, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var fullName = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Environment.ProcessId}-{name}");
        if (fullName.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{fullName}' is not a name of a namespace.", nameof(name));
        }

        // Another thread may be looking for leftovers: from here on it is none.
        if (!_owned.TryAdd(fullName, null))
        {
            throw new IOException($"There is a namespace {fullName} already.");
        }
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            return _owned[fullName] = MakeNamed(fullName);
        }
        catch
        {
            _owned.TryRemove(fullName, out _);
            throw;
        }
    }

    /// <summary>The namespace of this name in /run/netns. Disposing of this object does not remove it.</summary>
    public static NetworkNamespace Open(string name) => new(Libc.Open(PathOf(name), Libc.ReadOnly), name, isOwner: false);

    /// <summary>The calling thread's namespace.</summary>
    public static NetworkNamespace OpenCurrent() => new(Libc.Open(OwnNamespace, Libc.ReadOnly), name: null, isOwner: false);

    /// <summary>The number of the calling thread's namespace, which no other has had since the machine was started: SO_NETNS_COOKIE.</summary>
    public static ulong CurrentCookie()
    {
        using var socket = Libc.OpenSocket(Libc.FamilyInet6, Libc.DatagramSocket, 0, "namespace cookie");
        return Libc.GetOption<ulong>(socket, Libc.SocketLevel, Libc.NamespaceCookie, "SO_NETNS_COOKIE", "namespace cookie");
    }

    /// <summary>The calling thread's namespace as /proc shows it, for instance <c>net:[4026531840]</c>; another may have it later.</summary>
    public static string CurrentIdentity() => File.ResolveLinkTarget(OwnNamespace, returnFinalTarget: false)!.Name;

    /// <summary>Whether a process is in that namespace.</summary>
    public static bool IsIn(int process, string identity) => NamespaceOf(process) == identity;

    /// <summary>Whether there is a process in that namespace, a name for it, or a process that holds it by a descriptor.</summary>
    public static bool Exists(string identity) =>
        RunningProcesses().Any(process => IsIn(process, identity))
        || Names().Any(name => IdentityOf(name) == identity)
        || RunningProcesses().Any(process => Holds(process, identity));

    /// <summary>
    /// Removes the namespaces of this prefix whose process is gone: kills what still runs in them, and deletes their
    /// interfaces. Their names are returned.
    /// </summary>
    public static IReadOnlyList<string> RemoveLeftovers(string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        if (!System.IO.Directory.Exists(Directory))
        {
            return [];
        }

        var leftovers = System
            .IO.Directory.GetFiles(Directory, $"{prefix}-*")
            .Select(path => Path.GetFileName(path))
            .Where(name => IsLeftover(prefix, name))
            .ToList();
        foreach (var name in leftovers)
        {
            Remove(name);
        }
        return leftovers;
    }

    /// <summary>
    /// Runs an action on a thread of its own inside the namespace, and returns when it is done. The action is short and
    /// synchronous: tasks, timers and pool threads it started would stay in the namespace.
    /// </summary>
    /// <exception cref="LinuxException">The namespace cannot be entered. Exceptions of the action come as they are.</exception>
    public void Run(Action action) =>
        Run(() =>
        {
            action();
            return 0;
        });

    /// <inheritdoc cref="Run(Action)"/>
    public T Run<T>(Func<T> function) =>
        Isolated(() =>
        {
            if (Libc.SetNamespace(Descriptor, Libc.NewNetworkNamespace) < 0)
            {
                throw LinuxException.Last("setns", ToString());
            }
            return function();
        });

    /// <summary>Starts a process inside the namespace. It is the caller's to end.</summary>
    public Process Start(ProcessStartInfo start)
    {
        // The runtime's thread for signals starts with the first process and stays where it was started: not in here.
        using (PosixSignalRegistration.Create(PosixSignal.SIGCHLD, static _ => { }))
        {
            return Run(() => Process.Start(start)!);
        }
    }

    /// <summary>
    /// Goes on as another program inside the namespace, with the terminal, the streams and the number of this process: what
    /// started it waits for that program and gets its exit code.
    /// </summary>
    /// <param name="program">A path, or a name that is looked for in PATH.</param>
    /// <exception cref="LinuxException">There is no such program, or it cannot be run.</exception>
    [DoesNotReturn]
    public void Execute(string program, params IReadOnlyList<string> arguments) =>
        throw Run(() =>
        {
            // The runtime ignores it, and programs are not made for that.
            Libc.HandleSignal(Libc.PipeSignal, 0);
            Libc.Execute(program, [program, .. arguments, null]);
            return LinuxException.Last("execvp", program);
        });

    /// <summary>Ends the processes inside the namespace, but for this one, as the end of their terminal would; those that go on then are killed.</summary>
    /// <param name="within">How long they have.</param>
    public void EndProcesses(TimeSpan within)
    {
        var inside = Processes().ToList();
        foreach (var process in inside)
        {
            Libc.Kill(process, Libc.HangUpSignal);
        }
        var until = KernelTime.Now + within;
        foreach (var process in inside.Where(process => !HasEnded(process, until)))
        {
            Libc.Kill(process, Libc.KillSignal);
        }
    }

    /// <summary>
    /// Deletes the interfaces made in a namespace of this object's making, removes its name, lets go of it. Interfaces are
    /// gone, and their names free, when this returns; the kernel alone would take its time.
    /// </summary>
    public void Dispose()
    {
        if (Descriptor.IsClosed)
        {
            return;
        }
        try
        {
            if (_isOwner)
            {
                Run(DeleteInterfaces);
            }
        }
        finally
        {
            if (_isOwner && Name is not null && _owned.TryRemove(Name, out _))
            {
                RemoveName(Name);
            }
            Descriptor.Dispose();
        }
    }

    public override string ToString() => $"namespace {Name ?? "without name"}";

    private static string PathOf(string name) => $"{Directory}/{name}";

    private static NetworkNamespace MakeNamed(string name)
    {
        var path = PathOf(name);
        using (File.Open(path, FileMode.CreateNew))
        {
            // What the namespace is mounted on.
        }

        try
        {
            return new NetworkNamespace(Isolated(() => Unshare(path)), name, isOwner: true);
        }
        catch
        {
            RemoveName(name);
            throw;
        }
    }

    /// <summary>Takes the thread to a new namespace, mounts that on a path if there is one, and keeps it by a descriptor.</summary>
    private static FileDescriptor Unshare(string? path)
    {
        if (Libc.Unshare(Libc.NewNetworkNamespace) < 0)
        {
            throw LinuxException.Last("unshare", "network namespace");
        }
        using (var netlink = RouteNetlink.Open())
        {
            netlink.Links.SetUp(netlink.Links.Get("lo").Index);
        }
        if (path is not null && Libc.Mount(OwnNamespace, path, null, Libc.BindMount, 0) < 0)
        {
            throw LinuxException.Last("mount", path);
        }
        return Libc.Open(OwnNamespace, Libc.ReadOnly);
    }

    /// <summary>On a thread that ends with the function, whatever namespace that took it to.</summary>
    private static T Isolated<T>(Func<T> function)
    {
        var (result, failure) = (default(T), default(ExceptionDispatchInfo));
        var thread = new Thread(() =>
        {
            try
            {
                result = function();
            }
#pragma warning disable CA1031 // It is thrown again below, on the caller's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
            Name = "network namespace",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    private static bool IsLeftover(string prefix, string name) =>
        name[(prefix.Length + 1)..].Split('-', 2) is [var number, _]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && (process == Environment.ProcessId ? !_owned.ContainsKey(name) : !System.IO.Directory.Exists($"/proc/{process}"));

    private static void Remove(string name)
    {
        try
        {
            using var leftover = Open(name);
            foreach (var process in leftover.Processes())
            {
                Libc.Kill(process, Libc.KillSignal);
            }
            leftover.Run(DeleteInterfaces);
        }
        catch (LinuxException notMounted) when (notMounted.ErrorNumber is Errno.InvalidArgument or Errno.NoEntry)
        {
            // The run was killed between making the file and mounting on it; or another program is removing it, too.
        }

        RemoveName(name);
    }

    private static void RemoveName(string name)
    {
        // Not a mount point, or not there, is as good.
        if (
            Libc.Unmount(PathOf(name), Libc.DetachMount) < 0
            && LinuxException.Last("umount2", PathOf(name)) is { ErrorNumber: not (Errno.InvalidArgument or Errno.NoEntry) } failure
        )
        {
            throw failure;
        }
        File.Delete(PathOf(name));
    }

    private static void DeleteInterfaces()
    {
        using var netlink = RouteNetlink.Open();
        netlink.Links.DeleteVirtual();
    }

    private static void DisposeOwned()
    {
        foreach (var owned in _owned.Values)
        {
            owned?.Dispose();
        }
    }

    /// <summary>The processes whose main thread is in here, but for this one.</summary>
    private IEnumerable<int> Processes()
    {
        var own = Run(CurrentIdentity);
        return RunningProcesses().Where(process => process != Environment.ProcessId && IsIn(process, own));
    }

    private static bool HasEnded(int number, KernelTime until)
    {
        try
        {
            using var process = Process.GetProcessById(number);
            var left = until - KernelTime.Now;
            return process.WaitForExit(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
        catch (ArgumentException)
        {
            // There is no such process any more.
            return true;
        }
    }

    private static IEnumerable<int> RunningProcesses()
    {
        foreach (var path in System.IO.Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var process))
            {
                yield return process;
            }
        }
    }

    private static IEnumerable<string> Names() =>
        System.IO.Directory.Exists(Directory) ? System.IO.Directory.GetFiles(Directory).Select(path => Path.GetFileName(path)) : [];

    /// <summary>Null if it has been removed in the meantime, or is being made.</summary>
    private static string? IdentityOf(string name)
    {
        try
        {
            using var named = Open(name);
            return named.Run(CurrentIdentity);
        }
        catch (LinuxException gone) when (gone.ErrorNumber is Errno.NoEntry or Errno.InvalidArgument)
        {
            return null;
        }
    }

    private static bool Holds(int process, string identity)
    {
        try
        {
            return System
                .IO.Directory.EnumerateFileSystemEntries($"/proc/{process}/fd")
                .Any(descriptor => TargetOf(descriptor) == identity);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>For instance <c>net:[4026531840]</c>; null if the process has ended or is out of reach.</summary>
    private static string? NamespaceOf(int process) => TargetOf($"/proc/{process}/ns/net");

    private static string? TargetOf(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.Name;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
