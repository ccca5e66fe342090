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
/// A network namespace. Sockets and devices stay in the namespace in which they were opened, so only opening them requires
/// <see cref="Run(Action)"/>; afterwards any thread can use them.
/// </summary>
/// <remarks>
/// A named namespace is mounted in /run/netns, as by <c>ip netns</c>, under <c>prefix-process-name</c>. <see cref="RemoveLeftovers"/>
/// removes the namespaces of killed runs, which it recognises by the process that no longer exists. Otherwise <see cref="Dispose"/>
/// removes the namespace, or at the latest the end of the process, including an end by an unhandled exception.
/// </remarks>
public sealed class NetworkNamespace : IDisposable
{
    private const string Directory = "/run/netns";
    private const string OwnNamespace = "/proc/thread-self/ns/net";

    /// <summary>The namespaces that this process must remove, by name; null while a namespace is being created.</summary>
    private static readonly ConcurrentDictionary<string, NetworkNamespace?> _owned = new();

    private readonly bool _isOwner;

    /// <summary>The identity of a namespace that was opened as the calling thread's; null for others.</summary>
    private string? _identity;

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

    /// <summary>
    /// Creates a namespace that exists as long as this object and the objects opened in it. Its loopback interface is up.
    /// </summary>
    public static NetworkNamespace CreateAnonymous() => new(Isolated(static () => Unshare(path: null)), name: null, isOwner: true);

    /// <summary>Creates a namespace that other programs can find. Its loopback interface is up.</summary>
    /// <param name="prefix">
    /// The common prefix of the program's namespaces, for <see cref="RemoveLeftovers"/>; must not contain a slash.
    /// </param>
    public static NetworkNamespace CreateNamed(string prefix, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var fullName = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Environment.ProcessId}-{name}");
        if (fullName.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{fullName}' is not a valid namespace name.", nameof(name));
        }

