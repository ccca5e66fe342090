using System.Diagnostics;
using System.Net;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Conformance.Harness.Tests.Foreign;

/// <summary>
/// The LMA in Python, foreign_lma.py, as a process in a network namespace, connected by a cable to a namespace with a port of the
/// tester.
/// </summary>
internal sealed class ForeignLma : IImplementationUnderTest, IDisposable
{
    private const string Script = "foreign_lma.py";
    private const string CableEnd = "core0";
    private const byte LinkPrefixLength = 64;

    /// <summary>Only ends a process that does not end by itself.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly NetworkNamespace _device = NetworkNamespace.CreateAnonymous();
    private readonly NetworkNamespace _tester = NetworkNamespace.CreateAnonymous();
    private readonly LastLines _errors = new();
    private readonly WiredPorts? _ports;
    private readonly Process _process;

    private ForeignLma(IPAddress address, IReadOnlyList<string> arguments)
    {
        try
        {
            _ports = Connect(address);
            _process = Start([.. arguments, "--address", address.ToString()]);
        }
        catch
        {
            DisposeNetwork();
            throw;
        }
    }

    public WiredPorts Ports => _ports!;

    public IutHealth Health => _process.HasExited ? IutHealth.Crashed : IutHealth.Running;

    public string? Crash => _process.HasExited ? $"{Script} ended with {_process.ExitCode}: {_errors}" : null;

    /// <summary>Starts the foreign LMA; the caller disposes of it.</summary>
    public static ForeignLma Start(IPAddress address, params IReadOnlyList<string> arguments) => new(address, arguments);

    public void Dispose()
    {
        // The foreign LMA ends when its standard input is closed.
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

    private WiredPorts Connect(IPAddress address)
    {
        using var netlink = _device.Run(RouteNetlink.Open);
        netlink.Links.AddVethPair(new VethEnd(CableEnd), new VethEnd(CableEnd) { Namespace = _tester });
        var link = netlink.Links.Get(CableEnd).Index;
        netlink.Links.SetUp(link);
        netlink.Addresses.Add(link, address, LinkPrefixLength, KernelAddressFlags.NoDuplicateDetection);
        return _tester.Run(() => WiredPorts.Open([new WiredPortSettings(Testing.Peers.Ports.Core, CableEnd)]));
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Foreign", Script);
        var started = _device.Start(
            new ProcessStartInfo(Python.Path, [script, "--exit-with-stdin", .. arguments])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        );
        started.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
        started.BeginErrorReadLine();
        if (started.StandardOutput.ReadLine() == "ready")
        {
            return started;
        }

        started.WaitForExit();
        throw new InvalidOperationException($"{Script} did not start, it ended with {started.ExitCode}: {_errors}");
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
