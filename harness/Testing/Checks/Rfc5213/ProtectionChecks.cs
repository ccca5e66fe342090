using Conformance.Testing.Domains;
using Conformance.Testing.Statements;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks.Rfc5213;

/// <summary>
/// The checks of how a binding message is protected where the IXIT has a security association for it: RFC 5213, Section 4, and the last
/// but one bullets of Sections 5.3.6 and 6.9.1.5.
/// </summary>
/// <remarks>
/// Which messages the implementation accepts is judged by steps. A message in tunnel mode is protected, but not in the mode that is
/// recommended; whether one in clear, or under a wrong association, is in that mode, is not judged.
/// </remarks>
internal abstract class ProtectionChecks : ICheckSet
{
    private ProtectionChecks(string role, string association)
    {
        Roles = [role];
        Checks =
        [
            new Check<MessageForm>(CheckNames.Association, association, Association),
            new Check<MessageForm>("ESP in transport mode", "rfc5213-4-k3", Mode),
        ];
    }

    public Edition Edition => Edition.Rfc5213;

    public IReadOnlyList<string> Roles { get; }

    public IReadOnlyList<Check> Checks { get; }

    /// <summary>That the message is under the association of its receiver; null where none is agreed.</summary>
    internal static CheckResult? Association(MessageForm form) =>
        form.Agreed is { } agreed ? new(IsUnder(agreed, form.Packet), $"ESP under {agreed.Words}", Words(form.Packet)) : null;

    private static CheckResult? Mode(MessageForm form) =>
        form.Agreed is { } agreed && IsUnder(agreed, form.Packet)
            ? new(!form.Packet.IsInTunnelMode, "ESP in transport mode", "ESP in tunnel mode")
            : null;

    private static bool IsUnder(DomainAssociation agreed, Packet packet) => packet.Esp?.Association == agreed;

    private static string Words(Packet packet) =>
        packet.Esp is { Association: { } used } ? $"ESP under {used.Words}" : "a message in clear";

    /// <summary>The checks of an LMA under test.</summary>
    internal sealed class OfLma() : ProtectionChecks("LMA", "rfc5213-5.3.6-k31");

    /// <summary>The checks of a MAG under test.</summary>
    internal sealed class OfMag() : ProtectionChecks("MAG", "rfc5213-6.9.1.5-k12");
}
