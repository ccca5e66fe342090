using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pmip.Linux;

namespace Pmip.Node;

/// <summary>
/// The program that nodes are started from. JIT compilation takes most of a node's start. Therefore <c>pmip-node</c> is compiled
/// ahead of time with the .NET SDK when the first node is needed. The result is kept in the user's cache under a hash of all
/// inputs. Without the SDK, the compiler package or a writable cache, the program of the build is started.
/// </summary>
/// <param name="FileName">The path of the program.</param>
/// <param name="Kind">How the program was compiled, as a short text.</param>
public sealed record NodeProgram(string FileName, string Kind)
{
    /// <summary>The environment variable with the path of a program to start instead.</summary>
    public const string Variable = "PMIP_NODE";

    private const string Name = "pmip-node";

    private const string NativeKind = "native code",
        GivenKind = $"of {Variable}";

    /// <summary>How many results (of other sources, compilers and clones) are kept; the least recently used are removed.</summary>
    private const int Kept = 8;

    /// <summary>Compilation takes half a minute; an unresponsive package registry would block without limit.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>All files that a node consists of, and the project that compiles it.</summary>
    private static readonly string[] _inputs =
    [
        "pmip-node.dll",
        "Pmip.Linux.dll",
        "Pmip.Protocol.dll",
        "Pmip.Wire.dll",
        "ahead/pmip-node.csproj",
        "ahead/pmip-node.props",
    ];

    private static readonly Lazy<NodeProgram> _chosen = new(Choose);

    /// <summary>
    /// The program to start: native code if available, else ReadyToRun, else the program of the build. The first call may take a
    /// minute; it reports the compilation and any failure on standard error.
    /// </summary>
    public static NodeProgram Current => _chosen.Value;

    /// <summary>True if the program is one file that needs no .NET runtime, as a container requires it.</summary>
    public bool IsSelfContained => Kind == NativeKind || Kind == GivenKind;

    /// <summary>The program of the build, which is JIT-compiled.</summary>
    public static NodeProgram AsBuilt => new(Path.Combine(AppContext.BaseDirectory, Name), "as built");

    private static string DotnetRoot => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string SdkFolder => Path.Combine(DotnetRoot, "sdk");

    private static string Cache =>
        Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
                    ".cache"
                ),
            Name
        );

    /// <summary>Compiles the program now, before output or measurements start.</summary>
    public static void Prepare() => _ = Current;

    /// <summary>Compiles to native code, or uses an earlier result.</summary>
    /// <returns>Null if not available; a failure is reported once on standard error.</returns>
    public static NodeProgram? Native() => Compiled(NativeKind, "native", "PublishAot");

    /// <summary>Compiles to ReadyToRun code, or uses an earlier result.</summary>
    /// <returns>Null if not available; a failure is reported once on standard error.</returns>
    public static NodeProgram? ReadyToRun() => Compiled("ReadyToRun", "ready-to-run", "PublishReadyToRun");

    private static NodeProgram Choose() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? new NodeProgram(given, GivenKind)
            : Native() ?? ReadyToRun() ?? AsBuilt;

    private static NodeProgram? Compiled(string kind, string folder, string property)
    {
        try
        {
            if (!Directory.Exists(SdkFolder) || !_inputs.All(input => File.Exists(Path.Combine(AppContext.BaseDirectory, input))))
            {
                return null;
            }

            var inputs = _inputs.ToDictionary(
                input => Path.GetFileName(input),
                input => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, input))
            );
            var result = Path.Combine(Cache, Hash(inputs), folder);
            using var turn = new Mutex(
                initiallyOwned: false,
                Name,
                new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false }
            );
            Enter(turn);
            try
            {
                var program = new NodeProgram(Path.Combine(result, Name), kind);
                if (!File.Exists(program.FileName) && !TryCompile(inputs, result, kind, property))
                {
                    return null;
                }

                Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(result)!, DateTime.UtcNow);
                return program;
            }
            finally
            {
                turn.ReleaseMutex();
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or WaitHandleCannotBeOpenedException)
        {
            StandardStreams.WriteError($"{Name} was not compiled to {kind}: {refused.Message}");
            return null;
        }
    }

    /// <summary>Only one process at a time compiles; the next one finds the result.</summary>
    private static void Enter(Mutex turn)
    {
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // A process was killed while it compiled. Its partial output is not in the result folder.
        }
    }

    /// <summary>A failed compilation is not repeated while its log exists.</summary>
    private static bool TryCompile(Dictionary<string, byte[]> inputs, string result, string kind, string property)
    {
        var (log, work) = ($"{result}.log", $"{result}.part");
        if (File.Exists(log))
        {
            return false;
        }

        RemoveOldest();
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        Directory.CreateDirectory(work);
        foreach (var (file, octets) in inputs)
        {
            File.WriteAllBytes(Path.Combine(work, file), octets);
        }

        StandardStreams.WriteError($"Compiling {Name} to {kind}, once: this may take a minute.");
        var said = Publish(work, property);
        var published = Path.Combine(work, "out");
        var succeeded = File.Exists(Path.Combine(published, Name));
        if (succeeded)
        {
            // The move is atomic: no process sees a partial result.
            Directory.Move(published, result);
        }
        else
        {
            File.WriteAllText(log, said);
            StandardStreams.WriteError(
                $"{Name} cannot be compiled to {kind}, so nodes start slower. The reason is in {log}; remove this file to try again."
            );
        }

        Directory.Delete(work, recursive: true);
        return succeeded;
    }

    /// <returns>The output of the SDK.</returns>
    private static string Publish(string folder, string property)
    {
        var said = new StringBuilder();
        string[] arguments =
        [
            "publish",
            $"{Name}.csproj",
            "--output",
            "out",
            $"-p:{property}=true",
            "-nodeReuse:false",
            "-terminalLogger:off",
            "-nologo",
        ];
        using var process = Process.Start(
            new ProcessStartInfo(Path.Combine(DotnetRoot, "dotnet"), arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        lock (said)
        {
            return said.ToString();
        }
    }

    /// <summary>The hash covers the SDKs and linkers: if they change, the program is compiled again.</summary>
    private static string Hash(Dictionary<string, byte[]> inputs)
    {
        var linkers =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            from linker in (string[])["clang", "gcc"]
            let file = Path.Combine(folder, linker)
            where File.Exists(file)
            select file;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var octets in inputs.Values)
        {
            hash.AppendData(SHA256.HashData(octets));
        }

        hash.AppendData(
            Encoding.UTF8.GetBytes(
                string.Join(
                    '\n',
                    [RuntimeInformation.RuntimeIdentifier, .. Directory.GetDirectories(SdkFolder).Order(StringComparer.Ordinal), .. linkers]
                )
            )
        );
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static void RemoveOldest()
    {
        foreach (
            var old in Directory.CreateDirectory(Cache).GetDirectories().OrderByDescending(folder => folder.LastWriteTimeUtc).Skip(Kept - 1)
        )
        {
            old.Delete(recursive: true);
        }
    }
}
