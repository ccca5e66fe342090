using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Pmip.Linux;

namespace Conformance.TestBeds.Guest;

/// <summary>
/// A virtual machine: its emulator, and the line of its agent. It ends with this object, and with this program even if that is killed.
/// </summary>
internal sealed class GuestMachine : IDisposable
{
    /// <summary>The emulator ends when its standard input does, and with its parent at the latest.</summary>
    private const string Start = """
        exec 3<&0
        setpriv --pdeathsig KILL "$@" </dev/null 3<&- &
        emulator=$!
        { read -r _ <&3; kill -KILL $emulator; } >/dev/null 2>&1 &
        wait $emulator
        """;

    private static readonly TimeSpan _connectsWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _endsWithin = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly string _console;
    private readonly Action<string> _ended;
    private readonly GuestMonitor _monitor;
    private readonly Socket _agent;
    private readonly Thread _listening;
    private volatile bool _isClosing;

    /// <param name="accelerator">As qemu calls it.</param>
    /// <param name="inside">The namespace of the taps, which exist when this returns.</param>
    /// <param name="directory">For the sockets and the output of the kernel.</param>
    /// <param name="initial">The archive that the kernel unpacks.</param>
    /// <param name="heard">Called with each line of the agent, from a thread of its own.</param>
    /// <param name="ended">Called with the reason if the machine ends before this object, from any thread.</param>
    /// <exception cref="BedUnavailableException">The emulator does not start.</exception>
    public GuestMachine(
        GuestImage image,
        GuestAccelerator accelerator,
        NetworkNamespace inside,
        string directory,
        string initial,
        IReadOnlyList<GuestNic> nics,
        Action<string> heard,
        Action<string> ended
    )
    {
        _ended = ended;
        _console = Path.Combine(directory, "console");
        using var agent = Listen(Path.Combine(directory, "agent"), out var agentPath);
        using var monitor = Listen(Path.Combine(directory, "monitor"), out var monitorPath);
        string[] arguments =
        [
            "-c",
            Start,
            "sh",
            GuestImage.Emulator,
            .. accelerator.Options,
            "-M",
            "pc",
            "-m",
            "320",
            "-nodefaults",
            "-no-user-config",
            "-display",
            "none",
            "-no-reboot",
            "-kernel",
            image.Kernel,
            "-initrd",
            initial,
            "-append",
            "console=ttyS0 quiet panic=-1 clocksource=acpi_pm",
            "-serial",
            $"file:{_console}",
            "-device",
            "virtio-serial-pci,addr=0x02",
            "-chardev",
            $"socket,id=agent,path={agentPath}",
            "-device",
            "virtserialport,chardev=agent,name=agent",
            "-chardev",
            $"socket,id=monitor,path={monitorPath}",
            "-mon",
            "chardev=monitor,mode=control",
            "-monitor",
            $"unix:{Path.Combine(directory, "by-hand")},server=on,wait=off",
            .. nics.SelectMany(nic => nic.Options(GuestAccelerator.NicModel)),
        ];
        _process = inside.Start(
            new ProcessStartInfo("sh", arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        );
        _errors = _process.StandardError.ReadToEndAsync();
        try
        {
            _agent = Accept(agent);
            _monitor = new GuestMonitor(Accept(monitor));
        }
        catch (Exception e) when (e is IOException or SocketException or BedUnavailableException)
        {
            End();
            throw new BedUnavailableException($"{GuestImage.Emulator} does not start: {e.Message} {LastWords}".TrimEnd(), e);
        }

        _listening = new Thread(() => Listen(heard)) { IsBackground = true, Name = "guest agent" };
        _listening.Start();
    }

    /// <summary>Tells the agent something. Nothing happens if the machine has ended.</summary>
    public void Tell(string line)
    {
        try
        {
            lock (_agent)
            {
                _agent.Send(Encoding.UTF8.GetBytes(line + '\n'));
            }
        }
        catch (SocketException)
        {
            // The end of the machine is reported by the thread that listens.
        }
    }

    /// <summary>Plugs the cable of a network interface in or out. The machine counts as ended if this is not possible.</summary>
    public void Plug(GuestNic nic, bool up)
    {
        try
        {
            _monitor.SetLink(nic.Device, up);
        }
        catch (IOException e) when (!_isClosing)
        {
            // The end of the machine is also reported by the thread that listens; the first reason counts.
            _ended($"a cable cannot be plugged {(up ? "in" : "out")}: {e.Message}");
        }
        catch (IOException)
        {
            // A machine that is ended by the bed needs no cables.
        }
    }

    public void Dispose()
    {
        _isClosing = true;
        End();
        _listening.Join();
        _monitor.Dispose();
        _agent.Dispose();
        _process.Dispose();
    }

    private string LastWords
    {
        get
        {
            var said = _errors.Wait(_endsWithin) ? _errors.Result : string.Empty;
            var console = File.Exists(_console) ? File.ReadAllLines(_console).TakeLast(3) : [];
            return string.Join(" | ", said.Split('\n').Concat(console).Select(line => line.Trim()).Where(line => line.Length > 0));
        }
    }

    private static Socket Listen(string path, out string name)
    {
        name = path;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    private Socket Accept(Socket listener)
    {
        var until = KernelTime.Now + _connectsWithin;
        while (!listener.Poll(TimeSpan.FromMilliseconds(100), SelectMode.SelectRead))
        {
            if (_process.HasExited || KernelTime.Now >= until)
            {
                throw new BedUnavailableException("it does not connect.");
            }
        }

        return listener.Accept();
    }

    private void Listen(Action<string> heard)
    {
        using var reader = new StreamReader(new NetworkStream(_agent), Encoding.UTF8);
        try
        {
            while (reader.ReadLine() is { } line)
            {
                heard(line);
            }
        }
        catch (IOException)
        {
            // As the end of the lines.
        }

        if (!_isClosing)
        {
            _process.WaitForExit(_endsWithin);
            _ended($"its emulator has ended{(LastWords is { Length: > 0 } words ? $": {words}" : string.Empty)}");
        }
    }

    private void End()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(_endsWithin))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
    }
}
