using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;
using Microsoft.Extensions.Logging.Abstractions;
using Pmip.Linux;
using Pmip.Node;

namespace Conformance.TestBeds.Containers;

/// <summary>
/// The Docker daemon of this machine, through the package Testcontainers. The package is asynchronous; this class is the only one that
/// waits for it, when a bed or a lane opens or closes, and when a container has ended. A scenario that runs asks Docker nothing.
/// </summary>
internal sealed class DockerEngine : IDisposable
{
    /// <summary>The environment variable with the address of the daemon.</summary>
    private const string HostVariable = "DOCKER_HOST";

    private const string DefaultHost = "unix:///var/run/docker.sock";

    /// <summary>The image that <c>containers/build</c> makes.</summary>
    private const string Image = "pmip-node:dev";

    /// <summary>The label of the image: the SHA-256 hash of the <c>pmip-node</c> in it.</summary>
    private const string ProgramLabel = "pmip-conformance.node";

    /// <summary>The label of a container: the process that made it.</summary>
    private const string OwnerLabel = "pmip-conformance.owner";

    private const string ConfigurationDirectory = "/etc";
    private const string ConfigurationFile = $"{ConfigurationDirectory}/pmip-node.json";
    private const string TunDevice = "/dev/net/tun";

    /// <summary>The name of the process that holds a container, as far as the kernel keeps it.</summary>
    private const string Shim = "containerd-shim";

    private const int LinesShown = 3;

    /// <summary>The newest version of Docker's interface that Testcontainers was written for.</summary>
    private static readonly System.Version _newest = new(1, 44);

    private readonly Endpoint _endpoint;
    private readonly DockerClient _client;
    private readonly Action<string> _lost;
    private readonly CancellationTokenSource _closing = new();
    private Task _watch = Task.CompletedTask;
    private volatile string? _reason;

    private DockerEngine(Endpoint endpoint, string version, Action<string> lost)
    {
        (_endpoint, Version, _lost) = (endpoint, version, lost);
        _client = endpoint.GetDockerClientBuilder().Build();
    }

    /// <summary>The version of the daemon.</summary>
    public string Version { get; }

    /// <summary>Why no container can be started or removed any more; null while the daemon runs.</summary>
    public string? Lost => _reason;

    /// <summary>Connects to the daemon, and removes the containers of runs that were killed.</summary>
    /// <param name="program">The program that the image must have.</param>
    /// <param name="lost">Called with the reason when the daemon ends, from any thread.</param>
    /// <exception cref="BedUnavailableException">There is no daemon on this machine, or its image is not current.</exception>
    public static DockerEngine Open(NodeProgram program, Action<string> lost)
    {
        if (!program.IsSelfContained)
        {
            throw new BedUnavailableException(
                "a container needs pmip-node as native code, which is not compiled here: install gcc or clang"
            );
        }

        // The reaper is a container from a registry; containers are removed by their label instead.
        TestcontainersSettings.ResourceReaperEnabled = false;
        var host = Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } given ? given : DefaultHost;
        if (!Uri.TryCreate(host, UriKind.Absolute, out var address) || address.Scheme != "unix")
        {
            throw new BedUnavailableException(
                $"the containers bed moves links into its containers, so the Docker daemon must run on this machine: "
                    + $"{HostVariable}={host} is not a Unix socket"
            );
        }

        using var unversioned = new DockerClientBuilder().WithEndpoint(address).Build();
        var daemon = Answer(
            () => unversioned.System.GetVersionAsync(),
            $"no Docker daemon answers at {host}: start one, or set {HostVariable}"
        );
        var version = System.Version.Parse(daemon.APIVersion);
        var opened = new DockerEngine(new Endpoint(address, version < _newest ? version : _newest), daemon.Version, lost);
        try
        {
            opened.CheckImage(program);
            opened.Ask(opened.SweepAsync);
            opened._watch = Task.Run(opened.WatchAsync);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Starts containers side by side.</summary>
    /// <exception cref="BedUnavailableException">A container does not start. None is left.</exception>
    public IReadOnlyList<NodeContainer> Start(IReadOnlyList<ContainerRequest> requests)
    {
        var starting = requests.Select(request => Task.Run(() => StartAsync(request))).ToList();
        try
        {
            return Ask(() => Task.WhenAll(starting));
        }
        catch
        {
            try
            {
                Remove([.. starting.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result)]);
            }
            catch (BedUnavailableException)
            {
                // Why a container does not start says more.
            }

            throw;
        }
    }

