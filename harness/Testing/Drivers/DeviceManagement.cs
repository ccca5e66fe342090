using System.Globalization;
using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Roles.EndToEnd;
using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>The operator of the device under test. The upper tester acts for it.</summary>
public sealed class DeviceManagement(TestSession session, RealNodes nodes, Bookends bookends)
{
    /// <summary>A device may take some minutes to start.</summary>
    private static readonly TimeSpan _restartsWithin = TimeSpan.FromMinutes(10);

    /// <summary>Sets a variable. A time counts in the rest of the scenario instead of that of the IXIT.</summary>
    /// <exception cref="StepFailedException">The variable cannot be set.</exception>
    public void Set(string variable, string value)
    {
        Tell(new DeviceCommand.SetVariable(variable, value));
        session.Device.Set(variable, value);
        if (session.Ixit.Timers.ContainsKey(variable))
        {
            var time = TimeSpan.FromMilliseconds(int.Parse(value, CultureInfo.InvariantCulture));
            session.Ixit = session.Ixit with { Timers = new Dictionary<string, TimeSpan>(session.Ixit.Timers) { [variable] = time } };
        }
    }

    /// <summary>The access network is to say how the node arrives that attaches next to a link.</summary>
    /// <param name="hint">A Handoff Indicator.</param>
    public void Announce(MobileNode node, PortId link, int hint)
    {
        Tell(new DeviceCommand.SetHint(link, hint));
        node.Hint = hint;
    }

    /// <summary>The node that attaches next to a link is to give a time of its own, in whole seconds.</summary>
    public void Announce(MobileNode node, PortId link, TimeSpan ago)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds((session.Bed.Now - ago).ToUnixTimeSeconds());
        Tell(new DeviceCommand.SetTimestamp(link, time));
        node.Timestamp = time;
    }

    /// <summary>The prefixes of the addresses become invalid.</summary>
    public void Withdraw(NodeAddresses addresses)
    {
        foreach (var prefix in addresses.All.Select(addresses.Node.PrefixOf))
        {
            Tell(new DeviceCommand.Renumber(prefix));
            session.Device.Withdraw(prefix);
        }
    }

    /// <summary>Restarts the device, which forgets its sessions. The mobile nodes stay where they are.</summary>
    /// <exception cref="StepFailedException">The device does not work after the restart.</exception>
    public void Restart()
    {
        session.Device.RestartedAt = DateTimeOffset.MaxValue;
        Tell(new DeviceCommand.Restart());
        session.Device.RestartedAt = session.Bed.Now;
        foreach (var node in session.Nodes.All)
        {
            node.Binding.Renew();
        }

        bookends.Renew();
    }

    /// <exception cref="StepFailedException">The device has not done it.</exception>
    public void Tell(DeviceCommand command)
    {
        var patience = command is DeviceCommand.Restart ? _restartsWithin : RealNodes.Patience;
        if (nodes.Perform(new UpperTesterAction.Manage(session.Tested, command), patience) is Outcome.Failed failed)
        {
            throw new StepFailedException($"the operator cannot {command} at {session.Tested}: {failed.Reason}");
        }

        session.Device.ToldAt = session.Bed.Now;
    }
}
