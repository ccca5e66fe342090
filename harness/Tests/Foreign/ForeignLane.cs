using System.Diagnostics;
using Conformance.TestBeds.External;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>
/// A foreign device as a process in a network namespace, connected by a cable for each port of its profile to a namespace of the tester.
/// Scenarios run on it one after the other; it is never reset.
/// </summary>
internal sealed class ForeignLane : IImplementationUnderTest, IDisposable
{
    /// <summary>Only ends a process that does not end by itself.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly NetworkNamespace _device = NetworkNamespace.CreateAnonymous();
    private readonly NetworkNamespace _tester = NetworkNamespace.CreateAnonymous();
    private readonly LastLines _log = new();
    private readonly WiredPorts? _ports;
    private readonly Process _process;
    private readonly string _script;

    private ForeignLane(ForeignDevice device, string configuration, string fault)
    {
        _script = device.Script;
        Configuration = configuration;
        Identities = new IdentityPool(device.Profile.Identities);
        try
        {
            _ports = Connect(device.Profile);
            _process = Start(fault.Length == 0 ? device.Options(configuration) : [.. device.Options(configuration), "--fault", fault]);
        }
        catch
        {
            DisposeNetwork();
            throw;
        }
    }

    public string Configuration { get; }

    public IdentityPool Identities { get; }

    public WiredPorts Ports => _ports!;

    /// <summary>True once the device was found dead, so that no further scenario may run on it.</summary>
    public bool IsDead { get; set; }

    public IutHealth Health => _process.HasExited ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash => _process.HasExited ? $"{_script} ended with {_process.ExitCode}: {_log}" : null;

    /// <summary>Starts the device; the caller disposes of it.</summary>
    /// <param name="fault">The fault of the device; empty for none.</param>
    public static ForeignLane Start(ForeignDevice device, string configuration, string fault) => new(device, configuration, fault);

    public void Dispose()
    {
        // The device ends when its standard input is closed.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(_patience))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        DisposeNetwork();
    }

    private void DisposeNetwork()
    {
        _ports?.Dispose();
        _tester.Dispose();
        _device.Dispose();
    }

    private WiredPorts Connect(Profile profile)
    {
        _device.Run(() =>
        {
            // The device is its own IPv6 stack; the kernel's must be silent.
            foreach (var scope in (string[])["all", "default"])
            {
                Sysctl.Write($"net/ipv6/conf/{scope}/disable_ipv6", "1");
            }

            using var netlink = RouteNetlink.Open();
            foreach (var port in profile.Ports)
            {
                netlink.Links.AddVethPair(new VethEnd(port.Name), new VethEnd(port.Interface) { Namespace = _tester });
                netlink.Links.SetUp(netlink.Links.Get(port.Name).Index);
            }
        });
        return _tester.Run(() => WiredPorts.Open([.. profile.Ports.Select(Settings)]));
    }

    private WiredPortSettings Settings(PortSettings port) =>
        new(new PortId(port.Name), port.Interface) { InitiallyUp = !port.IsAccessLink, FarEndIsUp = () => IsUp(port.Name) };

    private bool IsUp(string link) =>
        _device.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            return netlink.Links.Get(link).IsRunning;
        });

    private Process Start(IEnumerable<string> options)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Foreign", _script);
        var started = _device.Start(
            new ProcessStartInfo(Python.Path, [script, .. options])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        );
        started.ErrorDataReceived += (_, line) => _log.Add(line.Data);
        started.BeginErrorReadLine();
        if (started.StandardOutput.ReadLine() == "ready")
        {
            return started;
        }

        started.WaitForExit();
        throw new InvalidOperationException($"{_script} did not start, it ended with {started.ExitCode}: {_log}");
    }

    /// <summary>The last output lines of a process.</summary>
    private sealed class LastLines
    {
        private const int Kept = 20;

        private readonly Queue<string> _lines = new();

        public void Add(string? line)
        {
            lock (_lines)
            {
                if (line is not null)
                {
                    _lines.Enqueue(line);
                }

                if (_lines.Count > Kept)
                {
                    _lines.Dequeue();
                }
            }
        }

        public override string ToString()
        {
            lock (_lines)
            {
                return string.Join(Environment.NewLine, _lines);
            }
        }
    }
}
