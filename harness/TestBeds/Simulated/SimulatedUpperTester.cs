using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Pmip.Protocol;
using Pmip.Wire;

namespace Conformance.TestBeds.Simulated;

/// <summary>Controls simulated hosts, and manages the nodes under test.</summary>
internal sealed class SimulatedUpperTester(SimulatedBed bed, SimulatedNetwork network) : IUpperTester
{
    private const ushort PingIdentifier = 1;
    private static readonly LinkId _mobileInterface = new(DomainInterface.Mobile);
    private static readonly TimeSpan _echoTimeout = TimeSpan.FromSeconds(1);

    private readonly SimulatedNetwork _network = network;
    private readonly Dictionary<string, PortId> _attached = [];
    private readonly HashSet<ushort> _answeredPings = [];
    private SimulatedTransfer? _transfer;

    /// <summary>True once a role was told what changes it for later scenarios.</summary>
    public bool HasChanged { get; private set; }

    public bool Can(UpperTesterAction action) =>
        _network.Find(action.Node) is { } node && (action is not UpperTesterAction.ForgetBindings || node.Nat is not null);

    public IPending Start(UpperTesterAction action)
    {
        var node = _network.Find(action.Node) ?? throw new NotSupportedException($"The simulated bed has no node {action.Node}.");
        switch (action)
        {
            case UpperTesterAction.Attach(_, var link):
                Leave(node);
                _attached[node.Name] = link;
                node.Plug(_mobileInterface, _network.Link(link.Name));
                bed.SetCarrier(link, up: true);
                node.LinkUp(_mobileInterface);
                return Completed.Ok;
            case UpperTesterAction.Detach:
                Leave(node);
                return Completed.Ok;
            case UpperTesterAction.Manage(_, var command):
                HasChanged |= command.IsLasting;
                return Manage(node, command) is { } refusal ? new Completed(new Outcome.Failed(refusal)) : Completed.Ok;
            case UpperTesterAction.ForgetBindings:
                node.Nat!.Forget();
                return Completed.Ok;
            case UpperTesterAction.Restart:
                node.Restart(_mobileInterface);
                return Completed.Ok;
            case UpperTesterAction.Run or UpperTesterAction.EndPrograms:
                // Simulated hosts have a client or a server of their own, which always runs.
                return Completed.Ok;
            case UpperTesterAction.ReadAddresses:
                var addresses = node.Addresses(_mobileInterface)
                    .Where(address => !address.IsIPv6LinkLocal)
                    .OrderBy(address => address.ToString(), StringComparer.Ordinal);
                return new Completed(new Outcome.Addresses([.. addresses]));
            case UpperTesterAction.Ping(_, var destination, var number):
                node.Ping(destination, PingIdentifier, (ushort)number);
                return new EchoReplies(this, node, (ushort)number, _network.Now + _echoTimeout);
            case UpperTesterAction.BeginTransfer(_, var destination):
                _transfer = new SimulatedTransfer(_network, node, destination, () => Collect(node));
                return Completed.Ok;
            case UpperTesterAction.EndTransfer:
                return _transfer?.End() ?? new Completed(new Outcome.Failed("no transfer has begun"));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string? Manage(SimulatedNode node, DeviceCommand command)
    {
        switch (command)
        {
            case DeviceCommand.SetHint(var link, var hint):
                node.Announce(new LinkId(link.Name), up => up with { Hint = (HandoffIndicator?)hint });
                return null;
            case DeviceCommand.SetTimestamp(var link, var time):
                node.Announce(new LinkId(link.Name), up => up with { Timestamp = time is { } utc ? Timestamp.FromUtc(utc) : null });
                return null;
            case DeviceCommand.SetVariable(var name, var value):
                return node.Administer(new AdministrativeAction.SetVariable(name, value));
            case DeviceCommand.Restart:
                node.Reboot();
                return null;
            case DeviceCommand.Authorize(var gateway):
                return node.Administer(new AdministrativeAction.Authorize(gateway));
            case DeviceCommand.Deauthorize(var gateway):
                return node.Administer(new AdministrativeAction.Deauthorize(gateway));
            case DeviceCommand.Renumber(var prefix):
                return node.Administer(new AdministrativeAction.WithdrawPrefix(prefix));
            case DeviceCommand.Terminate(var identifier):
                return node.Administer(new AdministrativeAction.TerminateSessions(MobileNodeIdentifierOption.ForNai(identifier)));
            case DeviceCommand.Reenable(var identifier):
                return node.Administer(new AdministrativeAction.EnableRegistration(MobileNodeIdentifierOption.ForNai(identifier)));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Passes the replies that have come to the pings and the transfer that wait for them.</summary>
    private void Collect(SimulatedNode node)
    {
        while (node.TryTakeEchoReply(out var reply))
        {
            if (reply.Identifier == PingIdentifier)
            {
                _answeredPings.Add(reply.SequenceNumber);
            }
            else
            {
                _transfer?.Answered(reply.SequenceNumber);
            }
        }
    }

    private void Leave(SimulatedNode node)
    {
        if (!_attached.Remove(node.Name, out var port))
        {
            return;
        }

        node.LinkDown(_mobileInterface);
        node.Unplug(_mobileInterface);
        bed.SetCarrier(port, up: false);
    }

    private sealed class EchoReplies(SimulatedUpperTester tester, SimulatedNode node, ushort number, DateTimeOffset until) : IPending
    {
        private bool _answered;

        public bool IsComplete
        {
            get
            {
                tester.Collect(node);
                _answered |= tester._answeredPings.Remove(number);
                return _answered || tester._network.Now >= until;
            }
        }

        public Outcome Result => new Outcome.Replies(_answered ? 1 : 0);
    }
}
