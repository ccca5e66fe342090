using Conformance.TestBeds.Lanes;
using Conformance.TestBeds.Namespaces;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Node;
using Pmip.Node.Configuration;

namespace Conformance.TestBeds.External;

/// <summary>
/// A <c>pmip-node</c> in its own namespace that plays the device, and a namespace of the tester in which veth ends play the network
/// interfaces that the profile names.
/// </summary>
internal sealed class StandIn : IImplementationUnderTest, IDisposable
{
    /// <summary>The placeholders of commands to a stand-in: its management socket, and the program that reaches it.</summary>
    public static readonly IReadOnlyList<string> Placeholders = ["socket", "pmip-node"];

    private static int _started;

    private readonly NetworkNamespace _device;
    private readonly NodeConfiguration _configuration;
    private readonly NodeProcess _node;
    private readonly DirectoryInfo _directory;

    private StandIn(
        NetworkNamespace tester,
        NetworkNamespace device,
        NodeConfiguration configuration,
        NodeProcess node,
        DirectoryInfo directory
    ) => (Tester, _device, _configuration, _node, _directory) = (tester, device, configuration, node, directory);

    /// <summary>The namespace of the tester's ports.</summary>
    public NetworkNamespace Tester { get; }

    /// <summary>Runs a function in the namespace of the tester's ports.</summary>
    public T InTester<T>(Func<T> function) => Tester.Run(function);

    /// <summary>The values of <see cref="Placeholders"/>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values =>
        [new("socket", _configuration.ManagementSocket!), new("pmip-node", NodeProgram.Current.FileName)];

    public IutHealth Health => _node.Health;

    public string? Crash => _node.Crash;

    public void AwaitEnd(TimeSpan within) => _node.AwaitEnd(within);

    /// <param name="file">The configuration file of the node.</param>
    /// <exception cref="BedUnavailableException">The file does not fit the profile, or the node does not start.</exception>
    public static StandIn Start(Profile profile, string file)
    {
        var read = Read(profile, file);
        var directory = Directory.CreateTempSubdirectory("pmip-stand-in-");
        var configuration = read with
        {
            ManagementSocket = Path.Combine(directory.FullName, "management.sock"),
            StateDirectory = read.HasOwnStack ? null : directory.FullName,
            Security = read.Security is { } security ? ReferenceKeys.CopyTo(directory.FullName, security) : null,
        };
        var number = Interlocked.Increment(ref _started);
        var tester = NetworkNamespace.CreateNamed(ExternalBeds.Prefix, $"{number}-tester");
        NetworkNamespace? device = null;
        try
        {
            device = NetworkNamespace.CreateNamed(ExternalBeds.Prefix, $"{number}-device");
            foreach (var port in profile.Ports)
            {
                var @interface = configuration.Interfaces.First(known => known.Link == port.Name);
                Wiring.Cable(
                    device,
                    @interface.Interface,
                    @interface.MacAddress,
                    tester,
                    port.Interface,
                    port.IsAccessLink,
                    port.IsAccessLink ? port.Mtu : null
                );
            }

            return new StandIn(tester, device, configuration, NodeProcess.Start(device, configuration), directory);
        }
        catch
        {
            device?.Dispose();
            tester.Dispose();
            directory.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Whether the device's end of a port's cable is up.</summary>
    public bool IsUp(string port) => Wiring.IsUp(_device, _configuration.Interfaces.First(known => known.Link == port).Interface);

    public void Dispose()
    {
        _node.Dispose();
        _device.Dispose();
        Tester.Dispose();
        _directory.Delete(recursive: true);
    }

    internal static NodeConfiguration Read(Profile profile, string file)
    {
        NodeConfiguration configuration;
        try
        {
            configuration = NodeConfiguration.Parse(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is NodeConfigurationException or IOException or UnauthorizedAccessException)
        {
            throw new BedUnavailableException(e.Message, e);
        }

        if (configuration.Security?.Associations.FirstOrDefault(known => !File.Exists(known.KeyFile)) is { } keyless)
        {
            throw new BedUnavailableException($"{file}: Security: there is no file {keyless.KeyFile}");
        }

        var missing = profile.Ports.Select(port => port.Name).Except(configuration.Interfaces.Select(known => known.Link)).ToList();
        return missing.Count > 0
            ? throw new BedUnavailableException(
                $"{file}: Interfaces: there is no interface on the link {string.Join(", ", missing)}, where the profile has a port"
            )
            : configuration;
    }
}