        // Another thread may be removing leftovers: from here on, this name does not count as one.
        if (!_owned.TryAdd(fullName, null))
        {
            throw new IOException($"Namespace {fullName} already exists.");
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

    /// <summary>Opens the namespace of this name in /run/netns. Disposing of this object does not remove the namespace.</summary>
    public static NetworkNamespace Open(string name) => new(Libc.Open(PathOf(name), Libc.ReadOnly), name, isOwner: false);

    /// <summary>Opens the namespace of a process. Disposing of this object does not remove the namespace.</summary>
    /// <exception cref="LinuxException">There is no such process.</exception>
    public static NetworkNamespace OfProcess(int process) =>
        new(Libc.Open(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/ns/net"), Libc.ReadOnly), name: null, isOwner: false);

    /// <summary>Opens the calling thread's namespace.</summary>
    public static NetworkNamespace OpenCurrent() =>
        new(Libc.Open(OwnNamespace, Libc.ReadOnly), name: null, isOwner: false) { _identity = CurrentIdentity() };

    /// <summary>The number of the calling thread's namespace, unique since the machine was started: SO_NETNS_COOKIE.</summary>
    public static ulong CurrentCookie()
    {
        using var socket = Libc.OpenSocket(Libc.FamilyInet6, Libc.DatagramSocket, 0, "namespace cookie");
        return Libc.GetOption<ulong>(socket, Libc.SocketLevel, Libc.NamespaceCookie, "SO_NETNS_COOKIE", "namespace cookie");
    }

    /// <summary>
    /// The calling thread's namespace as /proc shows it, for instance <c>net:[4026531840]</c>; a later namespace may get the same
    /// identity.
    /// </summary>
    public static string CurrentIdentity() => File.ResolveLinkTarget(OwnNamespace, returnFinalTarget: false)!.Name;

    /// <summary>Whether a process is in the namespace of this identity.</summary>
    public static bool IsIn(int process, string identity) => NamespaceOf(process) == identity;

    /// <summary>Whether the namespace of this identity is in use: by a process in it, by a name, or by a descriptor of a process.</summary>
    public static bool Exists(string identity) =>
        RunningProcesses().Any(process => IsIn(process, identity))
        || Names().Any(name => IdentityOf(name) == identity)
        || RunningProcesses().Any(process => Holds(process, identity));

    /// <summary>
    /// Removes the namespaces of this prefix whose process no longer exists: kills the processes that still run in them, and deletes
    /// their interfaces. Returns their names.
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
    /// Runs an action on a separate thread inside the namespace, and returns when the action is done. The action must be short and
    /// synchronous: tasks, timers and pool threads that it started would stay in the namespace.
    /// </summary>
    /// <exception cref="LinuxException">The namespace cannot be entered. Exceptions of the action are rethrown unchanged.</exception>
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
            // Entering a namespace needs a privilege that the processes of a container lack, even if they are in it.
            if ((_identity is null || _identity != CurrentIdentity()) && Libc.SetNamespace(Descriptor, Libc.NewNetworkNamespace) < 0)
            {
                throw LinuxException.Last("setns", ToString());
            }
            return function();
        });

    /// <summary>Starts a process inside the namespace. The caller must end the process.</summary>
    /// <param name="ownFiles">
    /// Absolute paths of files and directories that the process must not share with the machine: it gets a copy of a file, and an empty
    /// directory. They are gone when the process has ended.
    /// </param>
    public Process Start(ProcessStartInfo start, params IReadOnlyList<string> ownFiles)
    {
        // The runtime starts its signal thread with the first process, in the namespace of the starting thread. Registering a handler
        // first starts that thread outside of this namespace.
        using (PosixSignalRegistration.Create(PosixSignal.SIGCHLD, static _ => { }))
        {
            return Run(() =>
            {
                OwnFiles.Take(ownFiles);
                return Process.Start(start)!;
            });
        }
    }

    /// <summary>
    /// Replaces this process by another program inside the namespace. The program keeps the terminal, the streams and the process ID,
    /// so the parent process waits for the program and gets its exit code.
    /// </summary>
    /// <param name="program">A path, or a name to search for in PATH.</param>
    /// <param name="ownFiles">As for <see cref="Start"/>.</param>
    /// <exception cref="LinuxException">There is no such program, or it cannot be run.</exception>
    [DoesNotReturn]
    public void Execute(string program, IReadOnlyList<string> ownFiles, params IReadOnlyList<string> arguments) =>
        throw Run(() =>
        {
            OwnFiles.Take(ownFiles);

            // The runtime ignores SIGPIPE; other programs expect the default action.
            Libc.HandleSignal(Libc.PipeSignal, 0);
            Libc.Execute(program, [program, .. arguments, null]);
            return LinuxException.Last("execvp", program);
        });

    /// <summary>
    /// Sends SIGHUP to the processes inside the namespace, except this one, as the end of their terminal would. Kills those that do
    /// not end in time.
    /// </summary>
    /// <param name="within">The time that the processes have to end.</param>
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
    /// If this object created the namespace, deletes the virtual interfaces in it and removes its name. Closes the namespace. When
    /// this returns, the interfaces are deleted and their names are free; the kernel alone would delete them later.
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
            // The mount point of the namespace.
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

    /// <summary>
    /// Moves the thread to a new namespace, mounts the namespace on the path if there is one, and returns a descriptor of it.
    /// </summary>
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

    /// <summary>Runs a function on a thread that ends with it, so that a change of the thread's namespace has no further effect.</summary>
    private static T Isolated<T>(Func<T> function)
    {
        var (result, failure) = (default(T), default(ExceptionDispatchInfo));
        var thread = new Thread(() =>
        {
            try
            {
                result = function();
            }
#pragma warning disable CA1031 // Rethrown below, on the caller's thread.
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
            // The run was killed between creating the file and mounting on it, or another program is also removing the namespace.
        }

        RemoveName(name);
    }

    private static void RemoveName(string name)
    {
        // It is not an error if the path is not a mount point or does not exist.
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

    /// <summary>The processes whose main thread is in this namespace, except this process.</summary>
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
            // The process no longer exists.
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

    /// <summary>Null if the namespace was removed in the meantime, or is being created.</summary>
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

    /// <summary>For instance <c>net:[4026531840]</c>; null if the process has ended or may not be inspected.</summary>
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
