using System.Net;
using System.Net.Sockets;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;
using Pmip.Linux;
using Pmip.Linux.Netlink;

namespace Conformance.TestBeds.Lanes;

/// <summary>
/// Controls the nodes of a lane: plugs their cables, reads their addresses, sends packets from them, manages their roles.
/// </summary>
internal sealed class KernelUpperTester(NamespaceDomain domain, ILaneNodes nodes, WiredPorts ports) : IUpperTester, IDisposable
{
    private static readonly TimeSpan _echoTimeout = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, EchoSockets> _sockets = new(StringComparer.Ordinal);
    private readonly List<HostProcess> _programs = [];
    private ITransfer? _transfer;

    /// <summary>True once a role was told what changes it for later scenarios.</summary>
    public bool HasChanged { get; private set; }

    public bool Can(UpperTesterAction action) =>
        action switch
        {
            UpperTesterAction.Attach
            or UpperTesterAction.Detach
            or UpperTesterAction.Restart
            or UpperTesterAction.BeginTransfer
            or UpperTesterAction.EndTransfer => domain.IsMobile(action.Node),
            UpperTesterAction.Manage => nodes.IsManaged(action.Node),
            UpperTesterAction.ForgetBindings => domain.IsNat(action.Node),
            _ => domain.Find(action.Node) is not null,
        };

    public IPending Start(UpperTesterAction action)
    {
        if (action is UpperTesterAction.Manage(_, var command))
        {
            HasChanged |= command.IsLasting;
            var management = nodes.Manage(action.Node, command);
            return command is DeviceCommand.Restart ? ports.WhileRestarting(management) : management;
        }

        var inside = domain.Find(action.Node) ?? throw new NotSupportedException($"The bed has no node {action.Node}.");
        switch (action)
        {
            case UpperTesterAction.Attach(_, var link):
                domain.Detach(action.Node);
                domain.Attach(action.Node, link);
                return new Attachment(domain, action.Node);
            case UpperTesterAction.Detach:
                domain.Detach(action.Node);
                return Completed.Ok;
            case UpperTesterAction.ForgetBindings:
                domain.ForgetBindings(action.Node);
                return Completed.Ok;
            case UpperTesterAction.Restart:
                domain.Restart(action.Node);
                return Completed.Ok;
            case UpperTesterAction.ReadAddresses:
                return new Completed((Outcome?)Ended(action.Node) ?? new Outcome.Addresses(GlobalAddresses(inside)));
            case UpperTesterAction.Ping(_, var destination, var number):
                return Ping(inside, action.Node, destination, (ushort)number);
            case UpperTesterAction.Run(_, var program):
                var started = HostProgram.Find(program).Start(inside, action.Node);
                _programs.Add(started);
                return started;
            case UpperTesterAction.EndPrograms:
                End(action.Node);
                return Completed.Ok;
            case UpperTesterAction.BeginTransfer(_, var destination):
                return Begin(inside, destination);
            case UpperTesterAction.EndTransfer:
                return _transfer?.End() ?? new Completed(new Outcome.Failed("no transfer has begun"));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public void Dispose()
    {
        _transfer?.Dispose();
        _programs.ForEach(program => program.Dispose());
        foreach (var socket in _sockets.Values)
        {
            socket.Dispose();
        }
    }

    private static List<IPAddress> GlobalAddresses(NetworkNamespace inside) =>
        inside.Run(() =>
        {
            using var netlink = RouteNetlink.Open();
            var loopback = netlink.Links.Get("lo").Index;
            return netlink
                .Addresses.List()
                .Where(address => address.LinkIndex != loopback && !address.IsTentative && !address.Address.IsIPv6LinkLocal)
                .Select(address => address.Address)
                .OrderBy(address => address.ToString(), StringComparer.Ordinal)
                .ToList();
        });

    /// <summary>Says how a program of the node has ended; null if all go on.</summary>
    private Outcome.Failed? Ended(string node) =>
        _programs.Where(program => program.Node == node).Select(program => program.Failure).FirstOrDefault(failure => failure is not null);

    private void End(string node)
    {
        foreach (var program in _programs.Where(program => program.Node == node).ToList())
        {
            _programs.Remove(program);
            program.Dispose();
        }
    }

    private IPending Begin(NetworkNamespace inside, IPAddress destination)
    {
        _transfer?.Dispose();
        _transfer = null;
        if (domain.Find(destination) is not { } correspondent)
        {
            return new Completed(new Outcome.Failed($"no node has the address {destination}"));
        }

        try
        {
            if (destination.AddressFamily == AddressFamily.InterNetwork)
            {
                var transfer = new ProgramTransfer(inside, correspondent, destination);
                _transfer = transfer;
                return transfer.Beginning;
            }

            _transfer = KernelTransfer.Begin(inside, correspondent, destination);
            return Completed.Ok;
        }
        catch (SocketException e)
        {
            return new Completed(new Outcome.Failed(e.Message));
        }
    }

    private EchoReplies Ping(NetworkNamespace inside, string node, IPAddress destination, ushort number)
    {
        if (!_sockets.TryGetValue(node, out var socket))
        {
            socket = inside.Run(EchoSockets.Open);
            _sockets.Add(node, socket);
        }

        socket.Send(destination, number);
        return new EchoReplies(socket, number, WiredPorts.Now + _echoTimeout);
    }

    private sealed class Attachment(NamespaceDomain domain, string node) : IPending
    {
        public bool IsComplete => domain.IsAttached(node);

        public Outcome Result => Outcome.Ok;
    }

    private sealed class EchoReplies(EchoSockets sockets, ushort number, DateTimeOffset until) : IPending
    {
        private bool _answered;

        public bool IsComplete
        {
            get
            {
                while (sockets.TryReceive(out var answered))
                {
                    _answered |= answered == number;
                }

                return _answered || WiredPorts.Now >= until;
            }
        }

        public Outcome Result => new Outcome.Replies(_answered ? 1 : 0);
    }
}