    /// <summary>
    /// Removes containers side by side. Those that cannot be removed, because the daemon has ended, are left to the next start.
    /// </summary>
    /// <exception cref="BedUnavailableException">The daemon runs, and refuses.</exception>
    public void Remove(IReadOnlyList<NodeContainer> containers)
    {
        try
        {
            if (Lost is null)
            {
                Ask(() => Task.WhenAll(containers.Select(container => RemoveAsync(container.Id))));
            }
        }
        catch (BedUnavailableException) when (Lost is not null)
        {
            // The next start removes them.
        }
        finally
        {
            foreach (var container in containers)
            {
                container.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _watch.GetAwaiter().GetResult();
        _client.Dispose();
        _closing.Dispose();
    }

    private static T Answer<T>(Func<Task<T>> call, string problem)
    {
        try
        {
            return Task.Run(call).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is HttpRequestException or DockerApiException or IOException or TimeoutException or LinuxException)
        {
            throw new BedUnavailableException($"{problem}: {e.Message.Trim()}", e);
        }
    }

    private T Ask<T>(Func<Task<T>> call)
    {
        try
        {
            return Answer(call, $"the Docker daemon at {_endpoint.Address} refuses");
        }
        catch (BedUnavailableException e) when (e.InnerException is HttpRequestException)
        {
            throw new BedUnavailableException(Lose(), e);
        }
    }

    private void Ask(Func<Task> call) =>
        Ask(async () =>
        {
            await call();
            return 0;
        });

    private void CheckImage(NodeProgram program)
    {
        ImageInspectResponse image;
        try
        {
            image = Ask(() => _client.Images.InspectImageAsync(Image));
        }
        catch (BedUnavailableException e) when (e.InnerException is DockerImageNotFoundException)
        {
            throw new BedUnavailableException($"there is no image {Image}: make it by containers/build", e);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(program.FileName)));
        if (image.Config?.Labels?.TryGetValue(ProgramLabel, out var found) != true || found != hash)
        {
            throw new BedUnavailableException(
                $"the image {Image} has another pmip-node than this build: make it again by containers/build"
            );
        }
    }

    /// <summary>Removes the containers of processes that have ended.</summary>
    private async Task SweepAsync()
    {
        var found = await _client.Containers.ListContainersAsync(
            new ContainersListParameters
            {
                All = true,
                Filters = new Dictionary<string, IDictionary<string, bool>>
                {
                    ["label"] = new Dictionary<string, bool> { [OwnerLabel] = true },
                },
            }
        );
        var leftovers = found.Where(container => IsLeftover(container.Labels![OwnerLabel])).Select(container => container.ID).ToList();
        await Task.WhenAll(leftovers.Select(RemoveAsync));
        leftovers.ForEach(EndShim);
    }

    /// <summary>
    /// Ends the process that holds a container, and what runs in it. A daemon that was killed while it made the container does not
    /// know it any more, and the container's namespace would live as long as it.
    /// </summary>
    private static void EndShim(string removed)
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (process.ProcessName.StartsWith(Shim, StringComparison.Ordinal) && ArgumentsOf(process).Contains(removed))
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
    }

