namespace Conformance.Testing.Roles.Mobility;

/// <summary>
/// How often the tester tries to get a Binding Error: they may be limited in their rate (RFC 6275, Section 9.3.3).
/// </summary>
internal static class BindingErrors
{
    public const int Attempts = 3;

    public static TimeSpan BetweenAttempts { get; } = TimeSpan.FromSeconds(1);
}
