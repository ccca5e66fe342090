namespace Conformance.Reports;

/// <summary>What the program tells the shell.</summary>
public static class ExitCode
{
    /// <summary>Every selected scenario passed; the audit found nothing; re-judging changed nothing; two runs do not differ.</summary>
    public const int Success = 0;

    /// <summary>A selected scenario did not pass; the audit found something; re-judging changed something; two runs differ.</summary>
    public const int Failure = 1;

    /// <summary>The command could not be carried out, or was ended early.</summary>
    public const int CannotRun = 2;
}

/// <summary>The command cannot be carried out; the message is one line for the user.</summary>
public sealed class CannotRunException(string message) : Exception(message);