    private static string[] ArgumentsOf(Process process)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/cmdline")).Split('\0');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static bool IsLeftover(string owner) =>
        !int.TryParse(owner.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        || ProcessWatch.IdentityOf(process) != owner;

    private async Task RemoveAsync(string id)
    {
        try
        {
            await _client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true });
        }
        catch (DockerApiException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // Another program has removed it, or is removing it now.
        }
    }

    private async Task<NodeContainer> StartAsync(ContainerRequest request)
    {
        var ready = new WakeUp();
        var builder = new ContainerBuilder(Image)
            .WithDockerEndpoint(_endpoint)
            .WithLogger(NullLogger.Instance)
            .WithImagePullPolicy(PullPolicy.Never)
            .WithCleanUp(false)
            .WithName(request.Name)
            .WithHostname(request.Node.Name)
            .WithLabel(OwnerLabel, ProcessWatch.IdentityOf(Environment.ProcessId)!)
            .WithOutputConsumer(new Output(ready))
            .WithCreateParameterModifier(Isolate);
        builder = request.Configuration is { } configuration
            ? builder
                .WithResourceMapping(System.Text.Encoding.UTF8.GetBytes(configuration), ConfigurationFile)
                .WithCommand("pmip-start", "pmip-node", "--config", ConfigurationFile)
            : builder.WithCommand("sleep", "infinity");
        foreach (var file in request.KeyFiles)
        {
            builder = builder.WithResourceMapping(
                System.Text.Encoding.UTF8.GetBytes(ReferenceKeys.Read(file)),
                $"{ConfigurationDirectory}/{file}",
                fileMode: UnixFileModes.UserRead | UnixFileModes.UserWrite
            );
        }

        var container = builder.Build();
        try
        {
            await container.StartAsync();
            var started = await _client.Containers.InspectContainerAsync(container.Id);
            return new NodeContainer(request, container.Id, (int)started.State!.Pid, ready, () => EndOf(container));
        }
        catch
        {
            ready.Dispose();
            await AbandonAsync(request.Name);
            throw;
        }
    }

    /// <summary>
    /// Removes a container that has not started, if it was made. Why it has not started says more than why it cannot be removed.
    /// </summary>
    private async Task AbandonAsync(string name)
    {
        try
        {
            await RemoveAsync(name);
        }
        catch (Exception e) when (e is HttpRequestException or DockerApiException or IOException or TimeoutException)
        {
            // The next start of the bed after this process removes it.
        }
    }

    /// <summary>
    /// No network of Docker, and no privilege but those over the container's own network. The node sets the kernel parameters of that
    /// network, so /proc/sys/net can be written to; those of the whole machine cannot.
    /// </summary>
    private static void Isolate(CreateContainerParameters parameters)
    {
        var host = parameters.HostConfig!;
        host.NetworkMode = "none";
        host.CapAdd = ["NET_ADMIN", "NET_RAW"];
        host.ReadonlyPaths =
        [
            "/proc/bus",
            "/proc/fs",
            "/proc/irq",
            "/proc/sysrq-trigger",
            "/proc/sys/kernel",
            "/proc/sys/vm",
            "/proc/sys/fs",
            "/proc/sys/dev",
        ];
        host.Devices =
        [
            new DeviceMapping
            {
                PathOnHost = TunDevice,
                PathInContainer = TunDevice,
                CgroupPermissions = "rwm",
            },
        ];
    }

    /// <summary>The exit code of a container that has ended, and the end of its log.</summary>
    private string EndOf(IContainer container)
    {
        try
        {
            return Ask(async () =>
            {
                var code = await container.GetExitCodeAsync();
                var (_, log) = await container.GetLogsAsync(timestampsEnabled: false);
                var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                var end = lines.Length > 0 ? $", the end of its log: {string.Join(" | ", lines.TakeLast(LinesShown))}" : string.Empty;
                return string.Create(CultureInfo.InvariantCulture, $"ended with {code}{end}");
            });
        }
        catch (BedUnavailableException e)
        {
            return $"ended; {e.Message}";
        }
    }

    /// <summary>Notices the end of the daemon by the end of its events.</summary>
    private async Task WatchAsync()
    {
        var parameters = new ContainerEventsParameters
        {
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["label"] = new Dictionary<string, bool> { [OwnerLabel] = true },
            },
        };
        try
        {
            await _client.System.MonitorEventsAsync(parameters, new Progress<Message>(), _closing.Token);
        }
#pragma warning disable CA1031 // Any exception ends the stream of events; none may end the program.
        catch (Exception)
#pragma warning restore CA1031
        {
            // See below.
        }

        if (!_closing.IsCancellationRequested)
        {
            Lose();
        }
    }

    private string Lose()
    {
        _reason ??=
            $"the Docker daemon at {_endpoint.Address} has ended or does not answer any more; when it runs again, the next start of the "
            + "containers bed removes the containers that are left";
        _lost(_reason);
        return _reason;
    }

    private sealed record Endpoint(Uri Address, System.Version Version) : IDockerEndpointAuthenticationConfiguration
    {
        Uri IDockerEndpointAuthenticationConfiguration.Endpoint => Address;

        public IAuthProvider? AuthProvider => null;

        public DockerClientBuilder GetDockerClientBuilder(Guid sessionId = default) =>
            new DockerClientBuilder().WithEndpoint(Address).WithApiVersion(Version);
    }

    private sealed class Output(WakeUp ready) : IOutputConsumer
    {
        public bool Enabled => true;

        public Stream Stdout { get; } = new ReadyStream(ready);

        public Stream Stderr => Stream.Null;

        public void Dispose() => Stdout.Dispose();
    }
}
