namespace Conformance.TestBeds.External;

/// <summary>
/// What the profile of a home agent or of a mobile node says of bindings without security associations, which RFC 6275, Section 5.1, leaves
/// to an agreement.
/// </summary>
internal sealed class BindingAgreement(ProfileSection root)
{
    private const string Unprotected = "unprotected by agreement";
    private const string Key = "bindings";

    /// <summary>Each configuration has security associations, or bindings that are unprotected by agreement.</summary>
    /// <param name="isProtected">Whether a configuration has security associations.</param>
    public void Require(IReadOnlyList<DeviceConfiguration> configurations, Func<DeviceConfiguration, bool> isProtected)
    {
        if (root.Has(Key) && root.Text(Key, $"\"{Unprotected}\"") is { } agreed && agreed != Unprotected)
        {
            root.Mistake(Key, $"'{agreed}' is no agreement; expected \"{Unprotected}\"");
        }

        if (configurations.FirstOrDefault(known => !isProtected(known)) is { } open && !root.Has(Key))
        {
            root.Mistake(
                Key,
                $"'{Key}' is missing: in the configuration {open.Name} the device takes or requests bindings "
                    + "without security associations, "
                    + $"which RFC 6275 allows only if it is agreed on; if so, write \"{Unprotected}\""
            );
        }
    }
}
