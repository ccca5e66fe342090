using System.Globalization;
using System.Net;
using Conformance.Testing.Bed;

namespace Conformance.TestBeds.External;

/// <summary>Controls mobile nodes by the commands of a profile.</summary>
internal sealed class ExecUpperTester(Profile profile) : IUpperTester, IDisposable
{
    private readonly List<IDisposable> _started = [];

    public bool Can(UpperTesterAction action) => CommandOf(action) is not null;

    public IPending Start(UpperTesterAction action)
    {
        var command = CommandOf(action) ?? throw new NotSupportedException($"The profile has no command to {action}.");
        var pending = ExecCommand.Start(command, profile.Directory, ValuesOf(action), written => Read(action, written));
        if (pending is ExecCommand under)
        {
            _started.Add(under);
        }

        return pending;
    }

    /// <summary>Ends commands that are still running; otherwise they would interfere with the next scenario.</summary>
    public void Dispose() => _started.ForEach(command => command.Dispose());

    private IReadOnlyList<string>? CommandOf(UpperTesterAction action) =>
        action switch
        {
            UpperTesterAction.Attach => profile.UpperTester.Attach,
            UpperTesterAction.Detach => profile.UpperTester.Detach,
            UpperTesterAction.Ping => profile.UpperTester.Ping,
            UpperTesterAction.ReadAddresses => profile.UpperTester.ReadAddresses,
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
                foreach (var (name, value) in profile.Ports.FirstOrDefault(port => port.Name == link.Name)?.Placeholders ?? [])
                {
                    values[name] = value;
                }

                break;
            case UpperTesterAction.Ping(_, var destination, var number):
                values["destination"] = destination.ToString();
                values["sequenceNumber"] = number.ToString(CultureInfo.InvariantCulture);
                break;
            default:
                break;
        }

        return values;
    }
}
