using System.Diagnostics;
using System.Globalization;
using System.Net;
using Conformance.TestBeds.Wired;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>Controls mobile nodes, and manages the device, by the actions of a profile.</summary>
/// <param name="device">The values of further placeholders in actions on the device.</param>
internal sealed class ProfileUpperTester(
    Profile profile,
    WiredPorts ports,
    ActionRunner actions,
    IEnumerable<KeyValuePair<string, string>> device
) : IUpperTester, IDisposable
{
    /// <summary>The value of a hint or timestamp that is not given.</summary>
    private const string Nothing = "none";

    private readonly List<IPending> _started = [];
    private bool _hasChanged;

    /// <summary>True once the device was told what changes it for later scenarios, or may have been told half of something.</summary>
    public bool HasChanged => _hasChanged || _started.Exists(action => !action.IsComplete || action.Result is Outcome.Expired);

    public bool Can(UpperTesterAction action) => ActionFor(action) is not null;

    public IPending Start(UpperTesterAction action)
    {
        var needed = ActionFor(action) ?? throw new NotSupportedException($"The profile has no command to {action}.");
        var pending = actions.Start(needed, ValuesOf(action), written => Read(action, written));
        _started.Add(pending);
        if (action is not UpperTesterAction.Manage(_, var told))
        {
            return pending;
        }

        _hasChanged |= told.IsLasting;
        return told is DeviceCommand.Restart ? ports.WhileRestarting(pending) : pending;
    }

    /// <summary>Ends commands that are still running; otherwise they would interfere with the next scenario.</summary>
    public void Dispose() => _started.ForEach(action => (action as IDisposable)?.Dispose());

    private ProfileAction? ActionFor(UpperTesterAction action) =>
        action switch
        {
            UpperTesterAction.Attach => profile.UpperTester.Attach,
            UpperTesterAction.Detach => profile.UpperTester.Detach,
            UpperTesterAction.Ping => profile.UpperTester.Ping,
            UpperTesterAction.ReadAddresses => profile.UpperTester.ReadAddresses,
            UpperTesterAction.Manage(_, var command) => profile.Management.Commands.GetValueOrDefault(command.Key),
            _ => null,
        };

    private static Outcome Read(UpperTesterAction action, string written)
    {
        switch (action)
        {
            case UpperTesterAction.Ping:
                return int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var replies)
                    ? new Outcome.Replies(replies)
                    : new Outcome.Failed($"'{written}' is not a number of replies");
            case UpperTesterAction.ReadAddresses:
                var texts = written.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                var addresses = texts.Select(text => IPAddress.TryParse(text, out var address) ? address : null).ToList();
                return addresses.Contains(null)
                    ? new Outcome.Failed($"'{written}' is not a list of addresses")
                    : new Outcome.Addresses([.. addresses.OfType<IPAddress>()]);
            default:
                return Outcome.Ok;
        }
    }

    private Dictionary<string, string> ValuesOf(UpperTesterAction action)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["node"] = action.Node };
        switch (action)
        {
            case UpperTesterAction.Attach(_, var link):
                Add(values, PlaceholdersOf(link));
                break;
            case UpperTesterAction.Ping(_, var destination, var number):
                values["destination"] = destination.ToString();
                values["sequenceNumber"] = number.ToString(CultureInfo.InvariantCulture);
                break;
            case UpperTesterAction.Manage(_, var command):
                Add(values, device);
                Add(values, ValuesOf(command));
                break;
            default:
                break;
        }

        return values;
    }

    private IEnumerable<KeyValuePair<string, string>> ValuesOf(DeviceCommand command) =>
        command switch
        {
            DeviceCommand.SetHint(var link, var hint) =>
            [
                .. PlaceholdersOf(link),
                new("hint", hint is { } indicator ? indicator.ToString(CultureInfo.InvariantCulture) : Nothing),
            ],
            DeviceCommand.SetTimestamp(var link, var time) =>
            [
                .. PlaceholdersOf(link),
                new("timestamp", time is { } utc ? utc.ToString("O", CultureInfo.InvariantCulture) : Nothing),
            ],
            DeviceCommand.SetVariable(var name, var value) => [new("name", name), new("value", value)],
            DeviceCommand.Restart => [],
            DeviceCommand.Authorize(var gateway) => [new("gateway", gateway.ToString())],
            DeviceCommand.Deauthorize(var gateway) => [new("gateway", gateway.ToString())],
            DeviceCommand.Renumber(var prefix) => [new("prefix", prefix.ToString())],
            DeviceCommand.Terminate(var identifier) => [new("mobileNode", identifier)],
            DeviceCommand.Reenable(var identifier) => [new("mobileNode", identifier)],
            _ => throw new UnreachableException(),
        };

    private Dictionary<string, string> PlaceholdersOf(PortId link) =>
        profile.Ports.FirstOrDefault(port => port.Name == link.Name)?.Placeholders ?? [];

    private static void Add(Dictionary<string, string> values, IEnumerable<KeyValuePair<string, string>> more)
    {
        foreach (var (name, value) in more)
        {
            values[name] = value;
        }
    }
}
