using System.Globalization;
using System.Net;
using Pmip.Wire;

namespace Conformance.Testing.Bed;

/// <summary>What an operator does at a device by its management. The list is closed.</summary>
public abstract record DeviceCommand
{
    private DeviceCommand() { }

    /// <summary>The keys of all commands, as <see cref="Key"/> has them.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    ["hint", "timestamp", "set", "restart", "authorize", "deauthorize", "renumber", "terminate", "reenable"];

    /// <summary>The key of the command in a profile (<c>management</c>) and in <see cref="Ixit.Management"/>.</summary>
    public abstract string Key { get; }

    /// <summary>True if the device is another one for the scenarios that follow, unless it is set up anew.</summary>
    public bool IsLasting => this is not (SetHint or SetTimestamp or Restart or Terminate or Reenable);

    /// <summary>What the access network says of the next mobile node that attaches to an access link, and of no other.</summary>
    /// <param name="Indicator">How it arrives, as a Handoff Indicator (RFC 5213, Section 8.4), 1 to 4; null: it does not say.</param>
    public sealed record SetHint(PortId Link, int? Indicator) : DeviceCommand
    {
        public override string Key => "hint";

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"hint {(Indicator is { } known ? known : "none")} on {Link}");
    }

    /// <summary>The timestamp that the next mobile node on an access link gives when it attaches (RFC 5213, Section 5.5).</summary>
    /// <param name="Time">A whole number of seconds has an exact Timestamp option; null: the mobile node gives none.</param>
    public sealed record SetTimestamp(PortId Link, DateTimeOffset? Time) : DeviceCommand
    {
        public override string Key => "timestamp";

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"timestamp {(Time is { } known ? known.ToString("O") : "none")} on {Link}");
    }

    /// <summary>A configuration variable gets a value, which the device keeps over a restart.</summary>
    /// <param name="Name">As in RFC 5213, Section 9.</param>
    /// <param name="Value">As there: a number of milliseconds, 0 or 1, or an address, which is ALL_ZERO as "::".</param>
    public sealed record SetVariable(string Name, string Value) : DeviceCommand
    {
        public override string Key => "set";

        public override string ToString() => $"set {Name} to {Value}";
    }

    /// <summary>
    /// The device starts again and forgets its sessions. The command ends when the device has started; its links may go down meanwhile.
    /// </summary>
    public sealed record Restart : DeviceCommand
    {
        public override string Key => "restart";

        public override string ToString() => "restart";
    }

    /// <summary>An LMA accepts registrations of a MAG from now on.</summary>
    public sealed record Authorize(IPAddress Mag) : DeviceCommand
    {
        public override string Key => "authorize";

        public override string ToString() => $"authorize {Mag}";
    }

    /// <summary>An LMA does not accept registrations of a MAG any more.</summary>
    public sealed record Deauthorize(IPAddress Mag) : DeviceCommand
    {
        public override string Key => "deauthorize";

        public override string ToString() => $"deauthorize {Mag}";
    }

    /// <summary>The sessions of a mobile node end although it is still attached (RFC 5213, Section 6.9.1.4).</summary>
    /// <param name="MobileNode">Its MN-Identifier.</param>
    public sealed record Terminate(string MobileNode) : DeviceCommand
    {
        public override string Key => "terminate";

        public override string ToString() => $"terminate {MobileNode}";
    }

    /// <summary>
    /// A mobile node may be registered again to which an LMA has refused proxy registrations (RFC 5213, Section 6.9.1.2, item 7).
    /// </summary>
    /// <param name="MobileNode">Its MN-Identifier.</param>
    public sealed record Reenable(string MobileNode) : DeviceCommand
    {
        public override string Key => "reenable";

        public override string ToString() => $"reenable {MobileNode}";
    }

    /// <summary>A home network prefix of a session becomes invalid (RFC 5213, Section 6.12).</summary>
    public sealed record Renumber(Ipv6Prefix Prefix) : DeviceCommand
    {
        public override string Key => "renumber";

        public override string ToString() => $"withdraw {Prefix}";
    }
}
