using Conformance.Testing.Bed;
using Conformance.Testing.Roles.EndToEnd;
using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>The operator of the device under test. The upper tester acts for it.</summary>
public sealed class DeviceManagement(TestSession session, RealNodes nodes, Bookends bookends)
{
    /// <summary>A device may take some minutes to start.</summary>
    private static readonly TimeSpan _restartsWithin = TimeSpan.FromMinutes(10);

    /// <exception cref="StepFailedException">The device has not done it.</exception>
    public void Tell(DeviceCommand command)
    {
        var patience = command is DeviceCommand.Restart ? _restartsWithin : RealNodes.Patience;
        if (nodes.Perform(new UpperTesterAction.Manage(session.Tested, command), patience) is Outcome.Failed failed)
        {
            throw new StepFailedException($"the operator cannot {command} at {session.Tested}: {failed.Reason}");
        }
    }

    /// <summary>Restarts the device, which forgets its sessions. The mobile nodes stay where they are.</summary>
    /// <exception cref="StepFailedException">The device does not work after the restart.</exception>
    public void Restart()
    {
        Tell(new DeviceCommand.Restart());
        foreach (var node in session.Nodes.All)
        {
            node.Binding.IsRegistered = false;
        }

        bookends.Renew();
    }
}
