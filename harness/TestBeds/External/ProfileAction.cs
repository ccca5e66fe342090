namespace Conformance.TestBeds.External;

/// <summary>What a profile says is to be done to the device or to its surroundings, with placeholders in braces.</summary>
/// <param name="Within">How long it may take. Then it is ended, and the scenario has no verdict.</param>
public abstract record ProfileAction(TimeSpan Within)
{
    /// <summary>A program of the tester's machine. It runs without a shell, in the profile's directory.</summary>
    /// <param name="Words">The program and its arguments.</param>
    public sealed record Exec(IReadOnlyList<string> Words, TimeSpan Within) : ProfileAction(Within);

    /// <summary>A line that a host executes, to which SSH leads.</summary>
    /// <param name="Line">The line, as the host's shell or command line reads it.</param>
    public sealed record Ssh(SshHost Host, string Line, TimeSpan Within) : ProfileAction(Within);

    /// <summary>What the operator does by hand.</summary>
    /// <param name="Request">What the terminal asks for.</param>
    public sealed record Manual(string Request, TimeSpan Within) : ProfileAction(Within);
}
