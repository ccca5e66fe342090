using Pmip.Protocol;

namespace Conformance.TestBeds.Deviations;

/// <summary>A role that crashes at its start.</summary>
internal sealed class CrashingRole : IdleRole
{
    public override void Handle(RoleInput input, Now now)
    {
        if (input is RoleInput.Started)
        {
            throw new InvalidOperationException("this device does not start");
        }
    }
}
