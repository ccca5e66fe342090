using Conformance.Testing.Octets.Words;
using Conformance.Testing.Session;
using Conformance.Testing.Statements;
using Pmip.Wire;

namespace Conformance.Testing.Drivers;

/// <summary>Status values with their names, as used in reports and scenarios.</summary>
public static class StatusNames
{
    /// <summary><c>161 MISSING_HANDOFF_INDICATOR_OPTION</c>, or the number alone if it has no name.</summary>
    public static string Text(byte status) => MobilityWords.Status(status);

    /// <summary>The number of a status in an edition.</summary>
    /// <exception cref="ScenarioFaultException">The edition has no status of this name.</exception>
    public static byte Find(string name, Edition edition) =>
        edition.Wire.TryFindStatus(name, out var status)
            ? (byte)status
            : throw new ScenarioFaultException($"{edition} has no status {name}.");

    /// <returns>The status.</returns>
    /// <exception cref="ScenarioFaultException">The scenario uses a wrong name for the status.</exception>
    public static byte Require(int status, string name) =>
        status is >= 0 and <= byte.MaxValue && (!Enum.IsDefined((BindingStatus)status) || ((BindingStatus)status).ToString() == name)
            ? (byte)status
            : throw new ScenarioFaultException(
                status is >= 0 and <= byte.MaxValue
                    ? $"Status {status} is {Text((byte)status)}, not {name}."
                    : $"Status {status} does not fit into the octet of the Status field: say 0 to {byte.MaxValue}."
            );
}
