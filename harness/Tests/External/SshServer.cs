using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Conformance.Harness.Tests.Capture;
using FluentAssertions;
using Pmip.Reference.Tests.Linux;
using Xunit;

namespace Conformance.Harness.Tests.External;

/// <summary>
/// An sshd of Debian on a port of the loopback interface, with a user of its own. It sees other files with users and passwords than the
/// machine has, in a mount namespace that ends with it.
/// </summary>
internal sealed class SshServer : IDisposable
{
    public const string User = "conformance",
        Password = "open sesame";

    private const string Program = "/usr/sbin/sshd";

    /// <summary>The SHA-512 hash of the password, as crypt(3) writes it.</summary>
    private const string Hash = "$6$conformance$IAs2UCxTyT0yDm5PAP7l68KaJB4/PK57cnhR7TkJSlro1wYfClZq1jPiGEGVnOExD2fVHceaqU62TWNMsbjcX/";

    private const string Begin = """
        mount --make-rprivate / && mount --bind "$1/passwd" /etc/passwd && mount --bind "$1/shadow" /etc/shadow || exit 1
        mount -t tmpfs none /run && mkdir -m 755 /run/sshd || exit 1
        exec "$2" -D -e -f "$1/config" -p "$3"
        """;

    /// <summary>How often a server is started, as another program may take its port before it does.</summary>
    private const int Attempts = 5;

    private static readonly TimeSpan _within = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _said = [];

    /// <summary>True if the server listens; false if it has ended.</summary>
    private readonly TaskCompletionSource<bool> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SshServer()
    {
        // The server reads the keys that it accepts as the user.
        File.SetUnixFileMode(_directory.Path, File.GetUnixFileMode(_directory.Path) | UnixFileMode.OtherExecute);
        KeyFile = Key("user");
        var hostKey = Key("host");
        HostKey = Shell("ssh-keygen", "-l", "-f", hostKey).Split(' ')[1];
        var authorized = _directory.File("authorized", File.ReadAllText(KeyFile + ".pub"));
        var (users, secrets) = (File.ReadAllText("/etc/passwd"), "root:*:19000:0:99999:7:::");
        _directory.File("passwd", $"{users}{User}:x:65534:65534::/tmp:/bin/sh\n");
        _directory.KeyFile("shadow", $"{secrets}\n{User}:{Hash}:19000:0:99999:7:::\n");
        _directory.File(
            "config",
            $"""
            ListenAddress 127.0.0.1
            HostKey {hostKey}
            AuthorizedKeysFile {authorized}
            StrictModes no
            UsePAM no
            PidFile none
            PermitRootLogin prohibit-password
            """
        );
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var start = new ProcessStartInfo(
            "unshare",
            ["--mount", "--kill-child", "--fork", "/bin/sh", "-c", Begin, "sh", _directory.Path, Program, $"{Port}"]
        )
        {
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    /// <summary>The fingerprint of the host's key, as ssh-keygen writes it.</summary>
    public string HostKey { get; }

    /// <summary>The private key of the user.</summary>
    public string KeyFile { get; }

    /// <summary>What the server has written to its log.</summary>
    public string Log
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>Starts a server, and waits until it listens. Skips the test if there is none on this machine.</summary>
    public static SshServer Start()
    {
        Privilege.Require();
        if (!File.Exists(Program))
        {
            const string Missing = "needs sshd, of the Debian package openssh-server";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Missing);
            Assert.Fail(Missing);
        }

        for (var attempt = 1; ; attempt++)
        {
            var server = new SshServer();
            if (server._listens.Task.Wait(_within) && server._listens.Task.Result)
            {
                return server;
            }

            server.Dispose();
            attempt.Should().BeLessThan(Attempts, "sshd has to listen, and says: {0}", server.Log);
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(_within);
        _process.Dispose();
        _directory.Dispose();
    }

    private void Note(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? string.Empty);
        }

        if (line?.StartsWith("Server listening on ", StringComparison.Ordinal) == true)
        {
            _listens.TrySetResult(true);
        }
        else if (line is null)
        {
            _listens.TrySetResult(false);
        }
    }

    /// <summary>A new key, which needs a passphrase.</summary>
    public string KeyWithPassphrase() => Key("protected", Password);

    private string Key(string name, string passphrase = "")
    {
        var file = Path.Combine(_directory.Path, name);
        Shell("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file);
        return file;
    }

    private static string Shell(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }
}
