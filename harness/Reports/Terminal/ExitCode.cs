namespace Conformance.Reports;

/// <summary>The exit codes of the program.</summary>
public static class ExitCode
{
    /// <summary>Every selected scenario passed; the audit found no problem; re-judging changed nothing; two runs do not differ.</summary>
    public const int Success = 0;

    /// <summary>A selected scenario did not pass; the audit found a problem; re-judging changed a result; two runs differ.</summary>
    public const int Failure = 1;

    /// <summary>The command could not be executed, or was ended early.</summary>
    public const int CannotRun = 2;
}

/// <summary>The command cannot be executed; the message is one line for the user.</summary>
public sealed class CannotRunException(string message) : Exception(message);
