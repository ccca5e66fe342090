using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pmip.Linux;

namespace Pmip.Node;

/// <summary>
/// The program that nodes are started from. Most of a node's start is compilation. So whoever needs the first node compiles the
/// <c>pmip-node</c> of the build ahead of time, by the .NET SDK, and keeps the result in the user's cache under a hash of all that
/// it was made from. Where there is no SDK, no compiler package or no place to keep the result, the program of the build runs.
/// </summary>
/// <param name="FileName">The path of the program.</param>
/// <param name="Kind">How it was compiled, in a few words.</param>
public sealed record NodeProgram(string FileName, string Kind)
{
    /// <summary>The environment variable that names a program to start instead.</summary>
    public const string Variable = "PMIP_NODE";

    private const string Name = "pmip-node";

    /// <summary>How many results are kept: of other sources, compilers and clones, those last used.</summary>
    private const int Kept = 8;

    /// <summary>Compilation takes half a minute; a package registry that does not answer would take for ever.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <summary>All that a node is made of, and the project that compiles it.</summary>
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
    /// The program to start: native code where it can be had, else ReadyToRun, else the program of the build. The first call may
    /// take a minute; standard error tells of that, and of what could not be done.
    /// </summary>
    public static NodeProgram Current => _chosen.Value;

    /// <summary>The program of the build, which is compiled while it runs.</summary>
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

    /// <summary>Compiles now what will be needed, before anything is shown or timed.</summary>
    public static void Prepare() => _ = Current;

    /// <summary>Compiles to native code, or takes what was compiled before.</summary>
    /// <returns>Null if it cannot be had, of which standard error has told once.</returns>
    public static NodeProgram? Native() => Compiled("native code", "native", "PublishAot");

    /// <summary>Compiles to ReadyToRun code, or takes what was compiled before.</summary>
    /// <returns>Null if it cannot be had, of which standard error has told once.</returns>
    public static NodeProgram? ReadyToRun() => Compiled("ReadyToRun", "ready-to-run", "PublishReadyToRun");

    private static NodeProgram Choose() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? new NodeProgram(given, $"of {Variable}")
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
            StandardStreams.WriteError($"{Name} is not compiled to {kind}: {refused.Message}");
            return null;
        }
    }

    /// <summary>One process at a time compiles; the next finds what it has made.</summary>
    private static void Enter(Mutex turn)
    {
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // A process was killed while it compiled. What it has left is not in the place of a result.
        }
    }

    /// <summary>What fails is not tried again while its log is there.</summary>
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

        StandardStreams.WriteError($"{Name} is compiled to {kind}, once: this may take a minute.");
        var said = Publish(work, property);
        var published = Path.Combine(work, "out");
        var succeeded = File.Exists(Path.Combine(published, Name));
        if (succeeded)
        {
            // At once: nobody sees half of it.
            Directory.Move(published, result);
        }
        else
        {
            File.WriteAllText(log, said);
            StandardStreams.WriteError(
                $"{Name} cannot be compiled to {kind}, so nodes start slower. Why is in {log}; remove it to try again."
            );
        }

        Directory.Delete(work, recursive: true);
        return succeeded;
    }

    /// <returns>What the SDK said.</returns>
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

    /// <summary>Another SDK, or a linker that was installed, is a reason to compile again.</summary>
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
